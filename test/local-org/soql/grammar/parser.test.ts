import { SoqlError } from '../../../../local-org/soql';
import { tokenize } from '../../../../local-org/soql/grammar/lexer';
import { parseSoql } from '../../../../local-org/soql/grammar/parser';
import { hasRecordings, recorded } from '../../support/recordings';
import { salesforceAccepts } from '../support/oracle';
import { ACCEPTED, REFUSED } from '../support/statements';
import { fc } from '../../../support/properties';

function accepts(soql: string): boolean {
	try {
		parseSoql(soql);
		return true;
	} catch (error) {
		if (error instanceof SoqlError) return false;
		throw error;
	}
}

describe('the grammar', () => {
	test.each(ACCEPTED)('takes %s', (soql) => {
		expect([accepts(soql), salesforceAccepts(soql)]).toEqual([true, true]);
	});

	test.each(REFUSED)('refuses %s', (soql, column, sentence) => {
		let message = '';
		try {
			parseSoql(soql);
		} catch (error) {
			if (error instanceof SoqlError) message = error.message;
		}
		expect(message.split('\n').at(-1)).toBe(sentence);
		expect(message.split('Column:')[1]?.split('\n')[0]).toBe(column === undefined ? undefined : String(column));
		expect(salesforceAccepts(soql)).toBe(false);
	});

	(hasRecordings ? test : test.skip)('judges every recorded statement as Salesforce does', () => {
		const corpus = recorded<Array<{ soql: string; valid: boolean }>>('soql-corpus.json');
		expect(corpus.length).toBeGreaterThan(500);
		expect(corpus.filter(({ soql, valid }) => accepts(soql) !== valid)).toEqual([]);
	});

	test('judges damaged statements as Salesforce does', () => {
		const tokensOf = (soql: string) => tokenize(soql).map(({ text }) => text);
		const words = [...new Set([...ACCEPTED, ...REFUSED.map(([soql]) => soql)].flatMap(tokensOf))];
		const damaged = fc
			.tuple(fc.constantFrom(...ACCEPTED), fc.nat(), fc.constantFrom(...words), fc.constantFrom(0, 1))
			.map(([soql, place, word, removed]) => {
				const tokens = tokensOf(soql);
				tokens.splice(place % tokens.length, removed, word);
				return tokens.join(' ');
			});
		fc.assert(
			fc.property(damaged, (soql) => {
				expect(accepts(soql)).toBe(salesforceAccepts(soql));
			}),
			{ numRuns: 500 },
		);
	});
});

describe('an error', () => {
	test('shows a window of whole words around its place, a caret under it, its row and its column', () => {
		const before = 'SELECT Id, CreatedById, LastModifiedById, LastModifiedDate, ';
		expect(() => parseSoql(`${before}FROM Account WHERE Name = 'somebody' ORDER BY Id`)).toThrow(
			"\nLastModifiedById, LastModifiedDate, FROM Account WHERE Name = 'somebody'\n" +
				`${' '.repeat(35)}^\nERROR at Row:1:Column:60\nunexpected token: 'FROM'`,
		);
	});

	test('counts rows from 1, and the columns of tokens from 0 within the row', () => {
		expect(() => parseSoql('SELECT Id\nFROM Case\nWHERE')).toThrow(/ERROR at Row:3:Column:5\n/);
	});
});
