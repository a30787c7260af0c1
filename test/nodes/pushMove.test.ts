import { DateTime } from 'luxon';

import type { LocalOrg } from '../../local-org';
import { caseValues, moves } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };
const pushWith = (options: object) => ({ ...push, parameters: { options: { ...options } } });
const goingOn = { ...push, onError: 'continueRegularOutput' as const };

/** Without the address, which is another one each time. */
const writes = (org: LocalOrg) => org.calls.filter(({ path }) => path.includes('/composite/sobjects'));

describe('Salesforce Push Move', () => {
	it('makes one Case of each move that is due and passes on the others', async () => {
		const { org, run } = await stage();
		const { outputs, error } = await run(
			[
				{
					moveId: 'm-1',
					movePlanId: 'plan-1',
					effectiveDate: '2020-01-01',
					employeeName: 'Ada',
					newSeat: 'B-2',
					team: 'Engines',
				},
				{ moveId: 'm-2', movePlanId: 'plan-1', effectiveDate: '2999-01-01', employeeName: 'Bob' },
				{ moveId: 'm-3', movePlanId: 'plan-1', employeeName: 'Cy', currentSeat: 'A-1' },
			],
			push,
		);
		expect(error).toBeUndefined();
		expect(outputs).toMatchObject([
			[
				{ moveId: 'm-1', case: { result: 'created', externalId: 'plan-1:m-1', number: '00001001' } },
				{ moveId: 'm-3', case: { result: 'created', externalId: 'plan-1:m-3', number: '00001002' } },
			],
			[{ moveId: 'm-2', case: { result: 'notDue' } }],
		]);
		expect(org.rows('Case')).toMatchObject([
			{
				ExternalID__c: 'plan-1:m-1',
				Subject: 'Move Ada: no seat → B-2',
				Team__c: 'Engines',
				NewSeat__c: 'B-2',
				CurrentSeat__c: null,
			},
			{ ExternalID__c: 'plan-1:m-3', Subject: 'Move Cy: A-1 → no seat' },
		]);
	});

	it('gives each item the Case by ID and link, paired with the item it came from', async () => {
		const { org, run } = await stage();
		const { items } = await run([{ moveId: 'later', effectiveDate: '2999-01-01' }, ...moves(1)], push);
		const id = org.rows('Case')[0]?.Id;
		expect(items[0]).toEqual([
			{
				json: {
					...moves(1)[0],
					case: {
						id,
						number: '00001001',
						link: `${org.url}/lightning/r/Case/${String(id)}/view`,
						externalId: 'plan-1:m-0',
						result: 'created',
					},
					undo: expect.objectContaining({ did: 'created', object: 'Case', id }) as object,
				},
				pairedItem: { item: 1 },
			},
		]);
		expect(items[1]).toMatchObject([{ json: { moveId: 'later' }, pairedItem: { item: 0 } }]);
	});

	it('fills the Case from parameters, templates and options', async () => {
		const { org, run } = await stage({
			seed: { RecordType: [{ Name: 'Move', DeveloperName: 'Move', SobjectType: 'Case' }] },
		});
		const recordTypeId = String(org.rows('RecordType').find(({ DeveloperName }) => DeveloperName === 'Move')?.Id);
		const { error } = await run([{ who: 'Ada', assets: ['lamp', 'desk'], notes: 'line 1\nline 2' }], {
			...push,
			parameters: {
				moveId: 7,
				movePlanId: '',
				effectiveDate: '2020-01-01',
				employeeName: '={{ $json.who }}',
				department: 'R&D',
				employeeAssets: '={{ $json.assets }}',
				employeeNotes: '={{ $json.notes }}',
				subject: '{employeeName} moves on {effectiveDate}',
				description: 'Takes {employeeAssets}',
				options: {
					status: 'Working',
					priority: 'High',
					origin: 'Web',
					type: 'Problem',
					recordTypeId,
					caseFields: '{ "SuppliedEmail": "ada@example.com", "Team__c": "Engines" }',
				},
			},
		});
		expect(error).toBeUndefined();
		expect(org.rows('Case')).toMatchObject([
			{
				ExternalID__c: '7',
				Subject: 'Ada moves on 2020-01-01',
				Description: 'Takes lamp, desk',
				Department__c: 'R&D',
				EmployeeAssets__c: 'lamp, desk',
				EmployeeNotes__c: 'line 1\nline 2',
				Status: 'Working',
				Priority: 'High',
				Origin: 'Web',
				Type: 'Problem',
				RecordTypeId: recordTypeId,
				SuppliedEmail: 'ada@example.com',
				Team__c: 'Engines',
			},
		]);
	});

	it('leaves to the org what an option gives no value for', async () => {
		const { org, run } = await stage();
		const node = { ...push, parameters: { options: { status: ' ', priority: '\n', ownerId: ' ' } } };
		for (const result of ['created', 'unchanged']) {
			expect(caseValues((await run(moves(1), node)).outputs[0], 'result')).toEqual([result]);
		}
		expect(org.rows('Case')).toMatchObject([{ Status: 'New', Priority: 'Medium' }]);
	});

	it('reads a field of the item as n8n reads it, whatever it holds', async () => {
		const { org, run } = await stage();
		const values = [
			'text',
			'={{ 1 + 1 }}',
			' ',
			'',
			null,
			undefined,
			0,
			7.5,
			true,
			false,
			['a', 1],
			'🪑',
			'2026-05-01',
		];
		const items = values.map((value, index) => ({
			moveId: `m-${index}`,
			team: value,
			...(index === 5 ? {} : { department: value }),
		}));
		await run(items, {
			...push,
			parameters: { movePlanId: 'named', team: '={{ $json.team }}', department: '={{$json.department}}' },
		});
		await run(items, {
			...push,
			parameters: { movePlanId: 'worked-out', team: '={{ $json["team"] }}', department: '={{ $json["department"] }}' },
		});
		const read = (plan: string) =>
			org
				.rows('Case')
				.filter((row) => String(row.ExternalID__c).startsWith(`${plan}:`))
				.map((row) => [row.Team__c, row.Department__c]);
		expect(read('named')).toHaveLength(values.length);
		expect(read('named')).toEqual(read('worked-out'));
		const ofObject = async (team: string) =>
			(
				await run(
					[
						{ moveId: 'm', team: 'x' },
						{ moveId: 'n', team: { name: 'x' } },
					],
					{ ...push, parameters: { team } },
				)
			).error?.message;
		expect(await ofObject('={{ $json.team }}')).toBe('Item 1: Team is an object where text is wanted');
		expect(await ofObject('={{ $json["team"] }}')).toBe('Item 1: Team is an object where text is wanted');
	});

	it('asks nothing of Salesforce for no items, and for none that is due', async () => {
		const { org, run } = await stage();
		expect((await run([], push)).error).toBeUndefined();
		const { outputs } = await run(moves(3, { effectiveDate: '2999-01-01' }), push);
		expect(outputs.map(({ length }) => length)).toEqual([0, 3]);
		expect(org.calls).toEqual([]);
	});

	describe('takes a date without a time by its day', () => {
		// Two zones whose days never coincide: what is today in the first is still to come in the second.
		const [ahead, behind] = ['Pacific/Kiritimati', 'Etc/GMT+12'];
		const today = (): string => DateTime.now().setZone(ahead).toISODate() ?? '';

		it("in the workflow's time zone", async () => {
			const { engine, run } = await stage();
			engine.timezone = ahead;
			expect((await run(moves(1, { effectiveDate: today() }), push)).outputs.map(({ length }) => length)).toEqual([
				1, 0,
			]);
			engine.timezone = behind;
			expect((await run(moves(1, { effectiveDate: today() }), push)).outputs.map(({ length }) => length)).toEqual([
				0, 1,
			]);
		});

		it('in the one that is chosen', async () => {
			const { engine, run } = await stage();
			engine.timezone = behind;
			const { outputs } = await run(moves(1, { effectiveDate: today() }), pushWith({ timeZone: ahead }));
			expect(outputs.map(({ length }) => length)).toEqual([1, 0]);
			const { error } = await run(moves(1), pushWith({ timeZone: 'Berlin' }));
			expect(error?.message).toBe('Item 0: Time Zone is not the name of a time zone');
		});
	});
});

