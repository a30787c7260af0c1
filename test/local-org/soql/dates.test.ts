import { instantOf, isoDay, startInZone } from '../../../local-org/soql/calendar';
import { dateLiteralRange } from '../../../local-org/soql/dateLiterals';
import { lookup, object, smallOrg } from './support/org';
import { caseOrg } from './support/cases';

/** A Wednesday; in Auckland already Thursday. */
const NOW = new Date('2026-05-13T15:00:00Z');

describe('date literals', () => {
	test.each([
		['YESTERDAY', undefined, '2026-05-12', '2026-05-13'],
		['TODAY', undefined, '2026-05-13', '2026-05-14'],
		['TOMORROW', undefined, '2026-05-14', '2026-05-15'],
		['LAST_WEEK', undefined, '2026-05-03', '2026-05-10'],
		['THIS_WEEK', undefined, '2026-05-10', '2026-05-17'],
		['NEXT_WEEK', undefined, '2026-05-17', '2026-05-24'],
		['LAST_MONTH', undefined, '2026-04-01', '2026-05-01'],
		['THIS_MONTH', undefined, '2026-05-01', '2026-06-01'],
		['NEXT_MONTH', undefined, '2026-06-01', '2026-07-01'],
		['LAST_90_DAYS', undefined, '2026-02-12', '2026-05-14'],
		['NEXT_90_DAYS', undefined, '2026-05-14', '2026-08-12'],
		['LAST_N_DAYS', 3, '2026-05-10', '2026-05-14'],
		['LAST_N_DAYS', 0, '2026-05-13', '2026-05-14'],
		['NEXT_N_DAYS', 3, '2026-05-14', '2026-05-17'],
		['N_DAYS_AGO', 3, '2026-05-10', '2026-05-11'],
		['LAST_N_WEEKS', 2, '2026-04-26', '2026-05-10'],
		['NEXT_N_WEEKS', 2, '2026-05-17', '2026-05-31'],
		['N_WEEKS_AGO', 1, '2026-05-03', '2026-05-10'],
		['LAST_N_MONTHS', 2, '2026-03-01', '2026-05-01'],
		['NEXT_N_MONTHS', 2, '2026-06-01', '2026-08-01'],
		['N_MONTHS_AGO', 5, '2025-12-01', '2026-01-01'],
		['THIS_QUARTER', undefined, '2026-04-01', '2026-07-01'],
		['LAST_QUARTER', undefined, '2026-01-01', '2026-04-01'],
		['NEXT_QUARTER', undefined, '2026-07-01', '2026-10-01'],
		['LAST_N_QUARTERS', 2, '2025-10-01', '2026-04-01'],
		['NEXT_N_QUARTERS', 1, '2026-07-01', '2026-10-01'],
		['N_QUARTERS_AGO', 2, '2025-10-01', '2026-01-01'],
		['THIS_YEAR', undefined, '2026-01-01', '2027-01-01'],
		['LAST_YEAR', undefined, '2025-01-01', '2026-01-01'],
		['NEXT_YEAR', undefined, '2027-01-01', '2028-01-01'],
		['LAST_N_YEARS', 2, '2024-01-01', '2026-01-01'],
		['NEXT_N_YEARS', 2, '2027-01-01', '2029-01-01'],
		['N_YEARS_AGO', 2, '2024-01-01', '2025-01-01'],
		['THIS_FISCAL_QUARTER', undefined, '2026-04-01', '2026-07-01'],
		['LAST_FISCAL_YEAR', undefined, '2025-01-01', '2026-01-01'],
		['LAST_N_FISCAL_QUARTERS', 1, '2026-01-01', '2026-04-01'],
		['N_FISCAL_YEARS_AGO', 1, '2025-01-01', '2026-01-01'],
	])('%s %s', (name, count, from, to) => {
		const range = dateLiteralRange(name, count, NOW, 'UTC');
		expect(range && [isoDay(range.start), isoDay(range.end)]).toEqual([from, to]);
	});

	test('need their number, or none', () => {
		expect(dateLiteralRange('LAST_N_DAYS', undefined, NOW, 'UTC')).toBeUndefined();
		expect(dateLiteralRange('TODAY', 3, NOW, 'UTC')).toBeUndefined();
		expect(() => caseOrg().query('SELECT Id FROM Case WHERE CreatedDate = LAST_N_DAYS')).toThrow(
			"unexpected token: 'LAST_N_DAYS'",
		);
	});

	test("begin their days in the user's time zone, also where the clocks change", () => {
		const hours = (timeZone: string, now: string) => {
			const range = dateLiteralRange('TODAY', undefined, new Date(now), timeZone);
			return range && [range.start, range.end].map((day) => startInZone(day, timeZone).toISOString());
		};
		expect(hours('Pacific/Auckland', NOW.toISOString())).toEqual([
			'2026-05-13T12:00:00.000Z',
			'2026-05-14T12:00:00.000Z',
		]);
		expect(hours('Europe/Berlin', '2026-03-29T12:00:00Z')).toEqual([
			'2026-03-28T23:00:00.000Z',
			'2026-03-29T22:00:00.000Z',
		]);
	});
});

