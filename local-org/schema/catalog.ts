import type { OrgSettings } from '../options';
import type { Storage } from '../storage';
import { completeObject } from './complete';
import { isChildGap, isFieldGap } from './fieldGaps';
import { linkedParents, withSeenChildren } from './lookups';
import { UserRights, opened } from './rights';
import type { ObjectRights } from './rights';
import { isStandardObject, isToolingObject } from './standardNames';
import { Sharing } from './sharing';
import type { StartingObjects } from './startingObjects';
import type { FieldSchema, ObjectSchema, Summary } from './types';

/** The settings that change the schema, or what the API user sees of it. */
type SchemaSettings = Pick<
	OrgSettings,
	'uniqueExternalId' | 'hiddenFields' | 'hiddenObjects' | 'missingFields' | 'defaultAccess'
>;

/** The external ID of moves, with a namespace or without. */
const EXTERNAL_ID = /^(\w+__)?ExternalID__c$/;

/**
 * The org's objects as the user sees them who is being served: without those that are hidden (`hiddenObjects`) or that no object
 * permission opens, with what the user may do with their records, and without the fields that the org lacks
 * (`missingFields`), that are hidden from the user (`hiddenFields`), or that were made through the API and that no
 * permission set shows yet.
 */
export class Catalog {
	/** By lower-case name, with every field of the org. */
	private readonly whole = new Map<string, ObjectSchema>();
	private readonly byPrefix = new Map<string, ObjectSchema>();
	/** What each user sees, and under which circumstances that was found. */
	private readonly views = new Map<string, { key: string; objects: Map<string, ObjectSchema> }>();
	private readonly summaries = new Map<string, { parent: string; field: string; summary: Summary }[]>();
	private version = 0;
	/** Whether permissions changed in the transaction that is under way. */
	private isUnsettled = false;
	private everything: { key: string; objects: ObjectSchema[] } | undefined;
	private uniqueCase: { of: ObjectSchema; object: ObjectSchema } | undefined;
	private readonly userRights = new Map<string, { version: number; rights: UserRights }>();

	constructor(
		private readonly settings: SchemaSettings,
		private readonly storage: Storage,
		/** The user whose permission sets count. */
		private readonly userId: () => string,
		/** Whether that is the API user, whom the settings are about. */
		private readonly isApiUser: () => boolean,
		/** Told of what real orgs have, and this one has not. */
		private readonly gap: (what: string) => void,
		{ standard, custom }: StartingObjects,
	) {
		for (const object of [...standard, ...custom]) this.add(object);
		for (const { name, fields } of custom) for (const field of fields) this.link(name, field);
	}

	/** What the Tooling API knows besides. */
	readonly tooling = {
		objects: (): ObjectSchema[] => [...this.view().values()],
		object: (name: string): ObjectSchema | undefined => {
			const object = this.view().get(name.toLowerCase());
			if (!object && isToolingObject(name)) this.noteObject(name);
			return object;
		},
	};

	/** Every object, as the user sees it, by name. */
	objects(): ObjectSchema[] {
		return this.tooling.objects().filter(({ toolingOnly }) => !toolingOnly);
	}

	/** The object of this name in any case. */
	object(name: string): ObjectSchema | undefined {
		const object = this.view().get(name.toLowerCase());
		if (object && !object.toolingOnly) return object;
		if (!object && isStandardObject(name)) this.noteObject(name);
		return undefined;
	}

	/** To be called where a user has named a field that is not there: real orgs may have it. */
	lacksField(object: ObjectSchema, name: string): void {
		if (isFieldGap(object, name) && !this.hasField(object.name, name)) this.gap(`field ${object.name}.${name}`);
	}

	/** The same for a relationship to child records. */
	lacksChildren(object: ObjectSchema, name: string): void {
		if (isChildGap(object, name)) this.gap(`child relationship ${object.name}.${name}`);
	}

	/** What is there and only hidden from the user is no gap. */
	private noteObject(name: string): void {
		if (!this.whole.has(name.toLowerCase())) this.gap(`object ${name}`);
	}

	/**
	 * The object with all its fields, hidden ones too.
	 * @throws for a name that the org does not have
	 */
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

	/** SQL that holds for the records of an object, under this alias, that the user sees; undefined when those are all. */
	seenSql(object: ObjectSchema, alias: string): string | undefined {
		return this.sharing()?.seen(object, alias);
	}

	/** Whether the user sees this record. */
	sees(object: ObjectSchema, id: string): boolean {
		return this.isAmong(object, id, this.seenSql(object, 'r'));
	}

	/** Whether the user may change this record, which they see. */
	mayEdit(object: ObjectSchema, id: string): boolean {
		return this.isAmong(object, id, this.sharing()?.editable(object, 'r'));
	}

	/** Whether the user may share this record with others. */
	mayShare(object: ObjectSchema, id: string): boolean {
		return this.isAmong(object, id, this.sharing()?.shareable(object, 'r'));
	}

	private isAmong({ name }: ObjectSchema, id: string, condition: string | undefined): boolean {
		if (condition === undefined) return true;
		return this.storage.all(`SELECT 1 FROM "${name}" r WHERE r."Id" = ? AND ${condition}`, id).length > 0;
	}

	/** Undefined as long as everyone may see and change everything. */
	private sharing(): Sharing | undefined {
		if (Object.keys(this.settings.defaultAccess).length === 0) return undefined;
		return new Sharing(this.settings, this.storage, this.userId(), this.rights());
	}

	/** The object to which an ID belongs. */
	ofId(id: string): ObjectSchema | undefined {
		return this.byPrefix.get(id.slice(0, 3));
	}

