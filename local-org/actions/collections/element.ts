import { ApiError, elementErrors, noAttributesFirst, requestError, tooManyRecords, unknownType } from '../../errors';
import { isObject, isTrue, objectBody } from '../../http';
import type { ApiRequest } from '../../http';
import type { Org } from '../../org';
import type { ObjectSchema } from '../../schema/types';

/** Records of one Collections call that writes. */
export const MAX_RECORDS = 200;
/** Runs of records of one type after another in one call. */
const MAX_CHUNKS = 10;

/** What became of one record of a collection. */
export type Element = Saved | Unsaved;
interface Saved {
	id: string;
	success: true;
	errors: [];
	created?: boolean;
}
interface Unsaved {
	id?: string;
	success: false;
	errors: { statusCode: string; message: string; fields: string[] }[];
	created?: boolean;
}

/** A record as the call sends it. */
export type Sent = Record<string, unknown>;

/** The element of a record that was saved. */
export const saved = (id: string): Saved => ({ id, success: true, errors: [] });

const ROLLED_BACK = requestError(
	'ALL_OR_NONE_OPERATION_ROLLED_BACK',
	'Record rolled back because not all records were valid and the request was using AllOrNone header',
);

/**
 * The records and the switch of a call's body.
 * @throws EXCEEDED_ID_LIMIT above 200 records
 */
export function collectionOf(request: ApiRequest): { records: Sent[]; allOrNone: boolean } {
	const { records, allOrNone } = objectBody(request);
	if (!Array.isArray(records) || !records.every(isObject)) {
		throw requestError('JSON_PARSER_ERROR', "The 'records' element is required and must be a list of records");
	}
	if (records.length > MAX_RECORDS) throw tooManyRecords();
	return { records, allOrNone: isTrue(allOrNone) };
}

/**
 * The object that a record names in `attributes`. Its error says that they must come first, yet a real org takes them
 * after the ID, where jsforce puts them.
 */
export function typeOf(org: Org, record: Sent): ObjectSchema {
	const { attributes } = record;
	if (!isObject(attributes) || typeof attributes.type !== 'string') throw noAttributesFirst();
	const object = org.catalog.object(attributes.type);
	if (!object) throw unknownType(attributes.type);
	return object;
}

/**
 * @throws when the records change their type more than nine times: Salesforce works in chunks of one type
 */
export function checkChunks(types: string[]): void {
	const chunks = types.filter((type, index) => index === 0 || type !== types[index - 1]).length;
	if (chunks <= MAX_CHUNKS) return;
	// The wording is SOAP's; that REST answers the same is assumed.
	throw requestError(
		'LIMIT_EXCEEDED',
		'Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.',
	);
}

/**
 * Writes each entry by itself, or with `allOrNone` all of them or none. `keep` is what an entry that failed, or that was
 * rolled back, still says beside its errors.
 * @throws whatever is not about a record
 */
export function saveEach<T>(
	org: Org,
	entries: T[],
	allOrNone: boolean,
	save: (entry: T, index: number) => Saved,
	keep: (entry: T, rolledBack?: Saved) => Partial<Unsaved> = () => ({}),
): Element[] {
	const elements: Element[] = [];
	const undo = new Error('not all records were valid');
	try {
		org.storage.transaction(() => {
			entries.forEach((entry, index) => elements.push(saveOne(org, () => save(entry, index), keep(entry))));
			if (allOrNone && elements.some(({ success }) => !success)) throw undo;
		});
	} catch (error) {
		if (error !== undo) throw error;
		return elements.map((element, index) =>
			element.success ? failed(ROLLED_BACK, keep(entries[index] as T, element)) : element,
		);
	}
	return elements;
}

function saveOne(org: Org, save: () => Saved, keep: Partial<Unsaved>): Element {
	try {
		return org.storage.transaction(save);
	} catch (error) {
		if (error instanceof ApiError) return failed(error, keep);
		throw error;
	}
}

function failed(error: ApiError, { id, ...after }: Partial<Unsaved>): Unsaved {
	return { ...(id === undefined ? {} : { id }), success: false, errors: elementErrors(error), ...after };
}