test.each([
	['2026-05-13', '2026-05-13T00:00:00.000Z'],
	['2026-05-13T10:00:00Z', '2026-05-13T10:00:00.000Z'],
	['2026-05-13t10:00:00.1239z', '2026-05-13T10:00:00.123Z'],
	['2026-05-13T10:00:00+02:30', '2026-05-13T07:30:00.000Z'],
	['2026-05-13T10:00:00.000-0130', '2026-05-13T11:30:00.000Z'],
	['2026-02-30', undefined],
	['2026-05-13T25:00:00Z', undefined],
])('%s means %s', (text, instant) => {
	expect(instantOf(text)?.toISOString()).toBe(instant);
});

describe('dates in WHERE', () => {
	const org = caseOrg({ now: NOW });
	const numbers = (where: string, timeZone = 'UTC') =>
		org
			.values(`SELECT CaseNumber FROM Case WHERE ${where} ORDER BY CaseNumber`, { timeZone })
			.map((number) => Number(number) - 1000);

	test.each([
		['CreatedDate = TODAY', 'UTC', [1]],
		['CreatedDate = TODAY', 'Europe/Berlin', [1, 2]],
		['CreatedDate != TODAY', 'UTC', [2, 3]],
		['CreatedDate < TODAY', 'UTC', [2, 3]],
		['CreatedDate <= TODAY', 'UTC', [1, 2, 3]],
		['CreatedDate > YESTERDAY', 'UTC', [1]],
		['CreatedDate >= YESTERDAY', 'UTC', [1, 2]],
		['CreatedDate IN (TODAY, LAST_YEAR)', 'UTC', [1, 3]],
		['CreatedDate NOT IN (TODAY)', 'UTC', [2, 3]],
		['CreatedDate = LAST_N_DAYS:1', 'UTC', [1, 2]],
		['CreatedDate = LAST_YEAR', 'UTC', [3]],
		['CreatedDate = LAST_YEAR', 'Europe/Berlin', []],
		['CreatedDate = 2026-05-13T16:00:00+02:00', 'UTC', [1]],
		['CreatedDate >= 2026-05-12T23:30:00.000+0000', 'UTC', [1, 2]],
		['CreatedDate < 2026-05-12T23:30:00Z', 'UTC', [3]],
		['CALENDAR_YEAR(CreatedDate) = 2026', 'UTC', [1, 2]],
		['CALENDAR_YEAR(CreatedDate) = 2026', 'Europe/Berlin', [1, 2]],
		['CALENDAR_YEAR(convertTimezone(CreatedDate)) = 2026', 'Europe/Berlin', [1, 2, 3]],
		['DAY_ONLY(CreatedDate) = 2026-05-12', 'UTC', [2]],
		['DAY_ONLY(convertTimezone(CreatedDate)) = 2026-05-13', 'Europe/Berlin', [1, 2]],
		['HOUR_IN_DAY(CreatedDate) >= 23', 'UTC', [2, 3]],
	])('%s in %s finds %j', (where, timeZone, expected) => {
		expect(numbers(where, timeZone)).toEqual(expected);
	});

	test('compare date fields by day', () => {
		const names = (where: string) => org.values(`SELECT LastName FROM Contact WHERE ${where}`);
		expect(names('Birthdate = TODAY')).toEqual(['Old']);
		expect(names('Birthdate < 2000-01-01')).toEqual(['Young']);
		expect(names('Birthdate != TODAY')).toEqual(['Young', 'Lone']);
	});
});

test('date functions count as documented', () => {
	const days = smallOrg([object('Day__c', ['On__c date', lookup('Up__c', 'Day__c')])], {
		Day__c: [{ Id: 'a01000000000001AAA', On__c: '2026-05-13' }],
	});
	const value = (name: string) => days.values(`SELECT ${name}(On__c) FROM Day__c GROUP BY ${name}(On__c)`)[0];
	expect(
		Object.fromEntries(
			[
				'CALENDAR_YEAR',
				'CALENDAR_QUARTER',
				'CALENDAR_MONTH',
				'FISCAL_YEAR',
				'FISCAL_QUARTER',
				'FISCAL_MONTH',
				'DAY_IN_MONTH',
				'DAY_IN_WEEK',
				'DAY_IN_YEAR',
				'WEEK_IN_MONTH',
				'WEEK_IN_YEAR',
			].map((name) => [name, value(name)]),
		),
	).toEqual({
		CALENDAR_YEAR: 2026,
		CALENDAR_QUARTER: 2,
		CALENDAR_MONTH: 5,
		FISCAL_YEAR: 2026,
		FISCAL_QUARTER: 2,
		FISCAL_MONTH: 5,
		DAY_IN_MONTH: 13,
		DAY_IN_WEEK: 4,
		DAY_IN_YEAR: 133,
		WEEK_IN_MONTH: 2,
		WEEK_IN_YEAR: 19,
	});
	expect(days.values('SELECT CALENDAR_MONTH(On__c) FROM Day__c GROUP BY On__c')).toEqual([5]);
});
