import { DateTime } from 'luxon';

import { readEffectiveDate } from '../../moves/effectiveDate';
import { isDue } from '../../moves/move';

const due = (date: unknown, now: string, zone: string): boolean =>
	isDue(readEffectiveDate(date, zone), DateTime.fromISO(now, { zone: 'UTC' }));

describe('a move is due', () => {
	it.each([
		['on its day from midnight in the zone', '2026-05-01', '2026-04-30T22:00:00Z', 'Europe/Berlin', true],
		['not before midnight in the zone', '2026-05-01', '2026-04-30T21:59:59Z', 'Europe/Berlin', false],
		['by the zone and not by UTC', '2026-05-01', '2026-05-01T03:00:00Z', 'America/New_York', false],
		['at its very time', '2026-05-01T09:30:00Z', '2026-05-01T09:30:00Z', 'UTC', true],
		['not a second before', '2026-05-01T09:30:00Z', '2026-05-01T09:29:59Z', 'UTC', false],
		['by a time without an offset in the zone', '2026-05-01T09:30', '2026-05-01T07:30:00Z', 'Europe/Berlin', true],
		['by its own offset before the zone', '2026-05-01T09:30+02:00', '2026-05-01T07:30:00Z', 'UTC', true],
		['without a date', '', '2026-05-01T07:30:00Z', 'UTC', true],
		['with a missing date', undefined, '2026-05-01T07:30:00Z', 'UTC', true],
		[
			'on its day in every zone by midnight in UTC',
			'2026-05-01T00:00:00.000Z',
			'2026-05-01T04:00:00Z',
			'America/New_York',
			true,
		],
		['not the evening before', '2026-05-01T00:00:00.000Z', '2026-05-01T03:59:59Z', 'America/New_York', false],
		['by midnight in another offset', '2026-05-01T00:00+09:00', '2026-04-30T22:00:00Z', 'Europe/Berlin', true],
		['by a time behind a blank', '2026-05-01 09:30:00', '2026-05-01T07:30:00Z', 'Europe/Berlin', true],
		['by a Date', new Date('2026-05-02T00:00:00Z'), '2026-05-01T07:30:00Z', 'UTC', false],
	])('%s', (_name, date, now, zone, expected) => {
		expect(due(date, now, zone)).toBe(expected);
	});

	it.each(['0026-05-01', '1699-12-31', '4001-01-01', '9999-12-31T00:00:00Z'])(
		'may not be of the year of %s',
		(date) => {
			expect(() => readEffectiveDate(date, 'UTC')).toThrow('Effective Date is not a date of the years 1700 to 4000');
		},
	);

	it.each([
		'2026',
		'2026-05',
		'2026-W18',
		'2026-121',
		'+2026-05-01',
		'soon',
		'01/05/2026',
		'2026-13-01',
		'2026-02-30',
		'20260501120000',
		42,
		{},
	])('cannot be told from %j', (date) => {
		expect(() => readEffectiveDate(date, 'UTC')).toThrow('Effective Date is not a date');
	});
});
