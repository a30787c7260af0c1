import { parseCsv } from '../../salesforce/csv';
import { fc } from '../support/properties';

describe('parseCsv', () => {
	it.each([
		[
			'"Id","Name"\n"005","Jane Dunn"\n',
			[
				['Id', 'Name'],
				['005', 'Jane Dunn'],
			],
		],
		[
			'Id,Name\r\n005,\r\n',
			[
				['Id', 'Name'],
				['005', ''],
			],
		],
		['"a,b","say ""hi"""', [['a,b', 'say "hi"']]],
		['"two\nlines",""\n', [['two\nlines', '']]],
		['', []],
		// Cut before a value, within one, between two quotes of one, and where only one value stands in a row.
		['"a","b"\n"c","d', [['a', 'b'], ['c']]],
		['"a","b"\n"c","say ""', [['a', 'b'], ['c']]],
		['"a"\n"c', [['a']]],
		['"a","b"\n"c",', [['a', 'b'], ['c']]],
	])('reads %j', (text, rows) => {
		expect(parseCsv(text)).toEqual(rows);
	});

	it('gives back any table that was written with every value quoted', () => {
		const value = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
		const table = fc.array(fc.array(value, { minLength: 1, maxLength: 4 }), { maxLength: 4 });
		fc.assert(
			fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, lineEnding) => {
				const text = rows
					.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',') + lineEnding)
					.join('');
				expect(parseCsv(text)).toEqual(rows);
			}),
		);
	});
});
