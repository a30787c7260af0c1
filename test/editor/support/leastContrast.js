/**
 * Runs in a page: gives the least contrast between a text and its ground, as the Web Content Accessibility Guidelines
 * reckon it. 1 would be the same color, 21 is black on white.
 */
(() => {
	const canvas = document.createElement('canvas').getContext('2d');
	/** Red, green, blue and opacity, whatever the color is written as. */
	const channels = (color) => {
		canvas.clearRect(0, 0, 1, 1);
		canvas.fillStyle = color;
		canvas.fillRect(0, 0, 1, 1);
		return [...canvas.getImageData(0, 0, 1, 1).data];
	};
	const luminance = (color) => {
		const [red, green, blue] = channels(color).map((part) => {
			const share = part / 255;
			return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const ground = (element) => {
		if (element === null) return 'white';
		const color = getComputedStyle(element).backgroundColor;
		return channels(color)[3] === 0 ? ground(element.parentElement) : color;
	};
	const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
	const contrasts = [...document.querySelectorAll('main, main *')].filter(hasText).map((element) => {
		const [darker, lighter] = [getComputedStyle(element).color, ground(element)].map(luminance).sort((a, b) => a - b);
		return (lighter + 0.05) / (darker + 0.05);
	});
	return Math.min(...contrasts);
})();
