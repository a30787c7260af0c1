import { InputError } from '../../salesforce/inputError';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import { queryRecords } from '../../salesforce/query';
import type { QueriedRecord } from '../../salesforce/query';
import { textLiteral } from '../../salesforce/soql';
import type { UserFacts } from '../facts';
import { GUIDE } from '../guide';
import { OBJECT_RIGHTS, USER_PERMISSIONS } from '../job';
import type { Wanted } from '../wanted';
import { describeAnswer } from './describeAnswer';
import type { Found, Thing } from './thing';

/** The permission set that is made for n8n. */
export const PERMISSION_SET = { Name: 'n8n_Salesforce_Ops', Label: 'n8n Salesforce Ops' };

const SETUP = 'PermSets/home';

/** A permission set with exactly the wanted rights, and who has it, as things that may have to be made. */
export class PermissionSetThings {
	/** Of the permission set, once there is one. */
	private id?: string;
	private rows: Record<'ObjectPermissions' | 'FieldPermissions', QueriedRecord[]> = {
		ObjectPermissions: [],
		FieldPermissions: [],
	};
	private found?: Found;
	private assigned?: Found;

	private constructor(
		private readonly org: Org,
		private readonly wanted: Wanted,
		private readonly user: UserFacts,
		/** Fields, as `case.status`, that field-level security does not reach. */
		private readonly open: ReadonlySet<string>,
	) {}

	/**
	 * Reads what there is of it.
	 *
	 * @param named fields that a person has named, in any case
	 * @throws InputError when the org lacks an object of the wanted rights, or a field that is named
	 * @throws OrgError
	 */
	static async read(
		org: Org,
		wanted: Wanted,
		user: UserFacts,
		named: ReadonlyArray<{ object: string; field: string }>,
	): Promise<PermissionSetThings> {
		const open = new Set<string>();
		// Fields that are still to be made are there by the time their rights are.
		const spelt = new Map(wanted.fields.map(({ name }) => [`case.${name}`.toLowerCase(), name]));
		const names = [...wanted.objects, ...wanted.fieldRights].map(
			({ object }) => [object.toLowerCase(), object] as const,
		);
		for (const [key, object] of new Map(names)) {
			const described = await describeAnswer(org, object);
			if (described === undefined) throw unknownObject(object);
			spelt.set(key, described.name);
			for (const { name, permissionable } of described.fields) {
				spelt.set(`${key}.${name}`.toLowerCase(), name);
				if (!permissionable) open.add(`${object}.${name}`.toLowerCase());
			}
		}
		const unknown = named
			.map(({ object, field }) => `${object}.${field}`)
			.filter((path) => !spelt.has(path.toLowerCase()));
		if (unknown.length > 0) throw unknownFields(unknown);
		const things = new PermissionSetThings(org, asSpelt(wanted, spelt), user, open);
		things.found = await things.findSet();
		things.id = things.found?.id;
		things.rows.ObjectPermissions = await things.rowsOf('ObjectPermissions');
		things.rows.FieldPermissions = await things.rowsOf('FieldPermissions');
		things.assigned = await things.findAssignment();
		return things;
	}

	/** The permission set, its rights, and its assignment, in the order in which they can be made. */
	all(): Thing[] {
		return [this.set(), ...this.objects(), ...this.fields(), this.assignment()];
	}

	private set(): Thing {
		const permissions = this.wanted.permissions.map((name) => [`Permissions${name}`, true]);
		return {
			name: `Permission set ${PERMISSION_SET.Label}`,
			sObject: 'PermissionSet',
			setup: SETUP,
			guide: GUIDE.permissionSet,
			found: this.found,
			lookAgain: async () => await this.findSet(),
			record: () => ({ ...PERMISSION_SET, ...(Object.fromEntries(permissions) as Record<string, boolean>) }),
			has: (id) => {
				this.id = id;
			},
		};
	}

	private objects(): Thing[] {
		return this.wanted.objects.map(({ object, rights }) => {
			const find = (rows: readonly QueriedRecord[]): Found | undefined => {
				const row = rows.find(({ SobjectType }) => sameName(SobjectType, object));
				if (row === undefined) return undefined;
				const lacking = rights.filter((right) => row[OBJECT_RIGHTS[right].field] !== true);
				return { id: String(row.Id), differs: lacking.map((right) => `it lacks ${OBJECT_RIGHTS[right].label}`) };
			};
			return this.right('ObjectPermissions', `Rights to ${object}`, find, {
				SobjectType: object,
				...Object.fromEntries(rights.map((right) => [OBJECT_RIGHTS[right].field, true])),
			});
		});
	}

