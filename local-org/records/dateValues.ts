import { toSecond } from '../clock';
import { wrongType } from './valueReader';
import type { ValueReader } from './valueReader';

const DATE = /^(\d{4})-(\d{2})-(\d{2})/;

/** The years that Salesforce's dates reach (docs:soql-sosl/sforce_api_calls_soql_select_dateformats); the refusal is assumed. */
const FIRST_YEAR = 1700;
const LAST_YEAR = 4000;

/** Whether the day exists: JavaScript would turn 30 February into 2 March. */
function isDay(text: string): boolean {
	const [, year, month, day] = DATE.exec(text) ?? [];
	const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
	return (
		!Number.isNaN(date.getTime()) &&
		date.getUTCDate() === Number(day) &&
		Number(year) >= FIRST_YEAR &&
		Number(year) <= LAST_YEAR
	);
}

/** A day. */
export const readDate: ValueReader = (value, _field, place) => {
	if (value === '') return null;
	if (typeof value !== 'string' || !isDay(value) || !/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(value)) {
		throw wrongType('date', value, place);
	}
	return value.slice(0, 10);
};

/** An offset without a colon needs milliseconds before it: `2013-08-12T15:20:00+0000` was refused by a real org. */
const DATETIME =
	/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})|T\d{2}:\d{2}:\d{2}\.\d{1,3}(Z|[+-]\d{2}:?\d{2}))?$/;

/** A moment, kept in UTC and to the second. */
export const readDateTime: ValueReader = (value, _field, place) => {
	if (value === '') return null;
	if (typeof value !== 'string' || !DATETIME.test(value) || !isDay(value)) throw wrongType('datetime', value, place);
	const date = new Date(value.replace(/([+-]\d{2})(\d{2})$/, value.includes('T') ? '$1:$2' : '$&'));
	if (Number.isNaN(date.getTime())) throw wrongType('datetime', value, place);
	return toSecond(date);
};

/** A time of day. */
export const readTime: ValueReader = (value, _field, place) => {
	if (value === '') return null;
	const [, hours, minutes, seconds, fraction] =
		/^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?$/.exec(typeof value === 'string' ? value : '') ?? [];
	if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) throw wrongType('time', value, place);
	return `${hours}:${minutes}:${seconds ?? '00'}.${(fraction ?? '').padEnd(3, '0')}Z`;
};
