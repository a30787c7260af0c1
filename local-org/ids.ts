const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** The characters after the key prefix that mark an ID as made by a local org. */
const INSTANCE = 'Lo0';

/** The 18-character form of a 15-character ID: three more characters say which of its letters are capitals. */
export function to18(id15: string): string {
	let suffix = '';
	for (let block = 0; block < 15; block += 5) {
		let bits = 0;
		for (let at = 0; at < 5; at++) {
			const char = id15.charCodeAt(block + at);
			if (char >= 65 && char <= 90) bits |= 1 << at;
		}
		suffix += CHECK_DIGITS[bits];
	}
	return id15 + suffix;
}

/** Whether a text has the length and the characters of an ID. */
export const hasIdForm = (value: string): boolean => /^(?:[0-9A-Za-z]{15}|[0-9A-Za-z]{18})$/.test(value);

/** The 18-character form of what may be a 15- or 18-character ID, or undefined when it is neither. */
export function normalizeId(value: string): string | undefined {
	if (!hasIdForm(value)) return undefined;
	const full = to18(value.slice(0, 15));
	return value.length === 18 && full !== value ? undefined : full;
}

/** The `number`th ID that a local org gives to records of a key prefix; later IDs sort behind earlier ones. */
export function mintId(keyPrefix: string, number: number): string {
	let digits = '';
	for (let rest = number; digits.length < 9; rest = Math.floor(rest / 62)) digits = DIGITS[rest % 62] + digits;
	return to18(keyPrefix + INSTANCE + digits);
}

/** The number that mintId made an ID from, or 0 for an ID from elsewhere. */
export function mintedNumber(id: string): number {
	if (id.slice(3, 6) !== INSTANCE) return 0;
	return [...id.slice(6, 15)].reduce((sum, digit) => sum * 62 + DIGITS.indexOf(digit), 0);
}
