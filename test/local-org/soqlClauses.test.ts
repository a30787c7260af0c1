import { useOrg } from './support/client';

const at = useOrg();

interface Failure {
	message: string;
	errorCode: string;
}

/** The values of a query's records, without their attributes. */
async function rows(soql: string): Promise<unknown[][]> {
	const records = await at.query<Record<string, unknown>>(soql);
	return records.map((record) =>
		Object.entries(record).flatMap(([key, value]) => (key === 'attributes' ? [] : [value])),
	);
}

/** The code and the lines of the answer to a query that is refused. */
async function refusal(soql: string): Promise<[string | undefined, ...string[]]> {
	const { status, body } = await at.call<Failure[]>('GET', `query?q=${encodeURIComponent(soql)}`);
	expect(status).toBe(400);
	return [body[0]?.errorCode, ...(body[0]?.message ?? '').split('\n').slice(1)];
}

const userId = () => String(at.org.rows('User').find(({ Username }) => Username === at.org.username)?.Id);

describe('USING SCOPE', () => {
	const subjects = async (object: string, scope: string) =>
		(await rows(`SELECT Subject FROM ${object} USING SCOPE ${scope} ORDER BY Subject`)).flat();

	it('narrows Cases to those of the user, of users, and of queues', async () => {
		const queue = at.org.rows('Group').find(({ Type }) => Type === 'Queue')?.Id;
		const other = at.org.rows('User').find(({ Id }) => Id !== userId())?.Id;
		at.org.seed({
			Case: [
				{ Subject: 'mine', OwnerId: userId() },
				{ Subject: 'other', OwnerId: other },
				{ Subject: 'queue', OwnerId: queue },
			],
		});
		expect(await subjects('Case', 'everything')).toEqual(['mine', 'other', 'queue']);
		expect(await subjects('Case', 'Mine')).toEqual(['mine']);
		expect(await subjects('Case', 'user_owned')).toEqual(['mine', 'other']);
		expect(await subjects('Case', 'queue_owned')).toEqual(['queue']);
	});

	it.each(['genericteam', 'team_by_role'])('finds no Case by %s, for the org has no teams', async (scope) => {
		await at.create('Case', { Subject: 'mine' });
		expect(await subjects('Case', scope)).toEqual([]);
	});

	it('finds no Account by team', async () => {
		await at.create('Account', { Name: 'A' });
		expect(await at.query('SELECT Id FROM Account USING SCOPE team')).toEqual([]);
	});

	it('finds the Tasks that the user has given to somebody else', async () => {
		const other = at.org.rows('User').find(({ Id }) => Id !== userId())?.Id;
		at.org.seed({
			Task: [
				{ Subject: 'given', OwnerId: other, CreatedById: userId() },
				{ Subject: 'own', OwnerId: userId(), CreatedById: userId() },
			],
		});
		expect(await subjects('Task', 'delegated')).toEqual(['given']);
	});

	it.each([
		['Account', 'my_territory'],
		['Account', 'my_team_territory'],
		['Account', 'scopingRule'],
		['Account', 'delegated'],
		['Case', 'team'],
		['Case', 'mine_and_my_groups'],
		['Case', 'allPrivate'],
		['Profile', 'mine'],
	])('refuses for %s the scope %s, which its describe does not list', async (object, scope) => {
		const { body } = await at.call<{ supportedScopes: Array<{ name: string }> }>('GET', `sobjects/${object}/describe`);
		expect(body.supportedScopes.map(({ name }) => name)).not.toContain(scope);
		expect((await refusal(`SELECT Id FROM ${object} USING SCOPE ${scope}`))[0]).toBe('INVALID_QUERY_SCOPE');
	});
});

