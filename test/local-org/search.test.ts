import { useOrg } from './support/client';

const at = useOrg();

interface Found {
	attributes: { type: string };
	[field: string]: unknown;
}
interface Failure {
	message: string;
	errorCode: string;
}

const ask = <T>(sosl: string) => at.call<T>('GET', `search?q=${encodeURIComponent(sosl)}`);

/** What a statement finds, each record by its values. */
async function found(sosl: string): Promise<unknown[][]> {
	const { body, text } = await ask<{ searchRecords?: Found[] }>(sosl);
	if (!body.searchRecords) throw new Error(text);
	return body.searchRecords.map((record) =>
		Object.entries(record).flatMap(([key, value]) => (key === 'attributes' ? [] : [value])),
	);
}

/** The names of the Accounts that a search text finds. */
const accounts = async (text: string) => (await found(`FIND {${text}} RETURNING Account(Name ORDER BY Name)`)).flat();

/** The code and the lines of the answer to a statement that is refused. */
async function refusal(sosl: string): Promise<[string | undefined, ...string[]]> {
	const { status, body } = await ask<Failure[]>(sosl);
	expect(status).toBe(400);
	return [body[0]?.errorCode, ...(body[0]?.message ?? '').split('\n')];
}

describe('a search text', () => {
	beforeEach(() =>
		at.org.seed({
			Account: [
				{ Name: 'John Smith', Description: 'Likes chairs' },
				{ Name: 'Johnson & Sons', Website: 'https://acme.com/sons' },
				{ Name: 'Smith, John' },
				{ Name: 'Joan (Zürich)' },
			],
		}),
	);

	it.each([
		['john', ['John Smith', 'Smith, John']],
		['JOHN', ['John Smith', 'Smith, John']],
		['joh', []],
		['ohn', []],
		['john smith', ['John Smith', 'Smith, John']],
		['smith chairs', ['John Smith']],
		['"john smith"', ['John Smith']],
		['"smith john"', ['Smith, John']],
		['john AND chairs', ['John Smith']],
		['joan OR johnson', ['Joan (Zürich)', 'Johnson & Sons']],
		['joan or chairs and smith', ['Joan (Zürich)', 'John Smith']],
		['john AND NOT chairs', ['Smith, John']],
		['(joan OR john) AND NOT "john smith"', ['Joan (Zürich)', 'Smith, John']],
		['john*', ['John Smith', 'Johnson & Sons', 'Smith, John']],
		['j*n', ['Joan (Zürich)', 'John Smith', 'Johnson & Sons', 'Smith, John']],
		['jo?n', ['Joan (Zürich)', 'John Smith', 'Smith, John']],
		['acme.com', ['Johnson & Sons']],
		['com.acme', []],
		['zürich', ['Joan (Zürich)']],
		['joan \\(zürich\\)', ['Joan (Zürich)']],
		['johnson \\& sons', ['Johnson & Sons']],
		['john\\*', ['John Smith', 'Smith, John']],
		['"and"', []],
	])('%s', async (text, expected) => {
		expect(await accounts(text)).toEqual([...expected].sort());
	});

	it('loses its operators when it is long, and finds nothing when it is very long', async () => {
		const long = (length: number) => `${'x'.repeat(length)} AND john`;
		expect(await accounts(long(3_000))).toEqual([]);
		expect(await accounts(long(4_000))).toEqual(['John Smith', 'Smith, John']);
		expect(await accounts(long(10_000))).toEqual([]);
	});

	it('does not find what lies in the recycle bin, nor what hidden fields hold', async () => {
		const id = at.org.rows('Account').find(({ Name }) => Name === 'John Smith')?.Id;
		at.org.settings.hiddenFields = ['Account.Description'];
		expect(await accounts('chairs')).toEqual([]);
		await at.call('DELETE', `sobjects/Account/${String(id)}`);
		expect(await accounts('john')).toEqual(['Smith, John']);
	});
});

