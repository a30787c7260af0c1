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
	let check = '';
	for (let start = 0; start < 15; start += 5) {
		let capitals = 0;
		for (let bit = 0; bit < 5; bit++) {
			const character = id.charAt(start + bit);
			if (character >= 'A' && character <= 'Z') capitals += 1 << bit;
		}
		check += CHECK_DIGITS.charAt(capitals);
	}
	return id + check;
}

/** What an ID of 15 characters and one of 18 have in common when they are the same record's. */
export function idKey(id: string): string {
	return id.slice(0, 15);
}

/** Whether two IDs are the same record's: one may have 15 characters and the other 18. */
export function sameId(one: string, other: string): boolean {
	return one.length >= 15 && idKey(one) === idKey(other);
}
