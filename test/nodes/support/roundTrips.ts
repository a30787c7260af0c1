import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { LocalOrgOptions } from '../../../local-org';
import { fc } from '../../support/properties';

/** What is written, and what must come back: as it was written, or not at all. */
export interface Trip {
	written: IDataObject;
	expected: IDataObject | 'refused';
	/** The zone in which it is written, where it counts; what comes back is compared in it. */
	zone?: string;
}

const PLACES = ['p-1', "O'Hare", 'Größe, "2"', 'a;b'];
const CHOICES = ['A', 'B & C', 'D, E', 'Ö', 'x "y"'];

/** IDs of the places, and of what is no place. */
const place = (index: number): string => `a01000000000${String(index + 1).padStart(3, '0')}AAA`;
const ACCOUNT = '001000000000001AAA';

/** An object with a field of every kind of value, and what it may refer to. */
export const ORG: LocalOrgOptions = {
	customObjects: {
		Thing__c: {
			label: 'Thing',
			fields: {
				Text__c: { type: 'Text', label: 'Text', length: 255 },
				Number__c: { type: 'Number', label: 'Number', precision: 18, scale: 4 },
				Box__c: { type: 'Checkbox', label: 'Box', defaultValue: false },
				Day__c: { type: 'Date', label: 'Day' },
				Moment__c: { type: 'DateTime', label: 'Moment' },
				Time__c: { type: 'Time', label: 'Time' },
				Choices__c: {
					type: 'MultiselectPicklist',
					label: 'Choices',
					visibleLines: 4,
					valueSet: {
						restricted: true,
						valueSetDefinition: { value: CHOICES.map((value) => ({ valueName: value, label: value })) },
					},
				},
				Place__c: { type: 'Lookup', label: 'Place', referenceTo: 'Place__c', relationshipName: 'Things' },
			},
		},
		Place__c: {
			label: 'Place',
			fields: {
				Key__c: { type: 'Text', label: 'Key', length: 40, externalId: true, unique: true },
				Number__c: { type: 'Number', label: 'Number', precision: 18, scale: 0, externalId: true, unique: true },
			},
		},
	},
	seed: {
		Account: [{ Id: ACCOUNT, Name: 'Acme' }],
		Place__c: PLACES.map((key, index) => ({ Id: place(index), Key__c: key, Number__c: 1_000 + index })),
	},
};

/** What is read back of each. */
export const FIELDS = Object.keys(ORG.customObjects?.Thing__c?.fields ?? {});

/** A value that no record may hold, whatever becomes of it. */
const refused = (field: string, ...values: unknown[]): fc.Arbitrary<Trip> =>
	fc.constantFrom(...values).map((value) => ({ written: { [field]: value } as IDataObject, expected: 'refused' }));

const kept = (field: string, written: unknown, held: unknown = written): Trip => ({
	written: { [field]: written } as IDataObject,
	expected: { [field]: held } as IDataObject,
});

const ZONES = Intl.supportedValuesOf('timeZone');
const moment = fc.date({
	min: new Date('1700-01-03T00:00:00Z'),
	max: new Date('4000-12-29T00:00:00Z'),
	noInvalidDate: true,
});
const zone = fc.constantFrom(...ZONES);

const numbers = fc.oneof(
	fc.integer({ min: -1e9, max: 1e9 }).map((number) => kept('Number__c', number / 100)),
	fc.integer({ min: -1e9, max: 1e9 }).map((number) => kept('Number__c', ` ${number}.50`, Number(`${number}.5`))),
	fc.integer({ min: -9, max: 9 }).map((number) => kept('Number__c', `${number}e3`, number * 1_000 + 0)),
	fc
		.integer({ min: 1, max: 1e6 })
		.map((more) => ({ written: { Number__c: Number.MAX_SAFE_INTEGER + more }, expected: 'refused' as const })),
	refused('Number__c', '1,5', '0x10', 'one', '1 000', '1_000', '٣', 'Infinity', true, [1], '1e400', '--1'),
);

