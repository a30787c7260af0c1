import { apiName, nameKey } from './apiName';
import { isExternalId } from './describe';
import type { FieldDescribe, ObjectDescribe } from './describe';
import { readFieldValue } from './fieldValue';
import type { FieldValue } from './fieldValue';
import { isRecordId } from './recordId';
import { isBlankText } from './values/blank';
import { readId } from './values/id';
import type { Refusal } from './values/readValue';

/** The objects that records refer to by an external ID, by their names in lower case. */
export type Parents = ReadonlyMap<string, ObjectDescribe>;

/** A reference as an item gives it: the field, and what names the record that it points to. */
export interface Reference {
	field: FieldDescribe;
	/** As an object under the relationship's name: `{ "ExternalKey__c": "A-1" }`, or a record as a query returns it. */
	parent: Record<string, unknown>;
}

/** The record that a reference names, as far as it is known before it is looked for. */
export interface ReferredRecord {
	/** API name of its object. */
	object: string;
	key: FieldDescribe;
	value: FieldValue;
}

/**
 * What a reference becomes: a field of the body, a field to blank, nothing to write, or what is wanted in its place.
 * `namesNone` is a record as a query returns it, with nothing that tells which it is. An `aside` may be that too: a name
 * that finds records though it is not an external ID, and that yields to the ID beside it.
 */
export type ReadReference =
	| { name: string; value: unknown; refersTo?: ReferredRecord; aside?: boolean }
	| { blank: 'null' | 'emptyText' }
	| { namesNone: true; wants: string; remedy: string }
	| Refusal;

/**
 * What of an item's values is a reference to a record: an object under the relationship's name, or under the field's
 * own, or the dotted form `Account.ExternalKey__c`.
 *
 * @returns undefined for every other value
 */
export function referenceOf(object: ObjectDescribe, name: string, value: unknown): Reference | undefined {
	const [first = '', key, ...further] = apiName(name).split('.');
	const field = object.fieldsByRelationship.get(first.toLowerCase());
	if (field !== undefined && key !== undefined && further.length === 0) return { field, parent: { [key]: value } };
	if (!isRecord(value)) return undefined;
	const own = object.fieldsByName.get(first.toLowerCase());
	const target = field ?? (own?.type === 'reference' ? own : undefined);
	return target === undefined || key !== undefined ? undefined : { field: target, parent: value };
}

/** The objects of which a reference's key may be, by name; none where it names its record by ID. */
export function targetsOf({ field, parent }: Reference): string[] {
	const type = typeOf(parent);
	return type === undefined ? (field.referenceTo.length === 1 ? field.referenceTo : []) : [type];
}

/**
 * Brings a reference to what the org has: its key must be one of the parent's, and its value of the key's type.
 *
 * @param parents as `targetsOf` names them
 * @param timeZone IANA name; the zone of dates and times that say none
 */
export function readReference({ field, parent }: Reference, parents: Parents, timeZone: string): ReadReference {
	const keys = Object.entries(parent).filter(([name, value]) => nameKey(name) !== 'attributes' && value !== undefined);
	const byId = keys.find(([name]) => nameKey(name) === 'id');
	if (byId === undefined) return referenceByKeys(field, parent, keys, parents, timeZone);
	const read = referenceById(field, byId[1]);
	if (!('blank' in read)) return read;
	// An ID that is empty says nothing beside a key that is not.
	const others = referenceByKeys(
		field,
		parent,
		keys.filter((key) => key !== byId),
		parents,
		timeZone,
	);
	return 'name' in others && others.aside !== true ? others : read;
}

function referenceByKeys(
	field: FieldDescribe,
	parent: Record<string, unknown>,
	keys: Array<[name: string, value: unknown]>,
	parents: Parents,
	timeZone: string,
): ReadReference {
	const type = typeOf(parent);
	if (type !== undefined && !field.referenceTo.some((one) => one.toLowerCase() === type.toLowerCase())) {
		return { wants: `a reference to ${field.referenceTo.join(' or ')}` };
	}
	const [target] = targetsOf({ field, parent });
	if (target === undefined) return wantsType(field);
	return referenceByKey(field, parents.get(target.toLowerCase()), keys, addressOf(parent)?.id, timeZone);
}

function referenceById(field: FieldDescribe, id: unknown): ReadReference {
	const blank = blankOf(id);
	if (blank !== undefined) return blank;
	const read = readId(id);
	return 'wants' in read ? read : { name: field.name, value: read.value };
}

