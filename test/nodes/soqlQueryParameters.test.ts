import type { IDataObject } from 'n8n-workflow';

import { stages } from '../support/stage';
import type { Stage } from '../support/stage';
import { anyCharacter } from '../support/anyCharacter';
import { fc } from '../support/properties';

const stage = stages();

interface NamedValue {
	name: string;
	type: string;
	list?: boolean;
	value?: unknown;
}

const ask = async ({ run }: Stage, soql: string, ...parameter: NamedValue[]) =>
	await run([{}], {
		type: 'salesforceSoqlQuery',
		parameters: {
			query: soql,
			returnAll: true,
			queryParameters: { parameter: parameter as unknown as IDataObject[] } as never,
		},
	});

/** Texts of any kind, and as attackers write them. The engine of the tests would run one that begins with `=`. */
const anyText = fc
	.oneof(
		fc.string({
			unit: fc.constantFrom(
				"'",
				'\\',
				'"',
				'%',
				'_',
				':',
				')',
				'(',
				' ',
				'\n',
				'\r',
				'\t',
				'\b',
				'\f',
				'\0',
				'\u0085',
				'u',
				'a',
				'É',
				'😀',
				'\u2028',
			),
			maxLength: 40,
		}),
		fc.string({ unit: anyCharacter, maxLength: 40 }),
		fc.constantFrom(
			"' OR Id != null OR Subject = '",
			"\\' OR Id != null",
			"x') OR (Id != '",
			':other',
			'\\u0027 OR Id != null',
			'{{ 1 }}',
		),
	)
	.filter((text) => text !== '' && !text.startsWith('='));

/** Before Node.js 24, a text that is read from SQLite ends at a zero character. */
const isReadWhole = (text: string) => Number.parseInt(process.versions.node) >= 24 || !text.includes('\0');

