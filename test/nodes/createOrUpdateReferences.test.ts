import type { INodeParameters } from 'n8n-workflow';

import type { LocalOrgOptions } from '../../local-org';
import type { TestNode } from '../support/engine';
import { stages } from '../support/stage';

const stage = stages();

/** Desks and the badges that belong to them; a badge may hang on another. */
const OFFICE: LocalOrgOptions = {
	customObjects: {
		Desk__c: {
			label: 'Desk',
			fields: {
				Key__c: { type: 'Text', label: 'Key', length: 40, externalId: true, unique: true },
				No__c: { type: 'Number', label: 'No', precision: 18, scale: 0, externalId: true },
				Note__c: { type: 'Text', label: 'Note', length: 40 },
			},
		},
		Badge__c: {
			label: 'Badge',
			fields: {
				Key__c: { type: 'Text', label: 'Key', length: 40, externalId: true, unique: true },
				Text__c: { type: 'Text', label: 'Text', length: 255 },
				Desk__c: { type: 'Lookup', label: 'Desk', referenceTo: 'Desk__c', relationshipName: 'Badges' },
				Above__c: { type: 'Lookup', label: 'Above', referenceTo: 'Badge__c', relationshipName: 'Below' },
			},
		},
	},
	seed: {
		Desk__c: [
			{ Key__c: 'd-1', No__c: 1001, Name: 'First' },
			{ Key__c: '1002', No__c: 2 },
		],
	},
};

const locator = (value: string) => ({ __rl: true, mode: 'name', value });
const save = (operation: string, object: string, parameters: INodeParameters = {}): TestNode => ({
	type: 'salesforceCreateOrUpdateRecord',
	parameters: {
		operation,
		object: locator(object),
		valuesFrom: 'json',
		record: '={{ $json.record }}',
		recordId: '={{ $json.id }}',
		...parameters,
	},
	onError: 'continueRegularOutput',
});
const badge = (options: INodeParameters = {}) => save('create', 'Badge__c', { options });

async function office() {
	const staged = await stage(OFFICE);
	const [first, second] = staged.org.rows('Desk__c').map(({ Id }) => String(Id));
	/** Makes badges and gives their IDs. */
	const badges = async (...records: object[]): Promise<string[]> => {
		const { outputs } = await staged.run(
			records.map((record) => ({ record }) as never),
			badge(),
		);
		return (outputs[0] ?? []).map(({ id }) => String(id));
	};
	return { ...staged, badges, first: String(first), second: String(second) };
}