describe('IN', () => {
	it.each([
		['ALL', ['email', 'name', 'phone', 'title']],
		['NAME', ['name']],
		['EMAIL', ['email']],
		['PHONE', ['phone']],
	])('%s FIELDS searches those fields alone', async (group, expected) => {
		at.org.seed({
			Contact: [
				{ LastName: 'x7', FirstName: 'findme', Department: 'name' },
				{ LastName: 'x8', Email: 'findme@example.com', Department: 'email' },
				{ LastName: 'x9', Phone: 'findme', Department: 'phone' },
				{ LastName: 'x6', Title: 'findme', Department: 'title' },
			],
		});
		expect(
			(await found(`FIND {findme} IN ${group} FIELDS RETURNING Contact(Department ORDER BY Department)`)).flat(),
		).toEqual(expected);
	});

	it('NAME FIELDS searches a Case by its subject too', async () => {
		await at.create('Case', { Subject: 'Move chair', Description: 'Move table' });
		expect(await found('FIND {chair} IN NAME FIELDS RETURNING Case(Subject)')).toEqual([['Move chair']]);
		expect(await found('FIND {table} IN NAME FIELDS RETURNING Case(Subject)')).toEqual([]);
	});
});

describe('RETURNING', () => {
	beforeEach(() =>
		at.org.seed({
			Account: ['Acme A', 'Acme B', 'Acme C'].map((Name, index) => ({
				Name,
				AnnualRevenue: index * 1000,
				Rating: 'Hot',
			})),
			Contact: [{ LastName: 'Acme' }, { LastName: 'Acme' }],
		}),
	);

	it.each([
		['Account(Name ORDER BY Name DESC)', [['Acme C'], ['Acme B'], ['Acme A']]],
		['Account(Name ORDER BY Name LIMIT 2)', [['Acme A'], ['Acme B']]],
		['Account(Name ORDER BY Name LIMIT 2 OFFSET 1)', [['Acme B'], ['Acme C']]],
		['Account(Name LIMIT 0)', []],
		["Account(Name WHERE AnnualRevenue > 500 AND (NOT Name LIKE '%C'))", [['Acme B']]],
		[
			"Account(Name, toLabel(Rating), FORMAT(AnnualRevenue) money WHERE Name = 'acme b')",
			[['Acme B', 'Hot', '$1,000.00']],
		],
		["Account(Name WHERE Name = 'a}') LIMIT 1", []],
		['Account(Name WHERE Id IN (SELECT AccountId FROM Contact))', []],
		["Contact(LastName), Account(Name WHERE Name = 'Acme C')", [['Acme'], ['Acme'], ['Acme C']]],
	])('%s', async (returning, expected) => {
		expect(await found(`FIND {acme} RETURNING ${returning}`)).toEqual(expected);
	});

	it('shares the LIMIT of the whole evenly', async () => {
		const kinds = async (sosl: string) => {
			const { body } = await ask<{ searchRecords: Found[] }>(sosl);
			return body.searchRecords.map(({ attributes }) => attributes.type);
		};
		expect(await kinds('FIND {acme} RETURNING Account, Contact LIMIT 2')).toEqual(['Account', 'Contact']);
		expect(await kinds('FIND {acme} RETURNING Account, Contact LIMIT 4')).toEqual([
			'Account',
			'Account',
			'Contact',
			'Contact',
		]);
		expect(await kinds('FIND {acme} RETURNING Account(Id LIMIT 1), Contact LIMIT 4')).toEqual([
			'Account',
			'Contact',
			'Contact',
		]);
		expect(await kinds('FIND {acme} LIMIT 3')).toHaveLength(3);
	});
});