describe.each([
	['where ExternalID__c is Unique', true],
	['where ExternalID__c is not Unique', false],
])('pushing again, %s,', (_where, uniqueExternalId) => {
	it('leaves one Case per move and finds them unchanged with one call', async () => {
		const { org, run } = await stage({ settings: { uniqueExternalId, viewAllData: false } });
		const first = await run(moves(3), push);
		const before = org.apiCalls;
		const again = await run(moves(3), push);
		expect(again.error).toBeUndefined();
		expect(caseValues(again.outputs[0], 'result')).toEqual(['unchanged', 'unchanged', 'unchanged']);
		expect(caseValues(again.outputs[0], 'id')).toEqual(caseValues(first.outputs[0], 'id'));
		expect(org.apiCalls - before).toBe(1);
		expect(org.rows('Case')).toHaveLength(3);
	});

	it('updates the Case of a move that has changed, and only that', async () => {
		const { org, run } = await stage({ settings: { uniqueExternalId } });
		await run(moves(3), push);
		const changed = moves(3);
		Object.assign(changed[1] ?? {}, { newSeat: 'C-9', team: 'Engines' });
		const { outputs } = await run(changed, push);
		expect(caseValues(outputs[0], 'result')).toEqual(['unchanged', 'updated', 'unchanged']);
		expect(caseValues(outputs[0], 'number')).toEqual(['00001001', '00001002', '00001003']);
		expect(org.rows('Case').map((row) => row.NewSeat__c)).toEqual(['B-0', 'C-9', 'B-2']);
		expect(writes(org).map(({ method, records }) => [method, records])).toEqual([
			['POST', 3],
			['PATCH', 1],
		]);
	});

	it('empties a field whose value the move no longer has', async () => {
		const { org, run } = await stage({ settings: { uniqueExternalId } });
		await run(moves(1), push);
		const { outputs } = await run(moves(1, { newSeat: '' }), push);
		expect(caseValues(outputs[0], 'result')).toEqual(['updated']);
		expect(org.rows('Case')).toMatchObject([{ NewSeat__c: null, Subject: 'Move Employee 0: no seat → no seat' }]);
	});
});

