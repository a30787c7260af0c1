import { DateTime } from 'luxon';

import type { FieldDescribe } from '../../salesforce/describe';
import { holdsValue, readFieldValue } from '../../salesforce/fieldValue';
import { anyCharacter } from '../support/anyCharacter';
import { fc } from '../support/properties';

const field = (type: string) => ({ name: 'Field__c', type }) as FieldDescribe;
const read = (type: string, value: unknown, zone = 'Europe/Berlin') => readFieldValue(field(type), value, zone);

describe('a value for a field', () => {
	it.each([
		['string', 12, '12'],
		['string', false, 'false'],
		['textarea', new Date(0), '1970-01-01T00:00:00.000Z'],
		['int', ' 12 ', 12],
		['double', '1e3', 1000],
		['currency', 0.1, 0.1],
		['boolean', 'TRUE', true],
		['boolean', 0, false],
		['boolean', null, false],
		['string', null, null],
		['date', '2026-05-01', '2026-05-01'],
		['date', '2026-05-01T23:30:00Z', '2026-05-02'],
		['date', DateTime.fromISO('2026-05-01T23:30:00Z', { zone: 'utc' }), '2026-05-02'],
		['datetime', '2026-05-01', '2026-04-30T22:00:00.000Z'],
		['datetime', '2026-05-01 09:30', '2026-05-01T07:30:00.000Z'],
		['datetime', '2026-05-01T09:30:00.000+0000', '2026-05-01T09:30:00.000Z'],
		['datetime', new Date(0), '1970-01-01T00:00:00.000Z'],
		['time', '09:30', '09:30:00.000Z'],
		['time', '09:30:15.5Z', '09:30:15.500Z'],
		['multipicklist', ['A', 'B'], 'A;B'],
		['multipicklist', 'A;B', 'A;B'],
		['multipicklist', [], null],
		['reference', '5005g00000AbCdE', '5005g00000AbCdEAAV'],
	])('of type %s from %p is %p', (type, value, expected) => {
		expect(read(type, value)).toEqual({ value: expected });
	});

	it.each([
		['string', {}, 'text'],
		['string', ['a'], 'text'],
		['string', NaN, 'text'],
		['string', Infinity, 'text'],
		['int', 1.5, 'a whole number'],
		['int', '', 'a whole number'],
		['double', 'NaN', 'a number'],
		['double', '0x10', 'a number'],
		['double', '1.234,5', 'a number'],
		['double', true, 'a number'],
		['boolean', 'maybe', 'true or false'],
		['boolean', 2, 'true or false'],
		['boolean', [true], 'true or false'],
		['boolean', Object.create(null), 'true or false'],
		['date', '2026-02-30', 'a date'],
		['date', '01.05.2026', 'a date'],
		['date', 20260501, 'a date'],
		['date', '1699-12-31', 'a date'],
		['date', '4001-01-01', 'a date'],
		['date', new Date(NaN), 'a date'],
		['datetime', '0202-05-01T09:30', 'a date of the years 1700 to 4000'],
		['datetime', '2026', 'a date and time'],
		['datetime', '2026-05-01T25:00', 'a date and time'],
		['time', '24:00', 'a time'],
		['time', ['09:30'], 'a time'],
		['multipicklist', ['a;b'], 'a list of texts'],
		['multipicklist', [{}], 'a list of texts'],
		['reference', 'Acme', 'a Salesforce ID'],
		['reference', '5005g00000AbCdEAAA', 'a Salesforce ID'],
	])('of type %s is not made of %p', (type, value, wants) => {
		expect(read(type, value)).toMatchObject({ wants: expect.stringContaining(wants) });
	});

	it('keeps every text and every number as it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: anyCharacter }), (text) => expect(read('string', text)).toEqual({ value: text })),
		);
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
				expect(read('double', String(number))).toEqual({ value: Number(String(number)) });
			}),
		);
	});

	it('keeps the moment, whatever the zone', () => {
		const dates = fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
		fc.assert(
			fc.property(dates, fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York'), (date, zone) => {
				expect(read('datetime', date.toISOString(), zone)).toEqual({ value: date.toISOString() });
			}),
		);
	});
});

describe('a field', () => {
	it.each([
		['string', ' a ', 'a'],
		['textarea', 'a\r\nb', 'a\nb'],
		['string', '', null],
		['datetime', '2026-05-01T07:25:37.000Z', '2026-05-01T07:25:37.000+0000'],
		['datetime', '2026-05-01T07:25:37.999Z', '2026-05-01T07:25:37.000+0000'],
		['multipicklist', 'B;A', 'A;B'],
		['email', 'Ada@Example.com', 'ada@example.com'],
		['double', 23, 23.0],
		['boolean', false, false],
	])('of type %s holds %p where Salesforce returns %p', (type, written, held) => {
		expect(holdsValue(field(type), written, held)).toBe(true);
	});

	it.each([
		['string', 'a', 'A'],
		['double', 0, null],
		['boolean', false, true],
		['datetime', '2026-05-01T07:25:37.000Z', '2026-05-01T07:25:38.000+0000'],
		['string', 'a', null],
	])('of type %s does not hold %p where Salesforce returns %p', (type, written, held) => {
		expect(holdsValue(field(type), written, held)).toBe(false);
	});
});