function referenceByKey(
	field: FieldDescribe,
	target: ObjectDescribe | undefined,
	keys: Array<[name: string, value: unknown]>,
	id: string | undefined,
	timeZone: string,
): ReadReference {
	if (target === undefined || field.relationshipName === null) return { wants: 'a reference to an object of this org' };
	const unknown = keys.find(([name]) => !target.fieldsByName.has(nameKey(name)));
	// A record as a query returns it holds parents of its own, which say nothing of it.
	if (unknown !== undefined && keys.length === 1) {
		return { wants: `a reference: ${target.name} has no field ${apiName(unknown[0])} that the API user can see` };
	}
	const known = keys.flatMap(([name, value]) => {
		const key = target.fieldsByName.get(nameKey(name));
		return key !== undefined && isExternalId(key) ? [{ key, value }] : [];
	});
	const marked = known.filter(({ key }) => key.externalId);
	const [first, ...others] = marked.length > 0 ? marked : known;
	if (others.length > 0) {
		return {
			wants: `a reference by one external ID, but by ${[first, ...others].map((one) => one?.key.name).join(' and ')}`,
		};
	}
	if (first === undefined) return id === undefined ? namesNone(target, keys) : { name: field.name, value: id };
	const blank = blankOf(first.value);
	if (blank !== undefined) return blank;
	const read = readFieldValue(first.key, first.value, timeZone);
	if ('wants' in read) return { ...read, wants: `${read.wants}, as ${first.key.name} of ${target.name} wants it` };
	// Salesforce reads a reference that may point to several objects by its attributes, which must come first.
	const attributes = field.referenceTo.length > 1 ? { attributes: { type: target.name } } : {};
	return {
		name: field.relationshipName,
		value: { ...attributes, [first.key.name]: read.value },
		refersTo: { object: target.name, key: first.key, value: read.value },
		aside: !first.key.externalId,
	};
}

function namesNone(target: ObjectDescribe, keys: Array<[name: string, value: unknown]>): ReadReference {
	if (keys.length === 0) return { wants: 'an object with one external ID and its value' };
	const names = keys.map(([name]) => apiName(name)).join(', ');
	return {
		namesNone: true,
		wants: `a reference: no external ID of ${target.name} is among ${names}`,
		remedy: `Name the record by its ID, or by a field of ${target.name} that is marked as External ID.`,
	};
}

/** A record as a query returns it does not say its type either, where its `attributes` were taken away. */
function wantsType(field: FieldDescribe): ReadReference {
	return {
		namesNone: true,
		remedy: 'Name the record by its ID, or say its type so.',
		wants: `an object that says which it means of ${field.referenceTo.join(', ')}: { "attributes": { "type": "${field.referenceTo[0]}" }, … }`,
	};
}

function blankOf(value: unknown): ReadReference | undefined {
	if (value === null) return { blank: 'null' };
	return isBlankText(value) ? { blank: 'emptyText' } : undefined;
}

/** What Salesforce calls the parent of a reference that may point to several objects, where a query selects its Name. */
const ANY_OBJECT = 'name';

/** The object that a parent says it is of, as Salesforce says it in `attributes`. */
function typeOf(parent: Record<string, unknown>): string | undefined {
	const { type } = attributesOf(parent);
	if (typeof type !== 'string') return undefined;
	return nameKey(type) === ANY_OBJECT ? addressOf(parent)?.object : apiName(type);
}

/** What the address in `attributes` names: `/services/data/v62.0/sobjects/Account/001…`. */
function addressOf(parent: Record<string, unknown>): { object: string; id: string } | undefined {
	const { url } = attributesOf(parent);
	const [, object, id] = (typeof url === 'string' ? /\/(\w+)\/(\w{15}(?:\w{3})?)$/.exec(url) : null) ?? [];
	return object !== undefined && id !== undefined && isRecordId(id) ? { object, id } : undefined;
}

function attributesOf(parent: Record<string, unknown>): Record<string, unknown> {
	const attributes = Object.entries(parent).find(([name]) => nameKey(name) === 'attributes')?.[1];
	return isRecord(attributes) ? attributes : {};
}

/** Whether a value is an object of values by name, and not a list or a moment. */
function isRecord(value: unknown): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return (
		prototype === null || prototype === Object.prototype || !('toISOString' in value || 'isLuxonDateTime' in value)
	);
}