describe('A value of Query Parameters', () => {
	it('is read back as it was given, whatever the text', async () => {
		const { org, run } = await stage();
		let next = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(anyText.filter(isReadWhole), { minLength: 1, maxLength: 20 }), async (texts) => {
				const records = texts.map((text) => ({ ExternalID__c: `t-${next++}`, Subject: text }));
				org.seed({ Case: records });
				const { outputs, error } = await run(records, {
					type: 'salesforceSoqlQuery',
					parameters: {
						query: 'SELECT ExternalID__c, Subject FROM Case WHERE Subject = :text AND ExternalID__c = :id',
						returnAll: true,
						queryParameters: {
							parameter: [
								{ name: 'text', type: 'text', value: '={{ $json.Subject }}' },
								{ name: 'id', type: 'text', value: '={{ $json.ExternalID__c }}' },
							],
						},
					},
				});
				expect(error).toBeUndefined();
				expect(outputs[0]).toEqual(records);
			}),
			{ numRuns: 25 },
		);
	});

	it('finds a text by any part of it, in which % and _ stand for themselves', async () => {
		const { org, run } = await stage();
		let next = 0;
		await fc.assert(
			// SQLite ends a pattern at a zero character.
			fc.asyncProperty(
				anyText.filter((text) => !text.includes('\0')),
				fc.nat(),
				fc.nat(),
				async (text, from, length) => {
					const characters = [...text];
					const start = from % characters.length;
					const end = start + 1 + (length % (characters.length - start));
					const record = { ExternalID__c: `p-${next++}`, Subject: text };
					org.seed({ Case: [record, { ExternalID__c: record.ExternalID__c, Subject: 'zzz' }] });
					const { outputs, error } = await run(
						[
							{
								id: record.ExternalID__c,
								all: [characters.slice(0, end), characters.slice(start), characters.slice(start, end)].map((part) =>
									part.join(''),
								),
							},
						],
						{
							type: 'salesforceSoqlQuery',
							parameters: {
								query:
									'SELECT ExternalID__c, Subject FROM Case WHERE ExternalID__c = :id AND Subject LIKE :start AND Subject LIKE :end AND Subject LIKE :part',
								queryParameters: {
									parameter: [
										{ name: 'id', type: 'text', value: '={{ $json.id }}' },
										{ name: 'start', type: 'startsWith', value: '={{ $json.all[0] }}' },
										{ name: 'end', type: 'endsWith', value: '={{ $json.all[1] }}' },
										{ name: 'part', type: 'contains', value: '={{ $json.all[2] }}' },
									],
								},
							},
						},
					);
					expect(error).toBeUndefined();
					expect(outputs[0]).toEqual([record]);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('is compared as its type says', async () => {
		const on = await stage({
			seed: {
				Account: [
					{ Name: 'Small', NumberOfEmployees: 5, CreatedDate: '2026-05-01T07:25:37.000Z' },
					{ Name: 'Large', NumberOfEmployees: 500, CreatedDate: '2026-06-01T00:00:00.000Z' },
				],
			},
		});
		const found = async (condition: string, ...parameters: NamedValue[]) => {
			const { outputs, error } = await ask(
				on,
				`SELECT Name FROM Account WHERE ${condition} ORDER BY Name`,
				...parameters,
			);
			expect(error).toBeUndefined();
			return outputs[0]?.map(({ Name }) => Name);
		};
		const [small] = on.org.rows('Account');
		expect(await found('NumberOfEmployees >= :n', { name: 'n', type: 'number', value: '500' })).toEqual(['Large']);
		expect(await found('NumberOfEmployees = :n', { name: 'n', type: 'number', value: 5 })).toEqual(['Small']);
		expect(await found('IsDeleted = :gone', { name: 'gone', type: 'boolean', value: 'False' })).toEqual([
			'Large',
			'Small',
		]);
		expect(
			await found('CreatedDate > :at', { name: 'at', type: 'dateTime', value: '2026-05-01T09:25:37+02:00' }),
		).toEqual(['Large']);
		expect(
			await found('CreatedDate >= :at', { name: 'at', type: 'dateTime', value: '2026-05-01T07:25:37.000+0000' }),
		).toEqual(['Large', 'Small']);
		expect(await found('Id = :id', { name: 'id', type: 'id', value: small?.Id })).toEqual(['Small']);
		expect(await found('Name != :none AND ParentId = :none', { name: 'none', type: 'null' })).toEqual([
			'Large',
			'Small',
		]);
		expect(
			await found('Name IN :names', { name: 'names', type: 'text', list: true, value: ['Small', 'Other'] }),
		).toEqual(['Small']);
		expect(
			await found('Name NOT IN :names', { name: 'names', type: 'text', list: true, value: 'Small, Other' }),
		).toEqual(['Large']);
		expect(
			await found('NumberOfEmployees IN :counts', { name: 'counts', type: 'number', list: true, value: [5, '500'] }),
		).toEqual(['Large', 'Small']);
		expect(
			await found(
				'CreatedDate = LAST_N_DAYS:days OR Name = :name',
				{ name: 'days', type: 'number', value: 3 },
				{ name: 'name', type: 'text', value: 'Small' },
			),
		).toEqual(expect.arrayContaining(['Small']));
		expect(
			await found("Name LIKE :pattern AND Name != ':pattern'", { name: 'pattern', type: 'text', value: 's%' }),
		).toEqual(['Small']);
	});

	it.each<[string, NamedValue[], string]>([
		['Id = :id', [], 'The query uses :id, which Query Parameters does not have'],
		[
			"Subject = ':text'",
			[{ name: 'text', type: 'text', value: 'a' }],
			'Query Parameters has :text, which the query does not use',
		],
		[
			'Id = :id',
			[{ name: 'id', type: 'id', value: '500000000000001AAB' }],
			':id is not a Salesforce ID of 15 or 18 letters and digits',
		],
		[
			'Id = :id',
			[{ name: 'id', type: 'id', value: "500' OR Id != null" }],
			':id is not a Salesforce ID of 15 or 18 letters and digits',
		],
		['Id = :id', [{ name: 'id', type: 'id', value: '={{ $json.missing }}' }], ':id has no value'],
		['Id = :id', [{ name: 'id', type: 'text', value: ['a', 'b'] }], ':id is a list'],
		// An empty text would find the records without a value, an empty pattern all of them.
		['Subject = :text', [{ name: 'text', type: 'text', value: '={{ "" }}' }], ':text has no value'],
		['Subject LIKE :part', [{ name: 'part', type: 'contains', value: '={{ "" }}' }], ':part has no value'],
		['Id = null ORDER BY :field', [{ name: 'field', type: 'text', value: 'Id' }], ':field stands where a name belongs'],
		['Id = :id', [{ name: 'id', type: 'text', list: true, value: 'a' }], ':id is a list, but does not follow IN'],
		['Id NOT IN :id', [{ name: 'id', type: 'text', value: 'a' }], ':id is not a list, but follows IN'],
		['Id = :id', [{ name: 'id', type: 'text', value: { a: 1 } }], ':id is not text'],
		[
			'Id = :id',
			[
				{ name: 'id', type: 'id', value: 'x' },
				{ name: 'id', type: 'null' },
			],
			':id is not a Salesforce ID of 15 or 18 letters and digits',
		],
		[
			'Id = :id',
			[
				{ name: 'id', type: 'null' },
				{ name: ':id', type: 'null' },
			],
			'Query Parameters has :id twice',
		],
		['Id = :id', [{ name: 'not a name', type: 'null' }], 'A query parameter has a name that the query cannot use'],
		[
			'CreatedDate > :at',
			[{ name: 'at', type: 'dateTime', value: 'yesterday' }],
			':at is not a date and time such as 2026-05-01T09:30:00+02:00',
		],
		['CreatedDate > :at', [{ name: 'at', type: 'date', value: '2026-02-30' }], ':at is not a date such as 2026-05-01'],
		[
			'CreatedDate > :at',
			[{ name: 'at', type: 'date', value: '1200-01-01' }],
			':at is not a date of the years 1700 to 4000, which Salesforce knows',
		],
		[
			'Number__c > :n',
			[{ name: 'n', type: 'number', value: '1,000' }],
			':n is not a number such as 1234.5, without separators of thousands',
		],
		[
			'Number__c > :n',
			[{ name: 'n', type: 'number', value: ' ' }],
			':n is not a number such as 1234.5, without separators of thousands',
		],
		['Id = :id', [{ name: 'id', type: 'elsewhere', value: 'a' }], 'Type of :id is not one of its options'],
		['IsClosed = :b', [{ name: 'b', type: 'boolean', value: 'maybe' }], ':b is not true or false'],
		[
			'Id IN :ids',
			[{ name: 'ids', type: 'id', list: true, value: ['500000000000001AAA', '5'] }],
			'Member 2 of :ids is not a Salesforce ID of 15 or 18 letters and digits',
		],
		['Id NOT IN :ids', [{ name: 'ids', type: 'id', list: true, value: [] }], 'The list of :ids is empty'],
		['Id IN :ids', [{ name: 'ids', type: 'id', list: true, value: '={{ $json.none }}' }], ':ids has no value'],
		[
			'Name IN :names',
			[{ name: 'names', type: 'text', list: true, value: 'a,b;c' }],
			':names is not a list with one kind of separator',
		],
		['Name IN :names', [{ name: 'names', type: 'text', list: true, value: '[a' }], ':names is not a JSON array'],
		['Name IN (:names)', [{ name: 'names', type: 'text', value: 'a,b' }], ':names is not a list, but follows IN'],
		[
			'Name = :name',
			[{ name: 'name', type: 'text', value: 'a\ud83d' }],
			':name is not whole text: it was cut in the middle of a character, such as an emoji',
		],
		[
			'Number__c = :n',
			[{ name: 'n', type: 'number', value: 7234567890123456781 }],
			':n is not a number that n8n holds with every digit',
		],
		['Time__c = :t', [{ name: 't', type: 'time', value: '25:00' }], ':t is not a time such as 09:30:00'],
		['Id = null LIMIT :n', [{ name: 'n', type: 'text', value: 'ten' }], ':n stands where a whole number belongs'],
		['Id = null LIMIT :n', [{ name: 'n', type: 'number', value: 1.5 }], ':n stands where a whole number belongs'],
		[
			'CreatedDate = LAST_N_DAYS:n',
			[{ name: 'n', type: 'text', value: 'x' }],
			':n stands where a whole number belongs',
		],
		['Id = null OFFSET :n', [{ name: 'n', type: 'number', value: 3000 }], 'OFFSET skips 2000 records at most'],
	])('that does not fit %j is named before anything is sent (%#)', async (condition, parameters, message) => {
		const on = await stage();
		const { error } = await ask(on, `SELECT Id FROM Case WHERE ${condition}`, ...parameters);
		expect(error?.message).toBe(`Item 0: ${message}`);
		expect(error?.description).toContain('Nothing was read.');
		expect(on.org.apiCalls).toBe(0);
	});

	it.each([
		['Subject IN :names', '="a,b,"'],
		['Subject IN (:names)', '="a,,b"'],
		['Subject IN(:names)', '={{ ["a", null, "", "b"] }}'],
		["Subject IN (:names, 'c')", '="a\\n\\nb"'],
	])('may be a list wherever one stands, less its empty members, which are counted: %s', async (condition, value) => {
		const on = await stage({
			seed: { Case: [{ Subject: 'a' }, { Subject: null }, { Subject: 'b' }, { Subject: 'd' }] },
		});
		const written = value.startsWith('={{') ? value : JSON.parse(value.slice(1));
		const { outputs, error, hints } = await ask(on, `SELECT Subject FROM Case WHERE ${condition}`, {
			name: 'names',
			type: 'text',
			list: true,
			value: written,
		});
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ Subject }) => Subject)).toEqual(['a', 'b']);
		expect(hints).toEqual([expect.stringMatching(/^Empty list members were left out: \d of :names\.$/)]);
	});

	it.each([
		['LIMIT:n', 'number', 1],
		['LIMIT :n', 'text', '1'],
		['LIMIT :n', 'text', ' 1 '],
		['LIMIT 2 OFFSET:n', 'number', '1'],
		['LIMIT 2 OFFSET :n', 'text', 1],
	])('is a number behind a keyword that wants one, with or without a blank: %s', async (clause, type, value) => {
		const on = await stage({ seed: { Case: [{ Subject: 'a' }, { Subject: 'b' }] } });
		const { outputs, error } = await ask(on, `SELECT Subject FROM Case ORDER BY Subject ${clause}`, {
			name: 'n',
			type,
			value,
		});
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
	});

	it.each([
		'Subject=:name',
		'Subject LIKE:name',
		'Subject IN(:name)',
		'Subject IN ( :name )',
		'(Subject = :name)',
		'NOT(Subject != :name)',
	])('stands wherever a person would write it: %s', async (condition) => {
		const on = await stage({ seed: { Case: [{ Subject: "O'Brien" }, { Subject: 'b' }] } });
		const { outputs, error } = await ask(on, `SELECT Subject FROM Case WHERE ${condition}`, {
			name: 'name',
			type: 'text',
			value: "O'Brien",
		});
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([{ Subject: "O'Brien" }]);
	});

	it('that stands twice as a long list is told, with its name', async () => {
		const on = await stage();
		const { error } = await ask(on, 'SELECT Id FROM Case WHERE Subject IN :names AND Department__c IN :names', {
			name: 'names',
			type: 'text',
			list: true,
			value: Array.from({ length: 20_000 }, (_value, index) => `Case ${index}`),
		});
		expect(error?.message).toContain('too long for one call because of :names, and cannot be split by it');
	});

	it('keeps every digit of a number that is text', async () => {
		const on = await stage({ seed: { Account: [{ Name: 'A', NumberOfEmployees: 5 }] } });
		await ask(on, 'SELECT Name FROM Account WHERE AnnualRevenue = :n', {
			name: 'n',
			type: 'number',
			value: '123456789012345678',
		});
		expect(decodeURIComponent(on.org.calls.at(-1)?.path ?? '')).toContain('AnnualRevenue = 123456789012345678');
	});

	it('lets nothing be found by an empty list, without a call', async () => {
		const on = await stage({ seed: { Case: [{ Subject: 'a' }] } });
		const { outputs, error } = await ask(on, 'SELECT Id FROM Case WHERE Subject IN :subjects', {
			name: 'subjects',
			type: 'text',
			list: true,
			value: '',
		});
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([]);
		expect(on.org.apiCalls).toBe(0);
	});

	it('may be a list of 20,000, which is split over several queries of one call', async () => {
		const on = await stage({
			seed: { Case: Array.from({ length: 3 }, (_case, index) => ({ Subject: `Case ${index}` })) },
		});
		const subjects = Array.from({ length: 20_000 }, (_value, index) => `CASE ${19_999 - index}`);
		const { outputs, error } = await ask(
			on,
			'SELECT Subject FROM Case WHERE IsClosed = false AND Subject IN :subjects',
			{ name: 'subjects', type: 'text', list: true, value: [...subjects, 'case 1'] },
		);
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ Subject }) => Subject).sort()).toEqual(['Case 0', 'Case 1', 'Case 2']);
		expect(on.org.apiCalls).toBe(1);
	});

	it.each(['ORDER BY Subject', 'LIMIT 5', 'GROUP BY Subject'])(
		'is not split over queries that have %s',
		async (clause) => {
			const on = await stage();
			const { error } = await ask(on, `SELECT Subject FROM Case WHERE Subject IN :subjects ${clause}`, {
				name: 'subjects',
				type: 'text',
				list: true,
				value: Array.from({ length: 20_000 }, (_value, index) => `Case ${index}`),
			});
			expect(error?.message).toContain('The query is too long for one call, and cannot be split because it has');
			expect(on.org.apiCalls).toBe(0);
		},
	);
});
