import { dataError } from '../../errors';
import type { Org } from '../../org';
import type { Row } from '../../storage';
import type { WriteContext } from '../context';
import { addBySystem } from '../system';
import { refusePair, requireManager } from './licenses';
import type { ObjectRules } from './types';

/** The permission set in which a group's rights are added up; it is what its users are assigned. */
export const setOfGroup = (org: Org, groupId: Row[string] | undefined): Row | undefined =>
	org.storage.findBy('PermissionSet', 'PermissionSetGroupId', groupId ?? null)[0];

/** The permission sets in a group. */
export const membersOf = (org: Org, groupId: Row[string] | undefined): Row[] =>
	org.storage.all(
		`SELECT p.* FROM "PermissionSetGroupComponent" c JOIN "PermissionSet" p ON p."Id" = c."PermissionSetId"
		 WHERE c."PermissionSetGroupId" = ? AND c."IsDeleted" = 0`,
		groupId ?? null,
	);

/** The rows of several permission sets as one: whatever one of them gives is given. */
function added(rows: Row[]): Row {
	const names = new Set(rows.flatMap((row) => Object.keys(row)).filter((name) => name.startsWith('Permissions')));
	return Object.fromEntries([...names].map((name) => [name, Number(rows.some((row) => row[name] === 1))]));
}

/** Rights to objects or fields of several permission sets, added up in another one. */
function addUp(context: WriteContext, object: string, keys: string[], members: Row[], ParentId: string): void {
	const { org } = context;
	const byKey = new Map<string, Row[]>();
	for (const row of members.flatMap(({ Id }) => org.storage.findBy(object, 'ParentId', Id ?? null))) {
		const key = keys.map((name) => String(row[name])).join();
		byKey.set(key, [...(byKey.get(key) ?? []), row]);
	}
	org.storage.run(`DELETE FROM "${object}" WHERE "ParentId" = ?`, ParentId);
	for (const rows of byKey.values()) {
		const named = Object.fromEntries(keys.map((name) => [name, rows[0]?.[name] ?? null]));
		addBySystem(object, { ParentId, ...named, ...added(rows) }, context);
	}
}

/** Adds up the rights of a group's permission sets anew. Salesforce does so a little later; here it is done at once. */
function recalculate(groupId: Row[string] | undefined, context: WriteContext): void {
	const { org } = context;
	const set = setOfGroup(org, groupId);
	if (!set) return;
	const id = String(set.Id);
	const members = membersOf(org, groupId);
	const none = added([set]);
	for (const name of Object.keys(none)) none[name] = 0;
	org.storage.update('PermissionSet', id, { ...none, ...added(members) });
	addUp(context, 'ObjectPermissions', ['SobjectType'], members, id);
	addUp(context, 'FieldPermissions', ['SobjectType', 'Field'], members, id);
	org.catalog.changed();
}

/** To be called when the rights of a permission set have changed: the groups that it is in have other ones now. */
export function recalculateGroupsOf(setId: Row[string] | undefined, context: WriteContext): void {
	const components = context.org.storage.findBy('PermissionSetGroupComponent', 'PermissionSetId', setId ?? null);
	for (const one of components) if (one.IsDeleted !== 1) recalculate(one.PermissionSetGroupId, context);
}

/** A group has a permission set of its own. Assumed: named as the group. */
export const permissionSetGroupRules: ObjectRules = {
	beforeSave: ({ context }) => requireManager(context),
	afterSave({ id, row, before, context }) {
		const names = { Name: row.DeveloperName, Label: row.MasterLabel };
		const changed = Object.fromEntries(Object.entries(names).filter((pair): pair is [string, string] => !!pair[1]));
		const set = before && setOfGroup(context.org, id);
		if (set) context.org.storage.update('PermissionSet', String(set.Id), changed);
		else addBySystem('PermissionSet', { ...changed, PermissionSetGroupId: id, Type: 'Group' }, context);
	},
	beforeDelete: (_row, context) => requireManager(context),
};

/** What is in a group: permission sets of the org's own, each once. Code and wording of the refusal are assumed. */
export const permissionSetGroupComponentRules: ObjectRules = {
	beforeSave(change) {
		requireManager(change.context);
		const set = change.context.org.storage.find('PermissionSet', String(change.row.PermissionSetId));
		if (set?.Type === 'Profile' || set?.Type === 'Group') {
			throw dataError('FIELD_INTEGRITY_EXCEPTION', "You can't add this permission set to a permission set group.", [
				'PermissionSetId',
			]);
		}
		refusePair(change, 'PermissionSetGroupComponent', 'PermissionSetGroupId', 'PermissionSetId');
	},
	afterSave: ({ row, context }) => recalculate(row.PermissionSetGroupId, context),
	beforeDelete: (_row, context) => requireManager(context),
	afterDelete: (row, context) => recalculate(row.PermissionSetGroupId, context),
};

/** Kinds of setup entities by the beginning of their IDs (docs:object-reference/setupentityaccess; prefixes from recorded IDs). */
const SETUP_ENTITIES: Record<string, string> = {
	'01p': 'ApexClass',
	'066': 'ApexPage',
	'02u': 'TabSet',
	'0H4': 'ConnectedApplication',
	'0CP': 'CustomPermission',
	'01I': 'CustomEntityDefinition',
};

/** The kind of what is opened follows from its ID. */
export const setupEntityAccessRules: ObjectRules = {
	beforeSave(change) {
		const { row } = change;
		requireManager(change.context);
		row.SetupEntityType ??= SETUP_ENTITIES[String(row.SetupEntityId).slice(0, 3)] ?? null;
		refusePair(change, 'SetupEntityAccess', 'ParentId', 'SetupEntityId');
	},
	beforeDelete: (_row, context) => requireManager(context),
};
