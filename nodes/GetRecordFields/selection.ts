import { nameKey } from '../../salesforce/apiName';
import type { FieldDescribe, ObjectDescribe } from '../../salesforce/describe';
import { FIELD_HIDDEN } from '../../salesforce/errorCodes';
import { OrgError } from '../../salesforce/errors';
import type { Parents } from '../../salesforce/reference';

/** What a query selects for an item's fields. */
export interface FieldSelection {
	/** As SOQL has them: fields of the object and of its parents, and a TYPEOF for a parent of several kinds. */
	selected: string[];
	/** The fields that TYPEOF gives only where the parent's kind has them, by relationship. */
	byKind: Map<string, string[]>;
}

/** What every parent of several kinds has, whichever it is (Object Reference, Name). */
const FIELDS_OF_ALL = [
	'alias',
	'email',
	'firstname',
	'id',
	'isactive',
	'lastname',
	'name',
	'nameoralias',
	'phone',
	'profileid',
	'recordtypeid',
	'title',
	'type',
	'username',
	'userroleid',
];

/** References to more kinds of objects than these are left to Salesforce: each would have to be described. */
const MOST_KINDS = 12;

/** The kinds of parents that a selection must know, by name: of those fields that not every kind has. */
export function kindsOf(object: ObjectDescribe, fields: readonly string[]): string[] {
	return fields.flatMap((path) => {
		const { field, name } = parentField(object, path);
		return field !== undefined && name !== undefined && !FIELDS_OF_ALL.includes(name) ? kinds(field) : [];
	});
}

/**
 * Selects an object's fields, as the org spells them. A parent's are left to Salesforce, as they are of another object;
 * those that only one kind of a parent has are selected by TYPEOF.
 *
 * @param parents as `kindsOf` names them
 * @throws OrgError `INVALID_FIELD` when the object, or every kind of a parent, lacks a field
 */
export function selectFields(object: ObjectDescribe, fields: readonly string[], parents: Parents): FieldSelection {
	checkKnown(object, fields);
	const byKind = new Map<string, string[]>();
	for (const path of fields) {
		const { field, name } = parentField(object, path);
		if (field === undefined || name === undefined || FIELDS_OF_ALL.includes(name) || kinds(field).length === 0)
			continue;
		byKind.set(field.relationshipName ?? '', []);
	}
	const selected: string[] = [];
	for (const path of fields) {
		const { field, name } = parentField(object, path);
		const ofKinds = byKind.get(field?.relationshipName ?? '');
		if (field !== undefined && name !== undefined && ofKinds !== undefined) {
			ofKinds.push(spelling(kinds(field), name, parents) ?? fail(object, path, kinds(field)));
		} else selected.push(object.fieldsByName.get(nameKey(path))?.name ?? path);
	}
	for (const [relationship, names] of byKind) selected.push(typeOf(object, relationship, names, parents));
	return { selected, byKind };
}

/** A field of a parent of several kinds, one level up; `name` in lower case. */
function parentField(object: ObjectDescribe, path: string): { field?: FieldDescribe; name?: string } {
	const [relationship = '', name, ...further] = nameKey(path).split('.');
	const field = object.fieldsByRelationship.get(relationship);
	return field !== undefined && field.referenceTo.length > 1 && further.length === 0 ? { field, name } : {};
}

function kinds({ referenceTo }: FieldDescribe): string[] {
	return referenceTo.length > MOST_KINDS ? [] : referenceTo;
}

function spelling(targets: readonly string[], name: string, parents: Parents): string | undefined {
	const found = targets.map((kind) => parents.get(kind.toLowerCase())?.fieldsByName.get(name));
	return found.find((field) => field !== undefined)?.name;
}

function typeOf(object: ObjectDescribe, relationship: string, names: readonly string[], parents: Parents): string {
	const targets = object.fieldsByRelationship.get(relationship.toLowerCase())?.referenceTo ?? [];
	const cases = targets.flatMap((kind) => {
		const own = names.filter((name) => parents.get(kind.toLowerCase())?.fieldsByName.has(name.toLowerCase()));
		return own.length > 0 ? [`WHEN ${kind} THEN ${own.join(', ')}`] : [];
	});
	return `TYPEOF ${relationship} ${cases.join(' ')} END`;
}

function checkKnown(object: ObjectDescribe, fields: readonly string[]): void {
	const unknown = fields.filter((path) => {
		const [first = '', second] = nameKey(path).split('.');
		return second === undefined ? !object.fieldsByName.has(first) : !object.fieldsByRelationship.has(first);
	});
	if (unknown.length === 0) return;
	const parent = unknown.find((name) => object.fieldsByRelationship.has(nameKey(name)));
	throw new OrgError(
		'INVALID_FIELD',
		`${object.name} has no field ${unknown.join(', ')} that the API user can see`,
		parent === undefined ? FIELD_HIDDEN : `${parent} is a parent; name one of its fields, such as ${parent}.Id.`,
		{ fields: unknown },
	);
}

function fail(object: ObjectDescribe, path: string, targets: readonly string[]): never {
	throw new OrgError(
		'INVALID_FIELD',
		`${object.name} has no field ${path} that the API user can see: neither ${targets.join(' nor ')} has it`,
		FIELD_HIDDEN,
		{ fields: [path] },
	);
}
