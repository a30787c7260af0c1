import type { Row, Storage } from '../storage';
import type { FieldSchema, ObjectSchema } from './types';

/** What a user may do with the records of one object. */
export interface ObjectRights {
	read: boolean;
	create: boolean;
	edit: boolean;
	delete: boolean;
	/** Whether every record may be seen, whoever it is shared with. */
	viewAll: boolean;
	/** Whether also those of others may be deleted. */
	modifyAll: boolean;
}

/** The standard objects here that object permissions open; setup objects are opened by user permissions. */
const STANDARD = ['Account', 'Asset', 'Case', 'Contact', 'Lead', 'Opportunity'];
/** Objects that are seen with another one. Assumed: a user without Case does not see the comments and the history either. */
const SEEN_WITH: Record<string, string> = {
	AccountTeamMember: 'Account',
	CaseComment: 'Case',
	CaseHistory: 'Case',
	CaseShare: 'Case',
	CaseTeamMember: 'Case',
	OpportunityTeamMember: 'Opportunity',
};

/** Setup objects that only users with View Setup and Configuration see (docs:object-reference, special access rules). */
const SEEN_WITH_SETUP = [
	'ApexTrigger',
	'AutoResponseRule',
	'DuplicateRule',
	'FieldPermissions',
	'Flow',
	'FlowDefinitionView',
	'MatchingRule',
	'ObjectPermissions',
	'PlatformEventChannelMember',
	'SetupAuditTrail',
	'ValidationRule',
	'WorkflowRule',
];
/** Setup objects that only those write who manage profiles and permission sets. */
const PERMISSION_OBJECTS = ['FieldPermissions', 'ObjectPermissions', 'PermissionSet'];
/** The user permission that brings all others about users and their rights (salesforce.stackexchange 413777). */
const MANAGE_USERS = 'ManageUsers';

const NOTHING: ObjectRights = {
	read: false,
	create: false,
	edit: false,
	delete: false,
	viewAll: false,
	modifyAll: false,
};
const EVERYTHING: ObjectRights = {
	read: true,
	create: true,
	edit: true,
	delete: true,
	viewAll: true,
	modifyAll: true,
};

/** Whether ObjectPermissions can name this object. */
export const takesPermissions = ({ name, custom }: ObjectSchema) => STANDARD.includes(name) || Boolean(custom);

/** The object with the flags of what its rights allow. */
export function opened(object: ObjectSchema, { create, edit, delete: remove }: ObjectRights): ObjectSchema {
	if (create && edit && remove) return object;
	return {
		...object,
		createable: object.createable && create,
		updateable: object.updateable && edit,
		deletable: object.deletable && remove,
	};
}

/** What a user may do with one field. */
export interface FieldRights {
	read: boolean;
	edit: boolean;
}

const OPEN: FieldRights = { read: true, edit: true };

/**
 * Profiles that show no field which field-level security can hide; the others here show all that were not made through
 * the API. Assumed of the standard profiles.
 */
const CLOSED_PROFILES = ['Minimum Access - API Only Integrations', 'Minimum Access - Salesforce'];

/** The rights that a user's profile and permission sets add up to; none takes away what another gives. */
export class UserRights {
	/** Names of user permissions, as `ModifyAllData`. */
	private readonly permissions: Set<string>;
	private readonly objects: Map<string, Row>;
	private readonly fields: Map<string, FieldRights>;
	/** Whether a field is hidden until a permission set shows it. */
	private readonly isClosed: boolean;

	constructor(storage: Storage, userId: string) {
		const assigned = '(SELECT "PermissionSetId" FROM "PermissionSetAssignment" WHERE "AssigneeId" = ?)';
		const sets = storage.all(`SELECT * FROM "PermissionSet" WHERE "Id" IN ${assigned}`, userId);
		const granted = sets.flatMap((set) => Object.entries(set).filter(([, value]) => value === 1));
		this.permissions = new Set(granted.map(([name]) => name.replace(/^Permissions/, '')));
		const rows = storage.all(
			`SELECT "SobjectType" AS type, max("PermissionsRead") AS read, max("PermissionsCreate") AS "create",
			 max("PermissionsEdit") AS edit, max("PermissionsDelete") AS "delete",
			 max("PermissionsViewAllRecords") AS viewAll, max("PermissionsModifyAllRecords") AS modifyAll
			 FROM "ObjectPermissions" WHERE "ParentId" IN ${assigned} GROUP BY "SobjectType"`,
			userId,
		);
		this.objects = new Map(rows.map((row) => [String(row.type), row]));
		const fields = storage.all(
			`SELECT "Field" AS field, max("PermissionsRead") AS read, max("PermissionsEdit") AS edit
			 FROM "FieldPermissions" WHERE "ParentId" IN ${assigned} GROUP BY "Field"`,
			userId,
		);
		this.fields = new Map(
			fields.map(({ field, read, edit }) => [
				String(field).toLowerCase(),
				{ read: read === 1 || edit === 1, edit: edit === 1 },
			]),
		);
		const [profile] = storage.all(
			'SELECT p."Name" FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ?',
			userId,
		);
		this.isClosed = CLOSED_PROFILES.includes(String(profile?.Name));
	}

	/** Whether the user has a user permission. */
	has(permission: string): boolean {
		return this.permissions.has(permission);
	}

	private hasOrManages(permission: string): boolean {
		return this.has(permission) || this.has(MANAGE_USERS);
	}

	/** Whether field-level security may hide any field of this object from the user. */
	mayHide({ fields }: ObjectSchema): boolean {
		return this.isClosed || fields.some(({ needsPermission }) => needsPermission);
	}

	/** What the user may do with a field; the parts of an address go with it. */
	toField(
		object: ObjectSchema,
		{ name, compoundFieldName, permissionable, needsPermission }: FieldSchema,
	): FieldRights {
		if (!needsPermission && !(this.isClosed && permissionable)) return OPEN;
		const rights = (field: string) => this.fields.get(`${object.name}.${field}`.toLowerCase());
		return rights(compoundFieldName ?? name) ?? rights(name) ?? { read: false, edit: false };
	}

	/** What the user may do with an object's records. */
	to(object: ObjectSchema): ObjectRights {
		if (SEEN_WITH_SETUP.includes(object.name) && !this.hasOrManages('ViewSetup')) return NOTHING;
		if (PERMISSION_OBJECTS.includes(object.name) && !this.hasOrManages('ManageProfilesPermissionsets')) {
			return { ...NOTHING, read: true };
		}
		const name = SEEN_WITH[object.name] ?? object.name;
		if ((name === object.name && !takesPermissions(object)) || this.has('ModifyAllData')) return EVERYTHING;
		const row = this.objects.get(name);
		const granted = (right: keyof ObjectRights) => row?.[right] === 1;
		const read = granted('read') || this.has('ViewAllData');
		if (name !== object.name) return { ...EVERYTHING, read };
		return {
			read,
			create: granted('create'),
			edit: granted('edit'),
			delete: granted('delete'),
			viewAll: granted('viewAll') || granted('modifyAll'),
			modifyAll: granted('modifyAll'),
		};
	}
}
