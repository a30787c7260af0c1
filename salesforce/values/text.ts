import { DateTime } from 'luxon';

import { numberText, readNumber } from './number';
import type { ReadValue } from './readValue';

/** Half of a character that takes two places in a JavaScript text, such as an emoji; it cannot travel. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * A text: as it is, or what a number, true, false or a moment is in writing.
 *
 * What a calculation gives when it fails, a number that JavaScript has rounded and a text that was cut in the middle of
 * a character are no text that anybody meant.
 */
export function readText(value: unknown): ReadValue<string> {
	if (typeof value === 'string') return HALF_CHARACTER.test(value) ? halfCharacter() : { value };
	if (typeof value === 'boolean' || typeof value === 'bigint') return { value: String(value) };
	if (typeof value === 'number') {
		const read = readNumber(value);
		if ('value' in read) return { value: numberText(read.value) };
		return read.remedy === undefined ? { wants: 'text' } : read;
	}
	const moment = DateTime.isDateTime(value) ? value.toISO() : value instanceof Date ? isoText(value) : null;
	return moment === null ? { wants: 'text' } : { value: moment };
}

function isoText(date: Date): string | null {
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function halfCharacter(): ReadValue<never> {
	return {
		wants: 'whole text: it was cut in the middle of a character, such as an emoji',
		remedy: 'Cut it between two characters, or send all of it.',
	};
}
