import { fillExpressions } from '../../nodes/SoqlQuery/queryText';
import type { InputError } from '../../salesforce/inputError';
import { stages } from '../support/stage';

const stage = stages();

/** What a query becomes with these values, or what is wrong and what to write in its place. */
const fill = (query: string, values: Record<string, unknown>): string => {
	try {
		return fillExpressions(query, (expression) => values[expression.slice(3, -3)]);
	} catch (error) {
		const { message, remedy } = error as InputError;
		return `${message}. ${remedy}`;
	}
};

describe('An expression in the query', () => {
	it.each([
		["SELECT Id FROM {{ object }} WHERE Name = '{{ name }}'", "SELECT Id FROM Case WHERE Name = 'it {{ x }}'"],
		["WHERE Name LIKE '%{{ name }}%' LIMIT {{ most }}", "WHERE Name LIKE '%it {{ x }}%' LIMIT 5"],
		["WHERE A = 'a\\'{{ name }}' AND B = {{ most }}", "WHERE A = 'a\\'it {{ x }}' AND B = 5"],
		["WHERE A = '{{ path }}'", "WHERE A = 'C:\\\\temp\\nx'"],
		["WHERE A = '{{ most }}'", "WHERE A = '5'"],
		["WHERE A IN ('{{ comma }}', '{{ name }}')", "WHERE A IN ('Smith, John', 'it {{ x }}')"],
		["WHERE A = '{{ comma }}'", "WHERE A = 'Smith, John'"],
		['SELECT Id FROM Case {{ empty }}', 'SELECT Id FROM Case '],
		['SELECT {{ fields }} FROM Case', 'SELECT Id, Subject FROM Case'],
		['{{ none }}', ''],
		[' {{ whole }} ', " SELECT Id FROM Case WHERE Subject = 'it\\'s' "],
		['SELECT Id', 'SELECT Id'],
	])('%s', (query, filled) => {
		const values: Record<string, unknown> = {
			object: 'Case',
			name: 'it {{ x }}',
			path: 'C:\\temp\nx',
			comma: 'Smith, John',
			fields: ['Id', 'Subject'],
			whole: "SELECT Id FROM Case WHERE Subject = 'it\\'s'",
			most: 5,
			empty: '',
			none: undefined,
		};
		expect(fill(query, values)).toBe(filled);
	});

	it.each<[what: string, query: string, value: unknown, message: string, written: string]>([
		['a list that is joined', "WHERE Id IN ('{{ $json.ids }}')", "a','b", 'gives a list', 'Id IN :ids'],
		[
			'a list that is joined otherwise',
			"WHERE Id NOT IN ('{{ $json.ids }}')",
			"a' , 'b",
			'gives a list',
			'Id NOT IN :ids',
		],
		['a list', "WHERE Id IN ('{{ $json.ids }}')", ['a', 'b'], 'gives a list', 'Id IN :ids'],
		['a list of one', "WHERE Owner.Id = '{{ $json.ids }}'", ['a'], 'gives a list', 'Owner.Id IN :ids'],
		['a list in commas', "WHERE Id IN ('{{ $json.ids }}')", 'a,b', 'gives a list', 'Id IN :ids'],
		['a list in lines', "WHERE Id IN ( '{{ $json.ids }}' )", 'a\nb', 'gives a list', 'Id IN :ids'],
		['a quote', "WHERE Name = '{{ $json.name }}'", "O'Brien", 'a quote in it', 'Name = :name'],
		['an escaped quote', "WHERE Name = '{{ $json.name }}'", "O\\'Brien", 'a quote in it', 'Name = :name'],
		['an attack', "WHERE Name = '{{ $json.name }}'", "' OR Id != null OR Name = '", 'a quote in it', 'Name = :name'],
		['no value', "WHERE Account.Name = '{{ $json.company }}'", undefined, 'has no value', 'Account.Name = :company'],
		['null', "WHERE Name != '{{ $json['company'] }}'", null, 'has no value', 'Name != :company'],
		['empty text', "WHERE Name LIKE '%{{ $json.part }}%'", '', 'has no value', 'Name LIKE :part'],
		['a part without a value', "WHERE Name >= 'A-{{ $json.part.trim() }}'", '', 'has no value', 'Name >= :part'],
		['an unnamed value', "WHERE Name = '{{ 1 + 1 }}'", undefined, 'has no value', 'Name = :value'],
		['a rounded number', "WHERE Name = '{{ $json.id }}'", 7234567890123456781, 'every digit', 'Name = :id'],
		['half a character', "WHERE Name = '{{ $json.id }}'", 'a\ud83d', 'whole text', 'Name = :id'],
	])('inside quotes is refused with %s', (_what, query, value, message, written) => {
		const filled = fill(`SELECT Id FROM Case ${query}`, { [/\{\{ (.*) \}\}/.exec(query)?.[1] ?? '']: value });
		expect(filled).toContain(`An expression inside quotes`);
		expect(filled).toContain(message);
		expect(filled).toContain(
			`Write ${written} without quotes, and add ${written.split(':')[1]} under Query Parameters`,
		);
		if (typeof value === 'string' && value !== '') expect(filled).not.toContain(value);
	});

	it.each([undefined, null])('outside quotes is refused without a value: %p', (value) => {
		expect(fill('SELECT Id FROM Case {{ where }}', { where: value })).toContain('An expression in Query has no value');
	});

	it('is filled by n8n, and what it gives is not read again', async () => {
		const { run } = await stage({ seed: { Case: [{ Subject: 'it is {{ 1 + 1 }}' }] } });
		const soql = "SELECT Subject FROM Case WHERE Subject = 'it is {{ 1 + 1 }}'";
		const items = [{ subject: 'it is {{ 1 + 1 }}', field: 'Subject', soql }];
		for (const query of [
			"SELECT {{ $json.field }} FROM Case WHERE Subject = '{{ $json.subject }}'",
			"=SELECT {{ $json.field }} FROM Case WHERE Subject = '{{ $json.subject }}'",
			'={{ $json.soql }}',
		]) {
			const { outputs, error } = await run(items, { type: 'salesforceSoqlQuery', parameters: { query } });
			expect(error).toBeUndefined();
			expect(outputs[0]).toEqual([{ Subject: 'it is {{ 1 + 1 }}' }]);
		}
	});

	it('that is refused fails its own item, before anything is asked', async () => {
		const { org, run } = await stage({ seed: { Account: [{ Name: 'Acme' }], Contact: [{ LastName: 'Lone' }] } });
		const query = "SELECT LastName FROM Contact WHERE Account.Name = '{{ $json.company }}'";
		const { error } = await run([{}], { type: 'salesforceSoqlQuery', parameters: { query } });
		expect(error?.message).toBe('Item 0: An expression inside quotes has no value');
		expect(error?.description).toContain('Write Account.Name = :company without quotes');
		expect(org.apiCalls).toBe(0);
	});
});

