import { asSeen, asSpoken } from '../../moves/asSeen';

describe('asSeen', () => {
	it.each([
		['blanks around it', ' m1\t\r\n', 'm1'],
		['a blank of another kind', 'a\u00a0b\u2003c\td', 'a b c d'],
		['accents written apart', 'Zu\u0308rich', 'Zürich'],
		['a byte order mark', '\ufeffm1', 'm1'],
		['a byte order mark within', 'm\ufeff1', 'm1'],
		['a zero-width space', 'm\u200b1\u200b', 'm1'],
		['a soft hyphen', 'move\u00ad1', 'move1'],
		['marks of writing direction', '\u200em1\u200f\u2066', 'm1'],
		['joiners that join nothing', 'm\u200d1\u200c', 'm1'],
		['control characters', 'm\u00001\u0007', 'm1'],
		['nothing that anybody sees', ' \u200b\ufeff\u00a0', ''],
	])('does not show %s', (_what, text, seen) => {
		expect(asSeen(text)).toBe(seen);
		expect(asSeen(seen)).toBe(seen);
	});

	it.each(['👩‍🚀', '👨‍👩‍👧', '⚙️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'می‌خواهم', 'a  b', 'M1', 'ｍ１', 'Ω', 'ﬁ', '', '-', '🪑'])(
		'leaves %j as it is',
		(text) => {
			expect(asSeen(text)).toBe(text);
		},
	);

	it('takes the ohm sign for the letter that it is', () => {
		expect(asSeen('\u2126')).toBe('Ω');
	});
});

it('asSpoken has no regard to capitals', () => {
	expect(asSpoken(' B\u200b-2 ')).toBe('b-2');
	expect(asSpoken('ZU\u0308RICH')).toBe('zürich');
});
