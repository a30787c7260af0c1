import type { ReadValue } from './readValue';

/** Salesforce keeps thousandths of a second, so further digits are taken only where they say nothing. */
const TIME = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3})0*)?)?Z?$/;

/** A time of day, as `09:30:00.000Z`. */
export function readTime(value: unknown): ReadValue<string> {
	const [, hours, minutes, seconds = '00', fraction = ''] =
		TIME.exec(typeof value === 'string' ? value.trim() : '') ?? [];
	return hours === undefined
		? { wants: 'a time such as 09:30:00' }
		: { value: `${hours.padStart(2, '0')}:${minutes}:${seconds}.${fraction.padEnd(3, '0')}Z` };
}