describe('clauses for articles and feeds', () => {
	it.each([
		['SELECT Id FROM Case WITH DATA CATEGORY Geography__c AT usa__c', 21],
		["SELECT Id FROM Case WITH UserId = '005000000000001'", 26],
		['SELECT Id FROM Case UPDATE TRACKING', 28],
		['SELECT Id FROM Case UPDATE VIEWSTAT', 28],
		['SELECT Id FROM Case WHERE AccountId IN (SELECT Id FROM Account WITH DATA CATEGORY a__c AT b__c)', 64],
	])('are refused for other objects: %s', async (soql, column) => {
		const [code, , , place] = await refusal(soql);
		expect([code, place]).toEqual(['MALFORMED_QUERY', `ERROR at Row:1:Column:${column}`]);
	});
});

describe('a comparison', () => {
	it('with an amount in a currency is no SOQL where the org has one currency', async () => {
		expect(await refusal('SELECT Id FROM Account WHERE AnnualRevenue > USD5000')).toEqual([
			'MALFORMED_QUERY',
			'FROM Account WHERE AnnualRevenue > USD5000',
			`${' '.repeat(34)}^`,
			'ERROR at Row:1:Column:45',
			"unexpected token: 'USD5000'",
		]);
	});

	it.each(['<', '<=', '>', '>='])('%s null finds nothing, and its opposite everything', async (operator) => {
		await at.create('Account', { Name: 'A', AnnualRevenue: 1 });
		await at.create('Account', { Name: 'B' });
		expect(await rows(`SELECT Name FROM Account WHERE AnnualRevenue ${operator} null`)).toEqual([]);
		expect(await rows(`SELECT Name FROM Account WHERE (NOT AnnualRevenue ${operator} null) ORDER BY Name`)).toEqual([
			['A'],
			['B'],
		]);
	});

	it('of a checkbox with null means false', async () => {
		await at.create('Case', { Subject: 'open', Status: 'New' });
		await at.create('Case', { Subject: 'closed', Status: 'Closed' });
		expect(await rows('SELECT Subject FROM Case WHERE IsClosed = null')).toEqual([['open']]);
		expect(await rows('SELECT Subject FROM Case WHERE IsClosed != null')).toEqual([['closed']]);
		expect(await rows('SELECT Subject FROM Case WHERE IsClosed IN (null)')).toEqual([['open']]);
	});
});

describe('subtotals', () => {
	beforeEach(() =>
		at.org.seed({
			Case: [
				{ Priority: 'High', Origin: 'Web' },
				{ Priority: 'High', Origin: 'Email' },
				{ Priority: 'Low', Origin: 'Web' },
			],
		}),
	);

	it.each([
		['GROUPING(Priority) = 1', [[null, null, 3]]],
		[
			'GROUPING(Origin) = 1 AND GROUPING(Priority) = 0',
			[
				['High', null, 2],
				['Low', null, 1],
			],
		],
		["GROUPING(Origin) = 1 AND Priority = 'High'", [['High', null, 2]]],
		[
			"Priority = 'Low'",
			[
				['Low', 'Web', 1],
				['Low', null, 1],
			],
		],
		[
			'COUNT(Id) > 1',
			[
				['High', null, 2],
				[null, null, 3],
			],
		],
	])('are filtered by HAVING %s', async (having, expected) => {
		const soql = `SELECT Priority, Origin, COUNT(Id) n FROM Case GROUP BY ROLLUP(Priority, Origin) HAVING ${having} ORDER BY GROUPING(Priority), Priority, GROUPING(Origin), Origin`;
		expect(await rows(soql)).toEqual(expected);
	});

	it('of CUBE are filtered by GROUPING too', async () => {
		const soql =
			'SELECT Origin, COUNT(Id) n FROM Case GROUP BY CUBE(Priority, Origin) HAVING GROUPING(Priority) = 1 AND GROUPING(Origin) = 0 ORDER BY Origin';
		expect(await rows(soql)).toEqual([
			['Email', 1],
			['Web', 2],
		]);
	});

	it('of everything are one row, also where nothing is counted', async () => {
		expect(
			await rows('SELECT Priority FROM Case GROUP BY ROLLUP(Priority) ORDER BY GROUPING(Priority), Priority'),
		).toEqual([['High'], ['Low'], [null]]);
	});
});

