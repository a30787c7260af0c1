import type { IDataObject } from 'n8n-workflow';

import { bareOrg, MOVE_FIELDS } from '../../local-org';
import type { TestNode } from '../support/engine';
import { moves } from '../support/moves';
import { adminOf, credentialFor, stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();
const KEPT = ['PermissionSet', 'ObjectPermissions', 'FieldPermissions', 'PermissionSetAssignment'];

/** What an org has of what is made in it. */
const stateOf = ({ org }: Stage) => ({
	fields: org.settings.missingFields.length,
	rows: KEPT.map((name) => org.rows(name).length),
	licenses: org.rows('PermissionSetLicenseAssign').length,
});

async function asAdmin(at: Stage, items: IDataObject[], node: TestNode) {
	at.engine.useCredential(adminOf(at.org));
	return await at.engine.run(items, node);
}

const preparing = (at: Stage, options: object = {}): TestNode => ({
	type: 'salesforcePrepareOrg',
	parameters: { operation: 'prepare', dryRun: false, username: at.org.username, options } as never,
});

async function prepared(at: Stage, options: object = {}): Promise<IDataObject[]> {
	const { outputs, error } = await asAdmin(at, [{}], preparing(at, options));
	expect(error).toBeUndefined();
	return outputs[0] ?? [];
}

const undoing = (parameters: object = {}): TestNode => ({
	type: 'salesforceUndoChanges',
	parameters: { dryRun: false, ...parameters } as never,
});

describe('what a preparation made', () => {
	it('is taken back, made again, and taken back', async () => {
		const at = await stage(bareOrg());
		const before = stateOf(at);
		const made = await prepared(at);
		const after = stateOf(at);
		expect(after).not.toEqual(before);
		expect(made.every(({ result, undo }) => result === 'created' && undo !== undefined)).toBe(true);

		const undone = await asAdmin(at, made, undoing());
		expect(undone.error).toBeUndefined();
		expect(undone.outputs[1]).toEqual([]);
		expect(undone.outputs[0]).toHaveLength(made.length);
		expect(stateOf(at)).toEqual(before);
		const twice = await asAdmin(at, made, undoing());
		expect(twice.outputs[1]?.map(({ undoChange }) => (undoChange as IDataObject).reason)).toEqual(
			made.map(() => 'alreadyUndone'),
		);

		const again = await asAdmin(at, undone.outputs[0] ?? [], undoing());
		expect(again.error).toBeUndefined();
		expect(again.outputs[1]).toEqual([]);
		expect(stateOf(at)).toEqual(after);
		expect((await prepared(at)).map(({ result }) => result)).toEqual(made.map(() => 'existed'));
	});

	it('is taken back whatever the order in which its changes come', async () => {
		const at = await stage(bareOrg());
		const before = stateOf(at);
		const made = await prepared(at);
		const { outputs, error } = await asAdmin(
			at,
			[{ all: made.map(({ undo }) => undo) }],
			undoing({ change: '={{ $json.all }}' }),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(made.length);
		expect(stateOf(at)).toEqual(before);
	});

	it('stays while Cases may need its fields, and somebody else has its permission set', async () => {
		const at = await stage(bareOrg());
		const made = await prepared(at);
		at.org.clock.advance?.(5_000);
		at.engine.useCredential(credentialFor(at.org));
		expect((await at.engine.run(moves(2), { type: 'salesforcePushMove' })).error).toBeUndefined();
		const other = String(at.org.rows('User').find(({ Username }) => Username === at.org.admin.username)?.Id);
		const set = String(made.find(({ sObject }) => sObject === 'PermissionSet')?.id);
		at.org.seed({ PermissionSetAssignment: [{ AssigneeId: other, PermissionSetId: set }] });
		const { outputs } = await asAdmin(at, made, undoing());
		const left = (outputs[1] ?? []).map(({ name, undoChange }) => [name, (undoChange as IDataObject).reason]);
		expect(left).toEqual([
			...MOVE_FIELDS.map((name) => [`Field ${name}`, 'usedSince']),
			['Permission set n8n Salesforce Ops', 'usedSince'],
		]);
		expect(at.org.settings.missingFields).toEqual([]);
		const restored = await asAdmin(at, made, undoing({ options: { whenChanged: 'restore' } }));
		expect(restored.outputs[0]).toHaveLength(left.length);
		expect(at.org.settings.missingFields).toHaveLength(MOVE_FIELDS.length);
	});

	it.each([
		[
			'refuses it',
			{ status: 400, body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: 'It is used by a flow.' }] },
		],
		['does not answer', { cut: 'before' as const }],
	])('is taken back but for a field where Salesforce %s', async (_how, fault) => {
		const at = await stage(bareOrg());
		const made = await prepared(at);
		at.org.addFault({ method: 'DELETE', path: '/tooling/sobjects/CustomField/', skip: 2, ...fault });
		const node = { ...undoing(), onError: 'continueRegularOutput' as const };
		const { outputs, error } = await asAdmin(at, made, node);
		expect(error).toBeUndefined();
		const failed = outputs[0]?.filter((item) => item.error !== undefined) ?? [];
		expect(failed).toHaveLength(1);
		expect(failed[0]?.name).toContain('Field Case.');
		expect(at.org.settings.missingFields).toHaveLength(MOVE_FIELDS.length - 1);
		const again = await asAdmin(at, made, undoing());
		expect(again.error).toBeUndefined();
		expect(at.org.settings.missingFields).toHaveLength(MOVE_FIELDS.length);
	});

	it('has no changes where they are not wanted, or nothing was made', async () => {
		const at = await stage(bareOrg());
		expect((await prepared(at, { undoRecord: false })).filter(({ undo }) => undo !== undefined)).toEqual([]);
		expect((await prepared(at)).filter(({ undo }) => undo !== undefined)).toEqual([]);
	});
});