describe('a statement that Salesforce refuses', () => {
	it('shows a character that must be escaped, as recorded', async () => {
		expect(await refusal('FIND {John|jane_gray@uoa.edu} RETURNING Contact')).toEqual([
			'MALFORMED_SEARCH',
			'',
			'FIND {John|jane_gray@uoa.edu} RETURNING Contact',
			'         ^',
			'ERROR at Row:1:Column:10',
			"line 1:10 mismatched character '|' expecting '}'",
		]);
		expect((await refusal('FIND {Marie-Pier Martin}')).slice(-2)).toEqual([
			'ERROR at Row:1:Column:11',
			"line 1:11 mismatched character '-' expecting '}'",
		]);
	});

	it('shows what is no search group, as recorded', async () => {
		expect(await refusal('FIND {name} IN ALL TYPE RETURNING Account(name)')).toEqual([
			'MALFORMED_SEARCH',
			'',
			'FIND {name} IN ALL TYPE RETURNING Account(name)',
			'                  ^',
			'ERROR at Row:1:Column:19',
			'Malformed search token: TYPE',
		]);
	});

	it.each([
		['FIND {"Marie-Pier"}', 'MALFORMED_SEARCH', "line 1:12 mismatched character '-' expecting '}'"],
		['FIND {acme', 'MALFORMED_SEARCH', "line 1:10 mismatched character '<EOF>' expecting '}'"],
		['FIND {acme\\', 'MALFORMED_SEARCH', "line 1:11 mismatched character '<EOF>' expecting '}'"],
		['FIND {}', 'INVALID_SEARCH', 'search term must be longer than one character: '],
		['FIND {g}', 'INVALID_SEARCH', 'search term must be longer than one character: g'],
		['FIND {g*}', 'INVALID_SEARCH', 'search term must be longer than one character: g*'],
		['FIND {acme AND}', 'MALFORMED_SEARCH', "unexpected token: '<EOF>'"],
		['FIND {OR acme}', 'MALFORMED_SEARCH', "unexpected token: 'OR'"],
		['FIND {(acme}', 'MALFORMED_SEARCH', "unexpected token: '<EOF>'"],
		['FIND {acme)}', 'MALFORMED_SEARCH', "unexpected token: ')'"],
		['SEARCH {acme}', 'MALFORMED_SEARCH', "unexpected token: 'SEARCH'"],
		['FIND {acme} {corp}', 'MALFORMED_SEARCH', "line 1:12 no viable alternative at character '{'"],
		['FIND {acme} IN NONE FIELDS', 'MALFORMED_SEARCH', 'Malformed search token: NONE'],
		['FIND {acme} RETURNING', 'MALFORMED_SEARCH', "unexpected token: '<EOF>'"],
		['FIND {acme} RETURNING Account()', 'MALFORMED_SEARCH', "unexpected token: ')'"],
		['FIND {acme} RETURNING Account(Id ORDER BY Id WHERE Id != null)', 'MALFORMED_SEARCH', "unexpected token: 'WHERE'"],
		['FIND {acme} RETURNING Account(COUNT(Id))', 'MALFORMED_SEARCH', "unexpected token: 'COUNT'"],
		['FIND {acme} RETURNING Account((SELECT Id FROM Contacts))', 'MALFORMED_SEARCH', "unexpected token: '('"],
		['FIND {acme} RETURNING Account(FIELDS(ALL) LIMIT 1)', 'MALFORMED_SEARCH', "unexpected token: 'FIELDS'"],
		['FIND {acme} LIMIT 1 RETURNING Account', 'MALFORMED_SEARCH', "unexpected token: 'RETURNING'"],
		['FIND {acme} LIMIT -1', 'MALFORMED_SEARCH', "unexpected token: '-'"],
		['FIND {acme} RETURNING Account(Id OFFSET 2001)', 'MALFORMED_SEARCH', 'SOSL offset should be between 0 to 2000'],
		[
			'FIND {acme} RETURNING Account(Id OFFSET 1), Contact',
			'MALFORMED_SEARCH',
			'OFFSET can be used only when searching a single object',
		],
		[
			"FIND {acme} RETURNING Account(Id WHERE Description = 'x')",
			'INVALID_FIELD',
			"field 'Description' can not be filtered in a query call",
		],
	])('%s', async (sosl, code, sentence) => {
		const [answered, ...lines] = await refusal(sosl);
		expect([answered, lines.at(-1)]).toEqual([code, sentence]);
	});

	it.each([
		['FIND {acme} RETURNING Account(Nope)', 'INVALID_FIELD', 31],
		['FIND {acme} RETURNING Nope(Id)', 'INVALID_TYPE', 23],
		['FIND {acme} RETURNING GroupMember', 'INVALID_TYPE', 23],
	])('%s shows its place', async (sosl, code, column) => {
		const [answered, , , , place] = await refusal(sosl);
		expect([answered, place]).toEqual([code, `ERROR at Row:1:Column:${column}`]);
	});

	it.each([
		['FIND {acme} WITH SNIPPET', 'WITH in a search'],
		['FIND {acme} UPDATE VIEWSTAT', 'UPDATE in a search'],
		['FIND {acme} RETURNING Account(Id USING ListView=Recent)', 'USING in a search'],
		['FIND {NOT acme}', 'NOT without AND in a search'],
		['FIND {*cme}', 'a wildcard at the beginning of *cme'],
		['FIND {"acme}', 'a search text with an unfinished quotation'],
	])('is not guessed: %s', async (sosl, refused) => {
		expect((await ask(sosl)).status).toBe(400);
		expect(at.org.refused.splice(0)).toEqual([`SOSL: ${refused}`]);
	});
});