describe('a reference of a record', () => {
	it.each<[what: string, record: object]>([
		['by the key of its parent', { Desk__r: { Key__c: 'd-1' } }],
		['in the dotted form', { 'Desk__r.Key__c': 'd-1' }],
		['in another case', { 'desk__R.KEY__c': 'd-1' }],
		['with what nobody sees', { '\ufeffDesk__r .\u200bKey__c\u00a0': 'd-1' }],
		['under the name of its field', { Desk__c: { Key__c: 'd-1' } }],
		['by a number of its parent', { Desk__r: { No__c: 1001 } }],
		['by a number in writing', { Desk__r: { No__c: ' 1001 ' } }],
		['with attributes behind the key', { Desk__r: { Key__c: 'd-1', attributes: { type: 'Desk__c' } } }],
		[
			'as a query returns it',
			{ Desk__r: { attributes: { type: 'Desk__c', url: '/x' }, Name: 'First', Key__c: 'd-1' } },
		],
		['with an empty value beside it', { Desk__r: { Key__c: 'd-1' }, Text__c: '' }],
	])('%s leads to its record', async (_what, record) => {
		const { org, run, first } = await office();
		const { outputs } = await run([{ record } as never], badge());
		expect(outputs[0]).toMatchObject([{ result: 'created' }]);
		expect(org.rows('Badge__c')).toMatchObject([{ Desk__c: first }]);
	});

	it('by an ID leads to its record, also by the address that Salesforce gives it', async () => {
		const { org, run, first, second } = await office();
		const url = `/services/data/v62.0/sobjects/Desk__c/${second}`;
		const { outputs } = await run(
			[
				{ record: { Desk__r: { Id: first, Name: 'First' } } },
				{ record: { Desk__r: { attributes: { type: 'Desk__c', url }, Note__c: null } } },
				{ record: { Desk__c: first, Desk__r: { Name: 'First' } } },
			],
			badge(),
		);
		expect(outputs[0]).toMatchObject([{ result: 'created' }, { result: 'created' }, { result: 'created' }]);
		expect(org.rows('Badge__c').map(({ Desk__c }) => Desk__c)).toEqual([first, second, first]);
	});

	it('is of the type of the key: a number finds the text of its digits', async () => {
		const { org, run, second } = await office();
		await run([{ record: { Desk__r: { Key__c: 1002 } } }], badge());
		expect(org.rows('Badge__c')).toMatchObject([{ Desk__c: second }]);
	});

	it('by empty text is left out or blanks, and by null blanks, as fields do', async () => {
		const { org, run, first, badges } = await office();
		const ids = await badges({ Desk__c: first }, { Desk__c: first }, { Desk__c: first }, { Desk__c: first });
		const record = (index: number, value: object) => ({ id: ids[index], record: { Text__c: 'x', ...value } });
		await run([record(0, { Desk__r: { Key__c: ' ' } })], save('update', 'Badge__c'));
		await run(
			[record(1, { Desk__r: { Key__c: '' } })],
			save('update', 'Badge__c', { options: { emptyText: 'blank' } }),
		);
		await run([record(2, { Desk__r: { Key__c: null } }), record(3, { Desk__r: null })], save('update', 'Badge__c'));
		expect(org.rows('Badge__c').map(({ Desk__c }) => Desk__c)).toEqual([first, null, null, null]);
	});

	it.each<[what: string, record: object, message: RegExp]>([
		['an unknown key', { Desk__r: { Kay__c: 'd-1' } }, /Desk__r is not a reference: Desk__c has no field Kay__c/],
		['an unknown key in the dotted form', { 'Desk__r.Kay__c': 'd-1' }, /Desk__c has no field Kay__c/],
		['a field that is no key', { Desk__r: { Note__c: 'a' } }, /no external ID of Desk__c is among Note__c/],
		['two keys', { Desk__r: { Key__c: 'd-1', No__c: 1001 } }, /one external ID, but by Key__c and No__c/],
		['a key of the wrong type', { Desk__r: { No__c: 'one' } }, /not a number.* as No__c of Desk__c wants it/],
		['a rounded number', { Desk__r: { No__c: 7234567890123456781 } }, /every digit/],
		['another object', { Desk__r: { attributes: { type: 'Case' }, Key__c: 'd-1' } }, /a reference to Desk__c/],
		['nothing', { Desk__r: {} }, /an object with one external ID/],
		['a list', { Desk__r: ['d-1'] }, /Desk__r is not an object that names the record of Desk__c/],
		['a text', { Desk__r: 'd-1' }, /Desk__r is not an object that names the record of Desk__c/],
		['an ID that is none', { Desk__r: { Id: 'd-1' } }, /Desk__r is not a Salesforce ID/],
		['two records', { Desk__c: 'a0000000000000AAAA', 'Desk__r.Key__c': 'd-1' }, /not a Salesforce ID/],
	])('by %s fails its own item, before anything is sent', async (_what, record, message) => {
		const { org, run } = await office();
		const { outputs } = await run([{ record: { Text__c: 'good' } }, { record } as never], badge());
		expect(outputs[0]).toMatchObject([{ result: 'created' }, { error: expect.stringMatching(message) }]);
		expect(org.rows('Badge__c')).toHaveLength(1);
		expect(org.calls.filter(({ method }) => method === 'POST')).toHaveLength(2);
	});

	it('that is wrong fails its own item in bulk as well', async () => {
		const { org, run, first } = await office();
		const items = Array.from({ length: 250 }, (_none, index) => ({
			record: { Text__c: `${index}`, [index % 2 ? 'Desk__r.Key__c' : 'desk__r.key__c']: 'd-1' },
		}));
		items[7] = { record: { Desk__r: { Kay__c: 'd-1' } } } as never;
		const { outputs } = await run(items, badge({ bulkApi: 'always' }));
		expect(outputs[0]?.filter(({ result }) => result === 'created')).toHaveLength(249);
		expect(outputs[0]?.[7]).toMatchObject({ error: expect.stringContaining('Desk__c has no field Kay__c') });
		expect(org.rows('Badge__c').every(({ Desk__c }) => Desk__c === first)).toBe(true);
	});

	it('of two ways that differ is refused', async () => {
		const { run, first } = await office();
		const { outputs } = await run([{ record: { Desk__c: first, Desk__r: { Key__c: 'd-1' } } }], badge());
		expect(outputs[0]).toMatchObject([{ error: expect.stringContaining('not the only value for Desk__c') }]);
	});

	it('to a user says that it means one', async () => {
		const { org, run } = await stage();
		const [user] = org.rows('User');
		const owner = (attributes: object) => ({ ...attributes, Username: user?.Username });
		const { outputs } = await run(
			[
				{ record: { Subject: 'a', Owner: owner({ attributes: { type: 'user' } }) } },
				{ record: { Subject: 'b', Owner: owner({}) } },
			],
			save('create', 'Case'),
		);
		expect(outputs[0]).toMatchObject([
			{ result: 'created' },
			{ error: expect.stringContaining('says which it means of Group, User') },
		]);
		expect(org.rows('Case')).toMatchObject([{ OwnerId: user?.Id }]);
	});
});

