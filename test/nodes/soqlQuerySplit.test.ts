import { bindQuery } from '../../salesforce/binding/bindQuery';
import { valueLiteral } from '../../salesforce/binding/queryValue';
import { textLiteral } from '../../salesforce/soql';
import { fc } from '../support/properties';

const bindings = (values: Record<string, string | string[]>) => new Map(Object.entries(values));

describe('bindQuery', () => {
	it('puts each value in its places and nothing in quotes', () => {
		expect(
			bindQuery(
				"SELECT Id FROM Case WHERE A=:a AND B IN :b AND C = ':a' AND D = :a",
				bindings({ a: "'1'", b: ['2', '3'] }),
			),
		).toEqual(["SELECT Id FROM Case WHERE A='1' AND B IN (2,3) AND C = ':a' AND D = '1'"]);
	});

	it('does not look for parameters in values', () => {
		expect(bindQuery('SELECT Id FROM Case WHERE A = :a AND B = :b', bindings({ a: "':b'", b: "':a'" }))).toEqual([
			"SELECT Id FROM Case WHERE A = ':b' AND B = ':a'",
		]);
	});

	it('leaves SOQL its own colon', () => {
		expect(bindQuery('SELECT Id FROM Case WHERE A = LAST_N_DAYS:n', bindings({ n: '5' }))).toEqual([
			'SELECT Id FROM Case WHERE A = LAST_N_DAYS:5',
		]);
	});

	it('splits a list so that each value is in one part, none is too long, and what is equal to Salesforce stays together', () => {
		const soql = 'SELECT Id FROM Case WHERE A IN :list AND B = 1';
		const values = fc.uniqueArray(
			fc.string({ unit: fc.constantFrom('a', 'A', "'", ' b'), minLength: 1, maxLength: 8 }),
			{ minLength: 1, maxLength: 40 },
		);
		fc.assert(
			fc.property(values, fc.integer({ min: 160, max: 400 }), (texts, longest) => {
				const statements = bindQuery(soql, bindings({ list: texts.map(textLiteral) }), longest);
				const lists = statements.map((statement) =>
					[...statement.matchAll(/'(?:[^'\\]|\\.)*'/g)].map(([literal]) => literal),
				);
				expect(lists.flat().sort()).toEqual(texts.map(textLiteral).sort());
				for (const statement of statements) expect(statement.length).toBeLessThanOrEqual(longest);
				const folded = lists.map((list) => new Set(list.map((literal) => literal.toLowerCase())));
				const all = folded.flatMap((set) => [...set]);
				expect(new Set(all).size).toBe(all.length);
			}),
		);
	});

	it('keeps the order of the list', () => {
		const list = Array.from({ length: 30 }, (_value, index) => String(100 - index));
		const statements = bindQuery('SELECT Id FROM Case WHERE A IN :list', bindings({ list }), 60);
		expect(statements.length).toBeGreaterThan(3);
		expect(statements.flatMap((statement) => /\((.*)\)/.exec(statement)?.[1]?.split(','))).toEqual(list);
	});

	it('keeps an ID of 15 characters and its 18 in one part', () => {
		const list = ["'001D000000IqhSL'", "'001D000000IqhSM'", "'001D000000IqhSLIAZ'"];
		expect(bindQuery('SELECT Id FROM Case WHERE A IN :list', bindings({ list }), 80)).toEqual([
			`SELECT Id FROM Case WHERE A IN (${list[0]},${list[2]})`,
			`SELECT Id FROM Case WHERE A IN (${list[1]})`,
		]);
	});

	it.each([
		['SELECT Id FROM Case WHERE A IN :list OR B = 1', ''],
		['SELECT Id FROM Case WHERE A NOT IN :list', ''],
		['SELECT Id FROM Case WHERE NOT A IN :list', ''],
		['SELECT Id FROM Case WHERE (A IN :list OR B = 1)', ''],
		['SELECT Id FROM Case WHERE A INCLUDES :list', ''],
		['SELECT Id FROM Case WHERE A IN (SELECT B FROM C WHERE D IN :list)', ''],
		['SELECT COUNT() FROM Case WHERE A IN :list', ' because it has GROUP BY or an aggregate'],
		['SELECT Id FROM Case WHERE A IN :list ORDER BY Id', ' because it has ORDER BY'],
		['SELECT Id FROM Case WHERE A IN :list LIMIT 1', ' because it has LIMIT'],
		['SELECT Id FROM Case WHERE A IN :list OFFSET 1', ' because it has OFFSET'],
	])('does not split %j', (soql, reason) => {
		const list = Array.from({ length: 30 }, (_value, index) => String(index));
		expect(() => bindQuery(soql, bindings({ list }), 100)).toThrow(
			`The query is too long for one call, and cannot be split${reason}`,
		);
	});

	it('says when one value alone is too long', () => {
		expect(() =>
			bindQuery('SELECT Id FROM Case WHERE A IN :list', bindings({ list: ['1', 'x'.repeat(50)] }), 60),
		).toThrow('A single value makes the query too long for one call');
	});
});

describe('valueLiteral', () => {
	const literal = (value: unknown, type: Parameters<typeof valueLiteral>[1]) =>
		valueLiteral(value, type, ':v', 'Europe/Berlin');

	it('writes any number in digits that read as the same number', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }), (number) => {
				fc.pre(number === 0 || Math.abs(number) > 1e-60);
				// JavaScript has rounded larger ones before anybody could look; as text they are what is written.
				const isWhole = Number.isInteger(number) && !Number.isSafeInteger(number);
				if (isWhole) expect(() => literal(number, 'number')).toThrow('every digit');
				const text = literal(isWhole ? String(number) : number, 'number');
				expect(text).toMatch(/^-?\d+(\.\d+)?$/);
				expect(Number(text)).toBe(number === 0 ? 0 : number);
			}),
		);
	});

	it.each<[unknown, string]>([
		['2026-05-01', '2026-04-30T22:00:00Z'],
		['2026-05-01T09:30', '2026-05-01T07:30:00Z'],
		['2026-05-01 09:30:00', '2026-05-01T07:30:00Z'],
		['2026-05-01T09:30:00.120Z', '2026-05-01T09:30:00.120Z'],
		[new Date('2026-05-01T09:30:00Z'), '2026-05-01T09:30:00Z'],
	])('writes the moment %j in UTC', (value, text) => {
		expect(literal(value, 'dateTime')).toBe(text);
	});

	it('takes the day of a moment in the zone of the workflow', () => {
		expect(literal('2026-05-01T23:30:00Z', 'date')).toBe('2026-05-02');
		expect(literal('2026-05-01', 'date')).toBe('2026-05-01');
	});
});
