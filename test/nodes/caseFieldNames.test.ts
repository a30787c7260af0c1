import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bareOrg, MOVE_FIELDS } from '../../local-org';
import type { LocalOrgOptions } from '../../local-org';
import { caseValues, moves } from '../support/moves';
import { adminOf, credentialFor, stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();

const text = { type: 'Text', length: 255 };
const long = { type: 'LongTextArea', length: 1024, visibleLines: 2 };
/** An org whose Case fields are named its own way, and that has none of the guide's. */
const ownFields: LocalOrgOptions = {
	fields: {
		'Case.Move_Key__c': { ...text, externalId: true, unique: true },
		'Case.Branch__c': text,
		'Case.Crew__c': text,
		'Case.Seat_From__c': text,
		'Case.Seat_To__c': text,
		'Case.Things__c': long,
		'Case.Remarks__c': long,
	},
	settings: { missingFields: MOVE_FIELDS },
};
const table = (key = 'Move_Key__c') => ({
	caseFieldNames: {
		fields: [
			{ field: 'externalId', name: key },
			{ field: 'department', name: 'Branch__c' },
			{ field: 'team', name: 'Crew__c' },
			{ field: 'currentSeat', name: 'Seat_From__c' },
			{ field: 'newSeat', name: 'Seat_To__c' },
			{ field: 'employeeAssets', name: 'Things__c' },
			{ field: 'employeeNotes', name: 'Remarks__c' },
		],
	},
});

describe.each<[string, LocalOrgOptions, INodeParameters, key: string, seat: string]>([
	['a namespace', { namespace: 'acme' }, { caseFieldNamespace: 'acme' }, 'acme__ExternalID__c', 'acme__NewSeat__c'],
	["fields of the org's own", ownFields, table(), 'Move_Key__c', 'Seat_To__c'],
	['names in other capitals', ownFields, table('move_KEY__c'), 'Move_Key__c', 'Seat_To__c'],
	[
		'a namespace in other capitals',
		{ namespace: 'acme' },
		{ caseFieldNamespace: 'ACME' },
		'acme__ExternalID__c',
		'acme__NewSeat__c',
	],
])('in an org with %s', (_what, org, names, key, seat) => {
	const options = (more: INodeParameters = {}): INodeParameters => ({ options: { ...names, ...more } });
	const results = async ({ run }: Stage, type: string, more: INodeParameters = {}, items = moves(3)) => {
		const { outputs, error } = await run(items, { type, parameters: options(more) });
		expect(error).toBeUndefined();
		return caseValues(outputs[0], 'result');
	};

	it('moves are pushed once each, brought up to date, and undone', async () => {
		const at = await stage(org);
		expect(await results(at, 'salesforcePushMove')).toEqual(['created', 'created', 'created']);
		expect(at.org.rows('Case').map((row) => [row[key], row[seat]])).toEqual([
			['plan-1:m-0', 'B-0'],
			['plan-1:m-1', 'B-1'],
			['plan-1:m-2', 'B-2'],
		]);
		expect(await results(at, 'salesforcePushMove')).toEqual(['unchanged', 'unchanged', 'unchanged']);
		// The session's description of Case is asked for once.
		expect(at.org.calls.filter(({ path }) => /Case\/describe/.test(path))).toHaveLength(1);
		expect(await results(at, 'salesforcePushMove', {}, moves(3, { newSeat: 'C' }))).toEqual(Array(3).fill('updated'));
		expect(at.org.rows('Case').map((row) => row[seat])).toEqual(['C', 'C', 'C']);
		expect(await results(at, 'salesforceUndoMove')).toEqual(['deleted', 'deleted', 'deleted']);
		expect(await results(at, 'salesforceUndoMove')).toEqual(Array(3).fill('alreadyUndone'));
	});

	it('a whole plan is undone, and moves are told from what others have there', async () => {
		const at = await stage(org);
		await results(at, 'salesforcePushMove');
		const other = moves(1, { moveId: 'other', newSeat: 'B-1' });
		const pushed = await at.run(other, { type: 'salesforcePushMove', parameters: options({ openCases: true }) });
		expect(caseValues(pushed.outputs[0], 'warnings')).toMatchObject([[{ kind: 'openCase' }]]);
		const compared = await at.run(moves(3, { department: 'Other' }), {
			type: 'salesforceReconcileMoves',
			parameters: options(),
		});
		const states = compared.outputs.map((output) => output.map(({ reconcile }) => (reconcile as IDataObject).state));
		expect(states).toEqual([[], ['changed', 'changed', 'changed'], ['stale'], []]);
		const undone = await at.run([{ movePlanId: 'plan-1' }], {
			type: 'salesforceUndoMove',
			parameters: { undo: 'plan', ...options() },
		});
		expect(caseValues(undone.outputs[0], 'result')).toEqual(Array(4).fill('deleted'));
	});
});

it.each<[string, LocalOrgOptions, INodeParameters]>([
	['a namespace', bareOrg('acme'), { caseFieldNamespace: 'acme' }],
	["names of the org's own", bareOrg(), table()],
])(
	'an org with %s is prepared for that, and moves are pushed and undone with the least rights',
	async (_what, bare, names) => {
		const at = await stage(bare);
		const { org, engine } = at;
		const run = async (
			who: 'admin' | 'user',
			type: string,
			parameters: INodeParameters,
			items: IDataObject[] = [{}],
		) => {
			engine.useCredential(who === 'admin' ? adminOf(org) : credentialFor(org));
			const { outputs, error } = await engine.run(items, { type, parameters: { options: names, ...parameters } });
			expect(error).toBeUndefined();
			return outputs[0] ?? [];
		};
		const { username } = org;
		const made = await run('admin', 'salesforcePrepareOrg', { operation: 'prepare', dryRun: false, username });
		expect(made.map(({ result }) => result)).toEqual(made.map(() => 'created'));
		const checked = await run('admin', 'salesforcePrepareOrg', { username });
		expect(checked.filter(({ state }) => state !== undefined && state !== 'met')).toEqual([]);
		expect(caseValues(await run('user', 'salesforcePushMove', {}, moves(2)), 'result')).toEqual(['created', 'created']);
		expect(caseValues(await run('user', 'salesforceUndoMove', {}, moves(2)), 'result')).toEqual(['deleted', 'deleted']);
	},
);

it.each([
	[{ caseFieldNamespace: '={{ $json.namespace }}' }, 'Case Field Namespace is not a namespace prefix'],
	[
		{ caseFieldNames: { fields: [{ field: 'team', name: '={{ $json.team }}' }] } },
		'Case Field Names has no API name of a custom field for Team__c',
	],
])('an expression is not a name: %j', async (names, message) => {
	const { org, run } = await stage();
	for (const type of ['salesforcePushMove', 'salesforceUndoMove', 'salesforceReconcileMoves', 'salesforcePrepareOrg']) {
		const { error } = await run(moves(1, { team: 'Team__c', namespace: '' }), { type, parameters: { options: names } });
		expect(error?.message).toContain(message);
	}
	expect(org.calls).toEqual([]);
});

it('fields of a package that is not installed are not made', async () => {
	const { org, engine } = await stage(bareOrg());
	engine.useCredential(adminOf(org));
	const { error } = await engine.run([{}], {
		type: 'salesforcePrepareOrg',
		parameters: {
			operation: 'prepare',
			dryRun: false,
			username: org.username,
			options: { caseFieldNamespace: 'acme' },
		},
	});
	expect(error?.message).toContain('Case lacks acme__ExternalID__c');
	expect(error?.message).toContain('only the package of that namespace can bring');
	expect(org.rows('PermissionSet').some((row) => row.Name === 'n8n_Salesforce_Ops')).toBe(false);
});

it('a field that the org does not have is named before anything is written', async () => {
	const { org, run } = await stage();
	const { error } = await run(moves(1), { type: 'salesforcePushMove', parameters: { options: table() } });
	expect(error?.message).toContain('Case has no field Move_Key__c that the API user can see');
	expect(org.rows('Case')).toEqual([]);
});