describe('a parameterized search', () => {
	beforeEach(() =>
		at.org.seed({
			Account: ['Acme A', 'Acme B', 'Acme C'].map((Name) => ({ Name })),
			Contact: [{ LastName: 'Acme', Email: 'acme@example.com' }],
		}),
	);
	const names = ({ body }: { body: unknown }) =>
		(body as { searchRecords: Found[] }).searchRecords.map(({ Name }) => Name);

	it('sorts, skips and limits', async () => {
		expect(
			names(
				await at.call(
					'GET',
					'parameterizedSearch?q=acme&sobject=Account&Account.fields=Name&Account.orderBy=Name%20DESC&Account.limit=1&offset=1',
				),
			),
		).toEqual(['Acme B']);
		const body = {
			q: 'acme',
			sobjects: [{ name: 'Account', fields: ['Name'], orderBy: 'Name', where: "Name != 'Acme A'" }],
			defaultLimit: 1,
		};
		expect(names(await at.call('POST', 'parameterizedSearch', body))).toEqual(['Acme B']);
	});

	it('looks for words joined by operators, in a group of fields', async () => {
		expect(
			names(await at.call('GET', 'parameterizedSearch?q=acme%20AND%20NOT%20(a%20OR%20b)&sobject=Account&fields=Name')),
		).toEqual(['Acme C']);
		const found = await at.call<{ searchRecords: Found[] }>('GET', 'parameterizedSearch?q=acme&in=EMAIL');
		expect(found.body.searchRecords.map(({ attributes }) => attributes.type)).toEqual(['Contact']);
	});

	it('refuses what Salesforce refuses', async () => {
		const code = async (query: string) =>
			(await at.call<Failure[]>('GET', `parameterizedSearch?${query}`)).body[0]?.errorCode;
		expect(await code('q=a')).toBe('INVALID_SEARCH');
		expect(await code('sobject=Account')).toBe('MALFORMED_SEARCH');
		expect(await code('q=acme&sobject=Account&Account.limit=many')).toBe('MALFORMED_SEARCH');
		expect(await code('q=acme&sobject=Nope')).toBe('INVALID_TYPE');
		expect(await code('q=acme&sobject=Account&Account.fields=Nope')).toBe('INVALID_FIELD');
		expect(await code('q=acme&sobject=Account&Account.where=Name')).toBe('MALFORMED_SEARCH');
		expect(await code('q=acme&sobject=Account&sobject=Contact&offset=1')).toBe('MALFORMED_SEARCH');
		expect(await code('q=acme&sobject=Account&offset=2001')).toBe('MALFORMED_SEARCH');
	});

	it('does not guess parameters', async () => {
		await at.call('GET', 'parameterizedSearch?q=acme&division=global');
		await at.call('POST', 'parameterizedSearch', { q: 'acme', in: 'SIDEBAR', sobjects: [{ name: 'Account' }] });
		await at.call('POST', 'parameterizedSearch', { q: 'acme', sobjects: [{ name: 'Account', nope: 1 }] });
		expect(at.org.refused.splice(0)).toEqual([
			'SOSL: the search parameter division',
			'SOSL: searching in SIDEBAR',
			'SOSL: the search parameter nope',
		]);
	});
});
