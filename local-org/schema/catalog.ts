import type { CustomObject, OrgSettings } from '../options';
import type { Storage } from '../storage';
import { completeObject } from './complete';
import { customObject } from './customObject';
import { linkedParents, withSeenChildren } from './lookups';
import { STANDARD_OBJECTS } from './objects';
import { UserRights, opened, type ObjectRights } from './rights';
import type { FieldSchema, ObjectSchema } from './types';

/** A new org's objects, complete; every org begins with them and none changes them. */
const STANDARD = STANDARD_OBJECTS.map(completeObject);

/** The settings that change what the API user sees of the schema. */
type SchemaSettings = Pick<OrgSettings, 'uniqueExternalId' | 'hiddenFields' | 'hiddenObjects' | 'missingFields'>;

/**
 * The org's objects as the API user sees them: without those that are hidden (`hiddenObjects`) or that no object
 * permission opens, with what the user may do with their records, and without the fields that the org lacks
 * (`missingFields`), that are hidden from the user (`hiddenFields`), or that were made through the API and that no
 * permission set shows yet.
 */
export class Catalog {
	/** By lower-case name, with every field of the org. */
	private readonly whole = new Map<string, ObjectSchema>();
	private readonly byPrefix = new Map<string, ObjectSchema>();
	private visible = new Map<string, ObjectSchema>();
	private visibleKey: string | undefined;
	private version = 0;
	private uniqueCase: { of: ObjectSchema; object: ObjectSchema } | undefined;
	private userRights: { of: string; rights: UserRights } | undefined;

	constructor(
		private readonly settings: SchemaSettings,
		private readonly storage: Storage,
		/** The user whose permission sets count. */
		private readonly userId: () => string,
		customObjects: Record<string, CustomObject> = {},
	) {
		const custom = Object.entries(customObjects).map(([name, object], number) =>
			completeObject(customObject(name, object, number)),
		);
		const objects = [...STANDARD, ...custom];
		for (const object of objects) this.add(object);
		for (const { name, fields } of custom) for (const field of fields) this.link(name, field);
		storage.createTables(objects);
	}

	/** What the Tooling API knows besides. */
	readonly tooling = {
		objects: (): ObjectSchema[] => [...this.view().values()],
		object: (name: string): ObjectSchema | undefined => this.view().get(name.toLowerCase()),
	};

	/** Every object, as the user sees it, by name. */
	objects(): ObjectSchema[] {
		return this.tooling.objects().filter(({ toolingOnly }) => !toolingOnly);
	}

	/** The object of this name in any case. */
	object(name: string): ObjectSchema | undefined {
		const object = this.tooling.object(name);
		return object?.toolingOnly ? undefined : object;
	}

	/** The object with all its fields, hidden ones too. Throws for a name that the org does not have. */
	stored(name: string): ObjectSchema {
		return this.asSet(this.kept(name));
	}

	/** The object of this name in any case, with all its fields, in a list; an empty list for a name that the org does not have. */
	known(name: string): ObjectSchema[] {
		const object = this.whole.get(name.toLowerCase());
		return object ? [object] : [];
	}

	/** Whether the user has a user permission, such as `ManageUsers`, by profile or permission set. */
	userHas(permission: string): boolean {
		return this.rights().has(permission);
	}

	/** What the user may do with an object's records. */
	rightsTo(object: ObjectSchema): ObjectRights {
		return this.rights().to(object);
	}

	/** The object to which an ID belongs. */
	ofId(id: string): ObjectSchema | undefined {
		return this.byPrefix.get(id.slice(0, 3));
	}

	/** Whether the org has this field, hidden or not. */
	hasField(objectName: string, name: string): boolean {
		const object = this.whole.get(objectName.toLowerCase());
		return Boolean(object?.fields.some((field) => field.name.toLowerCase() === name.toLowerCase()));
	}

	/** Adds a field, or replaces the one of the same name. Throws ApiError for a lookup that Salesforce would not make. */
	setField(objectName: string, field: FieldSchema): void {
		this.link(this.kept(objectName).name, field);
		const object = this.kept(objectName);
		const others = object.fields.filter(({ name }) => name !== field.name);
		this.add(completeObject({ ...object, fields: [...others, field] }));
		this.storage.addColumn(object.name, field);
		this.changed();
	}

