import type { INodeParameters } from 'n8n-workflow';

import type { Stage } from '../support/stage';
import { stages } from '../support/stage';

const stage = stages();

const get = (parameters: INodeParameters, onError?: 'continueRegularOutput') => ({
	type: 'salesforceGetRecordFields',
	parameters: { object: { __rl: true, mode: 'list', value: 'Case' }, fields: ['Subject'], ...parameters },
	onError,
});
const byId = (more: INodeParameters = {}) => get({ recordId: '={{ $json.id }}', ...more });
const byExternalId = (more: INodeParameters = {}) =>
	get({
		findBy: 'externalId',
		externalIdField: { __rl: true, mode: 'name', value: 'externalid__c' },
		externalId: '={{ $json.key }}',
		...more,
	});

async function withCases(count: number, settings = {}): Promise<Stage & { ids: string[] }> {
	const opened = await stage({
		settings,
		seed: {
			Account: [{ Name: 'Acme' }],
			Case: Array.from({ length: count }, (_none, index) => ({
				Subject: `Case ${index}`,
				ExternalID__c: `key-${index}`,
				...(index === 0 ? { Account: { Name: 'Acme' } } : {}),
			})),
		},
	});
	return { ...opened, ids: opened.org.rows('Case').map(({ Id }) => String(Id)) };
}

