const BLANK = /[\t-\r\u0085\p{Z}]/gu;

/** Characters that show nothing by themselves, such as the zero-width space, the soft hyphen and the byte order mark. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

/** Of those, the ones that change how the character before or after them looks, as in many emoji and some scripts. */
const SHAPING = /^[\u200c\u200d\ufe00-\ufe0f\u{e0020}-\u{e007f}]$/u;

const BEYOND_ASCII = /^[^\0-\x7f]$/u;

/**
 * A text as people see it: in Unicode's composed form (NFC), each kind of blank as a plain one, without blanks around
 * it, and without characters that nobody sees. Two texts that look alike are the same then; capitals count.
 */
export function asSeen(text: string): string {
	// Most texts are plain, and there may be a hundred thousand of them.
	if (/^[ -~]*$/.test(text)) return text.trim();
	const blanks = text.replace(BLANK, ' ');
	const seen = blanks.replace(UNSEEN, (character, place: number) => {
		const before = [...blanks.slice(Math.max(0, place - 2), place)].at(-1) ?? '';
		return SHAPING.test(character) && BEYOND_ASCII.test(before) ? character : '';
	});
	return seen.normalize('NFC').trim();
}

/** As `asSeen`, and without regard to capitals: for names and seats, which people write either way. */
export function asSpoken(text: string): string {
	return asSeen(text).toLowerCase();
}
