import { readMembers } from '../../../salesforce/values/members';
import type { ListSeparator } from '../../../salesforce/values/members';
import { fc } from '../../support/properties';

const members = (value: unknown, separator: ListSeparator = 'automatic') => {
	const read = readMembers(value, separator);
	return 'value' in read ? read.value.members : read.wants;
};

describe('the members of a list', () => {
	it.each<[unknown, unknown[]]>([
		[
			['a', 'b'],
			['a', 'b'],
		],
		['a,b', ['a', 'b']],
		[' a , b ', ['a', 'b']],
		['a;b', ['a', 'b']],
		['a\nb', ['a', 'b']],
		['a\r\nb\r\n', ['a', 'b']],
		['a\u2028b', ['a', 'b']],
		['5", 6"', ['5"', '6"']],
		['["a","b"]', ['a', 'b']],
		[' ["a, b"] ', ['a, b']],
		['[1, 2]', [1, 2]],
		['\ufeff["a"]', ['a']],
		['"a","b"', ['a', 'b']],
		["'a','b'", ['a', 'b']],
		['"Smith, John","Doe, Jane"', ['Smith, John', 'Doe, Jane']],
		['"a",\n"b",\n', ['a', 'b']],
		['"a"', ['a']],
		["O'Brien, O'Neil", ["O'Brien", "O'Neil"]],
		['a', ['a']],
		[5, [5]],
		['', []],
		[' \n ', []],
		[[], []],
	])('are read from %j', (value, expected) => {
		expect(members(value)).toEqual(expected);
	});

	it.each<[unknown, number]>([
		['a,b,', 1],
		['a,,b', 1],
		[',', 2],
		['a\n\nb\n', 2],
		[['a', null, undefined, '', ' ', 'b'], 4],
		['["a", null, ""]', 2],
		['', 0],
	])('that are empty are left out and counted: %j', (value, dropped) => {
		expect(readMembers(value, 'automatic')).toMatchObject({ value: { dropped } });
		expect(members(value)).toEqual(['a', 'b'].slice(0, (members(value) as unknown[]).length));
	});

	it.each([
		...['a,b;c', 'a,b\nc', 'a;b\nc', '"a",b;c', 'a,\nb,', "'Smith, John','Doe'"],
		// As a program, a query, an object and a spreadsheet have them.
		...['a, "b, c"', '(a,b)', "('a','b')", '{"a":1}', 'a\tb'],
	])('are not guessed: %j', (value) => {
		expect(members(value)).toBe('a list with one kind of separator');
	});

	it.each(['[a,b]', '["a"', '[', '["a",]'])('are not made of what is hardly JSON: %j', (value) => {
		expect(members(value)).toBe('a JSON array');
	});

	it.each<[ListSeparator, string, unknown[] | string]>([
		['line', 'Smith, John\nDoe, Jane', ['Smith, John', 'Doe, Jane']],
		['comma', 'a;b,c\nd', ['a;b', 'c\nd']],
		['semicolon', 'Smith, John; "Doe"', ['Smith, John', '"Doe"']],
		['json', '["a"]', ['a']],
		['json', 'a,b', 'a JSON array'],
		['json', '{"a":1}', 'a JSON array'],
		['comma', '["a","b"]', ['["a"', '"b"]']],
	])('are told apart by %s where that is chosen: %j', (separator, value, expected) => {
		expect(members(value, separator)).toEqual(expected);
	});

	it('are found again, whatever they hold, by a separator that none of them holds', () => {
		const separators = { comma: ',', line: '\n', semicolon: ';' };
		const member = fc.string({ unit: fc.constantFrom('a', "'", '"', ' ', ',', ';', '[', '\\'), minLength: 1 });
		fc.assert(
			fc.property(
				fc.constantFrom('comma' as const, 'line' as const, 'semicolon' as const),
				fc.array(member),
				(separator, list) => {
					const wanted = list
						.map((one) => one.trim())
						.filter((one) => one !== '' && !one.includes(separators[separator]));
					expect(members(wanted.join(separators[separator]), separator)).toEqual(wanted);
					expect(members(JSON.stringify(wanted), 'json')).toEqual(wanted);
					expect(members(JSON.stringify(wanted))).toEqual(wanted);
					expect(members(wanted)).toEqual(wanted);
				},
			),
		);
	});
});
