import { SOQLParser } from '@salesforce/soql-common/lib/soql-parser';
import type { ParseTree } from 'antlr4ts/tree/ParseTree';

import { likePattern, textLiteral } from '../../salesforce/soql';
import { anyCharacter } from '../support/anyCharacter';
import { fc } from '../support/properties';

const parser = SOQLParser({ isApex: false, isMultiCurrencyEnabled: true, apiVersion: 66 });

/** A query's parse tree by Salesforce's own grammar, without the texts in quotes; fails for what it does not accept. */
function shape(soql: string): unknown {
	// What the lexer cannot read, it only complains of.
	const complaints = jest.spyOn(console, 'error').mockImplementation(() => undefined);
	const result = parser.parseQuery(soql);
	expect(complaints.mock.calls).toEqual([]);
	complaints.mockRestore();
	expect({ soql, accepted: result.getSuccess() }).toEqual({ soql, accepted: true });
	return branches(result.getParseTree());
}

function branches(tree: ParseTree): unknown {
	const name = tree.constructor.name;
	if (name.endsWith('StringLiteralContext')) return name;
	if (tree.childCount === 0) return tree.text;
	return [name, ...Array.from({ length: tree.childCount }, (_child, index) => branches(tree.getChild(index)))];
}

const anyText = fc.oneof(
	fc.string({ unit: anyCharacter }),
	fc.string({ unit: fc.constantFrom("'", '\\', '"', '%', '_', '\n', '\r', '\t', '\b', '\f', '\0', 'u', '0', ')') }),
	fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', 'a') }),
);

describe('textLiteral', () => {
	it("is one value to Salesforce's grammar, whatever the text", () => {
		const query = (literal: string) =>
			`SELECT Id FROM Case WHERE Subject = ${literal} AND (Id != null OR Id IN (${literal}, ${literal}))`;
		const expected = shape(query("'x'"));
		fc.assert(
			fc.property(anyText, (text) => expect(shape(query(textLiteral(text)))).toEqual(expected)),
			{ numRuns: 300 },
		);
	});

	it('can always be put into an address', () => {
		fc.assert(fc.property(anyText, (text) => expect(() => encodeURIComponent(textLiteral(text))).not.toThrow()));
	});
});

describe('likePattern', () => {
	it("is one value to Salesforce's grammar, whatever the text", () => {
		const query = (literal: string) => `SELECT Id FROM Case WHERE Subject LIKE ${literal} AND Id != null`;
		const expected = shape(query("'x'"));
		fc.assert(
			fc.property(
				anyText,
				fc.constantFrom('startsWith' as const, 'contains' as const, 'endsWith' as const),
				(text, place) => expect(shape(query(likePattern(text, place)))).toEqual(expected),
			),
			{ numRuns: 200 },
		);
	});

	it.each([
		['startsWith' as const, "'50\\%%'"],
		['contains' as const, "'%50\\%%'"],
		['endsWith' as const, "'%50\\%'"],
	])('%s', (place, pattern) => {
		expect(likePattern('50%', place)).toBe(pattern);
	});
});