describe('a preparation that ends halfway', () => {
	it.each([
		['refused', { status: 400, body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: 'Too many fields' }] }],
		['without an answer', { cut: 'before' as const }],
	])('%s says what was made, with what takes that back', async (_how, fault) => {
		const at = await stage(bareOrg());
		const before = stateOf(at);
		at.org.addFault({ method: 'POST', path: /sobjects\/ObjectPermissions$/, times: 9, ...fault });
		const node = { ...preparing(at), onError: 'continueRegularOutput' as const };
		const { outputs, error } = await asAdmin(at, [{}], node);
		expect(error).toBeUndefined();
		const [item] = outputs[0] ?? [];
		expect(item?.error).toContain('Rights to Case');
		expect(item?.error).toContain('Made before it: Field Case.ExternalID__c');
		const { undo } = item?.details as { undo: IDataObject[] };
		expect(undo.map(({ object }) => object)).toEqual([
			...MOVE_FIELDS.map(() => 'CustomField'),
			'PermissionSetLicenseAssign',
			'PermissionSet',
		]);
		const undone = await asAdmin(at, outputs[0] ?? [], undoing({ change: '={{ $json.details.undo }}' }));
		expect(undone.outputs[0]).toHaveLength(undo.length);
		expect(stateOf(at)).toEqual(before);
	});

	it('does not say that nothing was done', async () => {
		const at = await stage(bareOrg());
		at.org.addFault({
			method: 'POST',
			path: /sobjects\/PermissionSet$/,
			status: 400,
			body: [{ errorCode: 'DUPLICATE_VALUE', message: 'No' }],
		});
		const { error } = await asAdmin(at, [{}], preparing(at));
		expect(error?.message).toContain('Made before it: Field Case.ExternalID__c');
		expect(error?.description).not.toContain('Nothing was prepared');
		expect(error?.description).toContain('Running it again makes only what is still missing');
	});
});