describe('what another program did with the same Cases', () => {
	/** What the first query of a run gives while another program is about to create the very Case. */
	const nothingYet = { path: '/query?', status: 200, body: { totalSize: 0, done: true, records: [] } };

	it('updates a Case that came between the search and the creation in a Unique org', async () => {
		const { org, run } = await stage({
			settings: { uniqueExternalId: true },
			seed: { Case: [{ Subject: 'Of another program', ExternalID__c: 'plan-1:m-0' }] },
		});
		org.addFault(nothingYet);
		const { outputs, error } = await run(moves(2), push);
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['updated', 'created']);
		expect(org.rows('Case')).toMatchObject([
			{ Subject: 'Move Employee 0: no seat → B-0', ExternalID__c: 'plan-1:m-0' },
			{ ExternalID__c: 'plan-1:m-1' },
		]);
	});

	it('makes one Case of each move in a Unique org when the same plan is pushed twice at the same time', async () => {
		const { org, run } = await stage({ settings: { uniqueExternalId: true, delayPerCallMs: 10 } });
		const runs = await Promise.all([run(moves(30), push), run(moves(30), push), run(moves(30), push)]);
		expect(runs.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(runs.map(({ outputs }) => outputs[0]?.length)).toEqual([30, 30, 30]);
		expect(org.rows('Case')).toHaveLength(30);
	});

	it('touches none of several Cases with the same external ID and names them', async () => {
		const twice = { ExternalID__c: 'plan-1:m-0' };
		const { org, run } = await stage({
			seed: {
				Case: [
					{ ...twice, Subject: 'A', CreatedDate: '2020-01-01T00:00:00Z' },
					{ ...twice, Subject: 'B', CreatedDate: '2020-01-01T00:00:00Z' },
				],
			},
		});
		const ids = org.rows('Case').map(({ Id }) => String(Id));
		const { outputs } = await run(moves(2), goingOn);
		expect(outputs[0]).toMatchObject([
			{
				moveId: 'm-0',
				error: `Item 0: 2 Cases carry the external ID of this move: ${ids.join(', ')}`,
				details: { code: 'DUPLICATE_EXTERNAL_ID', fields: ['ExternalID__c'] },
			},
			{ case: { result: 'created' } },
		]);
		expect(org.rows('Case').map(({ Subject }) => Subject)).toEqual(['A', 'B', 'Move Employee 1: no seat → B-1']);
	});

	it('says that capitals may be what keeps it from a Case of its own where external IDs are unique', async () => {
		const { org, run } = await stage({
			settings: { uniqueExternalId: true },
			seed: { Case: [{ ExternalID__c: 'PLAN-1:m-0' }] },
		});
		const { error } = await run(moves(1), push);
		expect(error?.message).toContain('the API user cannot see it, or its external ID has other capitals');
		expect(error?.description).toContain('correct it in that Case');
		expect(org.rows('Case')).toHaveLength(1);
	});

	it('does not take a Case for its own whose external ID differs by capitals', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'Other', ExternalID__c: 'PLAN-1:M-0' }] } });
		const { outputs } = await run(moves(1), push);
		expect(caseValues(outputs[0], 'result')).toEqual(['created']);
		expect(org.rows('Case')[0]).toMatchObject({ Subject: 'Other', ExternalID__c: 'PLAN-1:M-0' });
	});
});

