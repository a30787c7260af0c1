import type { FieldDescribe, ObjectDescribe } from './describe';
import { FIELD_HIDDEN } from './errorCodes';
import { OrgError } from './errors';
import { readFieldValue } from './fieldValue';

/** How values become a record. */
export interface BodyRules {
	/** What the record may be used for: which fields may be written depends on it. */
	writes: 'create' | 'update' | 'either';
	/** API name of a field that may be given though it cannot be written, since it only finds the record. */
	key?: string;
	/** What empty text means, blanks alone included: a field to blank, or one to leave as it is. */
	emptyText: 'blank' | 'leaveOut';
	/** What to do with fields that the API user may see but not write. */
	readOnlyFields: 'fail' | 'leaveOut';
	/** IANA name; the zone of dates and times that say none. */
	timeZone: string;
}

/** A record as it is sent: values by API name, and `{ Account: { ExternalKey__c: 'A-1' } }` for references. */
export interface RecordBody {
	fields: Record<string, unknown>;
	/** Names of read-only fields that were left out. */
	leftOut: string[];
}

/**
 * Brings a person's values to what the object's fields want.
 *
 * References are IDs (`AccountId`), or objects with one external ID under the relationship's name; the dotted form
 * `Account.ExternalKey__c` means the same. `attributes`, which Salesforce puts on records that it returns, is ignored.
 *
 * @param values by API name in any case; undefined counts as absent
 * @throws OrgError naming every field that is unknown, read-only, or has a value it cannot take
 */
export function recordBody(object: ObjectDescribe, values: Record<string, unknown>, rules: BodyRules): RecordBody {
	const body: RecordBody = { fields: {}, leftOut: [] };
	const unknown: string[] = [];
	const readOnly: string[] = [];
	const wrong: Array<{ name: string; wants: string }> = [];
	const given = new Set<FieldDescribe>();

	for (const [name, value] of Object.entries(values)) {
		if (name === 'attributes' || value === undefined) continue;
		const field = fieldOf(object, name, value);
		if (field === undefined) unknown.push(name);
		else if (!isWritable(field, rules.writes) && field.name.toLowerCase() !== rules.key?.toLowerCase())
			(rules.readOnlyFields === 'fail' ? readOnly : body.leftOut).push(name);
		else {
			const read = readOne(field, name, value, rules);
			if (read === undefined) continue;
			if ('wants' in read) wrong.push({ name, wants: read.wants });
			else if (given.has(field) && body.fields[read.name] !== read.value)
				wrong.push({ name, wants: `the only value for ${field.name}` });
			else body.fields[read.name] = read.value;
			given.add(field);
		}
	}
	refuse(object, unknown, readOnly, wrong);
	return body;
}

/** The field that a name means: its own, or the reference whose record is named by an external ID. */
function fieldOf(object: ObjectDescribe, name: string, value: unknown): FieldDescribe | undefined {
	const lower = name.toLowerCase();
	const own = object.fieldsByName.get(lower);
	if (own !== undefined) return own;
	const [first = '', second] = lower.split('.');
	const namesParent = second !== undefined || typeof value === 'object';
	return namesParent ? object.fieldsByRelationship.get(first) : undefined;
}

function isWritable({ createable, updateable }: FieldDescribe, writes: BodyRules['writes']): boolean {
	if (writes === 'either') return createable || updateable;
	return writes === 'create' ? createable : updateable;
}

/** What one value becomes; undefined when it is left out. */
function readOne(
	field: FieldDescribe,
	name: string,
	value: unknown,
	rules: BodyRules,
): { name: string; value: unknown } | { wants: string } | undefined {
	// Salesforce keeps no blanks at the ends of a text, so that blanks alone would blank the field.
	if (typeof value === 'string' && value.trim() === '')
		return rules.emptyText === 'leaveOut' ? undefined : { name: field.name, ...blank(field, rules) };
	if (value === null) return { name: field.name, ...blank(field, rules) };
	if (name.toLowerCase() === field.name.toLowerCase()) {
		const read = readFieldValue(field, value, rules.timeZone);
		return 'wants' in read ? read : { name: field.name, value: read.value };
	}
	const [, key] = name.split('.');
	const parent = key === undefined ? (value as Record<string, unknown>) : { [key]: value };
	const wants = whatParentWants(field, parent);
	return wants === undefined ? { name: field.relationshipName as string, value: parent } : { wants };
}

function blank(field: FieldDescribe, { timeZone }: BodyRules): { value: unknown } {
	const read = readFieldValue(field, null, timeZone);
	return { value: 'value' in read ? read.value : null };
}

function whatParentWants(field: FieldDescribe, parent: Record<string, unknown>): string | undefined {
	const { attributes, ...keys } = parent;
	const values = Object.values(keys);
	if (values.length !== 1 || typeof values[0] === 'object') return 'an object with one external ID and its value';
	if (field.referenceTo.length > 1 && attributes === undefined) {
		return `an object that says which it means of ${field.referenceTo.join(', ')}: { "attributes": { "type": "${field.referenceTo[0]}" }, … }`;
	}
	return undefined;
}

function refuse(
	object: ObjectDescribe,
	unknown: string[],
	readOnly: string[],
	wrong: Array<{ name: string; wants: string }>,
): void {
	const sentences = [
		...(unknown.length > 0 ? [`${object.name} has no field ${unknown.join(', ')} that the API user can see`] : []),
		...(readOnly.length > 0 ? [`The API user cannot write ${readOnly.join(', ')} of ${object.name}`] : []),
		...wrong.map(({ name, wants }) => `${name} is not ${wants}`),
	];
	if (sentences.length === 0) return;
	const remedies = [
		...(unknown.length > 0 ? [FIELD_HIDDEN] : []),
		...(readOnly.length > 0
			? [
					'Leave them out, let a permission set of the API user edit them, or set the option Read-Only Fields to Leave Out.',
				]
			: []),
		...(wrong.length > 0 ? ['Correct the values, or the expressions that give them.'] : []),
	];
	throw new OrgError(
		unknown.length > 0 ? 'INVALID_FIELD' : readOnly.length > 0 ? 'INVALID_FIELD_FOR_INSERT_UPDATE' : 'INVALID_VALUE',
		sentences.join('; '),
		remedies.join(' '),
		{ fields: [...unknown, ...readOnly, ...wrong.map(({ name }) => name)] },
	);
}
