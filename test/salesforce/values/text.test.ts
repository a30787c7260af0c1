import { DateTime } from 'luxon';

import { readBoolean } from '../../../salesforce/values/boolean';
import { readId } from '../../../salesforce/values/id';
import { readChoices } from '../../../salesforce/values/list';
import { readText } from '../../../salesforce/values/text';
import { readTime } from '../../../salesforce/values/time';
import { longRecordId } from '../../../salesforce/recordId';
import { fc } from '../../support/properties';

describe('a text', () => {
	it.each<[unknown, string]>([
		['', ''],
		[' a\r\nb ', ' a\r\nb '],
		['😀', '😀'],
		[12, '12'],
		[-1.5, '-1.5'],
		[1e-7, '0.0000001'],
		[true, 'true'],
		[12n, '12'],
		[123456789012345678901n, '123456789012345678901'],
		[new Date(0), '1970-01-01T00:00:00.000Z'],
		[DateTime.fromISO('2026-05-01T09:30+02:00', { setZone: true }), '2026-05-01T09:30:00.000+02:00'],
	])('is read from %p', (value, expected) => {
		expect(readText(value)).toEqual({ value: expected });
	});

	it.each([
		{},
		[],
		['a'],
		NaN,
		Infinity,
		new Date(NaN),
		DateTime.invalid('none'),
		null,
		undefined,
		() => 'a',
		Symbol('a'),
	])('is not made of %p', (value) => {
		expect(readText(value)).toEqual({ wants: 'text' });
	});

	it.each(['\ud83d', 'a\ude00', '\ude00\ud83d', '😀😀'.slice(0, 3)])('is not made of half a character: %j', (value) => {
		expect(readText(value)).toEqual({
			wants: expect.stringContaining('whole text'),
			remedy: expect.stringContaining('between two characters'),
		});
	});

	it('is not made of a number that was rounded', () => {
		expect(readText(7234567890123456781)).toEqual({
			wants: expect.stringContaining('every digit'),
			remedy: expect.stringContaining('Send it as text'),
		});
	});

	it('stays as it is, or is refused where no address could hold it', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
				const text = String.fromCharCode(...units);
				const read = readText(text);
				if ('value' in read) expect(read.value).toBe(text);
				else expect(() => encodeURIComponent(text)).toThrow('URI malformed');
			}),
		);
	});
});

describe('true or false', () => {
	it.each([true, 'true', 'TRUE', ' Yes ', '1', 1])('%p is true', (value) => {
		expect(readBoolean(value)).toEqual({ value: true });
	});

	it.each([false, 'false', 'no', '0', 0])('%p is false', (value) => {
		expect(readBoolean(value)).toEqual({ value: false });
	});

	it.each(['', 'maybe', 2, -1, 'on', null, undefined, [true], {}, Object.create(null), 'constructor', '__proto__'])(
		'%p is neither',
		(value) => {
			expect(readBoolean(value)).toEqual({ wants: 'true or false' });
		},
	);
});

describe('a time of day', () => {
	it.each([
		['09:30', '09:30:00.000Z'],
		['9:30', '09:30:00.000Z'],
		[' 09:30:15 ', '09:30:15.000Z'],
		['09:30:15.5Z', '09:30:15.500Z'],
		['23:59:59.999000', '23:59:59.999Z'],
		['00:00', '00:00:00.000Z'],
	])('is read from %p', (value, expected) => {
		expect(readTime(value)).toEqual({ value: expected });
	});

	it.each([
		'24:00',
		'09:60',
		'09:30:60',
		'09:30+02:00',
		'0930',
		'9',
		'09:30:00.1234',
		'9:30 PM',
		'',
		930,
		null,
		['09:30'],
	])('is not made of %p', (value) => {
		expect(readTime(value)).toEqual({ wants: 'a time such as 09:30:00' });
	});
});

describe('an ID', () => {
	it('of 15 characters becomes one of 18', () => {
		expect(readId(' 5005g00000AbCdE ')).toEqual({ value: '5005g00000AbCdEAAV' });
		expect(readId('5005g00000AbCdEAAV')).toEqual({ value: '5005g00000AbCdEAAV' });
	});

	it.each(['Acme', '5005g00000AbCdEAAA', '5005g00000abcdeAAV', '5005g00000AbCd', '', null, 5005, {}])(
		'is not made of %p',
		(value) => {
			expect(readId(value)).toEqual({
				wants: 'a Salesforce ID of 15 or 18 letters and digits',
				remedy: expect.stringContaining('Capitals count'),
			});
		},
	);

	it('is told from one whose capitals were changed', () => {
		const id = fc.string({ unit: fc.constantFrom(...'ABCxyz019'), minLength: 15, maxLength: 15 });
		fc.assert(
			fc.property(id, (short) => {
				const long = longRecordId(short);
				expect(readId(long)).toEqual({ value: long });
				const changed = long.slice(0, 15).toLowerCase() + long.slice(15);
				expect('value' in readId(changed)).toBe(changed === long);
			}),
		);
	});
});

describe('the values of a multi-select picklist', () => {
	it.each<[unknown, string | null]>([
		[['A', 'B'], 'A;B'],
		[[1, true], '1;true'],
		['A;B', 'A;B'],
		[[], null],
		[['A', '', ' ', 'B'], 'A;B'],
		[[''], ''],
	])('are read from %p', (value, expected) => {
		expect(readChoices(value)).toEqual({ value: expected });
	});

	it.each([[['a;b']], [[{}]], [['\ud83d']], [[7234567890123456781]]])('are not made of %p', (value) => {
		expect(readChoices(value)).toEqual({ wants: 'a list of texts without semicolons' });
	});
});
