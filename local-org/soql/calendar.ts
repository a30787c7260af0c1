/**
 * Days and time zones without a library: one would take a quarter of the time in which a local org starts. A day
 * is the Date of its midnight in UTC, a wall-clock time the Date that shows it in UTC.
 */

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Making a formatter takes longer than a row may; there are as many as time zones asked for. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a time zone show at an instant. */
export function wallClock(instant: Date, timeZone: string): Date {
	let format = FORMATS.get(timeZone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		FORMATS.set(timeZone, format);
	}
	const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
	const day = Date.UTC(part('year'), part('month') - 1, part('day'));
	const minutes = part('hour') * 60 + part('minute');
	return new Date(day + minutes * MINUTE + part('second') * 1000 + instant.getUTCMilliseconds());
}

/** The instant at which a day begins in a time zone. */
export function startInZone(day: Date, timeZone: string): Date {
	const before = (instant: Date) => {
		const ahead = wallClock(instant, timeZone).getTime() - instant.getTime();
		return new Date(day.getTime() - ahead);
	};
	// The first guess may lie on the other side of a change of the clocks.
	return before(before(day));
}

/** The first day of the period that holds a day. Weeks begin on Sunday, as in the en_US locale. */
export function startOf(unit: Unit, day: Date): Date {
	const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
	switch (unit) {
		case 'day':
			return new Date(Date.UTC(year, month, date));
		case 'week':
			return new Date(Date.UTC(year, month, date - day.getUTCDay()));
		case 'month':
			return new Date(Date.UTC(year, month));
		case 'quarter':
			return new Date(Date.UTC(year, month - (month % 3)));
		case 'year':
			return new Date(Date.UTC(year, 0));
	}
}

/** The first day of the period that many periods later. */
export function plus(unit: Unit, firstDay: Date, count: number): Date {
	if (unit === 'day' || unit === 'week') return new Date(firstDay.getTime() + count * DAY * (unit === 'week' ? 7 : 1));
	const months = { month: 1, quarter: 3, year: 12 }[unit];
	return new Date(Date.UTC(firstDay.getUTCFullYear(), firstDay.getUTCMonth() + count * months));
}

/** `2026-05-13` */
export function isoDay(day: Date): string {
	return day.toISOString().slice(0, 10);
}

/**
 * The instant of a datetime literal: `2026-05-13T16:00:00+02:00`, a fraction of a second and a zone without colon
 * allowed; of a date literal its midnight in UTC. Undefined when there is no such day or time.
 */
export function instantOf(text: string): Date | undefined {
	const [day, clock, zone] = [text.slice(0, 10), text.slice(11, 19) || '00:00:00', zoneOf(text)];
	const local = Date.parse(`${day}T${clock}Z`);
	if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(`${day}T${clock}`)) return undefined;
	const fraction = text.charAt(19) === '.' ? Number.parseFloat(`0${text.slice(19)}`) : 0;
	return new Date(local + Math.trunc(fraction * 1000) - zone * MINUTE);
}

/** Minutes east of Greenwich. */
function zoneOf(text: string): number {
	const at = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
	if (at < 19) return 0;
	const digits = text.slice(at + 1).replace(':', '');
	const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
	return text.charAt(at) === '-' ? -minutes : minutes;
}
