import { sameId } from '../salesforce/recordId';
import type { Stamp } from '../salesforce/stamp';
import type { LicenseObject, Step } from './step';
import type { UserState } from './userState';

/** A field of a user or their log-in record that an act writes. */
export interface UpdatedRecord {
	did: 'updated';
	object: 'User' | 'UserLogin';
	id: string;
	before: Record<string, unknown>;
	after: Record<string, unknown>;
	/** When and by whom the record was changed last before. */
	found: Stamp;
	/** The same after the act; null where that could not be read. */
	left: Stamp | null;
}

/** A record that gave the user something, and that an act deletes. */
export interface DeletedRecord {
	did: 'deleted';
	object: Exclude<LicenseObject, 'User' | 'UserLogin'>;
	id: string;
	/** What it takes to make it again. */
	before: Record<string, string>;
}

/** What an act makes of one record. */
export type Change = UpdatedRecord | DeletedRecord;

/** The writes that carry out changes, in their order. */
export function stepsOf(changes: readonly Change[]): Step[] {
	const steps: Step[] = [];
	for (const change of changes) {
		const { object, id } = change;
		const last = steps.at(-1);
		if (change.did === 'updated') steps.push({ kind: 'update', object, id, fields: change.after });
		else if (last?.kind === 'delete' && last.object === object) last.ids.push(id);
		else steps.push({ kind: 'delete', object, ids: [id] });
	}
	return steps;
}

/** The fields of a user's record that an act may write, as the user has them now. */
export function fieldsOf({ object }: UpdatedRecord, user: UserState): Record<string, unknown> | undefined {
	if (object === 'UserLogin') return user.login && { IsFrozen: user.login.isFrozen };
	return { IsActive: user.isActive, ProfileId: user.profileId };
}

/** When and by whom the record of a change was changed last, as it is now; undefined when it is gone. */
export function stampOf({ object }: UpdatedRecord, user: UserState): Stamp | undefined {
	return object === 'UserLogin' ? user.login?.changed : user.changed;
}

/** Whether a record that an act writes has these values now. */
export function hasValues(change: UpdatedRecord, values: Record<string, unknown>, user: UserState): boolean {
	const fields = fieldsOf(change, user);
	return fields !== undefined && Object.entries(values).every(([name, value]) => isSame(fields[name], value));
}

/** What a record gives a user, or gave. */
type Given = Pick<DeletedRecord, 'object' | 'before'>;

/** The ID of the record by which a user has what a deleted record gave: that record's, or another's; undefined of none. */
export function holderOf({ object, before }: Given, user: UserState): string | undefined {
	switch (object) {
		case 'PermissionSetLicenseAssign':
			return user.permissionSetLicenses.find(({ licenseId }) => sameId(licenseId, before.PermissionSetLicenseId ?? ''))
				?.id;
		case 'UserPackageLicense':
			return user.packageLicenses.find(({ licenseId }) => sameId(licenseId, before.PackageLicenseId ?? ''))?.id;
		case 'PermissionSetAssignment':
			return user.permissionSets.find(({ given }) =>
				Object.entries(given).every(([field, id]) => sameId(id, before[field] ?? '')),
			)?.id;
	}
}

/** Whether the user has what a deleted record gave, by that record or another. */
export function isHeld(change: Given, user: UserState): boolean {
	return holderOf(change, user) !== undefined;
}

/** Whether a change is made, as the user is now. */
export function isMade(change: Change, user: UserState): boolean {
	return change.did === 'updated' ? hasValues(change, change.after, user) : !isHeld(change, user);
}

/** Whether it is as it was before a change, as the user is now. */
export function isUndone(change: Change, user: UserState): boolean {
	return change.did === 'updated' ? hasValues(change, change.before, user) : isHeld(change, user);
}

function isSame(one: unknown, other: unknown): boolean {
	if (typeof one === 'string' && typeof other === 'string') return sameId(one, other);
	return one === other;
}
