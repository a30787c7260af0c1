import { clientOf } from '../local-org/support/client';
import { caseValues, moves } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };
const pushWith = (caseFields: unknown, options: object = {}) => ({
	...push,
	parameters: {
		options: { ...options, caseFields: typeof caseFields === 'string' ? caseFields : JSON.stringify(caseFields) },
	},
});
const goingOn = (node: object) => ({ ...(node as typeof push), onError: 'continueRegularOutput' as const });

/** An org with custom fields of Case of several types, made and shown as an admin does it. */
async function stageWithFields() {
	const staged = await stage();
	const { call, create } = await clientOf(staged.org);
	const set = await create('PermissionSet', { Name: 'Fields', Label: 'Fields' });
	const user = staged.org.rows('User').find(({ Username }) => Username === staged.org.username);
	await create('PermissionSetAssignment', { PermissionSetId: set, AssigneeId: user?.Id });
	for (const [name, metadata] of Object.entries({
		Floor__c: { type: 'Number', precision: 4, scale: 0 },
		MoveDay__c: { type: 'Date' },
		Starts__c: { type: 'DateTime' },
		Urgent__c: { type: 'Checkbox', defaultValue: false },
		Building__c: { type: 'Text', length: 80 },
	})) {
		const field = { FullName: `Case.${name}`, Metadata: { label: name.slice(0, -3), ...metadata } };
		expect((await call('POST', 'tooling/sobjects/CustomField', field)).status).toBe(201);
		await create('FieldPermissions', {
			ParentId: set,
			SobjectType: 'Case',
			Field: `Case.${name}`,
			PermissionsRead: true,
			PermissionsEdit: true,
		});
	}
	return staged;
}

