import { OrgError } from './errors';
import type { Org } from './org';
import { isObject } from './shapes';
import { isToolingObject } from './tooling';

/** A field of an object as the org describes it, as far as it is used; the names are describe's own. */
export interface FieldDescribe {
	name: string;
	label: string;
	/** `string`, `reference`, `multipicklist`, … */
	type: string;
	nillable: boolean;
	defaultedOnCreate: boolean;
	createable: boolean;
	updateable: boolean;
	filterable: boolean;
	externalId: boolean;
	/** Whether Salesforce keeps its values encrypted (Shield), or the type itself says so. */
	encrypted: boolean;
	/** Whether records can be found by it, as by an external ID. */
	idLookup: boolean;
	unique: boolean;
	caseSensitive: boolean;
	/** The objects that a reference may point to; more than one for a polymorphic one such as OwnerId. */
	referenceTo: string[];
	/** Under which name the record that is referred to is reached: `Owner` for OwnerId. */
	relationshipName: string | null;
	/** Of a part of a compound field, its name: `BillingAddress` of BillingCity. */
	compoundFieldName: string | null;
	picklistValues: Array<{ value: string; label: string | null; active: boolean }>;
}

/** An object as the org's list of objects shows it. */
export interface ObjectSummary {
	name: string;
	label: string;
	queryable: boolean;
	createable: boolean;
	updateable: boolean;
}

/** An object with the fields that the API user may see. */
export interface ObjectDescribe extends ObjectSummary {
	/** Whether Salesforce keeps a log of what was deleted (Get Deleted). */
	replicateable: boolean;
	/** The first three characters of its records' IDs; null for the few objects without. */
	keyPrefix: string | null;
	fields: FieldDescribe[];
	/** By name in lower case: Salesforce's names know no case. */
	fieldsByName: ReadonlyMap<string, FieldDescribe>;
	/** Reference fields by the lower-case name of their relationship. */
	fieldsByRelationship: ReadonlyMap<string, FieldDescribe>;
	/** Lower-case names under which queries reach child records: `contacts` of an account. */
	childRelationships: ReadonlySet<string>;
	/** The child records that Salesforce deletes along with the record that they belong to. */
	cascades: readonly Cascade[];
}

/** Child records that are deleted along with the record that they belong to. */
export interface Cascade {
	/** API name of their object. */
	object: string;
	/** API name of the field by which they belong to it. */
	field: string;
}

/** How long an answer counts, in milliseconds: admins add fields while they build workflows. */
const KEPT_FOR = 600_000;
/** Answers kept at most, over all sessions of this process. */
const MOST_KEPT = 200;

/** Answers by session and path. A describe takes a second and a megabyte, and pickers ask at every key. */
const kept = new Map<string, { value: unknown; readAt: number }>();

/**
 * An object of the org, read once per session.
 *
 * @param name API name, in any case
 * @param notBefore milliseconds since 1970: an answer read earlier does not count; by default ten minutes ago
 * @throws OrgError `INVALID_TYPE` when the org has no such object that the API user may see
 */
export async function describeObject(org: Org, name: string, notBefore = 0): Promise<ObjectDescribe> {
	// What is no name would change the address of the call.
	if (!/^[A-Za-z]\w*$/.test(name)) throw unknownObject();
	const api = isToolingObject(name) ? '/tooling' : '';
	return await readOnce(org, `/sobjects/${name.toLowerCase()}/describe`, notBefore, async () => {
		try {
			return trimmed(await org.call('GET', `${api}/sobjects/${name}/describe`, isDescribe));
		} catch (error) {
			throw error instanceof OrgError && error.code === 'NOT_FOUND' ? unknownObject(name) : error;
		}
	});
}

/**
 * Every object of the org that the API user may see, read once per session.
 * @throws OrgError
 */
export async function listObjects(org: Org): Promise<ObjectSummary[]> {
	return await readOnce(org, '/sobjects', 0, async () => {
		const { sobjects } = await org.call('GET', '/sobjects', isObjectList);
		return sobjects.map(({ name, label, queryable, createable, updateable }) => ({
			name,
			label,
			queryable,
			createable,
			updateable,
		}));
	});
}

function isObjectList(answer: unknown): answer is { sobjects: ObjectSummary[] } {
	return isObject(answer) && Array.isArray(answer.sobjects) && answer.sobjects.every(isNamed);
}

