const LENGTHS = [15, 18];
const CHECK_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * Whether a text has the form of a record ID: 15 letters and digits, or 18 of which the last three agree with the
 * capitals among the others, as Salesforce computes them. A mistyped ID of 18 characters is told by that.
 */
export function isRecordId(text: string): boolean {
	if (!LENGTHS.includes(text.length) || !/^[a-z\d]+$/i.test(text)) return false;
	return text.length === 15 || text === longRecordId(text.slice(0, 15));
}

/** The 18 characters of an ID of 15: three more, each of which holds the capitals of five characters in its bits. */
export function longRecordId(id: string): string {
	const check = [0, 5, 10].map((start) => {
		const capitals = [...id.slice(start, start + 5)].map((character, bit) => (/[A-Z]/.test(character) ? 1 << bit : 0));
		return CHECK_DIGITS[capitals.reduce((sum, bit) => sum + bit, 0)];
	});
	return id + check.join('');
}
