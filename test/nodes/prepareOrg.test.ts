import type { IDataObject } from 'n8n-workflow';

import { bareOrg, MOVE_FIELDS } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import type { TestNode } from '../support/engine';
import { moves } from '../support/moves';
import { credentialFor, stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();
const JOBS = ['pushMoves', 'undoMoves'];
const checking = (parameters: object = {}): TestNode => ({
	type: 'salesforcePrepareOrg',
	parameters: { jobs: JOBS, ...parameters },
});
const preparing = (parameters: object = {}): TestNode =>
	checking({ operation: 'prepare', dryRun: false, ...parameters });
const adminOf = (org: LocalOrg): Record<string, string | boolean> => ({
	...credentialFor(org),
	clientId: org.admin.clientId,
	clientSecret: org.admin.clientSecret,
});

/** What one run gave, signed in as the administrator or as the API user. */
async function run({ org, engine }: Stage, who: 'admin' | 'user', node: TestNode, items: IDataObject[] = [{}]) {
	engine.useCredential(who === 'admin' ? adminOf(org) : credentialFor(org));
	return await engine.run(items, node);
}

async function itemsOf(at: Stage, who: 'admin' | 'user', node: TestNode): Promise<IDataObject[]> {
	const { outputs, error } = await run(at, who, node);
	expect(error).toBeUndefined();
	return outputs[0] ?? [];
}

/** Calls that write; several queries go in one Composite call. */
const writes = ({ calls }: LocalOrg) => calls.filter(({ method, path }) => method !== 'GET' && /sobjects/.test(path));

const states = (items: IDataObject[], job = 'pushMoves') =>
	Object.fromEntries(
		items.filter((one) => one.job === job && one.kind === 'requirement').map((one) => [one.requirement, one.state]),
	);
const summaryOf = (items: IDataObject[], job = 'pushMoves') =>
	items.find((one) => one.kind === 'summary' && one.job === job);

describe('an org with nothing but a user and an app', () => {
	it('is checked, prepared, checked again, and gets a plan pushed and undone with the least rights', async () => {
		const at = await stage(bareOrg());
		const { org } = at;
		const username = { username: org.username };
		const before = await itemsOf(at, 'admin', checking(username));
		expect(summaryOf(before)).toMatchObject({ ready: false });
		expect(states(before)).toMatchObject({
			'REST API 62.0': 'met',
			'API Enabled': 'met',
			'Permission Set License': 'missing',
			'Case: Read': 'missing',
			'Case: View All Records': 'missing',
			'Case.ExternalID__c: Edit': 'missing',
			'Field Case.ExternalID__c': 'missing',
			'Field Case.EmployeeNotes__c': 'missing',
		});
		expect(writes(org)).toEqual([]);

		const planned = await itemsOf(at, 'admin', checking({ ...username, operation: 'prepare' }));
		expect(planned.map(({ result }) => result)).toEqual(planned.map(() => 'wouldCreate'));
		expect(org.rows('PermissionSet').some((row) => row.Name === 'n8n_Salesforce_Ops')).toBe(false);

		const made = await itemsOf(at, 'admin', preparing(username));
		expect(made.map(({ name, result }) => [name, result])).toEqual(planned.map(({ name }) => [name, 'created']));
		expect(made.map(({ name }) => name)).toEqual(expect.arrayContaining(MOVE_FIELDS.map((name) => `Field ${name}`)));

		const after = await itemsOf(at, 'admin', checking(username));
		expect(after.filter(({ state }) => state !== 'met' && state !== undefined)).toEqual([]);
		for (const job of JOBS) expect(summaryOf(after, job)).toMatchObject({ ready: true, missing: 0, unknown: 0 });

		const asUser = await itemsOf(at, 'user', checking());
		expect(summaryOf(asUser)).toMatchObject({ ready: true, missing: 0, different: 0 });

		const plan = moves(3);
		expect((await run(at, 'user', { type: 'salesforcePushMove' }, plan)).error).toBeUndefined();
		expect(org.rows('Case')).toHaveLength(3);
		const undone = await run(at, 'user', { type: 'salesforceUndoMove' }, plan);
		expect(undone.error).toBeUndefined();
		expect(org.rows('Case').filter((row) => row.IsDeleted !== true)).toHaveLength(0);
	});

	it('is not changed the second time', async () => {
		const at = await stage(bareOrg());
		const node = preparing({ username: at.org.username });
		await itemsOf(at, 'admin', node);
		const kept = ['PermissionSet', 'ObjectPermissions', 'FieldPermissions', 'PermissionSetAssignment'];
		const before = kept.map((name) => at.org.rows(name));
		const calls = writes(at.org).length;
		const again = await itemsOf(at, 'admin', node);
		expect(again.map(({ result }) => result)).toEqual(again.map(() => 'existed'));
		expect(kept.map((name) => at.org.rows(name))).toEqual(before);
		expect(writes(at.org)).toHaveLength(calls);
	});

	it('gets each thing once from two runs at the same moment', async () => {
		const at = await stage(bareOrg());
		at.engine.useCredential(adminOf(at.org));
		const node = preparing({ username: at.org.username });
		const both = await Promise.all([at.engine.run([{}], node), at.engine.run([{}], node)]);
		for (const { error, outputs } of both) {
			expect(error).toBeUndefined();
			expect(outputs[0]?.every(({ result }) => result === 'created' || result === 'existed')).toBe(true);
		}
		const [first, second] = both.map(({ outputs }) => outputs[0] as IDataObject[]) as [IDataObject[], IDataObject[]];
		const results = first.map(({ name, result }, index) => [name, [result, second[index]?.result].sort()]);
		expect(results).toEqual(first.map(({ name }) => [name, ['created', 'existed']]));
	});

	it('is left alone by somebody who is not an admin, who is told every right that is missing', async () => {
		const at = await stage(bareOrg());
		const { error } = await run(at, 'user', preparing());
		expect(error?.message).toContain(
			'lacks Customize Application, Manage Profiles and Permission Sets, Assign Permission Sets, View Setup and Configuration',
		);
		expect(writes(at.org)).toEqual([]);
	});
});
