import type { ObjectSchema } from './schema/types';

/** One member of Salesforce's error array. Only errors about a record's data carry `fields`. */
export interface ErrorItem {
	message: string;
	errorCode: string;
	fields?: string[];
}

/** What Salesforce answers instead of doing what was asked: an HTTP status and the body that goes with it. */
export class ApiError extends Error {
	override readonly name = 'ApiError';

	/** `body` replaces the usual array of `items` where Salesforce answers something else. */
	constructor(
		readonly status: number,
		readonly items: ErrorItem[],
		readonly body: unknown = items,
		readonly headers: Record<string, string> = {},
	) {
		super(items[0]?.message ?? `HTTP ${status}`);
	}
}

/** An error about a record's data; `fields` names those to blame. */
export function dataError(errorCode: string, message: string, fields: string[] = [], status = 400): ApiError {
	return new ApiError(status, [{ message, errorCode, fields }]);
}

/** An error about the request; it has no `fields`. */
export function requestError(errorCode: string, message: string, status = 400): ApiError {
	return new ApiError(status, [{ message, errorCode }]);
}

/** 404 for an unknown resource or object; recorded with `errorCode` before `message`. */
export function resourceNotFound(): ApiError {
	return new ApiError(404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
}

/** 404 for an ID or an external-ID field that cannot be one. */
export function lookupNotFound(name: string): ApiError {
	return requestError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`, 404);
}

/** 404 for changing or deleting what lies in the recycle bin already. */
export const entityIsDeleted = () => dataError('ENTITY_IS_DELETED', 'entity is deleted', [], 404);

/** A well-formed ID without a record: 404 alone, an element error in a collection. */
export const invalidCrossReference = () =>
	dataError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [], 404);

/** An ID given to a record that is to be created (seen in Bulk's results). */
export const idOnInsert = () =>
	dataError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);

/** An ID that cannot be one of the object's, to update by (docs:rest-api, update records using sObject Collections). */
export function wrongIdType(id: string, { fields }: ObjectSchema): ApiError {
	const label = fields.find(({ type }) => type === 'id')?.label;
	return dataError('MALFORMED_ID', `${label}: id value of incorrect type: ${id}`, ['Id']);
}

/** An object in a body whose type must be known before all else. */
export const noAttributesFirst = () =>
	requestError(
		'JSON_PARSER_ERROR',
		'Nested object for polymorphic foreign key must have an attributes field before any other fields.',
	);

/** The user may see the record, but not do this to it. */
export const insufficientAccess = () =>
	dataError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');

/** The user may not insert, update or delete records of this object; the message has its label. */
export function entityCannot(done: 'inserted' | 'updated' | 'deleted', object: ObjectSchema): ApiError {
	return dataError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be ${done}: ${object.label}`);
}

/** The user may not change or delete records of this object, or nobody may. `stored` is the object as the org has it. */
export function mayNot(done: 'updated' | 'deleted', stored: ObjectSchema): ApiError {
	return (done === 'updated' ? stored.updateable : stored.deletable)
		? insufficientAccess()
		: entityCannot(done, stored);
}

/** Another call is writing records of the same parent; worth trying again. */
export function lockedRow(id: string): ApiError {
	return dataError('UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`);
}

/** An object that the org does not have, or that the user may not see, named in a query or a body. */
export function unknownType(name: string): ApiError {
	return requestError(
		'INVALID_TYPE',
		`sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
	);
}

/** More records than one call may hold. */
export const tooManyRecords = (limit = 200) =>
	requestError('EXCEEDED_ID_LIMIT', `record limit reached. cannot submit more than ${limit} records into this call`);

/** An element of a Collections answer that was not saved; `statusCode` stands where a single call has `errorCode`. */
export function elementErrors(error: ApiError): { statusCode: string; message: string; fields: string[] }[] {
	return error.items.map(({ errorCode, message, fields }) => ({
		statusCode: errorCode,
		message,
		fields: fields ?? [],
	}));
}