	/** To be called after a change of permissions: the user may see more or less now. */
	changed(): void {
		this.version++;
	}

	private kept(name: string): ObjectSchema {
		const object = this.whole.get(name.toLowerCase());
		if (!object) throw new Error(`The local org has no object ${name}.`);
		return object;
	}

	/** Case with its external ID Unique, as long as the settings say so; every other object as it is kept. */
	private asSet(object: ObjectSchema): ObjectSchema {
		if (object.name !== 'Case' || !this.settings.uniqueExternalId) return object;
		if (this.uniqueCase?.of !== object) {
			const fields = object.fields.map((field) =>
				field.name === 'ExternalID__c' ? { ...field, unique: true } : field,
			);
			this.uniqueCase = { of: object, object: { ...object, fields } };
		}
		return this.uniqueCase.object;
	}

	private add(object: ObjectSchema): void {
		this.whole.set(object.name.toLowerCase(), object);
		const prefix = object.keyPrefix ?? object.idPrefix;
		if (prefix) this.byPrefix.set(prefix, object);
	}

	private link(objectName: string, field: FieldSchema): void {
		for (const parent of linkedParents(objectName, field, (name) => this.whole.get(name.toLowerCase())))
			this.add(parent);
	}

	private rights(): UserRights {
		const of = `${this.version} ${this.userId()}`;
		if (this.userRights?.of !== of) this.userRights = { of, rights: new UserRights(this.storage, this.userId()) };
		return this.userRights.rights;
	}

	private view(): Map<string, ObjectSchema> {
		const { uniqueExternalId, hiddenFields, hiddenObjects, missingFields } = this.settings;
		const key = `${this.version} ${this.userId()} ${uniqueExternalId} ${hiddenFields.join()} ${hiddenObjects.join()} ${missingFields.join()}`;
		if (key === this.visibleKey) return this.visible;
		const left = new Set([...hiddenFields, ...missingFields].map((name) => name.toLowerCase()));
		const visible = [...this.whole].filter(
			([, object]) => !hiddenObjects.includes(object.name) && this.rightsTo(object).read,
		);
		const seen = new Map(
			visible.map(([name, object]) => [name, opened(this.seen(this.asSet(object), left), this.rightsTo(object))]),
		);
		const isThere = (name: string) => this.whole.has(name.toLowerCase());
		this.visible = new Map([...seen].map(([name, object]) => [name, withSeenChildren(object, isThere, seen)]));
		this.visibleKey = key;
		return this.visible;
	}

	private seen(object: ObjectSchema, left: Set<string>): ObjectSchema {
		const isPlain = !object.fields.some((field) => field.needsPermission ?? field.name === 'RecordTypeId');
		if (isPlain && ![...left].some((name) => name.startsWith(`${object.name.toLowerCase()}.`))) return object;
		const fields = object.fields.flatMap((field) => {
			if (left.has(`${object.name}.${field.name}`.toLowerCase())) return [];
			if (field.name === 'RecordTypeId' && !this.hasRecordTypes(object)) return [];
			if (field.needsPermission) return this.permitted(object, field);
			return [field];
		});
		return { ...object, fields };
	}

	/** The field RecordTypeId is there as soon as an object has a record type. */
	private hasRecordTypes({ name }: ObjectSchema): boolean {
		return this.storage.all('SELECT 1 FROM "RecordType" WHERE "SobjectType" = ? LIMIT 1', name).length > 0;
	}

	/** The field as the user's permission sets show it: not at all, to read, or to write. */
	private permitted(object: ObjectSchema, field: FieldSchema): FieldSchema[] {
		const [row] = this.storage.all(
			`SELECT max("PermissionsRead") AS read, max("PermissionsEdit") AS edit FROM "FieldPermissions"
			 WHERE "SobjectType" = ? AND "Field" = ? AND "ParentId" IN (
				SELECT "PermissionSetId" FROM "PermissionSetAssignment" WHERE "AssigneeId" = ?)`,
			object.name,
			`${object.name}.${field.name}`,
			this.userId(),
		);
		if (row?.read !== 1) return [];
		const write = row.edit === 1;
		return [{ ...field, createable: field.createable && write, updateable: field.updateable && write }];
	}
}
