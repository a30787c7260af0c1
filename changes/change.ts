import { isRecordId } from '../salesforce/recordId';

/** The number of this form of changes. */
export const CHANGE_VERSION = 1;

/** What a write does to a record. `closed` is an update of a Case's status by which a move was undone. */
export const DEEDS = ['created', 'updated', 'deleted', 'closed'] as const;
export type Deed = (typeof DEEDS)[number];

/** Who changed a record last, and when: as Salesforce stamps it. */
export interface Stamp {
	/** ISO 8601, or as Salesforce writes it. */
	at: string;
	/** ID of the user; undefined of the few objects that do not say it, such as FieldPermissions. */
	by?: string;
}

/** Values of fields by API name, as Salesforce returns them. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * What a write did to one record, and what takes it back. It goes out signed with the write's item, fits one text
 * column as JSON, and is checked like a stranger's input when it comes back.
 */
export interface Change {
	version: typeof CHANGE_VERSION;
	orgId: string;
	/** API name. */
	object: string;
	/** 18 characters; of a creation in doubt nobody knows it, and the `key` finds the record. */
	id?: string;
	did: Deed;
	/** The written fields as they were before; of a deletion every field that could be made again. Null for a creation. */
	before: Values | null;
	/** The written fields as they were written, those of references by external ID left out. Null for a deletion. */
	after: Values | null;
	/** Of an update, who had changed the record last before it, and when. */
	found?: Stamp;
	/** No later than this, by Salesforce's clock, was the record as the write left it: ISO 8601, whole seconds. */
	stamp: string;
	/** When it was written by n8n's clock, ISO 8601: of several within a second, which came first. */
	at: string;
	/** ID of the user who is signed in. */
	by: string;
	/** n8n's IDs of the workflow and the execution; empty where there are none. */
	workflowId: string;
	executionId: string;
	/** Whether no answer told that it was carried out. */
	inDoubt?: true;
	/** A field by whose value the record is found where its ID is not known, such as an external ID. */
	key?: { field: string; value: string };
	/** Fields whose values were not kept, so that they cannot be put back. */
	withheld?: string[];
}

/** A change as it goes out. */
export type SignedChange = Change & { signature: string };

const KNOWN = new Set<string>([
	'version',
	'orgId',
	'object',
	'id',
	'did',
	'before',
	'after',
	'found',
	'stamp',
	'at',
	'by',
	'workflowId',
	'executionId',
	'inDoubt',
	'key',
	'withheld',
	'signature',
]);

/**
 * Reads a change that came back. Its form alone is looked at: whether it is one of ours, its signature says.
 * @returns undefined for anything that no write gives
 */
export function readChange(value: Record<string, unknown>): SignedChange | undefined {
	const { version, orgId, object, id, did, before, after, stamp, at, by, workflowId, executionId } = value;
	const { found, inDoubt, key, withheld, signature } = value;
	const isWhole =
		Object.keys(value).every((name) => KNOWN.has(name)) &&
		version === CHANGE_VERSION &&
		isId(orgId) &&
		typeof object === 'string' &&
		/^[A-Za-z]\w*$/.test(object) &&
		(id === undefined ? inDoubt === true && isKey(key) : isId(id)) &&
		(DEEDS as readonly unknown[]).includes(did) &&
		(did === 'created' ? before === null : isValues(before)) &&
		(did === 'deleted' ? after === null : isValues(after)) &&
		(found === undefined || (isValues(found) && isMoment(found.at) && (found.by === undefined || isId(found.by)))) &&
		isMoment(stamp) &&
		isMoment(at) &&
		isId(by) &&
		typeof workflowId === 'string' &&
		typeof executionId === 'string' &&
		(inDoubt === undefined || inDoubt === true) &&
		(key === undefined || isKey(key)) &&
		(withheld === undefined || (Array.isArray(withheld) && withheld.every((name) => typeof name === 'string'))) &&
		(signature === undefined || typeof signature === 'string');
	return isWhole ? (value as unknown as SignedChange) : undefined;
}

/** A moment by whole seconds, which is how Salesforce stamps records. */
export function wholeSeconds(moment: Date): string {
	return new Date(Math.floor(moment.getTime() / 1000) * 1000).toISOString();
}

function isId(value: unknown): boolean {
	return typeof value === 'string' && isRecordId(value);
}

function isValues(value: unknown): value is Values {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKey(value: unknown): boolean {
	return (
		isValues(value) && typeof value.field === 'string' && /^\w+$/.test(value.field) && typeof value.value === 'string'
	);
}

function isMoment(value: unknown): boolean {
	return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
