import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { LocalOrg, Seed } from '../../../local-org';
import type { TestNode } from '../../support/engine';
import type { Stage, stages } from '../../support/stage';

const CREATED = '2020-01-01T00:00:00.000Z';

/** People who have not been there for years. */
export const ADA = { Username: 'ada@staff.example', FirstName: 'Ada', LastName: 'Abbot', CreatedDate: CREATED };
export const BEN = { Username: 'ben@staff.example', FirstName: 'Ben', LastName: 'Brandt', CreatedDate: CREATED };

/** Ada and Ben, with a permission-set license and a package license that they may be given. */
export const SEED: Seed = {
	PermissionSetLicense: ['SalesUserPsl', 'CallerPsl'].map((name) => ({
		DeveloperName: name,
		MasterLabel: name === 'SalesUserPsl' ? 'Sales User' : 'Caller',
		PermissionSetLicenseKey: name,
		TotalLicenses: 5,
		UsedLicenses: 0,
	})),
	PackageLicense: [{ NamespacePrefix: 'seatmap', AllowedLicenses: 5, UsedLicenses: 0 }],
	User: [ADA, BEN],
	PermissionSet: [
		{ Name: 'Seller', Label: 'Seller' },
		{ Name: 'Break_Glass', Label: 'Break Glass, All' },
	],
};

/** Undoes what it is given. */
export const undo = (options: INodeParameters = {}): TestNode => ({
	type: 'salesforceUndoReclaim',
	parameters: { options },
});

/** An act that is no dry run. */
export const reclaim = (operation: string, options: unknown = {}, parameters: INodeParameters = {}): TestNode => ({
	type: 'salesforceReclaimLicense',
	parameters: { operation, dryRun: false, options: options as INodeParameters, ...parameters },
});

/** The record of an object that has a value. */
export function found(org: LocalOrg, sObject: string, field: string, value: string): Record<string, unknown> {
	const [record] = org.rows(sObject, [field, value]);
	if (record === undefined) throw new Error(`No ${sObject} in this test's org`);
	return record;
}

export const userId = (org: LocalOrg, username = ADA.Username): string =>
	String(found(org, 'User', 'Username', username).Id);

/** An org of `SEED` whose users were changed last an hour ago. */
export async function openDesk(stage: ReturnType<typeof stages>): Promise<Stage> {
	const opened = await stage({ seed: SEED });
	opened.org.clock.advance(3_600_000);
	return opened;
}

/** What the download would give for a user, as far as the acts read it. */
export function userItem(org: LocalOrg, username = ADA.Username, more: IDataObject = {}): IDataObject {
	return { org: 'Europe', orgId: org.organizationId, user: { id: userId(org, username) }, ...more };
}

/** Calls that wrote something, or tried to. */
export const writes = (org: LocalOrg): number =>
	org.calls.filter(({ method, path }) => path.includes('/composite/sobjects') || ['PATCH', 'DELETE'].includes(method))
		.length;

/** Everything that could be changed, without the stamps of log-ins. */
export function contents(org: LocalOrg): unknown {
	const objects = ['UserLogin', 'PermissionSetAssignment', 'PermissionSetLicenseAssign', 'UserPackageLicense'];
	return [
		...objects.map((name) => org.rows(name).map(withoutStamps).sort()),
		org.rows('User').map(({ Id, IsActive, ProfileId }) => ({ Id, IsActive, ProfileId })),
	];
}

/** The IDs of assignments that were given back are new ones, and so is when they were given. */
function withoutStamps({ Id, ...record }: Record<string, unknown>): string {
	const isAssignment = 'AssigneeId' in record || 'PackageLicenseId' in record;
	const fields = Object.entries(record).filter(([name]) => !/^(Created|LastModified|SystemModstamp)/.test(name));
	return JSON.stringify({ ...(isAssignment ? {} : { Id }), ...Object.fromEntries(fields) });
}

/** What the acts, or their undoing, added to items. */
export const added = (items: IDataObject[] = []): IDataObject[] =>
	items.map((item) => (item.undoReclaim ?? item.reclaim) as IDataObject);

/** Gives Ada both licenses, and two permission sets that need the first: one by itself, one in a group. */
export function giveLicenses(org: LocalOrg): void {
	const psl = (name: string) => found(org, 'PermissionSetLicense', 'DeveloperName', name).Id;
	org.seed({
		PermissionSet: [
			{ Name: 'Closer', Label: 'Closer', LicenseId: psl('SalesUserPsl') },
			{ Name: 'Caller', Label: 'Caller', LicenseId: psl('CallerPsl') },
		],
		PermissionSetGroup: [{ DeveloperName: 'Agents', MasterLabel: 'Agents' }],
	});
	const set = (name: string) => found(org, 'PermissionSet', 'Name', name).Id;
	const group = found(org, 'PermissionSetGroup', 'DeveloperName', 'Agents').Id;
	org.seed({
		PermissionSetGroupComponent: ['Closer', 'Caller'].map((name) => ({
			PermissionSetGroupId: group,
			PermissionSetId: set(name),
		})),
		PermissionSetAssignment: [
			{ AssigneeId: userId(org), PermissionSetId: set('Closer'), ExpirationDate: '2030-01-01T00:00:00.000Z' },
			{ AssigneeId: userId(org), PermissionSetGroupId: group },
			{ AssigneeId: userId(org), PermissionSetId: set('Seller') },
		],
		UserPackageLicense: [{ User: { Username: ADA.Username }, PackageLicense: { NamespacePrefix: 'seatmap' } }],
	});
}

/** Every act, with the item that it is done to. */
export const ACTS: Array<[string, (org: LocalOrg) => IDataObject, object]> = [
	['freeze', (org) => userItem(org), {}],
	['deactivate', (org) => userItem(org), {}],
	['changeProfile', (org) => userItem(org), { profile: { __rl: true, mode: 'name', value: 'Standard Platform User' } }],
	[
		'removePermissionSetLicense',
		(org) =>
			userItem(org, ADA.Username, {
				license: { id: found(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl').Id as string },
			}),
		{ withPermissionSets: true },
	],
	[
		'removePackageLicense',
		(org) =>
			userItem(org, ADA.Username, {
				license: { id: found(org, 'PackageLicense', 'NamespacePrefix', 'seatmap').Id as string },
			}),
		{},
	],
];