describe('A query', () => {
	it.each([
		'\ufeffSELECT Subject FROM Case',
		'SELECT\u00a0Subject\u2003FROM\u3000Case',
		'SELECT Subject\u200b FROM Case\u00ad',
	])('is read as people see it: %j', async (query) => {
		const { run } = await stage({ seed: { Case: [{ Subject: 'a\u00a0b' }] } });
		for (const condition of ['', "\u00a0WHERE Subject = 'a\u00a0b'"]) {
			const { outputs } = await run([{}], { type: 'salesforceSoqlQuery', parameters: { query: query + condition } });
			expect(outputs[0]).toEqual([{ Subject: 'a\u00a0b' }]);
		}
	});

	it.each(['undefined', 'null', 'NaN', '[object Object]'])(
		'that an expression makes does not look for %s, which JavaScript writes for no value',
		async (text) => {
			const { org, run } = await stage();
			const make = `={{ "SELECT Id FROM Case WHERE Subject LIKE '%" + ${JSON.stringify(text)} + "%'" }}`;
			const { error } = await run([{}], { type: 'salesforceSoqlQuery', parameters: { query: make } });
			expect(error?.message).toBe('Item 0: The expression of Query gives a query with a missing value inside quotes');
			expect(error?.description).toContain(':value');
			expect(org.apiCalls).toBe(0);
			const typed = `SELECT Id FROM Case WHERE Subject = '${text}'`;
			expect((await run([{}], { type: 'salesforceSoqlQuery', parameters: { query: typed } })).error).toBeUndefined();
		},
	);

	it.each([
		['SELECT * FROM Case', 'SOQL has no *', 'Name the fields'],
		['SELECT COUNT(*) FROM Case', 'SOQL has no *', 'COUNT()'],
		['SELECT DISTINCT Status FROM Case', 'SOQL has no DISTINCT', 'GROUP BY'],
		['SELECT Id FROM Case OFFSET 3000', 'OFFSET skips 2000 records at most', 'Return All'],
		['SELECT Id FROM Case WHERE Subject IS NOT NULL', 'SOQL has no IS NULL', '!= null'],
		["SELECT Id FROM Case WHERE Subject NOT LIKE 'a'", 'SOQL has no NOT LIKE', '(NOT Field LIKE :text)'],
		['SELECT Id FROM Case WHERE CreatedDate BETWEEN TODAY AND TOMORROW', 'SOQL has no BETWEEN', '<= :to'],
		['SELECT Id FROM Case WHERE CreatedDate > NOW()', 'SOQL has no function for the time', '{{ $now }}'],
		["SELECT Id FROM Case WHERE Subject == 'a'", 'SOQL has no ==', 'one ='],
		['SELECT TOP 5 Id FROM Case', 'SOQL has no TOP', 'LIMIT'],
		['SELECT Id FROM Contact JOIN Account', 'SOQL has no JOIN', 'Account.Name'],
		['SELECT Id -- the key\nFROM Case', 'SOQL has no comments', 'Remove it'],
		['SELECT Id /* the key */ FROM Case', 'SOQL has no comments', 'Remove it'],
		['DELETE FROM Case', 'SOQL only reads', 'Salesforce Delete Record'],
		["UPDATE Case SET Subject = 'a'", 'SOQL only reads', 'Salesforce Create or Update Record'],
		['SELECT Id FROM Case WHERE Subject = ‘a’', 'quotes of this kind', 'straight single quotes'],
		['SELECT Id FROM Case;', 'SOQL has no semicolon at its end', 'Remove it'],
		['SELECT Id FROM Case WHERE Subject = "a"', 'SOQL has no double quotes', 'single quotes'],
		["SELECT Id FROM Case WHERE Subject = 'a\ud83d'", 'Query is not whole text', 'between two characters'],
	])('in the manner of SQL is told what to write: %s', async (query, message, remedy) => {
		const { org, run } = await stage();
		const { error } = await run([{}], { type: 'salesforceSoqlQuery', parameters: { query } });
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(remedy);
		expect(org.apiCalls).toBe(0);
	});

	it.each([
		"SELECT Id FROM Case WHERE Subject = '* ; \" IS NULL -- /* == NOW() ‘’'",
		'SELECT Id FROM Case OFFSET 2000',
		'SELECT Id FROM Case WHERE CreatedDate >= 2026-05-01T00:00:00-02:00',
	])('that only looks so is run: %s', async (query) => {
		const { run } = await stage();
		const { error } = await run([{}], { type: 'salesforceSoqlQuery', parameters: { query } });
		expect(error).toBeUndefined();
	});
});
