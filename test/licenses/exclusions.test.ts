import { readExclusions, resolveExclusions } from '../../licenses/exclusions';
import type { Excludable } from '../../licenses/exclusions';

const parts = (value: unknown, isComputed = false) =>
	readExclusions(value, 'Excluded Users', () => isComputed).flatMap((line) => line.parts);

describe('readExclusions', () => {
	it.each<[string, unknown, string[]]>([
		['one', 'a@x', ['a@x']],
		['lines', 'a\nb\r\nc\rd', ['a', 'b', 'c', 'd']],
		['commas and blanks', 'a,b , c', ['a', 'b', 'c']],
		['semicolons', 'a; b;c', ['a', 'b', 'c']],
		['tabs, as from a spreadsheet', 'a\tb', ['a', 'b']],
		['commas of the east', 'a，b、c；d', ['a', 'b', 'c', 'd']],
		['blank lines and a comma at the end', 'a,\n\n b,', ['a', 'b']],
		['quotes', '"Sales, EMEA", "b"; c', ['Sales, EMEA', 'b', 'c']],
		['single quotes', "'Sales, EMEA','b'", ['Sales, EMEA', 'b']],
		['quotes of a word processor', '“Sales, EMEA”, „Vertrieb; Nord“, «c»', ['Sales, EMEA', 'Vertrieb; Nord', 'c']],
		['a quote within quotes', '"5"" screen, large"', ['5" screen, large']],
		['a quote within a name', `5" screen, O'Brien, D'Arcy`, ['5" screen', "O'Brien", "D'Arcy"]],
		['a quote that is not closed', '"Sales, EMEA', ['"Sales', 'EMEA']],
		['a list', ['a', 'b@x', 5], ['a', 'b@x', '5']],
		['a list whose members are lists as text', ['a,b', '"c,d"'], ['a', 'b', 'c,d']],
		['a list as JSON', '["a","b, c"]', ['a', 'b', 'c']],
		['brackets that are no JSON', '[External] Sales, b', ['[External] Sales', 'b']],
		['nothing, as fixed text', '', []],
		['blanks, as fixed text', ' \n ', []],
	])('reads %s', (_how, value, expected) => {
		expect(parts(value)).toEqual(expected);
	});

	it.each<[string, unknown]>([
		['undefined', undefined],
		['null', null],
		['a list without members', []],
		['such a list as JSON', '[]'],
		['a list with a member that is missing', ['a', undefined]],
		['a list with a member that is null', [null, 'a']],
		['a list with a member that is empty', ['a', '']],
		['a list with a member that is blank', ['a', ' ']],
		['separators alone', ', ;'],
	])('refuses what came to nothing: %s', (_how, value) => {
		expect(() => parts(value)).toThrow('Excluded Users has no value');
	});

	it.each<[string, unknown]>([
		['nothing', ''],
		['blanks', '  '],
		['a first part', ',b'],
		['a part in the middle', 'a,,b'],
		['a last part', 'a, '],
		['a line', 'a\n\nb'],
		['a last line', 'a\n'],
		['what stands in quotes', 'a,""'],
	])('refuses an expression that lost %s', (_how, value) => {
		expect(() => parts(value, true)).toThrow('Excluded Users has no value');
	});

	it.each<[string, unknown]>([
		['an object', { id: '005' }],
		['a list of objects', [{ id: '005' }]],
		['a list of lists', [['a']]],
		['a switch', true],
	])('refuses %s', (_how, value) => {
		expect(() => parts(value)).toThrow('Excluded Users holds what is neither a name nor an ID');
	});
});

describe('resolveExclusions', () => {
	const ADA = '005xx0000000001AAA';
	const BEN = '005xx0000000002AAA';
	const people: Excludable[] = [
		{ id: ADA, names: ['ada@x.example', 'ada.abbot@mail.example', 'Ada Abbot'] },
		{ id: BEN, names: ['ben@x.example', 'shared@mail.example', 'Brandt, Ben'] },
		{ id: '005xx0000000003AAA', names: ['cleo@x.example', 'shared@mail.example', 'Zoe\u0308 Costa'] },
	];
	const resolve = (value: unknown) => {
		const { excluded, unknown } = resolveExclusions(
			readExclusions(value, 'Excluded Users', () => false),
			people,
		);
		return { ids: [...excluded.keys()], words: [...excluded.values()], unknown };
	};

	it.each<[string, string]>([
		['ID', ADA],
		['ID of 15 characters', ADA.slice(0, 15)],
		['username', 'ada@x.example'],
		['e-mail address', 'Ada.Abbot@Mail.Example'],
		['name', 'ada abbot'],
		['name with other blanks', ' Ada\u00a0 Abbot '],
		['username with what nobody sees', '\ufeffada@x.example\u200b'],
		['name in quotes', '"Ada Abbot"'],
	])('finds by %s', (_how, text) => {
		expect(resolve(text)).toMatchObject({ ids: [ADA.slice(0, 15)], unknown: [] });
	});

	it('finds what is written with other code points', () => {
		expect(resolve('Zo\u00eb Costa').ids).toHaveLength(1);
	});

	it('takes a line that holds a comma for a name where it is one', () => {
		expect(resolve('Brandt, Ben')).toMatchObject({ ids: [BEN.slice(0, 15)], unknown: [] });
		expect(resolve('Brandt, Ben; Ada Abbot')).toMatchObject({ unknown: ['Brandt', 'Ben'] });
		expect(resolve('"Brandt, Ben"; Ada Abbot')).toMatchObject({ unknown: [] });
	});

	it('takes all that an entry names, and says how many', () => {
		expect(resolve('shared@mail.example')).toEqual({
			ids: [BEN.slice(0, 15), '005xx0000000003'],
			words: ['"shared@mail.example", which names 2', '"shared@mail.example", which names 2'],
			unknown: [],
		});
	});

	it.each<[string, string]>([
		['a typing mistake', 'adda@x.example'],
		['half a name', 'Ada'],
		['an ID in another case', ADA.toLowerCase()],
		['an ID of nobody', '005xx0000000009AAA'],
		['what an expression makes of nothing', 'undefined'],
		['a quote too many', '"Ada Abbot'],
	])('tells %s', (_how, text) => {
		expect(resolve(text)).toMatchObject({ ids: [], unknown: [text] });
	});
});