describe('parents and children of one run', () => {
	const items = [
		{ record: { Key__c: 'leaf', Above__r: { Key__c: 'branch' } } },
		{ record: { Key__c: 'branch', Above__r: { Key__c: 'ROOT' } } },
		{ record: { Key__c: 'root' } },
	];

	it.each([{}, { bulkApi: 'always' }, { allOrNone: true }])('are saved in order with %j', async (options) => {
		const { org, run } = await office();
		const { outputs } = await run(items, save('upsert', 'Badge__c', { externalIdField: locator('Key__c'), options }));
		expect(outputs[0]).toMatchObject([{ result: 'created' }, { result: 'created' }, { result: 'created' }]);
		const byKey = new Map(org.rows('Badge__c').map((row) => [row.Key__c, row]));
		expect(byKey.get('leaf')?.Above__c).toBe(byKey.get('branch')?.Id);
		expect(byKey.get('branch')?.Above__c).toBe(byKey.get('root')?.Id);
		expect(byKey.get('root')?.Above__c).toBeNull();
	});

	it('of two objects are saved in order too', async () => {
		const { org, run } = await office();
		const { outputs } = await run(
			[
				{ object: 'Badge__c', record: { Desk__r: { Key__c: 'new' } } },
				{ object: 'Desk__c', record: { Key__c: 'new' } },
			],
			save('create', '', { object: { __rl: true, mode: 'name', value: '={{ $json.object }}' } }),
		);
		expect(outputs[0]).toMatchObject([{ result: 'created' }, { result: 'created' }]);
		expect(org.rows('Badge__c')).toMatchObject([{ Desk__c: outputs[0]?.[1]?.id }]);
	});

	it('say so when they refer to each other', async () => {
		const { org, run } = await office();
		const { outputs } = await run(
			[
				{ record: { Key__c: 'a', Above__r: { Key__c: 'b' } } },
				{ record: { Key__c: 'b', Above__r: { Key__c: 'a' } } },
				{ record: { Key__c: 'c' } },
			],
			badge(),
		);
		const refusal = { error: expect.stringContaining('refer to each other in a circle') };
		expect(outputs[0]).toMatchObject([refusal, refusal, { result: 'created' }]);
		expect(org.rows('Badge__c')).toMatchObject([{ Key__c: 'c' }]);
	});

	it('cost no call more where they do not refer to each other', async () => {
		const { org, run } = await office();
		const before = org.calls.length;
		await run(
			Array.from({ length: 150 }, (_none, index) => ({ record: { Key__c: `k${index}`, Desk__r: { Key__c: 'd-1' } } })),
			badge(),
		);
		const paths = org.calls.slice(before).map(({ path }) => path.replace(/^.*v\d+\.\d/, ''));
		expect(paths.filter((path) => path.startsWith('/composite'))).toEqual(['/composite/sobjects']);
	});
});

