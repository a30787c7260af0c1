import type { DateTime } from 'luxon';

import { InputError } from '../salesforce/inputError';
import { isBlank } from '../salesforce/values/blank';
import { readStart } from '../salesforce/values/date';

/**
 * Reads a move's effective date.
 *
 * @param value a whole date, with or without a time, as text, Date or luxon DateTime; or nothing
 * @param timeZone an IANA name; the zone of dates and times without an offset of their own
 * @returns that moment, for a date without a time the day's first; undefined for nothing
 * @throws InputError when it cannot be read
 */
export function readEffectiveDate(value: unknown, timeZone: string): DateTime | undefined {
	if (isBlank(value)) return undefined;
	const read = readStart(value, timeZone);
	if ('value' in read) return read.value;
	throw read.remedy === undefined
		? new InputError('Effective Date is not a date', 'Write it as 2026-05-01, or with a time as 2026-05-01T09:30:00Z.')
		: new InputError(`Effective Date is not ${read.wants}`, read.remedy);
}
