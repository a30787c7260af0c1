import type { ReadValue } from './readValue';

declare global {
	interface JSON {
		/** A value whose JSON is exactly this text (ECMAScript proposal JSON.parse source text access; Node.js 21 and later). */
		rawJSON(text: string): unknown;
	}
}

/** A number with more digits than a JavaScript number holds. Its JSON is its digits. */
export class ExactNumber {
	/** @param digits with a point before decimals, without exponent */
	constructor(readonly digits: string) {}

	toJSON(): unknown {
		return JSON.rawJSON(this.digits);
	}

	toString(): string {
		return this.digits;
	}
}

/** A number as it is sent: exact in either form. */
export type NumberValue = number | ExactNumber;

/** As people and JSON write numbers; JavaScript would read others too, such as `0x10`. */
const NUMBER = /^([+-]?)(\d+\.?\d*|\.\d+)(?:e([+-]?\d+))?$/i;

/** A JavaScript number's own range, which no number of Salesforce's exceeds; `1e999999999` would fill the memory. */
const LARGEST_EXPONENT = 324;

const WANTED = 'a number such as 1234.5, without separators of thousands';

/**
 * A number, from a number or from text. Text keeps every digit.
 *
 * Whole numbers from 2^53 on are refused where they are no text: JavaScript has rounded them before anybody could look.
 */
export function readNumber(value: unknown): ReadValue<NumberValue> {
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) return { wants: WANTED };
		return Number.isInteger(value) && !Number.isSafeInteger(value) ? tooLarge() : { value };
	}
	const text = typeof value === 'bigint' ? value.toString() : value;
	const digits = typeof text === 'string' ? decimal(text.trim()) : undefined;
	const number = Number(digits);
	if (digits === undefined || !Number.isFinite(number)) return { wants: WANTED };
	return { value: decimal(String(number)) === digits ? number : new ExactNumber(digits) };
}

/** As `readNumber`, but for fields and parameters without decimals. */
export function readWholeNumber(value: unknown): ReadValue<NumberValue> {
	const read = readNumber(value);
	if ('wants' in read) return read.remedy === undefined ? { wants: 'a whole number' } : read;
	return numberText(read.value).includes('.') ? { wants: 'a whole number' } : read;
}

/** A number in digits, with a point before decimals: SOQL knows no exponent, and a person reads none. */
export function numberText(value: NumberValue): string {
	return typeof value === 'number' ? (decimal(String(value)) ?? String(value)) : value.digits;
}

/** Digits of which a JavaScript number holds every one, however they are chosen (IEEE 754, double precision). */
const HELD_DIGITS = 15;

/** Whether a number that came as JSON is what it was before, to the last digit: further ones may have been rounded. */
export function isHeldExactly(value: number): boolean {
	return numberText(value).replace(/\D/g, '').replace(/^0+/, '').length <= HELD_DIGITS || Number.isSafeInteger(value);
}

/**
 * A number's text without exponent, plus sign and needless zeros, every other digit kept. Texts of equal numbers become
 * equal.
 *
 * @returns undefined for a text that is not a number
 */
function decimal(text: string): string | undefined {
	const [, sign, mantissa = '', exponent = '0'] = NUMBER.exec(text) ?? [];
	if (sign === undefined || Math.abs(Number(exponent)) > LARGEST_EXPONENT) return undefined;
	const [whole = '', fraction = ''] = mantissa.split('.');
	const point = whole.length + Number(exponent);
	const digits = whole + fraction;
	const before = digits.slice(0, Math.max(0, point)).padEnd(point, '0').replace(/^0+/, '') || '0';
	const after = (point < 0 ? '0'.repeat(-point) + digits : digits.slice(point)).replace(/0+$/, '');
	const shown = after === '' ? before : `${before}.${after}`;
	return sign === '-' && shown !== '0' ? `-${shown}` : shown;
}

function tooLarge(): ReadValue<never> {
	return {
		wants: 'a number that n8n holds with every digit',
		remedy: 'Send it as text: n8n rounds whole numbers beyond 9007199254740991.',
	};
}