describe('further Case fields', () => {
	it.each([
		[{ subject: 'Other' }, { Subject: 'Other' }],
		[
			{ SUBJECT: 'Other', 'Origin\u200b': 'Web' },
			{ Subject: 'Other', Origin: 'Web' },
		],
		[{ origin: 'Web' }, { Origin: 'Web' }],
		[{ team__c: null }, { Team__c: null }],
		[{ description: '' }, { Description: null }],
	])('take names in any case: %j', async (further, expected) => {
		const { org, run } = await stage();
		const first = await run(moves(2, { team: 'Engines' }), pushWith(further, { origin: 'Phone' }));
		expect(first.error).toBeUndefined();
		expect(org.rows('Case')).toMatchObject([expected, expected]);
		// And are compared by the same names, so that nothing is written again.
		const before = org.apiCalls;
		const again = await run(moves(2, { team: 'Engines' }), pushWith(further, { origin: 'Phone' }));
		expect(caseValues(again.outputs[0], 'result')).toEqual(['unchanged', 'unchanged']);
		expect(org.apiCalls - before).toBe(1);
	});

	it('are brought to the type of their field, and compared by it', async () => {
		const { org, run } = await stageWithFields();
		const further = {
			floor__c: '12',
			MoveDay__c: '2026-05-01T00:00:00.000Z',
			Starts__c: '2026-05-01T09:30:00+02:00',
			Urgent__c: 'yes',
			Building__c: 7,
		};
		const first = await run(moves(2), pushWith(further));
		expect(first.error).toBeUndefined();
		expect(org.rows('Case')[0]).toMatchObject({
			Floor__c: 12,
			MoveDay__c: '2026-05-01',
			Starts__c: '2026-05-01T07:30:00.000+0000',
			Urgent__c: true,
			Building__c: '7',
		});
		const again = await run(moves(2), pushWith(further));
		expect(caseValues(again.outputs[0], 'result')).toEqual(['unchanged', 'unchanged']);
		const changed = await run(moves(2), pushWith({ ...further, floor__c: 13 }));
		expect(caseValues(changed.outputs[0], 'result')).toEqual(['updated', 'updated']);
		expect(org.rows('Case')[1]).toMatchObject({ Floor__c: 13 });
	});

	it('may name a parent by its external ID, and are compared by it', async () => {
		const { org, run } = await stage({
			seed: {
				Contact: [
					{ LastName: 'Lovelace', Email: 'ada@example.com' },
					{ LastName: 'Babbage', Email: 'charles@example.com' },
				],
			},
		});
		const by = (email: string) => pushWith({ contact: { email } });
		expect((await run(moves(2), by('ada@example.com'))).error).toBeUndefined();
		const [ada, charles] = org.rows('Contact').map(({ Id }) => Id);
		expect(org.rows('Case')).toMatchObject([{ ContactId: ada }, { ContactId: ada }]);
		// By the key's own type: Salesforce keeps addresses in lower case.
		for (const email of ['ada@example.com', 'Ada@Example.com']) {
			expect(caseValues((await run(moves(2), by(email))).outputs[0], 'result')).toEqual(['unchanged', 'unchanged']);
		}
		const { outputs } = await run(moves(2), by('charles@example.com'));
		expect(caseValues(outputs[0], 'result')).toEqual(['updated', 'updated']);
		expect(org.rows('Case')).toMatchObject([{ ContactId: charles }, { ContactId: charles }]);
	});

	it('with an owner in any case leave assignment rules aside', async () => {
		const { org, run } = await stage();
		org.settings.assignmentRule = { ownerId: String(org.rows('Group')[0]?.Id) };
		const user = String(org.rows('User')[0]?.Id);
		await run(moves(1), pushWith({ ownerid: user }));
		expect(org.assignmentRuns).toEqual([]);
		expect(org.rows('Case')).toMatchObject([{ OwnerId: user }]);
	});

	it.each([{ OwnerId: '' }, { ownerid: null }, { OwnerId: ' \n' }, { Owner: null }, { owner: '' }])(
		'leave the owner to the org where they name none: %j',
		async (further) => {
			const { org, run } = await stage();
			org.settings.assignmentRule = { ownerId: String(org.rows('Group')[0]?.Id) };
			const results = [];
			for (const team of ['', '', 'Engines']) {
				results.push(...caseValues((await run(moves(1, { team }), pushWith(further))).outputs[0], 'result'));
			}
			expect(results).toEqual(['created', 'unchanged', 'updated']);
			expect(org.assignmentRuns).toHaveLength(1);
		},
	);

	it('name no parent where its relationship is blank', async () => {
		const { org, run } = await stage();
		for (const Account of ['', null, ' ']) expect((await run(moves(1), pushWith({ Account }))).error).toBeUndefined();
		expect(org.rows('Case')).toMatchObject([{ AccountId: null }]);
	});

	it('make a comment once, when the Case is new', async () => {
		const { org, run } = await stage();
		for (const team of ['', '', 'Engines']) await run(moves(2, { team }), pushWith({ Comments: 'Pushed' }));
		expect(org.rows('Case').map(({ Team__c }) => Team__c)).toEqual(['Engines', 'Engines']);
		expect(org.rows('CaseComment')).toHaveLength(2);
	});

	it('are each of their item', async () => {
		const { org, run } = await stageWithFields();
		const items = moves(3).map((item, index) => ({ ...item, more: index === 1 ? {} : { floor__c: index } }));
		const node = pushWith('={{ JSON.stringify($json.more) }}');
		await run(items, node);
		expect(org.rows('Case').map(({ Floor__c }) => Floor__c)).toEqual([0, null, 2]);
		expect(caseValues((await run(items, node)).outputs[0], 'result')).toEqual(['unchanged', 'unchanged', 'unchanged']);
	});
});

