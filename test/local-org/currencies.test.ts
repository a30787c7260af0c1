import { ingestJobs } from './support/bulk';
import { openClient, send, signIn, useOrg } from './support/client';

type Row = Record<string, unknown>;

const at = useOrg(() => ({
	currencies: [
		{ isoCode: 'EUR' },
		{ isoCode: 'USD', conversionRate: 1.25 },
		{ isoCode: 'JPY', conversionRate: 160, decimalPlaces: 0 },
		{ isoCode: 'DEM', conversionRate: 2, active: false },
	],
	customObjects: {
		Bill__c: { label: 'Bill', fields: { Total__c: { type: 'Currency', label: 'Total', precision: 18, scale: 2 } } },
	},
}));
const post = (path: string, body: unknown) => at.call<Row[]>('POST', path, body);
const ask = (soql: string) =>
	at.call<{ message: string; errorCode: string }[]>('GET', `query?q=${encodeURIComponent(soql)}`);
const deal = (Name: string, Amount: number, CurrencyIsoCode?: string) =>
	at.create('Opportunity', { Name, StageName: 'Prospecting', CloseDate: '2026-05-01', Amount, CurrencyIsoCode });
const names = async (where: string) =>
	(await at.query(`SELECT Name FROM Opportunity ${where}`)).map(({ Name }) => Name);
/** What the user who asks is paid in. */
const pay = (DefaultCurrencyIsoCode: string) => {
	const [{ Id } = {}] = at.org.rows('User').filter(({ Username }) => Username === at.org.username);
	return at.call('PATCH', `sobjects/User/${String(Id)}`, { DefaultCurrencyIsoCode });
};

