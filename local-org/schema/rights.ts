import type { Row, Storage } from '../storage';
import type { ObjectSchema } from './types';

/** What a user may do with the records of one object. */
export interface ObjectRights {
	read: boolean;
	create: boolean;
	edit: boolean;
	delete: boolean;
	/** Whether also those of others may be deleted. */
	modifyAll: boolean;
}

/** The standard objects here that object permissions open; setup objects are opened by user permissions. */
const STANDARD = ['Account', 'Asset', 'Case', 'Contact', 'Lead', 'Opportunity'];
/** Objects that are seen with another one. Assumed: a user without Case does not see the comments and the history either. */
const SEEN_WITH: Record<string, string> = { CaseComment: 'Case', CaseHistory: 'Case' };

const EVERYTHING: ObjectRights = { read: true, create: true, edit: true, delete: true, modifyAll: true };

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

/** The rights that a user's profile and permission sets add up to; none takes away what another gives. */
export class UserRights {
	/** Names of user permissions, as `ModifyAllData`. */
	private readonly permissions: Set<string>;
	private readonly objects: Map<string, Row>;

	constructor(storage: Storage, userId: string) {
		const assigned = '(SELECT "PermissionSetId" FROM "PermissionSetAssignment" WHERE "AssigneeId" = ?)';
		const sets = storage.all(`SELECT * FROM "PermissionSet" WHERE "Id" IN ${assigned}`, userId);
		const granted = sets.flatMap((set) => Object.entries(set).filter(([, value]) => value === 1));
		this.permissions = new Set(granted.map(([name]) => name.replace(/^Permissions/, '')));
		const rows = storage.all(
			`SELECT "SobjectType" AS type, max("PermissionsRead") AS read, max("PermissionsCreate") AS "create",
			 max("PermissionsEdit") AS edit, max("PermissionsDelete") AS "delete", max("PermissionsModifyAllRecords") AS modifyAll
			 FROM "ObjectPermissions" WHERE "ParentId" IN ${assigned} GROUP BY "SobjectType"`,
			userId,
		);
		this.objects = new Map(rows.map((row) => [String(row.type), row]));
	}

	/** Whether the user has a user permission. */
	has(permission: string): boolean {
		return this.permissions.has(permission);
	}

	/** What the user may do with an object's records. */
	to(object: ObjectSchema): ObjectRights {
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
			modifyAll: granted('modifyAll'),
		};
	}
}