	private fields(): Thing[] {
		const hidable = this.wanted.fieldRights.filter(
			({ object, field }) => !this.open.has(`${object}.${field}`.toLowerCase()),
		);
		return hidable.map(({ object, field, right }) => {
			const Field = `${object}.${field}`;
			const find = (rows: readonly QueriedRecord[]): Found | undefined => {
				const row = rows.find((one) => sameName(one.Field, Field));
				if (row === undefined) return undefined;
				const lacks = right === 'edit' && row.PermissionsEdit !== true;
				return { id: String(row.Id), differs: lacks ? ['it lacks Edit'] : [] };
			};
			return this.right('FieldPermissions', `Right to ${Field}`, find, {
				SobjectType: object,
				Field,
				PermissionsRead: true,
				PermissionsEdit: right === 'edit',
			});
		});
	}

	/** A right of the permission set: a record of its own, which is made where there is none. */
	private right(
		sObject: 'ObjectPermissions' | 'FieldPermissions',
		name: string,
		find: (rows: readonly QueriedRecord[]) => Found | undefined,
		record: Record<string, unknown>,
	): Thing {
		return {
			name,
			sObject,
			setup: SETUP,
			guide: GUIDE.permissionSet,
			found: find(this.rows[sObject]),
			lookAgain: async () => find(await this.rowsOf(sObject)),
			record: () => ({ ParentId: this.id, ...record }),
		};
	}

	private assignment(): Thing {
		return {
			name: `Permission set ${PERMISSION_SET.Label} of ${this.user.username}`,
			sObject: 'PermissionSetAssignment',
			setup: SETUP,
			guide: GUIDE.permissionSet,
			found: this.assigned,
			lookAgain: async () => await this.findAssignment(),
			record: () => ({ PermissionSetId: this.id, AssigneeId: this.user.id }),
		};
	}

	private async findSet(): Promise<Found | undefined> {
		const { permissions } = this.wanted;
		const fields = ['Id', ...permissions.map((name) => `Permissions${name}`)].join(', ');
		const [set] = await queryRecords(
			this.org,
			`SELECT ${fields} FROM PermissionSet WHERE Name = ${textLiteral(PERMISSION_SET.Name)}`,
		);
		if (set === undefined) return undefined;
		const lacking = permissions.filter((name) => set[`Permissions${name}`] !== true);
		return { id: String(set.Id), differs: lacking.map((name) => `it lacks ${USER_PERMISSIONS[name]}`) };
	}

	private async findAssignment(): Promise<Found | undefined> {
		if (this.id === undefined) return undefined;
		const [assigned] = await queryRecords(
			this.org,
			`SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = ${textLiteral(this.id)} AND AssigneeId = ${textLiteral(this.user.id)}`,
		);
		return assigned === undefined ? undefined : { id: String(assigned.Id), differs: [] };
	}

	private async rowsOf(sObject: 'ObjectPermissions' | 'FieldPermissions'): Promise<QueriedRecord[]> {
		if (this.id === undefined) return [];
		const fields =
			sObject === 'FieldPermissions'
				? 'Field, PermissionsRead, PermissionsEdit'
				: Object.values(OBJECT_RIGHTS)
						.map(({ field }) => field)
						.join(', ');
		return await queryRecords(
			this.org,
			`SELECT Id, SobjectType, ${fields} FROM ${sObject} WHERE ParentId = ${textLiteral(this.id)}`,
		);
	}
}

function sameName(one: unknown, other: string): boolean {
	return String(one).toLowerCase() === other.toLowerCase();
}

/** The same with names as the org spells them; fields that are still to be made keep theirs. */
function asSpelt(wanted: Wanted, spelt: ReadonlyMap<string, string>): Wanted {
	const objectOf = (object: string): string => spelt.get(object.toLowerCase()) ?? object;
	return {
		...wanted,
		objects: wanted.objects.map((one) => ({ ...one, object: objectOf(one.object) })),
		fieldRights: wanted.fieldRights.map((one) => ({
			...one,
			object: objectOf(one.object),
			field: spelt.get(`${one.object}.${one.field}`.toLowerCase()) ?? one.field,
		})),
	};
}

function unknownFields(names: readonly string[]): InputError {
	return new InputError(
		`The org has no field ${listed(names)} that the signed-in user can see`,
		'Check its API name in Fields; custom fields end in __c.',
	);
}

function unknownObject(name: string): InputError {
	return new InputError(
		`The org has no object ${name} that the signed-in user can see`,
		'Check its API name in Objects and Fields; custom objects end in __c.',
	);
}
