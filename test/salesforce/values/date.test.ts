import { DateTime, FixedOffsetZone } from 'luxon';

import { readDate, readDateTime, readStart } from '../../../salesforce/values/date';
import { fc } from '../../support/properties';

const ZONES = Intl.supportedValuesOf('timeZone');
const zones = fc.constantFrom('UTC', ...ZONES);
/** Any moment of the years that Salesforce knows, to the millisecond. */
const moments = fc.date({
	min: new Date('1700-01-02T00:00:00Z'),
	max: new Date('4000-12-30T00:00:00Z'),
	noInvalidDate: true,
});

/** What a clock on the wall of a zone shows, by the machine's own tables and not by the library under test. */
function wallClock(moment: Date, timeZone: string): string {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		calendar: 'gregory',
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	}).formatToParts(moment);
	const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
	const day = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
	return `${day}T${part('hour')}:${part('minute')}:${part('second')}`;
}

const value = <T>(read: { value: T } | { wants: string }): T | undefined => ('value' in read ? read.value : undefined);

describe('a day', () => {
	it.each([
		['2026-05-01', 'America/New_York', '2026-05-01'],
		[' 2026-05-01 ', 'UTC', '2026-05-01'],
		['2026-05-01T00:00:00.000Z', 'America/New_York', '2026-05-01'],
		['2026-05-01T00:00:00.000+0000', 'America/New_York', '2026-05-01'],
		['2026-05-01T00:00:00+02:00', 'UTC', '2026-05-01'],
		['2026-05-01T00:00', 'Asia/Tokyo', '2026-05-01'],
		['2026-05-01 00:00:00', 'America/New_York', '2026-05-01'],
		['2026-05-01T22:30:00Z', 'Europe/Berlin', '2026-05-02'],
		['2026-05-01T00:00:01Z', 'America/New_York', '2026-04-30'],
		['2026-05-01t09:30:00z', 'UTC', '2026-05-01'],
		['1700-01-01', 'UTC', '1700-01-01'],
		['4000-12-31', 'UTC', '4000-12-31'],
		['2024-02-29', 'UTC', '2024-02-29'],
		[new Date('2026-05-01T00:00:00Z'), 'America/New_York', '2026-05-01'],
		[new Date('2026-05-01T04:00:00Z'), 'America/New_York', '2026-05-01'],
		[DateTime.fromISO('2026-05-01T00:00', { zone: 'Asia/Tokyo' }), 'America/New_York', '2026-05-01'],
		[DateTime.fromISO('2026-05-01T12:00', { zone: 'Asia/Tokyo' }), 'America/New_York', '2026-04-30'],
	])('is read from %p in %s', (given, zone, expected) => {
		expect(readDate(given, zone)).toEqual({ value: expected });
	});

	it.each([
		'2026',
		'2026-05',
		'20260501',
		'2026-W18-5',
		'2026-121',
		'2026-5-1',
		'01.05.2026',
		'05/01/2026',
		'May 1, 2026',
		'2026-02-30',
		'2023-02-29',
		'2026-13-01',
		'2026-05-01T24:00',
		'2026-05-01T09',
		'2026-05-01T09:60',
		'2026-05-01T09:30:60',
		'2026-05-01T09:30:00 Europe/Berlin',
		'2026-05-01T09:30:00+99:00',
		'+012026-05-01',
		'12026-05-01',
		'1777593600000',
		'today',
		'',
		20260501,
		1777593600000,
		null,
		undefined,
		true,
		['2026-05-01'],
		{ year: 2026 },
		new Date(NaN),
		DateTime.invalid('none'),
	])('and a moment are not made of %p', (given) => {
		expect(readDate(given, 'UTC')).toEqual({ wants: 'a date such as 2026-05-01' });
		expect(readDateTime(given, 'UTC')).toEqual({ wants: 'a date and time such as 2026-05-01T09:30:00+02:00' });
		expect(readStart(given, 'UTC')).toEqual({ wants: 'a date such as 2026-05-01' });
	});

	it.each(['0026-05-01', '1699-12-31', '4001-01-01', '9999-12-31', '0000-01-01'])(
		'and a moment are not of a year that Salesforce does not know: %p',
		(given) => {
			for (const read of [readDate(given, 'UTC'), readDateTime(given, 'UTC'), readStart(given, 'UTC')]) {
				expect(read).toEqual({
					wants: 'a date of the years 1700 to 4000, which Salesforce knows',
					remedy: expect.stringContaining('1700 and 4000'),
				});
			}
		},
	);

	it('is itself in every zone', () => {
		fc.assert(
			fc.property(moments, zones, (moment, zone) => {
				const day = moment.toISOString().slice(0, 10);
				expect(readDate(day, zone)).toEqual({ value: day });
				expect(readDate(`${day}T00:00:00.000Z`, zone)).toEqual({ value: day });
				expect(readDate(new Date(`${day}T00:00:00Z`), zone)).toEqual({ value: day });
			}),
			{ numRuns: 500 },
		);
	});

	it('is that of the zone for every other moment', () => {
		fc.assert(
			fc.property(moments, zones, (moment, zone) => {
				fc.pre(!moment.toISOString().includes('T00:00:00.000'));
				expect(readDate(moment.toISOString(), zone)).toEqual({ value: wallClock(moment, zone).slice(0, 10) });
			}),
			{ numRuns: 500 },
		);
	});
});