const texts = fc.oneof(
	fc
		.string({ unit: fc.constantFrom('a', "'", '"', ',', '\\', 'é', '😀', '\t', ';', '<', '=', '\u00a0', '\u200d') })
		.map((text) => kept('Text__c', `x${text}x`)),
	fc.integer().map((number) => kept('Text__c', number, String(number))),
	fc.string({ maxLength: 5 }).map((text) => ({ written: { Text__c: `x${text}\ud83d` }, expected: 'refused' as const })),
	refused('Text__c', ['a'], { a: 1 }, 2 ** 60),
);

const days = fc.oneof(
	moment.map((date) => kept('Day__c', date.toISOString().slice(0, 10))),
	fc.tuple(moment, fc.constantFrom('Z', '+02:00', '-11:00', '+0000')).map(([date, offset]) => {
		const day = date.toISOString().slice(0, 10);
		return kept('Day__c', `${day}T00:00:00.000${offset}`, day);
	}),
	// Without an offset a time is of the workflow's zone, and so of that very day.
	fc.tuple(moment, zone).map(([date, name]) => {
		const text = date.toISOString().slice(0, 19);
		return { ...kept('Day__c', text, text.slice(0, 10)), zone: name };
	}),
	refused(
		'Day__c',
		'2026',
		'2026-05',
		'0026-05-01',
		'4001-01-01',
		'1699-12-31',
		'2026-02-30',
		'01.05.2026',
		'2026-5-1',
	),
	refused(
		'Day__c',
		20260501,
		true,
		['2026-05-01'],
		'2026-05-01T24:00:00',
		'2100-02-29',
		'today',
		'2026-05-01 '.repeat(2),
	),
);

/** Salesforce keeps whole seconds. */
const seconds = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, '.000+0000');

const moments = fc.oneof(
	moment.map((date) => kept('Moment__c', date.toISOString(), seconds(date))),
	fc.tuple(moment, fc.integer({ min: -14 * 60, max: 14 * 60 })).map(([date, offset]) => {
		const sign = offset < 0 ? '-' : '+';
		const pad = (number: number): string => String(Math.floor(Math.abs(number))).padStart(2, '0');
		const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
		return kept('Moment__c', `${local}${sign}${pad(offset / 60)}:${pad(offset % 60)}`, seconds(date));
	}),
	fc.tuple(moment, zone).map(([date, name]) => {
		const text = date.toISOString().slice(0, 19);
		return { ...kept('Moment__c', text.replace('T', ' '), text), zone: name };
	}),
	refused('Moment__c', '2026-05-01T25:00', '2026-05-01T09:30+99:00', 'noon', 1_777_000_000_000, '2026-05-01T09'),
);

const two = (least: number, most: number): fc.Arbitrary<string> =>
	fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'));

const times = fc.oneof(
	fc
		.tuple(two(0, 23), two(0, 59))
		.map(([hour, minute]) => kept('Time__c', `${hour}:${minute}`, `${hour}:${minute}:00.000Z`)),
	fc
		.tuple(
			two(0, 23),
			two(0, 59),
			two(0, 59),
			fc.constantFrom('', '.5', '.25', '.125', '.1250'),
			fc.constantFrom('', 'Z'),
		)
		.map(([hour, minute, second, fraction, end]) =>
			kept(
				'Time__c',
				`${hour}:${minute}:${second}${fraction}${end}`,
				`${hour}:${minute}:${second}.${fraction.slice(1, 4).padEnd(3, '0')}Z`,
			),
		),
	refused('Time__c', '24:00', '09:60', '9.30', '09:30:61', '09:30+02:00', '09:30:00.1234', 'noon', 930, '09', [
		'09:30',
	]),
);

const boxes = fc.oneof(
	fc.constantFrom(true, 'TRUE', 'yes', 1, '1', ' true ').map((box) => kept('Box__c', box, true)),
	fc.constantFrom(false, 'False', 'NO', 0, '0', null).map((box) => kept('Box__c', box, false)),
	refused('Box__c', 'on', 2, 'maybe', [true], {}, -1, 'truee', '1.0'),
);

