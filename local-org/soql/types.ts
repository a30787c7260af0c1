import type { DatabaseSync } from 'node:sqlite';
import type { ObjectSchema } from '../schema/types';

/** A record as the REST API writes it: `attributes` first, then the selected fields in the order selected. */
export interface SObjectJson {
	attributes: { type: string; url?: string };
	[field: string]: unknown;
}

/** What SOQL needs to know of the org's objects. */
export interface SoqlSchema {
	/** The object of this name in any case, without the fields that the user may not see. */
	object(name: string): ObjectSchema | undefined;
	/** SQL for the records of an object that the user sees; undefined when those are all. */
	seenSql?(object: ObjectSchema, alias: string): string | undefined;
	/** Told of a field, or a child relationship, that a query names and its object lacks. */
	lacksField?(object: ObjectSchema, name: string): void;
	lacksChildren?(object: ObjectSchema, name: string): void;
}

/** Who asks, when, and in which org. */
export interface SoqlContext {
	database: DatabaseSync;
	schema: SoqlSchema;
	/** What TODAY and the other date literals count from. */
	now: Date;
	/** The user's time zone (IANA name): date literals and date functions on datetimes begin their days there. */
	timeZone: string;
	/** The 18-character ID of the user who asks: `USING SCOPE mine`. */
	userId: string;
	/** queryAll: rows in the recycle bin are found too. */
	includeDeleted: boolean;
	/** For example 66. */
	apiVersion: number;
	/** The path of a record, for its `attributes.url`. */
	recordUrl(type: string, id: string): string;
}

export interface SoqlResult {
	/** The rows that the query matches, or for `COUNT()` their number with no records. */
	totalSize: number;
	records: SObjectJson[];
	/** How many long text areas the query selects; Salesforce makes its pages smaller for them. */
	textAreasSelected: number;
	/** The object queried, in the schema's spelling. */
	objectName: string;
}