describe('names of fields', () => {
	it.each(['\ufeffText__c', 'Text__c ', '\u00a0text__c', 'Te\u200bxt__c', 'TEXT__C\u2060', 'Text\u00ad__c'])(
		'are read without what nobody sees: %j',
		async (name) => {
			const { org, run } = await office();
			const { outputs } = await run([{ record: { [name]: 'a' } }], badge());
			expect(outputs[0]).toMatchObject([{ result: 'created' }]);
			expect(org.rows('Badge__c')).toMatchObject([{ Text__c: 'a' }]);
		},
	);

	it('are one name in two spellings', async () => {
		const { run } = await office();
		const { outputs } = await run([{ record: { Text__c: 'a', '\ufefftext__c': 'b' } }], badge());
		expect(outputs[0]).toMatchObject([{ error: expect.stringContaining('not the only value for Text__c') }]);
	});

	it('of keys and IDs are read so as well', async () => {
		const { org, run } = await office();
		const node = save('upsert', 'Badge__c', { externalIdField: locator(' key__C\u200b') });
		await run([{ record: { '\ufeffKey__c': 'k', Text__c: 'a' } }], node);
		const [{ Id } = {}] = org.rows('Badge__c');
		await run([{ record: { '\ufeffid': Id, Text__c: 'b' } as never }], save('update', 'Badge__c'));
		expect(org.rows('Badge__c')).toMatchObject([{ Key__c: 'k', Text__c: 'b' }]);
	});
});

describe('updating by a matching field', () => {
	const byKey = (options: INodeParameters = {}, operation = 'update') =>
		save(operation, 'Desk__c', { matchField: locator('Key__c'), options });

	it('changes the record that has the value, and creates none', async () => {
		const { org, run, first } = await office();
		const { outputs } = await run(
			[
				{ record: { Key__c: 'D-1', Note__c: 'found' } },
				{ record: { Key__c: 'd-3', Note__c: 'lost' } },
				{ record: { Note__c: 'without' } },
				{ record: { Key__c: '', Note__c: 'blank' } },
				{ record: { Key__c: null, Note__c: 'blank' } },
			],
			byKey({ emptyMatch: 'create' }),
		);
		expect(outputs[0]).toMatchObject([
			{ id: first, result: 'updated' },
			{ error: expect.stringContaining('No Desk__c that the API user can see has this Key__c') },
			{ error: expect.stringContaining('Key__c has no value') },
			{ error: expect.stringContaining('Key__c has no value') },
			{ error: expect.stringContaining('Key__c has no value') },
		]);
		expect(org.rows('Desk__c').map(({ Note__c }) => Note__c)).toEqual(['found', null]);
	});

	it('names the first few of many records that share the value, and how many there are', async () => {
		const { run } = await stage({
			seed: {
				Contact: Array.from({ length: 1_000 }, (_none, index) => ({ LastName: `${index}`, Email: 'all@x.org' })),
			},
		});
		const { outputs } = await run(
			[{ record: { Email: 'all@x.org', LastName: 'x' } }],
			save('update', 'Contact', { matchField: locator('Email') }),
		);
		expect(outputs[0]?.[0]?.error).toMatch(
			/1000 records of Contact have this Email: (\w{18}, ){4}\w{18} and 995 more$/,
		);
	});

	it('goes by the ID where an item has one', async () => {
		const { org, run, second } = await office();
		await run([{ id: second, record: { Note__c: 'by ID' } }], byKey());
		expect(org.rows('Desk__c').map(({ Note__c }) => Note__c)).toEqual([null, 'by ID']);
	});

	it('refuses an item without a match value, and creates for a blank one only where that is chosen', async () => {
		const { org, run } = await office();
		const items = [{ record: { Note__c: 'without' } }, { record: { Key__c: ' ', Note__c: 'blank' } }];
		const refused = { error: expect.stringContaining('Key__c has no value, so no record can be found by it') };
		const first = await run(items, byKey({}, 'createOrUpdate'));
		expect(first.outputs[0]).toMatchObject([refused, refused]);
		const second = await run(items, byKey({ emptyMatch: 'create' }, 'createOrUpdate'));
		expect(second.outputs[0]).toMatchObject([refused, { result: 'created' }]);
		expect(org.rows('Desk__c').map(({ Note__c }) => Note__c)).toEqual([null, null, 'blank']);
	});

	it('creates for a blank match that only Salesforce fills', async () => {
		const { org, run } = await stage();
		const { outputs } = await run(
			[{ record: { CaseNumber: '', Subject: 'Chair' } }],
			save('createOrUpdate', 'Case', {
				matchField: locator('CaseNumber'),
				options: { emptyMatch: 'create', emptyText: 'blank' },
			}),
		);
		expect(outputs[0]).toMatchObject([{ result: 'created' }]);
		expect(org.rows('Case')).toMatchObject([{ Subject: 'Chair' }]);
	});

	it('tells numbers apart that are one as a JavaScript number', async () => {
		const { org, run } = await office();
		const node = save('createOrUpdate', 'Desk__c', { matchField: locator('No__c'), options: { dryRun: true } });
		const { outputs } = await run(
			[{ record: { No__c: '123456789012345678' } }, { record: { No__c: '123456789012345679' } }],
			node,
		);
		expect(outputs[0]).toMatchObject([
			{ would: 'create', record: { No__c: '123456789012345678' } },
			{ would: 'create', record: { No__c: '123456789012345679' } },
		]);
		const queries = org.calls.filter(({ path }) => path.includes('/composite')).length;
		expect(queries).toBe(1);
	});
});