describe('a moment', () => {
	it.each([
		['2026-05-01', 'Europe/Berlin', '2026-04-30T22:00:00.000Z'],
		['2026-05-01 09:30', 'Europe/Berlin', '2026-05-01T07:30:00.000Z'],
		['2026-05-01T09:30:00.000+0000', 'Europe/Berlin', '2026-05-01T09:30:00.000Z'],
		['2026-05-01T09:30:00 +02:00', 'UTC', '2026-05-01T07:30:00.000Z'],
		['2026-05-01T09:30+02', 'UTC', '2026-05-01T07:30:00.000Z'],
		['2026-05-01T09:30:00.123456Z', 'UTC', '2026-05-01T09:30:00.123Z'],
		['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
		[new Date(0), 'Asia/Tokyo', '1970-01-01T00:00:00.000Z'],
	])('is read from %p in %s', (given, zone, expected) => {
		expect(readDateTime(given, zone)).toEqual({ value: expected });
	});

	it('that names its offset is kept in every zone', () => {
		fc.assert(
			fc.property(moments, zones, fc.integer({ min: -14 * 60, max: 14 * 60 }), (moment, zone, minutes) => {
				const iso = moment.toISOString();
				expect(readDateTime(iso, zone)).toEqual({ value: iso });
				expect(readDateTime(moment, zone)).toEqual({ value: iso });
				expect(readDateTime(iso.replace('Z', '+0000'), zone)).toEqual({ value: iso });
				const elsewhere = DateTime.fromJSDate(moment).setZone(FixedOffsetZone.instance(minutes));
				expect(readDateTime(elsewhere, zone)).toEqual({ value: iso });
				if (elsewhere.year >= 1700 && elsewhere.year <= 4000)
					expect(readDateTime(elsewhere.toISO(), zone)).toEqual({ value: iso });
			}),
			{ numRuns: 500 },
		);
	});

	it('that names none is what a clock of the zone showed', () => {
		fc.assert(
			fc.property(moments, zones, (moment, zone) => {
				const shown = wallClock(moment, zone);
				const read = value(readDateTime(shown, zone));
				// Clocks show an hour twice when they are put back; either moment is meant then.
				expect(wallClock(new Date(read ?? NaN), zone)).toBe(shown);
			}),
			{ numRuns: 500 },
		);
	});

	it('of a day is its first in the zone', () => {
		fc.assert(
			fc.property(moments, zones, (moment, zone) => {
				const day = moment.toISOString().slice(0, 10);
				const start = new Date(value(readDateTime(day, zone)) ?? NaN);
				expect(wallClock(start, zone).slice(0, 10)).toBe(day);
				expect(wallClock(new Date(start.getTime() - 1), zone).slice(0, 10) < day).toBe(true);
				expect(value(readStart(day, zone))?.toMillis()).toBe(start.getTime());
			}),
			{ numRuns: 500 },
		);
	});
});

describe('the moment from which something counts', () => {
	it.each([
		['2026-05-01', 'America/New_York', '2026-05-01T04:00:00.000Z'],
		['2026-05-01T00:00:00.000Z', 'America/New_York', '2026-05-01T04:00:00.000Z'],
		['2026-05-01T00:00:00+02:00', 'America/New_York', '2026-05-01T04:00:00.000Z'],
		['2026-05-01T09:30:00Z', 'America/New_York', '2026-05-01T09:30:00.000Z'],
		['2026-05-01 09:30', 'America/New_York', '2026-05-01T13:30:00.000Z'],
	])('is read from %p in %s', (given, zone, expected) => {
		const start = value(readStart(given, zone));
		expect(start?.toUTC().toISO()).toBe(expected);
		expect(start?.zoneName).toBe(zone);
	});
});