describe('assignment rules', () => {
	const ownerId = (org: LocalOrg) => String(org.rows('Group')[0]?.Id);
	const ruled = async () => {
		const staged = await stage();
		staged.org.settings.assignmentRule = { ownerId: ownerId(staged.org) };
		return staged;
	};

	it('run for the Cases that are created and not for those that are updated', async () => {
		const { org, run } = await ruled();
		await run(moves(1), push);
		const { outputs } = await run(moves(2, { team: 'Engines' }), push);
		expect(caseValues(outputs[0], 'result')).toEqual(['updated', 'created']);
		expect(org.assignmentRuns.map(({ on }) => on)).toEqual(['create', 'create']);
		expect(org.rows('Case').map(({ OwnerId }) => OwnerId)).toEqual([ownerId(org), ownerId(org)]);
	});

	it('do not run when they are turned off', async () => {
		const { org, run } = await ruled();
		await run(moves(1), pushWith({ assignmentRules: false }));
		expect(org.assignmentRuns).toEqual([]);
	});

	it.each([
		['as an option', (id: string) => ({ ownerId: id })],
		['among the further fields', (id: string) => ({ caseFields: JSON.stringify({ OwnerId: id }) })],
	])('leave the owner that is given %s', async (_how, options) => {
		const { org, run } = await ruled();
		const user = String(org.rows('User').at(0)?.Id);
		await run(moves(1), pushWith(options(user)));
		expect(org.assignmentRuns).toEqual([]);
		expect(org.rows('Case')).toMatchObject([{ OwnerId: user }]);
	});
});

describe('many moves', () => {
	// Only the ID differs by item: n8n takes longer over a thousand expressions than the node over a thousand moves.
	const same = {
		...push,
		parameters: {
			effectiveDate: '',
			employeeName: 'Ada',
			department: '',
			team: '',
			currentSeat: '',
			newSeat: 'B',
			employeeAssets: '',
			employeeNotes: '',
			movePlanId: 'plan-1',
		},
	};
	const sameWith = (parameters: object) => ({ ...same, parameters: { ...same.parameters, ...parameters } });

	it('keep the order of the items over several calls, whatever became of each', async () => {
		const { org, run } = await stage({ settings: { delayPerCallMs: 5 } });
		const all = moves(450);
		await run(
			all.filter((_move, index) => index % 3 === 0),
			push,
		);
		all.forEach((move, index) => {
			if (index % 3 === 1) move.effectiveDate = '2999-01-01';
			if (index % 6 === 0) move.newSeat = 'C-1';
		});
		const { outputs } = await run(all, push);
		const due = all.filter((_move, index) => index % 3 !== 1);
		expect(caseValues(outputs[0], 'externalId')).toEqual(due.map(({ moveId }) => `plan-1:${String(moveId)}`));
		expect(caseValues(outputs[0], 'result').slice(0, 6)).toEqual([
			'updated',
			'created',
			'unchanged',
			'created',
			'updated',
			'created',
		]);
		expect(outputs[1]?.map(({ moveId }) => moveId)).toEqual(
			all.filter((_move, index) => index % 3 === 1).map(({ moveId }) => moveId),
		);
		const rows = new Map(org.rows('Case').map((row) => [row.Id, row.ExternalID__c]));
		expect(caseValues(outputs[0], 'id').map((id) => rows.get(id))).toEqual(caseValues(outputs[0], 'externalId'));
	});

	it('cost at most 10 calls a thousand, new and repeated', async () => {
		const { org, run } = await stage();
		const { outputs } = await run(moves(1_000), same);
		expect(caseValues(outputs[0], 'result')).toEqual(Array.from({ length: 1_000 }, () => 'created'));
		expect(org.apiCalls).toBeLessThanOrEqual(10);
		const before = org.apiCalls;
		await run(moves(1_000), sameWith({ team: 'Engines' }));
		expect(org.apiCalls - before).toBeLessThanOrEqual(10);
		expect(org.rows('Case')).toHaveLength(1_000);
	});

	it('keep at most as many calls in flight as the option says', async () => {
		const { org, run } = await stage({ settings: { delayPerCallMs: 20, concurrentLongCalls: 2, longCallMs: 0 } });
		// The org refuses a third call at once; the node repeats such calls after half a second, which this would show.
		const { error } = await run(moves(800), sameWith({ options: { parallelCalls: 2, recordsPerCall: '200' } }));
		expect(error).toBeUndefined();
		expect(org.calls.filter(({ status }) => status === 403)).toEqual([]);
		expect(writes(org)).toHaveLength(4);
	});

	it('are all saved where calls side by side lock the rows of one Account', async () => {
		const { org, run } = await stage({
			settings: { rowLocks: true, delayPerCallMs: 20 },
			seed: { Account: [{ Name: 'Acme' }] },
		});
		const caseFields = JSON.stringify({ AccountId: org.rows('Account')[0]?.Id });
		const { outputs, error } = await run(moves(1_200), sameWith({ options: { caseFields, parallelCalls: 10 } }));
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(Array.from({ length: 1_200 }, () => 'created'));
		expect(org.rows('Case')).toHaveLength(1_200);
	});
});