describe('Salesforce Get Record Fields', () => {
	it('reads chosen and typed fields, those of parents too', async () => {
		const { run, ids } = await withCases(2);
		const { outputs, error } = await run(
			[{ id: ids[0] }, { id: ids[1]?.slice(0, 15) }],
			byId({ fields: ['Subject', 'caseNumber'], furtherFields: 'Account.Name, subject' }),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([
			{ Id: ids[0], Subject: 'Case 0', CaseNumber: expect.any(String), Account: { Name: 'Acme' } },
			{ Id: ids[1], Subject: 'Case 1', CaseNumber: expect.any(String), Account: null },
		]);
	});

	it('reads a record by the link to it', async () => {
		const { org, run, ids } = await withCases(1);
		const link = (path: string) => ({ link: `${org.url}/${path}` });
		const { outputs } = await run(
			[link(`lightning/r/Case/${ids[0]}/view`), link(`lightning/r/${ids[0]}/view?ws=1`), { link: String(ids[0]) }],
			get({ findBy: 'link', link: '={{ $json.link }}' }),
		);
		expect(outputs[0]).toEqual(Array.from({ length: 3 }, () => ({ Id: ids[0], Subject: 'Case 0' })));
		const elsewhere = { link: `https://acme--uat.sandbox.lightning.force.com/lightning/r/Case/${ids[0]}/view` };
		const { error } = await run([elsewhere], get({ findBy: 'link', link: '={{ $json.link }}' }));
		expect(error?.message).toBe('Item 0: Link is of another org than the one that the credential opens');
	});

	it('costs at most five calls for a thousand items, by ID and by external ID', async () => {
		const { org, run, ids } = await withCases(1000);
		const shuffled = ids.map((_id, index) => (index * 617) % 1000);
		let before = org.apiCalls;
		const found = await run(
			shuffled.map((index) => ({ id: ids[index] })),
			byId(),
		);
		expect(org.apiCalls - before).toBeLessThanOrEqual(5);
		expect(found.outputs[0]).toEqual(shuffled.map((index) => ({ Id: ids[index], Subject: `Case ${index}` })));

		before = org.apiCalls;
		const byKey = await run(
			shuffled.map((index) => ({ key: `key-${index}` })),
			byExternalId(),
		);
		expect(org.apiCalls - before).toBeLessThanOrEqual(5);
		expect(byKey.outputs[0]).toMatchObject(shuffled.map((index) => ({ Subject: `Case ${index}` })));
	});

	it('keeps a thousand long external IDs within five calls', async () => {
		const key = (index: number) => `${String(index).padStart(4, '0')}${"'".repeat(251)}`;
		const { org, run } = await stage({
			seed: {
				Case: Array.from({ length: 1000 }, (_none, index) => ({ Subject: String(index), ExternalID__c: key(index) })),
			},
		});
		const before = org.apiCalls;
		const { outputs } = await run(
			Array.from({ length: 1000 }, (_none, index) => ({ key: key(index) })),
			byExternalId(),
		);
		expect(outputs[0]?.map(({ Subject }) => Subject)).toEqual(
			Array.from({ length: 1000 }, (_none, index) => String(index)),
		);
		expect(org.apiCalls - before).toBeLessThanOrEqual(5);
	});

	it('asks the org once what fields an object has, however many runs there are', async () => {
		const { org, run, ids } = await withCases(1);
		for (let runs = 0; runs < 3; runs++) await run([{ id: ids[0] }], byId());
		expect(org.calls.filter(({ path }) => path.endsWith('/describe'))).toHaveLength(1);
	});

	it('finds a field that was made after the object was read', async () => {
		const { org, run, ids } = await withCases(1, { hiddenFields: ['Case.Team__c'] });
		await run([{ id: ids[0] }], byId());
		org.settings.hiddenFields = [];
		const { outputs } = await run([{ id: ids[0] }], byId({ fields: ['Team__c'] }));
		expect(outputs[0]).toEqual([{ Id: ids[0], Team__c: null }]);
	});

	describe('a record that is not there', () => {
		const gone = '500Lo0000000zzzAAA';

		it('fails its item alone', async () => {
			const { run, ids } = await withCases(1);
			const { outputs } = await run([{ id: '500Lo0000000zzz' }, { id: ids[0] }], {
				...byId(),
				onError: 'continueRegularOutput',
			});
			expect(outputs[0]).toMatchObject([
				{
					id: '500Lo0000000zzz',
					error: expect.stringContaining('No Case that the API user can see has this Record ID'),
				},
				{ Id: ids[0] },
			]);
		});

		it('or is flagged', async () => {
			const { run, ids } = await withCases(1);
			const flag = { options: { missingRecord: 'flag' } };
			const one = await run([{ id: gone.slice(0, 15) }, { id: ids[0] }], byId(flag));
			expect(one.outputs[0]).toMatchObject([{ found: false }, { found: true, Id: ids[0], Subject: 'Case 0' }]);
			const two = await run([{ key: 'nobody' }], byExternalId(flag));
			expect(two.outputs[0]).toEqual([{ found: false, ExternalID__c: 'nobody' }]);
		});
	});

	describe('bad input stops the run before any record is read:', () => {
		const refusals: Array<[what: string, parameters: INodeParameters, message: RegExp]> = [
			['an ID that is none', { recordId: 'abc' }, /Record ID is not a Salesforce ID/],
			['a mistyped ID', { recordId: '500Lo000000000AAAA' }, /Record ID is not a Salesforce ID/],
			['a way to find it that is none', { findBy: 'elsewhere' }, /Find By is not one of its options/],
			['no ID', { recordId: '={{ $json.none }}' }, /Record ID is empty/],
			['an ID of another object', { recordId: '001Lo0000000001' }, /of an object other than Case/],
			['an object that is not there', { object: { __rl: true, mode: 'name', value: 'Nope__c' } }, /no object Nope__c/],
			[
				'a name that is no object',
				{ object: { __rl: true, mode: 'name', value: 'Case/x' } },
				/not the API name of an object/,
			],
			['no object', { object: { __rl: true, mode: 'list', value: '={{ $json.none }}' } }, /Object is empty/],
			['an unknown field', { fields: ['Subject', 'Nope__c'] }, /no field Nope__c.*can see/],
			['an unknown parent', { furtherFields: 'Nope.Name' }, /no field Nope.Name/],
			['a parent without a field', { furtherFields: 'Account' }, /no field Account/],
			['a field that is no name', { furtherFields: 'Name FROM User' }, /Not the name of a field/],
			['no field', { fields: [] }, /No field is chosen/],
			['a link to elsewhere', { findBy: 'link', link: 'https://example.com/' }, /Link is not the address/],
			[
				'a link to another object',
				{ findBy: 'link', link: 'https://a.lightning.force.com/lightning/r/Account/001Lo0000000001/view' },
				/object other than Case/,
			],
			[
				'an unknown external ID field',
				{ findBy: 'externalId', externalId: 'a', externalIdField: { __rl: true, mode: 'name', value: 'Nope__c' } },
				/no field Nope__c/,
			],
			[
				'a field that is no external ID',
				{ findBy: 'externalId', externalId: 'a', externalIdField: { __rl: true, mode: 'name', value: 'Subject' } },
				/Subject of Case is no external ID/,
			],
			[
				'no external ID',
				{
					findBy: 'externalId',
					externalId: '={{ $json.none }}',
					externalIdField: { __rl: true, mode: 'name', value: 'ExternalID__c' },
				},
				/External ID is empty/,
			],
		];

		it.each(refusals)('%s', async (_what, parameters, message) => {
			const { org, run } = await stage();
			const { error } = await run([{}], get({ recordId: '500Lo0000000001', ...parameters }));
			expect(`${error?.message}`).toMatch(message);
			expect(org.calls.filter(({ path }) => /query|composite/.test(path))).toEqual([]);
		});
	});

	it('names the records that share an external ID, and tells IDs apart by their capitals', async () => {
		const { org, run } = await stage({
			seed: { Case: ['twice', 'twice', 'once', 'ONCE'].map((key) => ({ ExternalID__c: key, Subject: key })) },
		});
		const { outputs } = await run([{ key: 'twice' }, { key: 'ONCE' }], {
			...byExternalId(),
			onError: 'continueRegularOutput',
		});
		const ids = org.rows('Case').map(({ Id }) => String(Id));
		expect(outputs[0]?.[0]?.error).toContain(`2 records of Case have this ExternalID__c: ${ids[0]}, ${ids[1]}`);
		expect(outputs[0]?.[1]).toMatchObject({ Subject: 'ONCE' });
	});

	it('lets no value of one item spoil the look-up of the others', async () => {
		const { run } = await stage({
			customObjects: {
				Badge__c: {
					label: 'Badge',
					fields: { No__c: { type: 'Number', label: 'No', precision: 18, scale: 0, externalId: true } },
				},
			},
			seed: { Badge__c: [{ Name: 'Ada', No__c: 7 }], Case: [{ ExternalID__c: 'a', Subject: 'Chair' }] },
		});
		const texts = await run([{ key: 'x'.repeat(5_000) }, { key: 'a' }], {
			...byExternalId(),
			onError: 'continueRegularOutput',
		});
		expect(texts.outputs[0]).toMatchObject([{ error: expect.stringContaining('No Case') }, { Subject: 'Chair' }]);
		const badge = byExternalId({
			object: { __rl: true, mode: 'name', value: 'Badge__c' },
			fields: ['Name'],
			externalIdField: { __rl: true, mode: 'name', value: 'No__c' },
		});
		const numbers = await run([{ key: 1e-7 }, { key: '7' }], { ...badge, onError: 'continueRegularOutput' });
		expect(numbers.outputs[0]).toMatchObject([{ error: expect.stringContaining('No Badge__c') }, { Name: 'Ada' }]);
	});

	it('reads the fields that only one kind of a parent has', async () => {
		const { org, run } = await stage();
		const [user] = org.rows('User');
		org.seed({ Group: [{ Name: 'Movers', Type: 'Queue' }] });
		const queue = org.rows('Group').find(({ Name }) => Name === 'Movers');
		org.seed({
			Case: [
				{ Subject: 'a', OwnerId: user?.Id },
				{ Subject: 'b', OwnerId: queue?.Id },
			],
		});
		const items = org.rows('Case').map(({ Id }) => ({ id: Id }));
		const { outputs, error } = await run(
			items as never,
			byId({ fields: ['Subject'], furtherFields: 'owner.department; Owner.DeveloperName; Owner.Name' }),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([
			{ Subject: 'a', Owner: { Department: user?.Department ?? null, DeveloperName: null, Name: user?.Name } },
			{ Subject: 'b', Owner: { Department: null, Name: 'Movers' } },
		]);
		const plain = await run(items as never, byId({ fields: [], furtherFields: 'Owner.Name, Owner.Email' }));
		expect(plain.outputs[0]?.[1]).toMatchObject({ Owner: { Name: 'Movers' } });
		const unknown = await run(items as never, byId({ fields: [], furtherFields: 'Owner.Nope__c' }));
		expect(unknown.error?.message).toContain(
			'no field Owner.Nope__c that the API user can see: neither Group nor User',
		);
	});

	it('reads archived and deleted records on request', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'gone', IsDeleted: true }] } });
		const { outputs } = await run([{}], {
			type: 'salesforceSoqlQuery',
			parameters: { query: 'SELECT Id FROM Case', options: { includeDeleted: true } },
		});
		const items = [{ id: outputs[0]?.[0]?.Id }];
		expect((await run(items, byId({ fields: ['Subject'] }))).error?.message).toContain('No Case');
		const found = await run(items, byId({ fields: ['Subject', 'IsDeleted'], options: { includeDeleted: true } }));
		expect(found.outputs[0]).toMatchObject([{ Subject: 'gone', IsDeleted: true }]);
		expect(org.refused).toEqual([]);
	});

	it('says what is near a value that no record has, without the value', async () => {
		const { org, run } = await stage({ seed: { Case: [{ ExternalID__c: 'Key-1' }, { ExternalID__c: '00042' }] } });
		const node = { ...byExternalId(), onError: 'continueRegularOutput' as const };
		const { outputs } = await run([{ key: 'KEY-1' }, { key: '42' }, { key: 42 }, { key: 'none' }, { key: '43' }], node);
		expect(outputs[0]?.map(({ details }) => (details as { remedy: string }).remedy)).toEqual([
			expect.stringContaining('in other capitals, and ExternalID__c is case-sensitive'),
			expect.stringContaining('with leading zeros'),
			expect.stringContaining('with leading zeros'),
			expect.stringContaining('may be deleted'),
			expect.stringContaining('may be deleted'),
		]);
		expect(JSON.stringify(outputs[0]?.map(({ error, details }) => [error, details]))).not.toMatch(/Key-1|42/i);
		const number = String(org.rows('Case')[0]?.CaseNumber);
		const byNumber = byExternalId({ externalIdField: { __rl: true, mode: 'name', value: 'CaseNumber' } });
		const { error } = await run([{ key: String(Number(number)) }], byNumber);
		expect(error?.description).toContain('Keep the value as text');
	});

	it('says of a parent what to write', async () => {
		const { run, ids } = await withCases(1);
		const { error } = await run([{ id: ids[0] }], byId({ furtherFields: 'Account' }));
		expect(error?.description).toContain('Account is a parent; name one of its fields, such as Account.Id.');
	});

	it('says what to do about an expression that cannot be read', async () => {
		const { run } = await withCases(1);
		const { error } = await run([{}], byId({ recordId: "={{ $('Nowhere').item.json.id }}" }));
		expect(error?.message).toContain('Item 0: ');
		expect(error?.description).toBe('Correct the expressions among the parameters. Nothing was read.');
	});

	it('finds a record by an address, of which Salesforce keeps no capitals', async () => {
		const { run } = await stage({
			customObjects: {
				Badge__c: { label: 'Badge', fields: { Mail__c: { type: 'Email', label: 'Mail', externalId: true } } },
			},
			seed: { Badge__c: [{ Name: 'Ada', Mail__c: 'ada@example.com' }] },
		});
		const { outputs } = await run(
			[{ key: 'Ada@Example.com' }],
			byExternalId({
				object: { __rl: true, mode: 'name', value: 'Badge__c' },
				fields: ['Name'],
				externalIdField: { __rl: true, mode: 'name', value: 'Mail__c' },
			}),
		);
		expect(outputs[0]).toMatchObject([{ Name: 'Ada' }]);
	});

	it("says that a parent's field may be hidden", async () => {
		const { run, ids } = await withCases(1);
		const { error } = await run([{ id: ids[0] }], byId({ furtherFields: 'Account.Nope__c' }));
		expect(error?.message).toContain("No such column 'Nope__c'");
		expect(error?.description).toContain('field-level security');
	});

	describe('its lists', () => {
		it('offer the objects that can be queried, by name and label', async () => {
			const { org, engine } = await stage();
			const found = await engine.choices(byId(), 'listSearch', 'searchObjects', 'contact');
			expect(found).toEqual({ results: [{ name: 'Contact (Contact)', value: 'Contact' }] });
			await engine.choices(byId(), 'listSearch', 'searchObjects', 'case');
			expect(org.calls.filter(({ path }) => path.endsWith('/sobjects'))).toHaveLength(1);
		});

		it('offer fields and external IDs of the chosen object', async () => {
			const { engine } = await stage();
			const fields = await engine.choices(byId(), 'loadOptions', 'getFields');
			expect(fields).toContainEqual({ name: 'Case Number (CaseNumber)', value: 'CaseNumber' });
			const keys = await engine.choices(byExternalId(), 'listSearch', 'searchExternalIdFields');
			expect(keys).toEqual({
				results: [
					{ name: 'Case Number (CaseNumber)', value: 'CaseNumber' },
					{ name: 'ExternalID (ExternalID__c)', value: 'ExternalID__c' },
				],
			});
		});
	});
});