describe('further Case fields that do not fit', () => {
	it.each<[string, unknown, RegExp, RegExp]>([
		[
			'an unknown field',
			{ Nowhere__c: 'x' },
			/Case has no field Nowhere__c that the API user can see/,
			/Check the spelling/,
		],
		['a field without a name', { ' ': 'x' }, /Case has no field '' that the API user can see/, /Check the spelling/],
		['a field that nobody may write', { IsClosed: true }, /IsClosed/, /^Leave them out, or let a permission set/],
		['a parent of several kinds', { Owner: { Name: 'Ada' } }, /Owner is not an object that says/, /by its ID/],
		['a number that is none', { floor__c: 'twelve' }, /floor__c is not a number/, /./],
		['a date that is none', { MoveDay__c: '2026-05' }, /MoveDay__c is not a date/, /./],
		['a date before all dates', { MoveDay__c: '0026-05-01' }, /1700 to 4000/, /./],
		['an ID of another kind', { OwnerId: 'me' }, /OwnerId is not a Salesforce ID/, /./],
		['a parent without a key', { Contact: {} }, /Contact/, /./],
		['a field of the node', { externalid__c: 'x' }, /externalid__c is among the further Case fields/, /./],
		['a list', [1], /Further Case Fields is not a JSON object/, /./],
		['broken JSON', '{ "a": ', /Further Case Fields is not JSON: at line 1, column 8 it lacks a value/, /./],
	])('name %s before anything is written', async (_what, further, message, remedy) => {
		const { org, run } = await stageWithFields();
		const { error } = await run(moves(2), pushWith(further));
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(remedy);
		expect(error?.description).not.toContain('seven Case fields');
		expect(error?.description).not.toContain('Read-Only Fields');
		expect(error?.description).toMatch(/ Nothing was pushed\.$/);
		expect(org.rows('Case')).toEqual([]);
	});

	it('let their item fail alone where the node goes on', async () => {
		const { org, run } = await stageWithFields();
		const items = moves(3).map((item, index) => ({ ...item, floor: index === 1 ? 'twelve' : index }));
		const { outputs } = await run(items, goingOn(pushWith('={{ JSON.stringify({ Floor__c: $json.floor }) }}')));
		expect(outputs[0]).toMatchObject([
			{ case: { result: 'created' } },
			{ error: expect.stringContaining('Floor__c is not a number') as string },
			{ case: { result: 'created' } },
		]);
		expect(org.rows('Case')).toHaveLength(2);
	});
});

describe('IDs of moves are compared as people see them', () => {
	it.each([
		['blanks', ['m1', 'm1 ', '\tm1\n', '\u00a0m1']],
		['invisible characters', ['m1', '\ufeffm1', 'm\u200b1', 'm1\u00ad']],
		['Unicode forms', ['Zürich 1', 'Zu\u0308rich 1', 'Zürich\u00a01']],
	])('with %s', async (_what, ids) => {
		const { org, run } = await stage();
		for (const moveId of ids) {
			expect((await run([{ moveId, movePlanId: 'p' }], push)).error).toBeUndefined();
			expect((await run([{ moveId: 'x', movePlanId: moveId }], push)).error).toBeUndefined();
		}
		expect(org.rows('Case')).toHaveLength(2);
		const together = await run(
			ids.map((moveId) => ({ moveId, movePlanId: 'p' })),
			goingOn(push),
		);
		expect(together.outputs[0]?.slice(1).map(({ error }) => error)).toEqual(
			ids
				.slice(1)
				.map((_id, index) => `Item ${index + 1}: An earlier item of this run has the same Move ID and Move Plan ID`),
		);
	});

	it('apart from those that differ', async () => {
		const { org, run } = await stage();
		await run(
			['m1', 'M1', 'm 1', 'm-1', 'm١', 'ｍ1'].map((moveId) => ({ moveId })),
			push,
		);
		expect(org.rows('Case')).toHaveLength(6);
	});

	it.each([7234567890123456781, 2 ** 53, -(2 ** 53), 1e21])(
		'and %d is refused, which n8n has rounded',
		async (moveId) => {
			const { org, run } = await stage();
			const { error } = await run([{ moveId }], push);
			expect(error?.message).toMatch(/^Item 0: Move ID is not/);
			expect(error?.description).toMatch(/Send it as text/);
			expect(org.calls).toEqual([]);
		},
	);

	it('a number that n8n holds is its digits', async () => {
		const { org, run } = await stage();
		await run([{ moveId: 1234567890123456 }], push);
		await run([{ moveId: '1234567890123456' }], push);
		expect(org.rows('Case')).toHaveLength(1);
	});
});