const choices = fc.oneof(
	fc
		.subarray(CHOICES, { minLength: 1 })
		.chain((list) => fc.constantFrom(kept('Choices__c', list, list.join(';')), kept('Choices__c', list.join(';')))),
	fc.constantFrom([], null).map((none) => kept('Choices__c', none, null)),
	refused('Choices__c', ['A;B'], [{}], [null], [['A']], ['A', 'Z'], 'A;Z', 'A,B & C', { A: true }),
);

const ids = fc.oneof(
	fc
		.nat({ max: PLACES.length - 1 })
		.chain((index) =>
			fc.constantFrom(
				kept('Place__c', place(index)),
				kept('Place__c', place(index).slice(0, 15), place(index)),
				kept('Place__c', ` ${place(index)}\n`, place(index)),
			),
		),
	fc.constant(kept('Place__c', null)),
	// Of no record, of another object, with another checksum, cut, in small letters, and none at all.
	refused('Place__c', place(99), ACCOUNT, `${place(0).slice(0, 15)}AAB`, place(0).slice(0, 16), place(0).slice(0, 14)),
	refused('Place__c', place(0).toLowerCase(), 'Berlin', 1_000, true, [place(0)], '000000000000000AAA'),
);

const references = fc.oneof(
	fc.nat({ max: PLACES.length - 1 }).chain((index) => {
		const held = { Place__c: place(index) };
		const key = PLACES[index] ?? '';
		return fc.constantFrom<Trip>(
			{ written: { Place__r: { Key__c: key } }, expected: held },
			{ written: { 'place__R.key__C': key }, expected: held },
			{ written: { Place__r: { Number__c: 1_000 + index } }, expected: held },
			{ written: { 'Place__r.Number__c ': `${1_000 + index}.0` }, expected: held },
			{ written: { Place__c: { Key__c: key } }, expected: held },
			{ written: { Place__r: { Id: place(index), Name: 'x' } }, expected: held },
			{ written: { Place__r: { Id: null, Key__c: key } }, expected: held },
			{ written: { Place__r: { Key__c: key, id: '' } }, expected: held },
			{ written: { Place__r: { '\ufeffKey__c': key, attributes: { type: 'Place__c' } } }, expected: held },
		);
	}),
	fc.constantFrom<Trip>(
		{ written: { Place__r: null, Text__c: 'x' }, expected: { Place__c: null } },
		{ written: { Place__r: { Key__c: null }, Text__c: 'x' }, expected: { Place__c: null } },
	),
	fc
		.constantFrom<IDataObject>(
			{ Place__r: { Key__c: 'nobody' } },
			{ Place__r: { Number__c: 'one' } },
			{ Place__r: { Number__c: 9_007_199_254_740_993 } },
			{ Place__r: { Nothing__c: 'p-1' } },
			{ Place__r: { Key__c: 'p-1', Number__c: 1_001 } },
			{ Place__r: {} },
			{ Place__r: { Key__c: ['p-1'] } },
			{ Place__r: 'p-1' },
			{ Place__r: { Key__c: 'p-1', attributes: { type: 'Account' } } },
			{ 'Place__r.Nothing__c': 'p-1' },
			{ 'Place__r.Key__c.More__c': 'p-1' },
		)
		.map((written): Trip => ({ written, expected: 'refused' })),
);

/** Trips by the kind of their value. */
export const TRIPS: Record<string, fc.Arbitrary<Trip>> = {
	numbers,
	texts,
	dates: days,
	'date-times': moments,
	times,
	booleans: boxes,
	'multi-select picklists': choices,
	IDs: ids,
	references,
};

/** A moment as Salesforce gives it, as a clock in a zone shows it; by the engine's own calendar, not by luxon's. */
export function wallClock(value: unknown, timeZone: string): string {
	const date = new Date(String(value).replace('+0000', 'Z'));
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	}).formatToParts(date);
	const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
	return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
}

/** Whether there was such a time in a zone: clocks are put forward, and Samoa once left out a day. */
export function isThere(text: string, timeZone: string): boolean {
	return DateTime.fromISO(text, { zone: timeZone }).toISO({ includeOffset: false })?.slice(0, 19) === text;
}