	/** Every object with all its fields but those that the org lacks, whoever asks; the same list until something changes. */
	all(): readonly ObjectSchema[] {
		const { uniqueExternalId, missingFields } = this.settings;
		const key = `${this.version} ${uniqueExternalId} ${missingFields.join()}`;
		if (this.everything?.key !== key) this.everything = { key, objects: this.allButMissing() };
		return this.everything.objects;
	}

	private allButMissing(): ObjectSchema[] {
		const missing = new Set(this.settings.missingFields.map((name) => name.toLowerCase()));
		return [...this.whole.values()].map((object) => {
			const kept = this.asSet(object);
			const fields = kept.fields.filter(({ name }) => !missing.has(`${kept.name}.${name}`.toLowerCase()));
			return fields.length === kept.fields.length ? kept : { ...kept, fields };
		});
	}

	/** Whether the org has this field, hidden or not. */
	hasField(objectName: string, name: string): boolean {
		const object = this.whole.get(objectName.toLowerCase());
		return Boolean(object?.fields.some((field) => field.name.toLowerCase() === name.toLowerCase()));
	}

	/**
	 * Adds a field, or replaces the one of the same name.
	 * @throws ApiError for a lookup that Salesforce would not make
	 */
	setField(objectName: string, field: FieldSchema): void {
		this.link(this.kept(objectName).name, field);
		const object = this.kept(objectName);
		const others = object.fields.filter(({ name }) => name !== field.name);
		this.add(completeObject({ ...object, fields: [...others, field] }));
		this.storage.addColumn(object.name, field);
		this.changed();
	}

	/** The roll-up summaries of records of this object, with the objects whose fields they are. */
	summariesOf(child: string): { parent: string; field: string; summary: Summary }[] {
		return this.summaries.get(child.toLowerCase()) ?? [];
	}

	/** To be called after a change of permissions: the user may see more or less now. */
	changed(): void {
		this.version++;
		this.isUnsettled = true;
	}

	/** To be called when what was written is undone: what was read of permissions since they changed no longer holds. */
	undone(): void {
		if (this.isUnsettled) this.version++;
	}

	/** To be called when what was written stays. */
	settled(): void {
		this.isUnsettled = false;
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
			const fields = object.fields.map((field) => (EXTERNAL_ID.test(field.name) ? { ...field, unique: true } : field));
			this.uniqueCase = { of: object, object: { ...object, fields } };
		}
		return this.uniqueCase.object;
	}

	private add(object: ObjectSchema): void {
		for (const { name: field, summary } of object.fields) {
			if (!summary) continue;
			const key = summary.child.toLowerCase();
			const others = this.summariesOf(key).filter((one) => one.parent !== object.name || one.field !== field);
			this.summaries.set(key, [...others, { parent: object.name, field, summary }]);
		}
		this.whole.set(object.name.toLowerCase(), object);
		const prefix = object.keyPrefix ?? object.idPrefix;
		if (prefix) this.byPrefix.set(prefix, object);
	}

	private link(objectName: string, field: FieldSchema): void {
		for (const parent of linkedParents(objectName, field, (name) => this.whole.get(name.toLowerCase())))
			this.add(parent);
	}

	private rights(): UserRights {
		const userId = this.userId();
		const known = this.userRights.get(userId);
		if (known?.version === this.version) return known.rights;
		const rights = new UserRights(this.storage, userId);
		this.userRights.set(userId, { version: this.version, rights });
		return rights;
	}

	/** What is hidden from the API user; from nobody else. */
	private hidden(): { fields: string[]; objects: string[] } {
		const { hiddenFields, hiddenObjects } = this.settings;
		return this.isApiUser() ? { fields: hiddenFields, objects: hiddenObjects } : { fields: [], objects: [] };
	}

	private view(): Map<string, ObjectSchema> {
		const { uniqueExternalId, missingFields } = this.settings;
		const userId = this.userId();
		const { fields, objects: hiddenObjects } = this.hidden();
		const key = `${this.version} ${uniqueExternalId} ${fields.join()} ${hiddenObjects.join()} ${missingFields.join()}`;
		const known = this.views.get(userId);
		if (known?.key === key) return known.objects;
		const left = new Set([...fields, ...missingFields].map((name) => name.toLowerCase()));
		const visible = [...this.whole].filter(
			([, object]) => !hiddenObjects.includes(object.name) && this.rightsTo(object).read,
		);
		const seen = new Map(
			visible.map(([name, object]) => [name, opened(this.seen(this.asSet(object), left), this.rightsTo(object))]),
		);
		const isThere = (name: string) => this.whole.has(name.toLowerCase());
		const objects = new Map([...seen].map(([name, object]) => [name, withSeenChildren(object, isThere, seen)]));
		this.views.set(userId, { key, objects });
		return objects;
	}

	private seen(object: ObjectSchema, left: Set<string>): ObjectSchema {
		const rights = this.rights();
		const isPlain = !rights.mayHide(object) && !object.fields.some(({ name }) => name === 'RecordTypeId');
		if (isPlain && ![...left].some((name) => name.startsWith(`${object.name.toLowerCase()}.`))) return object;
		const fields = object.fields.flatMap((field) => {
			if (left.has(`${object.name}.${field.name}`.toLowerCase())) return [];
			if (field.name === 'RecordTypeId' && !this.hasRecordTypes(object)) return [];
			const { read, edit } = rights.toField(object, field);
			if (read && edit) return [field];
			return read ? [{ ...field, createable: false, updateable: false }] : [];
		});
		return { ...object, fields };
	}

	/** The field RecordTypeId is there as soon as an object has a record type. */
	private hasRecordTypes({ name }: ObjectSchema): boolean {
		return this.storage.all('SELECT 1 FROM "RecordType" WHERE "SobjectType" = ? LIMIT 1', name).length > 0;
	}
}