/** What of an object's answer is read; `trimmed` adds the rest. */
type DescribeAnswer = Omit<
	ObjectDescribe,
	'fieldsByName' | 'fieldsByRelationship' | 'childRelationships' | 'cascades'
> & {
	childRelationships: Array<{
		relationshipName: string | null;
		childSObject?: string;
		field?: string;
		cascadeDelete?: boolean;
	}>;
};

function isDescribe(answer: unknown): answer is DescribeAnswer {
	return (
		isNamed(answer) &&
		Array.isArray(answer.fields) &&
		answer.fields.every(isField) &&
		Array.isArray(answer.childRelationships) &&
		answer.childRelationships.every(isObject)
	);
}

function isField(value: unknown): boolean {
	return isNamed(value) && Array.isArray(value.picklistValues) && Array.isArray(value.referenceTo);
}

function isNamed(value: unknown): value is Record<string, unknown> {
	return isObject(value) && typeof value.name === 'string';
}

/**
 * Whether a field makes another record whenever it is written, and holds nothing itself: `Comments` of a Case makes a
 * comment (Object Reference, Case).
 */
export function holdsNothing(object: string, field: string): boolean {
	return `${object}.${field}`.toLowerCase() === 'case.comments';
}

/** Whether records can be found, upserted and referred to by a field. */
export function isExternalId({ type, externalId, idLookup }: FieldDescribe): boolean {
	return (externalId || idLookup) && type !== 'id';
}

/**
 * What `read` gives, kept for the session.
 *
 * @param path what it is kept under
 * @param notBefore as in `describeObject`
 */
export async function readOnce<T>(org: Org, path: string, notBefore: number, read: () => Promise<T>): Promise<T> {
	const now = Date.now();
	const before = kept.get(`${await org.sessionKey()} ${path}`);
	if (before !== undefined && before.readAt >= Math.max(notBefore, now - KEPT_FOR)) return before.value as T;
	const value = await read();
	// The call may have opened the session, so its key is only known now.
	const key = `${await org.sessionKey()} ${path}`;
	kept.delete(key);
	kept.set(key, { value, readAt: now });
	for (const oldest of kept.keys()) {
		if (kept.size <= MOST_KEPT) break;
		kept.delete(oldest);
	}
	return value;
}

/** Without the greater part of an answer that nobody reads: what is kept is kept for long. */
function trimmed(object: DescribeAnswer): ObjectDescribe {
	const { name, label, queryable, createable, updateable, replicateable, keyPrefix } = object;
	const fields = object.fields.map(trimmedField);
	return {
		name,
		label,
		queryable,
		createable,
		updateable,
		replicateable: replicateable === true,
		keyPrefix,
		fields,
		fieldsByName: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
		fieldsByRelationship: new Map(
			fields.flatMap((field) =>
				field.relationshipName === null ? [] : [[field.relationshipName.toLowerCase(), field]],
			),
		),
		childRelationships: new Set(
			object.childRelationships.flatMap(({ relationshipName }) => relationshipName?.toLowerCase() ?? []),
		),
		cascades: object.childRelationships.flatMap(({ childSObject, field, cascadeDelete }) =>
			cascadeDelete === true && childSObject !== undefined && field !== undefined
				? [{ object: childSObject, field }]
				: [],
		),
	};
}

function trimmedField(field: FieldDescribe): FieldDescribe {
	return {
		name: field.name,
		label: field.label,
		type: field.type,
		nillable: field.nillable,
		defaultedOnCreate: field.defaultedOnCreate,
		createable: field.createable,
		updateable: field.updateable,
		filterable: field.filterable,
		externalId: field.externalId,
		encrypted: field.encrypted === true || field.type === 'encryptedstring',
		idLookup: field.idLookup,
		unique: field.unique,
		caseSensitive: field.caseSensitive,
		referenceTo: field.referenceTo,
		relationshipName: field.relationshipName,
		compoundFieldName: field.compoundFieldName ?? null,
		picklistValues: field.picklistValues.map(({ value, label, active }) => ({ value, label, active })),
	};
}

function unknownObject(name?: string): OrgError {
	return new OrgError(
		'INVALID_TYPE',
		name === undefined
			? 'Object is not the API name of an object'
			: `The org has no object ${name} that the API user can see`,
		'Choose it from the list, or check its API name (custom objects end in __c) and that a permission set lets the API user read it.',
	);
}
