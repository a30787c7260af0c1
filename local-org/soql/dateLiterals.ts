import { plus, startOf, wallClock } from './calendar';
import type { Unit } from './calendar';

/** Whole periods from `from` on, `to` excluded, counted in `unit` from the one that holds now. */
interface Span {
	unit: Unit;
	from: number;
	to: number;
}

const only = (unit: Unit, offset: number) => (): Span => ({ unit, from: offset, to: offset + 1 });
const last =
	(unit: Unit) =>
	(n: number): Span => ({ unit, from: -n, to: 0 });
const next =
	(unit: Unit) =>
	(n: number): Span => ({ unit, from: 1, to: n + 1 });
const ago =
	(unit: Unit) =>
	(n: number): Span => ({ unit, from: -n, to: 1 - n });

/** Fiscal periods are calendar periods: the fiscal year of a new org begins in January. */
const PLAIN: Record<string, () => Span> = {
	YESTERDAY: only('day', -1),
	TODAY: only('day', 0),
	TOMORROW: only('day', 1),
	LAST_WEEK: only('week', -1),
	THIS_WEEK: only('week', 0),
	NEXT_WEEK: only('week', 1),
	LAST_MONTH: only('month', -1),
	THIS_MONTH: only('month', 0),
	NEXT_MONTH: only('month', 1),
	LAST_90_DAYS: () => ({ unit: 'day', from: -90, to: 1 }),
	NEXT_90_DAYS: () => ({ unit: 'day', from: 1, to: 91 }),
	LAST_QUARTER: only('quarter', -1),
	THIS_QUARTER: only('quarter', 0),
	NEXT_QUARTER: only('quarter', 1),
	LAST_YEAR: only('year', -1),
	THIS_YEAR: only('year', 0),
	NEXT_YEAR: only('year', 1),
	LAST_FISCAL_QUARTER: only('quarter', -1),
	THIS_FISCAL_QUARTER: only('quarter', 0),
	NEXT_FISCAL_QUARTER: only('quarter', 1),
	LAST_FISCAL_YEAR: only('year', -1),
	THIS_FISCAL_YEAR: only('year', 0),
	NEXT_FISCAL_YEAR: only('year', 1),
};

/** LAST_N_DAYS includes today, NEXT_N_DAYS begins tomorrow; longer periods never include the present one. */
const COUNTED: Record<string, (n: number) => Span> = {
	LAST_N_DAYS: (n) => ({ unit: 'day', from: -n, to: 1 }),
	NEXT_N_DAYS: next('day'),
	N_DAYS_AGO: ago('day'),
	LAST_N_WEEKS: last('week'),
	NEXT_N_WEEKS: next('week'),
	N_WEEKS_AGO: ago('week'),
	LAST_N_MONTHS: last('month'),
	NEXT_N_MONTHS: next('month'),
	N_MONTHS_AGO: ago('month'),
	LAST_N_QUARTERS: last('quarter'),
	NEXT_N_QUARTERS: next('quarter'),
	N_QUARTERS_AGO: ago('quarter'),
	LAST_N_YEARS: last('year'),
	NEXT_N_YEARS: next('year'),
	N_YEARS_AGO: ago('year'),
	LAST_N_FISCAL_QUARTERS: last('quarter'),
	NEXT_N_FISCAL_QUARTERS: next('quarter'),
	N_FISCAL_QUARTERS_AGO: ago('quarter'),
	LAST_N_FISCAL_YEARS: last('year'),
	NEXT_N_FISCAL_YEARS: next('year'),
	N_FISCAL_YEARS_AGO: ago('year'),
};

/** Whether a word names a date literal, in any case, with or without its number. */
export function isDateLiteral(word: string): boolean {
	const name = word.toUpperCase();
	return Object.hasOwn(PLAIN, name) || Object.hasOwn(COUNTED, name);
}

/**
 * The days that a date literal covers, seen from the day it is now in a time zone: the first one, and the one after
 * the last.
 *
 * @param name upper case, one that isDateLiteral knows
 * @param count the number behind the colon, where one was written
 * @returns undefined when the number is missing or must not be there
 */
export function dateLiteralRange(
	name: string,
	count: number | undefined,
	now: Date,
	timeZone: string,
): { start: Date; end: Date } | undefined {
	const span = count === undefined ? PLAIN[name]?.() : COUNTED[name]?.(count);
	if (!span) return undefined;
	const present = startOf(span.unit, wallClock(now, timeZone));
	return { start: plus(span.unit, present, span.from), end: plus(span.unit, present, span.to) };
}