describe('a query that is no SOQL', () => {
	it('shows where AND and OR mix, as recorded', async () => {
		const soql =
			"SELECT Id, Email, Name\nFROM Contact\nWHERE AccountId = '0014000000p6XlS' AND LastName LIKE 'test' OR email LIKE 'test'";
		const [code, excerpt, , place, sentence] = await refusal(soql);
		expect([code, excerpt, place, sentence]).toEqual([
			'MALFORMED_QUERY',
			"'0014000000p6XlS' AND LastName LIKE 'test' OR email LIKE 'test'",
			'ERROR at Row:3:Column:61',
			"unexpected token: 'OR'",
		]);
	});

	it('shows where a character does not belong', async () => {
		const soql = 'SELECT Id FROM Contact WHERE Email = "a"';
		expect(await refusal(soql)).toEqual([
			'MALFORMED_QUERY',
			soql,
			`${' '.repeat(36)}^`,
			'ERROR at Row:1:Column:37',
			"line 1:37 no viable alternative at character '\"'",
		]);
	});
});

describe('functions', () => {
	it.each([
		['SELECT Id FROM Case ORDER BY toLabel(Status)', 'toLabel() can not be used with ORDER BY'],
		['SELECT Status FROM Case GROUP BY Status ORDER BY toLabel(Status)', 'toLabel() can not be used with ORDER BY'],
		['SELECT convertCurrency(AnnualRevenue) FROM Account', "unexpected token: '('"],
		['SELECT Id FROM Account WHERE convertCurrency(AnnualRevenue) > 1', "unexpected token: '('"],
		['SELECT convertTimezone(CreatedDate) FROM Case', "unexpected token: '('"],
		[
			"SELECT Id FROM Account WHERE DISTANCE(Name, GEOLOCATION(1, 2), 'km') < 20",
			"field 'Name' does not support DISTANCE",
		],
	])('are refused where they have no place: %s', async (soql, sentence) => {
		expect((await refusal(soql)).at(-1)).toBe(sentence);
	});
});

describe('FOR VIEW and FOR REFERENCE', () => {
	it.each([
		['VIEW', 'LastViewedDate', 'LastReferencedDate'],
		['REFERENCE', 'LastReferencedDate', 'LastViewedDate'],
	])('%s notes the time in the records answered', async (clause, noted, other) => {
		await at.create('Account', { Name: 'A' });
		await at.create('Account', { Name: 'B' });
		expect(await rows(`SELECT Name, ${noted} FROM Account WHERE Name = 'A' FOR ${clause}`)).toEqual([['A', null]]);
		expect(await rows(`SELECT ${noted}, ${other} FROM Account ORDER BY Name`)).toEqual([
			[expect.stringMatching(/^\d{4}-.*\+0000$/), null],
			[null, null],
		]);
	});

	it('bring a record to the front of what was seen last', async () => {
		const first = await at.create('Account', { Name: 'A' });
		await new Promise((resolve) => setTimeout(resolve, 5));
		const second = await at.create('Account', { Name: 'B' });
		const recent = async () => (await at.call<Array<{ Id: string }>>('GET', 'recent')).body.map(({ Id }) => Id);
		expect(await recent()).toEqual([second, first]);
		await new Promise((resolve) => setTimeout(resolve, 5));
		await rows("SELECT Id FROM Account WHERE Name = 'A' FOR VIEW");
		expect(await recent()).toEqual([first, second]);
	});

	it('mark nothing where nothing is answered, or where the record keeps no such time', async () => {
		await at.create('Account', { Name: 'A' });
		await rows("SELECT Id FROM Account WHERE Name = 'none' FOR VIEW");
		await rows('SELECT COUNT(Id) FROM Account FOR VIEW');
		expect(await rows('SELECT LastViewedDate FROM Account')).toEqual([[null]]);
		expect((await rows('SELECT Id FROM UserLicense LIMIT 1 FOR VIEW')).length).toBe(1);
	});
});
