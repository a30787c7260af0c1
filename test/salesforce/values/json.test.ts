import { readJson } from '../../../salesforce/values/json';
import { fc } from '../../support/properties';

describe('JSON', () => {
	it('is what it stands for', () => {
		fc.assert(fc.property(fc.json(), (text) => expect(readJson(text)).toEqual({ value: JSON.parse(text) })));
	});

	it('may begin with a mark that nobody sees', () => {
		expect(readJson('\ufeff{"a": 1}')).toEqual({ value: { a: 1 } });
	});

	it.each([
		['{ "a": 1, }', 'line 1, column 11 it lacks a name in double quotes'],
		["{ 'a': 1 }", 'line 1, column 3 it lacks a name in double quotes'],
		['{ a: 1 }', 'line 1, column 3 it lacks a name in double quotes'],
		['{ "a" 1 }', 'line 1, column 7 it lacks a colon'],
		['{ "a": 1 "b": 2 }', 'line 1, column 10 it lacks a comma or }'],
		['{\n  "a": SECRET\n}', 'line 2, column 8 it lacks a value; text belongs in double quotes'],
		['{ "a": "SECRET', 'line 1, column 8 it lacks a closing quote, or a backslash before what needs one'],
		['{ "a": "SEC\nRET" }', 'line 1, column 8 it lacks a closing quote, or a backslash before what needs one'],
		['{ "a": "SEC\\RET" }', 'line 1, column 8 it lacks a closing quote, or a backslash before what needs one'],
		['[1, 2', 'line 1, column 6 it lacks a comma or ]'],
		['{"a":1} x', 'line 1, column 9 it lacks its end'],
		['{"a": 01}', 'line 1, column 7 it lacks a value; text belongs in double quotes'],
		['{"a": undefined}', 'line 1, column 7 it lacks a value; text belongs in double quotes'],
		['{"a": NaN}', 'line 1, column 7 it lacks a value; text belongs in double quotes'],
		['['.repeat(100_000), 'line 1, column 501 it lacks an end of so many nested lists and objects'],
		['', 'line 1, column 1 it lacks a value; text belongs in double quotes'],
	])('that is broken says where, and not what stands there: %j', (text, wants) => {
		expect(readJson(text)).toEqual({ wants: `JSON: at ${wants}` });
	});

	it('that lost a character has a place where it is broken', () => {
		fc.assert(
			fc.property(fc.json(), fc.nat(), (json, at) => {
				const text = json.slice(0, at % json.length) + json.slice((at % json.length) + 1);
				const read = readJson(text);
				if ('wants' in read) expect(read.wants).toMatch(/^JSON: at line 1, column \d+ it lacks /);
				else expect(read.value).toEqual(JSON.parse(text));
			}),
		);
	});
});