describe('an org with several currencies', () => {
	it('gives each record one: the corporate one, the user’s, or the one it is told', async () => {
		const ids = [await at.create('Case', {}), await at.create('Bill__c', { Total__c: 1 })];
		expect((await pay('USD')).status).toBe(204);
		ids.push(await at.create('Case', {}), await at.create('Case', { CurrencyIsoCode: 'JPY' }));
		const codes = ids.map((id) => [...at.org.rows('Case'), ...at.org.rows('Bill__c')].find(({ Id }) => Id === id));
		expect(codes.map((row) => row?.CurrencyIsoCode)).toEqual(['EUR', 'EUR', 'USD', 'JPY']);
		const { body } = await at.call<Row>('GET', 'sobjects/Organization/describe');
		expect(body.fields).toEqual(
			expect.arrayContaining([expect.objectContaining({ name: 'DefaultCurrencyIsoCode', createable: false })]),
		);
	});

	it.each(['XXX', 'DEM', 'eur '.trim(), 12])('takes no code that is not in use: %s', async (CurrencyIsoCode) => {
		const { status, body } = await post('sobjects/Case', { CurrencyIsoCode });
		expect(status).toBe(400);
		expect(body[0]?.errorCode).toMatch(/^(INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST|JSON_PARSER_ERROR)$/);
	});

	it('describes them, and what they are worth', async () => {
		const { body } = await at.call<{ fields: Row[] }>('GET', 'sobjects/Case/describe');
		const field = body.fields.find(({ name }) => name === 'CurrencyIsoCode');
		expect(field).toMatchObject({ type: 'picklist', length: 3, restrictedPicklist: true, defaultedOnCreate: true });
		expect((field?.picklistValues as Row[]).map(({ value }) => value)).toEqual(['EUR', 'USD', 'JPY']);
		const soql =
			'SELECT IsoCode, ConversionRate, DecimalPlaces FROM CurrencyType WHERE IsActive = true ORDER BY IsoCode';
		expect(await at.query(soql)).toMatchObject([
			{ IsoCode: 'EUR', ConversionRate: 1, DecimalPlaces: 2 },
			{ IsoCode: 'JPY', ConversionRate: 160, DecimalPlaces: 0 },
			{ IsoCode: 'USD', ConversionRate: 1.25 },
		]);
		const comments = await at.call<{ fields: Row[] }>('GET', 'sobjects/CaseComment/describe');
		expect(comments.body.fields.some(({ name }) => name === 'CurrencyIsoCode')).toBe(false);
	});

	it('changes a rate for whoever may customize, and makes no currencies', async () => {
		const [{ Id } = {}] = await at.query("SELECT Id FROM CurrencyType WHERE IsoCode = 'USD'");
		const path = `sobjects/CurrencyType/${String(Id)}`;
		await deal('a', 100, 'USD');
		expect((await at.call('PATCH', path, { ConversionRate: 2 })).status).toBe(204);
		expect(await at.query('SELECT convertCurrency(Amount) FROM Opportunity')).toMatchObject([{ Amount: 50 }]);
		expect((await at.call('PATCH', path, { IsActive: false })).status).toBe(400);
		const made = { IsoCode: 'CHF', ConversionRate: 1, DecimalPlaces: 2 };
		expect((await post('sobjects/CurrencyType', made)).status).toBe(400);
		expect((await at.call('DELETE', path)).status).toBe(400);
		expect(at.org.refused.splice(0)).toEqual(['changing which currencies are in use', 'a further CurrencyType']);
		at.org.settings.canCustomize = false;
		expect((await at.call('PATCH', path, { ConversionRate: 2 })).body).toMatchObject([
			{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' },
		]);
	});

	it('takes a currency by Bulk', async () => {
		const job = await ingestJobs(at).run({}, 'Subject,CurrencyIsoCode\na,USD\nb,XXX\n');
		expect(job).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
		expect(at.org.rows('Case')).toMatchObject([{ CurrencyIsoCode: 'USD' }]);
	});
});

describe('queries of money', () => {
	beforeEach(async () => {
		await deal('euros', 100, 'EUR');
		await deal('dollars', 120, 'USD');
		await deal('yen', 8000, 'JPY');
	});

	it('are converted to the user’s currency', async () => {
		const soql = 'SELECT Amount, convertCurrency(Amount) mine FROM Opportunity ORDER BY Name';
		expect(await at.query(soql)).toMatchObject([
			{ Amount: 120, mine: 96 },
			{ Amount: 100, mine: 100 },
			{ Amount: 8000, mine: 50 },
		]);
		await pay('USD');
		expect((await at.query(soql)).map(({ mine }) => mine)).toEqual([120, 125, 62.5]);
		const formatted =
			'SELECT FORMAT(Amount) own, FORMAT(convertCurrency(Amount)) mine FROM Opportunity ORDER BY Amount';
		expect(await at.query(formatted)).toMatchObject([
			{ own: 'JPY 8,000', mine: 'USD 62.50' },
			{ own: 'USD 120.00', mine: 'USD 120.00' },
			{ own: 'EUR 100.00', mine: 'USD 125.00' },
		]);
	});

	it('compare amounts of a currency by their worth, and numbers as they are', async () => {
		expect(await names('WHERE Amount > EUR97')).toEqual(['euros']);
		expect(await names('WHERE Amount > usd62 ORDER BY Amount')).toEqual(['yen', 'dollars', 'euros']);
		expect(await names('WHERE Amount = USD120')).toEqual(['dollars']);
		expect(await names('WHERE Amount != EUR100 ORDER BY Amount')).toEqual(['yen', 'dollars']);
		expect(await names('WHERE Amount IN (EUR96, JPY8000.00) ORDER BY Amount DESC')).toEqual(['dollars', 'yen']);
		expect(await names('WHERE NOT Amount IN (EUR96)')).toHaveLength(2);
		expect(await names('WHERE Amount > 119 ORDER BY Amount')).toEqual(['yen', 'dollars']);
	});

	it('add up and compare totals in the corporate currency', async () => {
		const soql = 'SELECT SUM(Amount) sum, MAX(Amount) max, AVG(Amount) avg, COUNT(Amount) n FROM Opportunity';
		expect(await at.query(soql)).toMatchObject([{ sum: 246, max: 100, avg: 82, n: 3 }]);
		const grouped =
			'SELECT Name, MIN(Amount) low FROM Opportunity GROUP BY Name HAVING MIN(Amount) > 60 ORDER BY MIN(Amount)';
		expect(await at.query(grouped)).toMatchObject([
			{ Name: 'dollars', low: 96 },
			{ Name: 'euros', low: 100 },
		]);
		expect(await at.query('SELECT FORMAT(SUM(Amount)) total FROM Opportunity')).toMatchObject([
			{ total: 'EUR 246.00' },
		]);
	});

	it.each([
		['SELECT Id FROM Opportunity WHERE convertCurrency(Amount) > 1', 'can not be used in WHERE'],
		['SELECT Id FROM Opportunity ORDER BY convertCurrency(Amount)', 'can not be used with ORDER BY'],
		['SELECT convertCurrency(Name) FROM Opportunity', 'can not be used with Name'],
		['SELECT convertCurrency(SUM(Amount)) FROM Opportunity', 'can not be used with Amount'],
		['SELECT Id FROM Opportunity WHERE Amount > XXX5', 'Invalid currency code: XXX'],
		['SELECT Id FROM Opportunity WHERE Amount > DEM5', 'Invalid currency code: DEM'],
		['SELECT Id FROM Opportunity WHERE Amount IN (USD5, 5)', 'can not be mixed'],
		['SELECT Id FROM Opportunity WHERE Probability > USD5', 'can only be compared with a currency field'],
		['SELECT Name FROM Opportunity GROUP BY Name HAVING MAX(Amount) > USD5', 'can only be compared with'],
	])('are refused: %s', async (soql, message) => {
		const { status, body } = await ask(soql);
		expect(status).toBe(400);
		expect(body).toMatchObject([{ errorCode: 'MALFORMED_QUERY', message: expect.stringContaining(message) }]);
	});
});

it('a roll-up tells its details’ money in its own currency', async () => {
	const client = await openClient({
		currencies: [{ isoCode: 'EUR' }, { isoCode: 'USD', conversionRate: 2 }],
		customObjects: {
			Bill__c: {
				label: 'Bill',
				fields: {
					Sum__c: {
						type: 'Summary',
						label: 'Sum',
						summaryOperation: 'sum',
						summaryForeignKey: 'Line__c.Bill__c',
						summarizedField: 'Line__c.Price__c',
					},
				},
			},
			Line__c: {
				label: 'Line',
				fields: {
					Bill__c: { type: 'MasterDetail', label: 'Bill', referenceTo: 'Bill__c', relationshipName: 'Lines' },
					Price__c: { type: 'Currency', label: 'Price', precision: 18, scale: 2 },
				},
			},
		},
	});
	const Bill__c = await client.create('Bill__c', {});
	await client.create('Line__c', { Bill__c, Price__c: 10 });
	await client.create('Line__c', { Bill__c, Price__c: 10, CurrencyIsoCode: 'USD' });
	const sum = () => client.org.rows('Bill__c')[0]?.Sum__c;
	expect(sum()).toBe(15);
	await client.call('PATCH', `sobjects/Bill__c/${Bill__c}`, { CurrencyIsoCode: 'USD' });
	expect(sum()).toBe(30);
	await client.org.close();
});

it('an org with one currency has none of it, and no gap either', async () => {
	const client = await openClient();
	const headers = { authorization: `Bearer ${await signIn(client.org)}` };
	const get = (soql: string) =>
		send(client.org, 'GET', `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, { headers });
	for (const [soql, errorCode] of [
		['SELECT Id FROM CurrencyType', 'INVALID_TYPE'],
		['SELECT CurrencyIsoCode FROM Case', 'INVALID_FIELD'],
		['SELECT DefaultCurrencyIsoCode FROM User', 'INVALID_FIELD'],
		['SELECT convertCurrency(AnnualRevenue) FROM Account', 'MALFORMED_QUERY'],
		['SELECT Id FROM Account WHERE AnnualRevenue > USD5', 'MALFORMED_QUERY'],
	] as const)
		expect([soql, (await get(soql)).body]).toMatchObject([soql, [{ errorCode }]]);
	expect(client.org.refused).toEqual([]);
	await client.org.close();
});
