import type { INodeParameters } from 'n8n-workflow';

import type { CallRecord, Fault } from '../../local-org';
import type { TestNode } from '../support/engine';
import { stages } from '../support/stage';

const stage = stages();

/** The node over JSON records that stand in the items under `record`. */
const save = (
	operation: string,
	object: string,
	parameters: INodeParameters = {},
	onError?: TestNode['onError'],
): TestNode => ({
	type: 'salesforceCreateOrUpdateRecord',
	parameters: {
		operation,
		object: { __rl: true, mode: 'name', value: object },
		valuesFrom: 'json',
		record: '={{ $json.record }}',
		recordId: '={{ $json.id }}',
		...parameters,
	},
	onError,
});
const locator = (value: string) => ({ __rl: true, mode: 'name', value });
const upsertByKey = (parameters: INodeParameters = {}, onError?: TestNode['onError']) =>
	save('upsert', 'Case', { externalIdField: locator('ExternalID__c'), ...parameters }, onError);
const writes = (calls: CallRecord[]) =>
	calls.filter(({ method, path }) => method !== 'GET' && path.includes('/services/data/'));

describe('Salesforce Create or Update Record', () => {
	it('creates records and says which', async () => {
		const { org, run } = await stage();
		const { outputs, error } = await run(
			[{ record: { Name: 'Acme' } }, { record: { name: 'Umbrella' } }],
			save('create', 'account'),
		);
		expect(error).toBeUndefined();
		const [acme, umbrella] = org.rows('Account').filter(({ Name }) => Name === 'Acme' || Name === 'Umbrella');
		expect(outputs[0]).toMatchObject([
			{ id: acme?.Id, object: 'Account', result: 'created', link: `${org.url}/lightning/r/Account/${acme?.Id}/view` },
			{
				id: umbrella?.Id,
				object: 'Account',
				result: 'created',
				link: `${org.url}/lightning/r/Account/${umbrella?.Id}/view`,
			},
		]);
	});

	it('updates records by ID', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'Chair' }, { Subject: 'Desk' }] } });
		const [chair, desk] = org.rows('Case').map(({ Id }) => String(Id));
		const { outputs } = await run(
			[
				{ id: desk, record: { Subject: 'Table' } },
				{ id: chair?.slice(0, 15), record: { Subject: 'Stool' } },
			],
			save('update', 'Case'),
		);
		expect(outputs[0]).toMatchObject([
			{ id: desk, result: 'updated' },
			{ id: chair, result: 'updated' },
		]);
		expect(org.rows('Case')).toMatchObject([{ Subject: 'Stool' }, { Subject: 'Table' }]);
	});

	it('upserts records by external ID and tells what was created from what was updated', async () => {
		const { org, run } = await stage({ seed: { Case: [{ ExternalID__c: 'a', Subject: 'Chair' }] } });
		const { outputs } = await run(
			[{ record: { ExternalID__c: 'b', Subject: 'Desk' } }, { record: { ExternalID__c: 'a', Subject: 'Stool' } }],
			upsertByKey(),
		);
		expect(outputs[0]).toMatchObject([{ result: 'created' }, { result: 'updated' }]);
		expect(org.rows('Case')).toMatchObject([
			{ ExternalID__c: 'a', Subject: 'Stool' },
			{ ExternalID__c: 'b', Subject: 'Desk' },
		]);
	});

	it('updates where an ID or a match is given and creates the rest', async () => {
		const { org, run } = await stage({
			seed: {
				Contact: [
					{ LastName: 'Ada', Email: 'ada@x.org' },
					{ LastName: 'Bo', Email: 'bo@x.org' },
				],
			},
		});
		const [ada, bo] = org.rows('Contact').map(({ Id }) => String(Id));
		const { outputs, error } = await run(
			[
				{ record: { Email: 'cy@x.org', LastName: 'Cy' } },
				{ record: { Email: 'BO@x.org', LastName: 'Bob' } },
				{ id: ada, record: { LastName: 'Adam' } },
				{ record: { LastName: 'Di', Email: null } },
			],
			save('createOrUpdate', 'Contact', { matchField: locator('Email'), options: { emptyMatch: 'create' } }),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([
			{ result: 'created' },
			{ id: bo, result: 'updated' },
			{ id: ada, result: 'updated' },
			{ result: 'created' },
		]);
		expect(org.rows('Contact').map(({ LastName }) => LastName)).toEqual(['Adam', 'Bob', 'Cy', 'Di']);
	});

	it.each(['key', ' key\n', 'key\u00a0'])('finds again the record that it made with %j as its match', async (key) => {
		const { org, run } = await stage();
		const node = save('createOrUpdate', 'Case', { matchField: locator('ExternalID__c') });
		const results = [];
		for (let time = 0; time < 2; time++) {
			const { outputs } = await run([{ record: { ExternalID__c: key, Subject: 'Chair' } }], node);
			results.push(outputs[0]?.[0]?.result);
		}
		expect(results).toEqual(['created', 'updated']);
		expect(org.rows('Case')).toHaveLength(1);
	});

	it('finds a record by a number that Salesforce gave it, and makes none with one that is not there', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'Chair' }] } });
		const [chair] = org.rows('Case');
		const node = save(
			'createOrUpdate',
			'Case',
			{ matchField: locator('CaseNumber'), options: { readOnlyFields: 'leaveOut' } },
			'continueRegularOutput',
		);
		const { outputs } = await run(
			[
				{ record: { CaseNumber: chair?.CaseNumber, Subject: 'Stool' } } as never,
				{ record: { CaseNumber: '00099999', Subject: 'Desk' } },
			],
			node,
		);
		expect(outputs[0]).toMatchObject([
			{ id: chair?.Id, result: 'updated' },
			{
				error:
					'Item 1: No Case that the API user can see has this CaseNumber, and Salesforce gives new records their own',
			},
		]);
		expect(org.rows('Case')).toMatchObject([{ Subject: 'Stool' }]);
	});

	it('writes a record once that one item names by its ID and another by its match', async () => {
		const { org, run } = await stage({ seed: { Case: [{ ExternalID__c: 'a' }] } });
		const id = String(org.rows('Case')[0]?.Id);
		const { outputs } = await run(
			[{ id, record: { Subject: 'first' } }, { record: { ExternalID__c: 'a', Subject: 'second' } }],
			save('createOrUpdate', 'Case', { matchField: locator('ExternalID__c') }, 'continueRegularOutput'),
		);
		expect(outputs[0]).toMatchObject([
			{ result: 'updated' },
			{ error: expect.stringContaining('earlier item of this run has the same record') },
		]);
		expect(org.rows('Case')).toMatchObject([{ Subject: 'first' }]);
	});

	it('makes no second record of a match value that another item gives to a record by its ID', async () => {
		const seed = { Case: [{ ExternalID__c: 'a' }, { ExternalID__c: 'b' }] };
		const { org, run } = await stage({ seed });
		const [a, b] = org.rows('Case').map(({ Id }) => String(Id));
		const node = save('createOrUpdate', 'Case', { matchField: locator('ExternalID__c') }, 'continueRegularOutput');
		const byId = { id: a, record: { ExternalID__c: 'new' } };
		const byMatch = { record: { ExternalID__c: 'new', Subject: 'Chair' } };
		for (const items of [
			[byId, byMatch],
			[byMatch, byId],
		]) {
			const { outputs } = await run(items, { ...node, parameters: { ...node.parameters, options: { dryRun: true } } });
			expect(outputs[0]).toMatchObject([
				{ result: 'notSent' },
				{ error: 'Item 1: An earlier item of this run has the same record' },
			]);
		}
		const { outputs } = await run([byId, { id: b, record: { ExternalID__c: 'new' } }], node);
		expect(outputs[0]).toMatchObject([{ result: 'updated' }, { result: 'updated' }]);
		expect(org.rows('Case')).toHaveLength(2);
	});

	it('knows the ID of an item whatever its case', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'Chair' }] } });
		const { error } = await run(
			[{ id: org.rows('Case')[0]?.Id, subject: 'Stool' } as never],
			save('update', 'Case', { valuesFrom: 'item', recordId: '' }),
		);
		expect(error).toBeUndefined();
		expect(org.rows('Case')).toMatchObject([{ Subject: 'Stool' }]);
	});

	it("takes whole items, their ID and Salesforce's attributes with them", async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'Chair' }] } });
		const [chair] = org.rows('Case').map(({ Id }) => String(Id));
		const item = { attributes: { type: 'Case' }, Id: chair, Subject: 'Stool', CaseNumber: '00001001' };
		const whole = (readOnlyFields: string) =>
			save('update', 'Case', { valuesFrom: 'item', recordId: '={{ $json.Id }}', options: { readOnlyFields } });
		expect((await run([item], whole('fail'))).error?.message).toContain('cannot write CaseNumber of Case');
		expect((await run([item], whole('leaveOut'))).outputs[0]).toMatchObject([{ id: chair, leftOut: ['CaseNumber'] }]);
		expect(org.rows('Case')).toMatchObject([{ Subject: 'Stool' }]);
	});

	it('takes fields from the mapper and leaves out those that nobody filled', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'Chair', Origin: 'Web', Priority: 'High' }] } });
		const [chair] = org.rows('Case').map(({ Id }) => String(Id));
		const columns = {
			mappingMode: 'defineBelow',
			value: { Subject: '={{ $json.subject }}', Origin: null, Priority: '={{ null }}' },
			matchingColumns: [],
			schema: [
				{ id: 'Subject', displayName: 'Subject', required: true, defaultMatch: false, display: true, type: 'number' },
			],
		};
		const { error } = await run(
			[{ id: chair, subject: 'Stool' }],
			save('update', 'Case', { valuesFrom: 'columns', columns: columns as unknown as INodeParameters }),
		);
		expect(error).toBeUndefined();
		expect(org.rows('Case')).toMatchObject([{ Subject: 'Stool', Origin: 'Web', Priority: null }]);
	});

	it("brings values to their fields' types", async () => {
		const { org, engine, run } = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		engine.timezone = 'Europe/Berlin';
		const [acme] = org.rows('Account').map(({ Id }) => String(Id));
		await run(
			[{ record: { Name: 'Beta', NumberOfEmployees: '12', AnnualRevenue: '1234.5' } }],
			save('create', 'Account'),
		);
		await run(
			[
				{
					record: {
						Name: 'Deal',
						StageName: 'Prospecting',
						CloseDate: '2026-05-01T23:30:00Z',
						IsPrivate: 'true',
						AccountId: acme?.slice(0, 15),
					},
				},
			],
			save('create', 'Opportunity'),
		);
		const call = [{ record: { Subject: 'Call', StartDateTime: '2026-05-01 09:30', DurationInMinutes: 30 } }];
		await run(call, save('create', 'Event'));
		await run(call, save('create', 'Event', { options: { timeZone: 'Asia/Tokyo' } }));
		expect(org.rows('Account').at(-1)).toMatchObject({ NumberOfEmployees: 12 });
		expect(org.rows('Opportunity')).toMatchObject([{ CloseDate: '2026-05-02', IsPrivate: true, AccountId: acme }]);
		expect(org.rows('Event')).toMatchObject([
			{ StartDateTime: '2026-05-01T07:30:00.000+0000' },
			{ StartDateTime: '2026-05-01T00:30:00.000+0000' },
		]);
	});

	it('refers to other records by their external IDs', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'Parent', ExternalID__c: 'p' }] } });
		const [parent] = org.rows('Case').map(({ Id }) => Id);
		const { error } = await run(
			[
				{ record: { Subject: 'One', Parent: { ExternalID__c: 'p' } } },
				{ record: { Subject: 'Two', 'Parent.ExternalID__c': 'p' } },
			],
			save('create', 'Case'),
		);
		expect(error).toBeUndefined();
		expect(org.rows('Case').slice(1)).toMatchObject([{ ParentId: parent }, { ParentId: parent }]);

		const missing = await run([{ record: { Parent: { ExternalID__c: 'secret-key' } } }], save('create', 'Case'));
		expect(missing.error?.message).toContain('Not exactly one Case has the ExternalID__c');
		expect(JSON.stringify(missing.run.data.resultData.error)).not.toContain('secret-key');
	});

	it('blanks fields by null, and by empty text where that is chosen', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'Chair', Origin: 'Web', Priority: 'High' }] } });
		const [id] = org.rows('Case').map(({ Id }) => String(Id));
		const item = { id, record: { Subject: '', Origin: null, Priority: ' ' } };
		await run([item], save('update', 'Case'));
		expect(org.rows('Case')).toMatchObject([{ Subject: 'Chair', Origin: null, Priority: 'High' }]);
		await run([item], save('update', 'Case', { options: { emptyText: 'blank' } }));
		expect(org.rows('Case')).toMatchObject([{ Subject: null, Priority: null }]);
	});

	describe('an expression that gives nothing stops it before any record is sent, where it names', () => {
		it.each<[string, INodeParameters]>([
			['the Matching Field', { matchField: locator('={{ $json.nothing }}') }],
			['the Matching Field, as a whole', { matchField: '={{ $json.nothing }}' }],
			['the Time Zone', { options: { timeZone: '={{ $json.nothing }}' } }],
			['fields whose values are not kept', { options: { undoWithout: '={{ $json.nothing }}' } }],
			['fields whose values are not kept, by a list', { options: { undoWithout: '={{ [] }}' } }],
		])('%s', async (_what, parameters) => {
			const { org, run } = await stage();
			const { error } = await run([{ record: { Subject: 'A' } }], save('createOrUpdate', 'Case', parameters));
			expect(error?.message).toMatch(/^Item 0: .* is an expression that gives no value$/);
			expect(org.rows('Case')).toEqual([]);
		});
	});

	it.each(['SuppliedEmail Subject', 'Case.SuppliedEmail', "Supplied'Email"])(
		'takes %j for no fields whose values are not kept',
		async (undoWithout) => {
			const { org, run } = await stage();
			const { error } = await run([{ record: { Subject: 'A' } }], save('create', 'Case', { options: { undoWithout } }));
			expect(error?.message).toContain('Undo Record Without Fields has what is not the API name of a field');
			expect(org.rows('Case')).toEqual([]);
		},
	);

	it('goes by the Record ID alone where Matching Field, Time Zone and fields that are not kept are left empty', async () => {
		const { org, run } = await stage();
		const empty = { matchField: { ...locator(''), mode: 'list' }, options: { timeZone: '', undoWithout: '' } };
		const { outputs } = await run([{ record: { Subject: 'A' } }], save('createOrUpdate', 'Case', empty));
		expect([outputs[0]?.[0]?.result, org.rows('Case').length]).toEqual(['created', 1]);
	});

	it.each(['never', 'always'])('takes a split empty text for an empty text; Bulk API: %s', async (bulkApi) => {
		const values = ['A', 'B'].map((fullName) => ({ fullName, label: fullName }));
		const tags = { type: 'MultiselectPicklist', label: 'Tags', visibleLines: 3 };
		const { org, run } = await stage({
			fields: { 'Case.Tags__c': { ...tags, valueSet: { restricted: true, valueSetDefinition: { value: values } } } },
			seed: { Case: [{ Subject: 'Chair', Tags__c: 'A;B' }] },
		});
		const [id] = org.rows('Case').map(({ Id }) => String(Id));
		const write = async (tags: string[], options: INodeParameters = {}) => {
			await run(
				[{ id, record: { Subject: 'Desk', Tags__c: tags } }],
				save('update', 'Case', { options: { bulkApi, ...options } }),
			);
			return org.rows('Case')[0]?.Tags__c;
		};
		expect(await write(''.split(';'))).toBe('A;B');
		expect(await write('B; '.split(';'))).toBe('B');
		expect(await write([''], { emptyText: 'blank' })).toBeNull();
		await write(['A']);
		expect(await write([])).toBeNull();
	});

	it('sends only what differs, and nothing where nothing does', async () => {
		const { org, run } = await stage({
			seed: {
				Case: [
					{ Subject: 'Chair', ExternalID__c: 'a' },
					{ Subject: 'Desk', ExternalID__c: 'b' },
				],
			},
		});
		const before = org.calls.length;
		const { outputs } = await run(
			[
				{ record: { ExternalID__c: 'a', Subject: ' Chair ' } },
				{ record: { ExternalID__c: 'b', Subject: 'Table' } },
				{ record: { ExternalID__c: 'c' } },
			],
			upsertByKey({ options: { onlyChanges: true } }),
		);
		expect(outputs[0]).toMatchObject([{ result: 'unchanged' }, { result: 'updated' }, { result: 'created' }]);
		expect(writes(org.calls.slice(before)).map(({ method, records }) => [method, records])).toEqual([
			['PATCH', 1],
			['PATCH', 1],
		]);
	});

	it('saves a thousand records 200 a call, in the order of the items, each of its own object', async () => {
		const { org, run } = await stage();
		const items = Array.from({ length: 1000 }, (_none, index) => ({
			record: { Name: `N${index}`, LastName: `N${index}` },
			index,
		}));
		const node = save('create', '={{ $json.index % 2 ? "Account" : "Contact" }}', {
			record: '={{ $json.index % 2 ? { Name: $json.record.Name } : { LastName: $json.record.LastName } }}',
		});
		const { outputs, error } = await run(items, node);
		expect(error).toBeUndefined();
		expect(
			writes(org.calls)
				.map(({ records }) => records)
				.sort(),
		).toEqual([100, 100, 200, 200, 200, 200]);
		const names = new Map([...org.rows('Account'), ...org.rows('Contact')].map(({ Id, Name }) => [Id, Name]));
		expect(outputs[0]?.map(({ id }) => names.get(id))).toEqual(items.map(({ record }) => record.Name));
	});

	describe('all or none', () => {
		const allOrNone = { options: { allOrNone: true } };

		it('saves nothing when one record is refused, over several calls and objects, and says so of each', async () => {
			const { org, run } = await stage();
			const items = Array.from({ length: 450 }, (_none, index) => ({
				record: { LastName: index === 430 ? '' : `N${index}` },
			}));
			const { outputs } = await run(
				items,
				save('create', 'Contact', { options: { allOrNone: true, emptyText: 'blank' } }, 'continueRegularOutput'),
			);
			expect(org.rows('Contact')).toEqual([]);
			expect(writes(org.calls)).toHaveLength(1);
			expect(outputs[0]?.[430]?.error).toContain('LastName');
			expect(outputs[0]?.filter(({ error }) => String(error).includes('Rolled back'))).toHaveLength(449);
		});

		it('names the item that is to be mended, and not those that it took along', async () => {
			const { run } = await stage({
				seed: {
					Contact: [
						{ Email: 'twice@x.org', LastName: 'A' },
						{ Email: 'twice@x.org', LastName: 'B' },
					],
				},
			});
			const node = (operation: string) =>
				save(operation, 'Contact', { matchField: locator('Email'), options: { allOrNone: true } });
			const good = (name: string) => ({ record: { LastName: name, Email: `${name}@x.org` } });
			const bad: Array<[operation: string, record: object, message: string]> = [
				['create', { FirstName: 'no last name' }, 'Item 2: Required fields are missing'],
				['create', { Nope__c: 1 }, 'Item 2: Contact has no field Nope__c'],
				['createOrUpdate', { Email: 'twice@x.org', LastName: 'C' }, 'Item 2: 2 records of Contact have this Email'],
			];
			for (const [operation, record, message] of bad) {
				const { error } = await run([good('a'), good('b'), { record } as never], node(operation));
				expect(error?.message).toContain(message);
				expect(error?.description).toMatch(/Nothing was saved\.$/);
			}
		});

		it('saves all when none is refused', async () => {
			const { org, run } = await stage();
			const items = Array.from({ length: 450 }, (_none, index) => ({ record: { LastName: `N${index}` } }));
			const { outputs } = await run(items, save('create', 'Contact', allOrNone));
			expect(outputs[0]?.every(({ result }) => result === 'created')).toBe(true);
			expect(org.rows('Contact')).toHaveLength(450);
			expect(writes(org.calls)).toHaveLength(1);
		});

		it('holds over objects and ways of saving, of which each item says its own', async () => {
			const { org, run } = await stage({ seed: { Case: [{ Subject: 'Chair' }] } });
			const node = save('createOrUpdate', '={{ $json.object }}', allOrNone, 'continueRegularOutput');
			const items = [
				{ object: 'Contact', record: { LastName: 'Ada' } },
				{ object: 'Case', id: String(org.rows('Case')[0]?.Id), record: { Subject: 'Stool' } },
				{ object: 'Account', record: { Name: 'Acme', Site: 'x'.repeat(300) } },
			];
			const refused = await run(items, node);
			expect(refused.outputs[0]?.map(({ error }) => error)).toEqual([
				expect.stringContaining('Rolled back'),
				expect.stringContaining('Rolled back'),
				expect.stringContaining('The text is too long: Site'),
			]);
			expect([org.rows('Contact'), org.rows('Case')]).toMatchObject([[], [{ Subject: 'Chair' }]]);
			const saved = await run([...items.slice(0, 2), { ...items[2], record: { Name: 'Acme' } }] as never, node);
			expect(saved.outputs[0]?.map(({ result }) => result)).toEqual(['created', 'updated', 'created']);
		});

		it('sends nothing when one item is wrong by itself', async () => {
			const { org, run } = await stage();
			for (const bad of [{ record: { Nope__c: 1 } }, { record: 'no object' }]) {
				const { outputs } = await run(
					[{ record: { LastName: 'A' } }, bad],
					save('create', 'Contact', allOrNone, 'continueRegularOutput'),
				);
				expect(outputs[0]?.[0]?.error).toContain('All or None');
				// A flow that sends it once more by itself would save it without the other.
				expect(outputs[0]?.[0]?.details).toMatchObject({ code: 'NOT_SENT', retry: 'afterChange' });
			}
			expect(writes(org.calls)).toEqual([]);
		});

		it('is refused before anything is sent for more than a transaction holds', async () => {
			const { org, run } = await stage();
			const items = Array.from({ length: 1001 }, () => ({ record: { LastName: 'N' } }));
			const { error } = await run(items, save('create', 'Contact', allOrNone));
			expect(error?.message).toContain('at most 5 times 200 records');
			expect(error?.description).toContain('Nothing was saved');
			expect(writes(org.calls)).toEqual([]);
			const dry = await run(items, save('create', 'Contact', { options: { allOrNone: true, dryRun: true } }));
			expect(dry.error?.message).toBe(error?.message);
		});
	});

	describe('Bulk API', () => {
		const bulk = { options: { bulkApi: 'always' } };

		it('saves what the other way saves, each item with its own result', async () => {
			const { org, run } = await stage({ seed: { Case: [{ Subject: 'Parent', ExternalID__c: 'p' }] } });
			const { outputs } = await run(
				[
					{
						record: {
							ExternalID__c: 'a',
							Subject: 'Line\none "quoted", twice',
							Origin: null,
							Parent: { ExternalID__c: 'p' },
						},
					},
					{ record: { ExternalID__c: 'p', Subject: 'Changed' } },
					{ record: { ExternalID__c: 'b', Subject: 'x'.repeat(300) } },
				],
				upsertByKey(bulk, 'continueRegularOutput'),
			);
			expect(outputs[0]).toMatchObject([
				{ result: 'created' },
				{ result: 'updated' },
				{ error: expect.stringContaining('The text is too long: Subject') },
			]);
			const [parent, child] = org.rows('Case');
			expect(parent).toMatchObject({ Subject: 'Changed' });
			expect(child).toMatchObject({ Subject: 'Line\none "quoted", twice', ParentId: parent?.Id });
		});

		it('gives lines that are alike an ID each', async () => {
			const { org, run } = await stage();
			const { outputs } = await run(
				Array.from({ length: 3 }, () => ({ record: { LastName: 'Same' } })),
				save('create', 'Contact', bulk),
			);
			expect(outputs[0]?.map(({ id }) => id).sort()).toEqual(
				org
					.rows('Contact')
					.map(({ Id }) => Id)
					.sort(),
			);
		});

		it('is used above a number of records only', async () => {
			const { org, run } = await stage();
			const items = Array.from({ length: 3 }, (_none, index) => ({ record: { LastName: `N${index}` } }));
			const above = (bulkAbove: number) => save('create', 'Contact', { options: { bulkApi: 'above', bulkAbove } });
			await run(items, above(3));
			expect(org.calls.some(({ path }) => path.includes('/jobs/'))).toBe(false);
			await run(items, above(2));
			expect(org.calls.some(({ path }) => path.includes('/jobs/'))).toBe(true);
			expect(org.rows('Contact')).toHaveLength(6);
		});

		it('updates by ID and blanks by null', async () => {
			const { org, run } = await stage({ seed: { Case: [{ Subject: 'Chair', Origin: 'Web' }] } });
			const [id] = org.rows('Case').map(({ Id }) => String(Id));
			const { outputs } = await run([{ id, record: { Origin: null } }], save('update', 'Case', bulk));
			expect(outputs[0]).toMatchObject([{ id, result: 'updated' }]);
			expect(org.rows('Case')).toMatchObject([{ Subject: 'Chair', Origin: null }]);
		});

		it.each([
			['making it', { path: /\/jobs\/ingest$/, cut: 'after', times: 9 }],
			['its data', { path: '/batches', cut: 'after', times: 9 }],
			['its data, by a proxy', { path: '/batches', status: 502, body: 'no', times: 9 }],
		] as Array<[string, Fault]>)(
			'says that nothing was saved of a job that was not begun: no answer to %s',
			async (_what, fault) => {
				const { org, run } = await stage();
				org.addFault(fault);
				const { error } = await run([{ record: { LastName: 'Ada' } }], save('create', 'Contact', bulk));
				expect(error?.message).toContain('The Bulk job was not begun, so nothing of it was saved');
				expect(org.rows('Contact')).toEqual([]);
			},
			20_000,
		);

		it('saves once what is in a job whose closing was not answered', async () => {
			for (const fault of [{ cut: 'after' }, { status: 502, body: 'no' }] as Array<Partial<Fault>>) {
				const { org, run } = await stage();
				org.addFault({ method: 'PATCH', path: '/jobs/ingest/', ...fault });
				const { error } = await run([{ record: { LastName: 'Ada' } }], save('create', 'Contact', bulk));
				const saved = org.rows('Contact').length;
				expect([saved, error?.message]).toEqual(
					saved === 1 ? [1, undefined] : [0, expect.stringContaining('was not closed, so nothing of it was saved')],
				);
			}
		});

		it('excludes what it cannot do', async () => {
			const { run } = await stage();
			for (const [option, words] of [
				[{ allOrNone: true }, 'All or None'],
				[{ duplicateRules: 'allow' }, 'duplicate rules'],
			] as const) {
				const { error } = await run(
					[{ record: {} }],
					save('create', 'Case', { options: { bulkApi: 'always', ...option } }),
				);
				expect(error?.message).toContain(words);
			}
		});
	});

	it('runs assignment rules for new records unless told otherwise', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'Chair' }] } });
		org.settings.assignmentRule = { ownerId: String(org.rows('User')[0]?.Id) };
		const [id] = org.rows('Case').map(({ Id }) => String(Id));
		const ran = async (operation: string, assignmentRules?: string) => {
			const before = org.assignmentRuns.length;
			await run(
				[{ id, record: { Subject: 'Stool' } }],
				save(operation, 'Case', { options: { ...(assignmentRules ? { assignmentRules } : {}) } }),
			);
			return org.assignmentRuns.length > before;
		};
		expect(await ran('create')).toBe(true);
		expect(await ran('update')).toBe(false);
		expect(await ran('create', 'never')).toBe(false);
		expect(await ran('update', 'always')).toBe(true);
	});

	it('reports duplicates, or allows them', async () => {
		const { org, run } = await stage({ seed: { Contact: [{ LastName: 'Ada' }] } });
		org.settings.duplicateRules = [{ sObject: 'Contact', name: 'Same_Name', fields: ['LastName'], allowSave: true }];
		const { error } = await run([{ record: { LastName: 'Ada' } }], save('create', 'Contact'));
		expect(error?.message).toContain('sees this as a duplicate');
		const allowed = await run(
			[{ record: { LastName: 'Ada' } }],
			save('create', 'Contact', { options: { duplicateRules: 'allow' } }),
		);
		expect(allowed.outputs[0]).toMatchObject([{ result: 'created' }]);
	});

	it('does everything but the write in a dry run', async () => {
		const { org, run } = await stage({
			seed: { Case: [{ ExternalID__c: 'a', Subject: 'Chair' }, { ExternalID__c: 'c' }] },
		});
		const [id, other] = org.rows('Case').map(({ Id }) => String(Id));
		const { outputs } = await run(
			[
				{ record: { ExternalID__c: 'a', Subject: 'Stool' } },
				{ record: { ExternalID__c: 'b' } },
				{ record: { ExternalID__c: 'c', Subject: 'Desk' } },
			],
			save('createOrUpdate', 'Case', { matchField: locator('ExternalID__c'), options: { dryRun: true } }),
		);
		expect(outputs[0]).toEqual([
			{
				object: 'Case',
				result: 'notSent',
				would: 'update',
				record: { id, Subject: 'Stool' },
				call: { number: 1, of: 2, method: 'PATCH', path: '/composite/sobjects' },
			},
			{
				object: 'Case',
				result: 'notSent',
				would: 'create',
				record: { ExternalID__c: 'b' },
				call: { number: 2, of: 2, method: 'POST', path: '/composite/sobjects' },
			},
			{
				object: 'Case',
				result: 'notSent',
				would: 'update',
				record: { id: other, Subject: 'Desk' },
				call: { number: 1, of: 2, method: 'PATCH', path: '/composite/sobjects' },
			},
		]);
		expect(org.rows('Case')).toHaveLength(2);
	});

	it('counts nothing as saved in a dry run that fails', async () => {
		const { run } = await stage({ seed: { Case: [{ ExternalID__c: 'a' }, { ExternalID__c: 'a' }] } });
		const { error } = await run(
			[{ record: { ExternalID__c: 'b' } }, { record: { ExternalID__c: 'a', Subject: 'x' } }],
			save('createOrUpdate', 'Case', { matchField: locator('ExternalID__c'), options: { dryRun: true } }),
		);
		expect(error?.description).toMatch(/ Nothing was saved\.$/);
	});

	it.each(['', '<html>Blocked</html>', {}, []])('does not take %j for an answer of Salesforce', async (body) => {
		for (const [path, options] of [
			['/composite/sobjects', {}],
			['/composite', { allOrNone: true }],
		] as const) {
			const { org, run } = await stage();
			org.addFault({ path, status: 200, body });
			const { error } = await run([{ record: { LastName: 'Ada' } }], save('create', 'Contact', { options }));
			expect(error?.message).toMatch(
				/What came back was not an answer of Salesforce.* may have been created all the same$/,
			);
			expect(error?.description).toMatch(/ 0 of 1 items are known to be saved\.$/);
		}
	});

	it('does not say that nothing was saved when it cannot know', async () => {
		const { org, run } = await stage();
		org.addFault({ path: '/composite/sobjects', skip: 1, status: 200, body: [null] });
		const items = Array.from({ length: 201 }, () => ({ record: { LastName: 'Ada' } }));
		const { error } = await run(items, save('create', 'Contact', { options: { parallelCalls: 1 } }));
		expect(org.rows('Contact')).toHaveLength(200);
		expect(error?.message).toMatch(/What came back was not an answer.* may have been created all the same$/);
		expect(error?.description).toMatch(/ 200 of 201 items are known to be saved\.$/);
	});

	it('never sends a record again whose creation was not answered, and says what that means', async () => {
		const { org, run } = await stage();
		org.addFault({ path: '/composite/sobjects', cut: 'after' });
		const { error } = await run([{ record: { LastName: 'Ada' } }], save('create', 'Contact'));
		expect(org.rows('Contact')).toHaveLength(1);
		expect(error?.message).toContain('may have been created all the same');
		expect(error?.description).toContain('would create it once more');
	});

	it('says of a failed record which code, fields, message and remedy Salesforce gave', async () => {
		const { run } = await stage();
		const { outputs } = await run(
			[{ record: { LastName: 'A' } }, { record: { FirstName: 'B' } }],
			save('create', 'Contact', {}, 'continueErrorOutput'),
		);
		expect(outputs[0]).toMatchObject([{ result: 'created' }]);
		expect(outputs[1]).toMatchObject([
			{
				record: { FirstName: 'B' },
				error: expect.stringContaining('LastName'),
				details: { code: 'REQUIRED_FIELD_MISSING', fields: ['LastName'], remedy: 'Give these fields a value.' },
			},
		]);
	});

	describe('bad input is named before any record is sent:', () => {
		const refusals: Array<[what: string, node: TestNode, item: Record<string, unknown>, message: RegExp]> = [
			[
				'unknown and read-only fields',
				save('create', 'Case'),
				{ record: { Nope__c: 1, IsClosed: true } },
				/no field Nope__c .*cannot write IsClosed/,
			],
			[
				'text for a relationship',
				save('create', 'Case'),
				{ record: { Account: 'Acme' } },
				/Account is not an object that names the record of AccountId/,
			],
			['an unknown object', save('create', 'Nope__c'), { record: { a: 1 } }, /no object Nope__c/],
			[
				'text for a number',
				save('create', 'Account'),
				{ record: { Name: 'A', AnnualRevenue: '1,5' } },
				/AnnualRevenue is not a number/,
			],
			[
				'text for a date',
				save('create', 'Opportunity'),
				{ record: { CloseDate: '2026-02-30' } },
				/CloseDate is not a date/,
			],
			[
				'text for a checkbox',
				save('create', 'Opportunity'),
				{ record: { IsPrivate: 'maybe' } },
				/IsPrivate is not true or false/,
			],
			['an object for text', save('create', 'Case'), { record: { Subject: { a: 1 } } }, /Subject is not text/],
			[
				'no ID for a reference',
				save('create', 'Case'),
				{ record: { AccountId: 'Acme' } },
				/AccountId is not a Salesforce ID/,
			],
			[
				'a reference by nothing',
				save('create', 'Case'),
				{ record: { Account: {} } },
				/Account is not an object with one external ID/,
			],
			[
				'a reference to one of several objects',
				save('create', 'Case'),
				{ record: { Owner: { Username: 'a' } } },
				/Owner is not an object that says which it means of Group, User/,
			],
			['a list for a record', save('create', 'Case'), { record: [1] }, /Record is not a JSON object/],
			[
				'a value given twice',
				save('create', 'Case'),
				{ record: { Subject: 'a', subject: 'b' } },
				/subject is not the only value for Subject/,
			],
			[
				'an operation that is none',
				save('delete', 'Case'),
				{ record: { Subject: 'a' } },
				/Operation is not one of its options/,
			],
			[
				'an expression for all fields together',
				save('create', 'Case', {
					valuesFrom: 'columns',
					columns: { mappingMode: 'defineBelow', value: '={{ { Subject: "a" } }}' },
				}),
				{},
				/Fields is not a list of fields/,
			],
			[
				'nothing but read-only fields, where these are left out',
				save('create', 'Case', { options: { readOnlyFields: 'leaveOut' } }),
				{ record: { CaseNumber: '1', IsClosed: true } },
				/Nothing is left to write without CaseNumber, IsClosed/,
			],
			[
				'a source that is none',
				save('create', 'Case', { valuesFrom: 'elsewhere' }),
				{ record: { Subject: 'a' } },
				/Values From is not one of its options/,
			],
			[
				'an upsert by what cannot be written',
				upsertByKey({ externalIdField: locator('CaseNumber') }),
				{ record: { CaseNumber: '1' } },
				/cannot be upserted by CaseNumber/,
			],
			['no field', save('create', 'Case'), { record: {} }, /No field has a value/],
			['no ID', save('update', 'Case'), { record: { Subject: 'a' } }, /Record ID is empty/],
			[
				'a mistyped ID',
				save('update', 'Case'),
				{ id: '500Lo000000000AAAA', record: { Subject: 'a' } },
				/not a Salesforce ID/,
			],
			[
				'an ID of another object',
				save('update', 'Case'),
				{ id: '001Lo0000000001', record: { Subject: 'a' } },
				/object other than Case/,
			],
			[
				'two IDs',
				save('update', 'Case'),
				{ id: '500Lo0000000001', record: { Id: '500Lo0000000002', Subject: 'a' } },
				/differ/,
			],
			['no external ID', upsertByKey(), { record: { Subject: 'a' } }, /ExternalID__c has no value/],
			[
				'an unknown external ID field',
				upsertByKey({ externalIdField: locator('Nope__c') }),
				{ record: { Subject: 'a' } },
				/no field Nope__c/,
			],
			[
				'a field that is no external ID',
				upsertByKey({ externalIdField: locator('Subject') }),
				{ record: { Subject: 'a' } },
				/no external ID/,
			],
			[
				'a field that cannot be matched',
				save('createOrUpdate', 'Case', { matchField: locator('Description') }),
				{ record: { Description: 'a' } },
				/cannot be found by Description/,
			],
		];

		it.each(refusals)('%s', async (_what, node, item, message) => {
			const { org, run } = await stage();
			const { error } = await run([item as never], node);
			expect(error?.message).toMatch(message);
			expect(writes(org.calls)).toEqual([]);
		});

		it('two items of one record', async () => {
			const { org, run } = await stage();
			const { error } = await run(
				[{ record: { ExternalID__c: 'a' } }, { record: { ExternalID__c: 'a' } }],
				upsertByKey(),
			);
			expect(error?.message).toContain('Item 1: An earlier item of this run has the same record');
			expect(writes(org.calls)).toEqual([]);
		});
	});

	it('names the records that share an external ID', async () => {
		const { org, run } = await stage({ seed: { Case: [{ ExternalID__c: 'a' }, { ExternalID__c: 'a' }] } });
		const [one, two] = org.rows('Case').map(({ Id }) => String(Id));
		for (const node of [upsertByKey(), save('createOrUpdate', 'Case', { matchField: locator('ExternalID__c') })]) {
			const { error } = await run([{ record: { ExternalID__c: 'a', Subject: 'x' } }], node);
			expect(error?.message).toContain(`${one}, ${two}`);
		}
	});

	it('says when a picklist does not have a value', async () => {
		const { run } = await stage();
		const { error } = await run(
			[{ record: { Name: 'A', BillingGeocodeAccuracy: 'Galaxy' } }],
			save('create', 'Account'),
		);
		expect(error?.message).toContain('not in the picklist: BillingGeocodeAccuracy');
	});

	describe('its lists', () => {
		it('offer columns with their types, picklists and what is required', async () => {
			const { engine } = await stage();
			const { fields } = (await engine.choices(save('create', 'Opportunity'), 'resourceMapping', 'getColumns')) as {
				fields: Array<{ id: string }>;
			};
			const column = (name: string) => fields.find(({ id }) => id === name);
			expect(fields.slice(0, 3).map(({ id }) => id)).toEqual(['CloseDate', 'Name', 'StageName']);
			expect(column('StageName')).toMatchObject({
				type: 'options',
				required: true,
				options: expect.arrayContaining([{ name: 'Prospecting', value: 'Prospecting' }]),
			});
			expect(column('Amount')).toMatchObject({ type: 'number', required: false, removed: true });
			expect(column('IsPrivate')).toMatchObject({ type: 'boolean' });
			expect(column('CreatedDate')).toBeUndefined();
		});

		it('offer what can be written, and matched', async () => {
			const { engine } = await stage();
			const names = async (method: string) =>
				(
					(await engine.choices(save('create', 'Case'), 'listSearch', method)) as { results: Array<{ value: string }> }
				).results.map(({ value }) => value);
			expect(await names('searchWritableObjects')).not.toContain('CaseStatus');
			expect(await names('searchMatchFields')).toEqual(expect.arrayContaining(['Subject', 'ExternalID__c']));
			expect(await names('searchMatchFields')).not.toContain('Description');
		});
	});
});