describe('a record as a query gave it', () => {
	const QUERY =
		'SELECT Id, Text__c, CreatedDate, Desk__c, Desk__r.Name, Owner.Name, (SELECT Id, Text__c FROM Below__r) FROM Badge__c';

	it.each([
		['nested', {}],
		['with attributes', { includeAttributes: true }],
		['in columns', { parents: 'columns' }],
	])('is taken back: %s', async (_shape, options) => {
		const { org, run, first, badges } = await office();
		const [above] = await badges({ Text__c: 'a', Desk__c: first }, { Text__c: 'b' });
		await badges({ Text__c: 'c', Above__c: above });
		const { outputs } = await run(
			[{}],
			{ type: 'salesforceSoqlQuery', parameters: { query: QUERY, returnAll: true, options } },
			{
				...save('update', 'Badge__c', { valuesFrom: 'item', recordId: '', options: { readOnlyFields: 'leaveOut' } }),
			},
		);
		expect(outputs[0]).toMatchObject([{ result: 'updated' }, { result: 'updated' }, { result: 'updated' }]);
		expect(outputs[0]?.[0]?.leftOut).toContain('CreatedDate');
		expect(org.rows('Badge__c')).toMatchObject([
			{ Text__c: 'a', Desk__c: first },
			{ Text__c: 'b', Desk__c: null },
			{ Text__c: 'c', Above__c: above },
		]);
	});

	it('names what cannot be written, each with its own advice', async () => {
		const { run } = await stage();
		const { outputs } = await run(
			[
				{ record: { Name: 'A', BillingAddress: { city: 'Berlin' } } },
				{ record: { Name: 'A', Id: '001000000000000AAA' } },
				{ record: { Name: 'A', Contacts: [{ Id: '003000000000000AAA' }] } },
			],
			save('create', 'Account'),
		);
		expect(outputs[0]).toMatchObject([
			{
				error: expect.stringContaining('BillingAddress is made of several fields'),
				details: { remedy: expect.stringContaining('Write its parts: BillingStreet, BillingCity') },
			},
			{
				error: expect.stringContaining('cannot write Id of Account'),
				details: { remedy: expect.stringContaining('The operations Update and Create or Update') },
			},
			{
				error: expect.stringContaining('Contacts holds child records'),
				details: { remedy: expect.stringContaining('items of their own') },
			},
		]);
	});
});

describe('values of records', () => {
	it.each<[value: unknown, message: RegExp]>([
		['cut \ud83d', /Text__c is not whole text/],
		[7234567890123456781, /Text__c is not a number that n8n holds with every digit/],
		[{ a: 1 }, /Text__c is not text/],
	])('that lost something fail their own item: %j', async (value, message) => {
		const { org, run } = await office();
		const { outputs } = await run([{ record: { Text__c: value } as never }, { record: { Text__c: 'b' } }], badge());
		expect(outputs[0]).toMatchObject([{ error: expect.stringMatching(message) }, { result: 'created' }]);
		expect(org.rows('Badge__c')).toMatchObject([{ Text__c: 'b' }]);
	});
});
