import { ApiError } from './errors';
import { toSecond } from './clock';
import type { Org } from './org';
import { personContext } from './records/context';
import type { WriteContext } from './records/context';
import { deleteRecord } from './records/remove';
import { createRecord, updateRecord } from './records/save';
import { undeleteRecord } from './records/undelete';
import type { ObjectSchema } from './schema/types';

/** Who changes something, and when. */
export interface PersonOptions {
	/** The ID of the user; the administrator when left out. */
	userId?: string;
	/**
	 * The stamp of what is written; now when left out. An earlier one is a transaction that took long: Salesforce stamps
	 * a record when it is written and shows it when the transaction ends.
	 */
	at?: Date;
}

/**
 * Somebody who works in the org's own pages while a client uses its API. What they do is checked as any write is,
 * but with every right; it is no API call and meets no fault. All throw Error with Salesforce's code and message.
 */
export interface Person {
	/** Creates a record and returns its ID. */
	create(sObject: string, fields: Record<string, unknown>): string;
	update(id: string, fields: Record<string, unknown>): void;
	/** Puts a record into the recycle bin. */
	delete(id: string): void;
	/** Takes a record out of the recycle bin. */
	undelete(id: string): void;
}

const ADMINISTRATOR = 'System Administrator';

/** The first administrator who is not the API user. */
function administratorId({ storage, apiUserId }: Org): string {
	const [row] = storage.all(
		`SELECT u."Id" FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId"
		 WHERE p."Name" = ? AND u."Id" <> ? ORDER BY u."Id" LIMIT 1`,
		ADMINISTRATOR,
		apiUserId,
	);
	return String(row?.Id ?? apiUserId);
}

/** A person at work in the org. */
export function personIn(org: Org, { userId = administratorId(org), at }: PersonOptions): Person {
	const write = <T>(object: ObjectSchema, work: (object: ObjectSchema, context: WriteContext) => T): T => {
		try {
			return org.storage.transaction(() => work(object, personContext(org, userId, toSecond(at ?? org.clock()))));
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			throw new Error(`${error.items[0]?.errorCode}: ${error.message}`, { cause: error });
		}
	};
	const objectOf = (id: string): ObjectSchema => {
		const object = org.catalog.ofId(id);
		if (!object) throw new Error(`The local org has no object whose IDs begin like ${id}.`);
		return object;
	};
	return {
		create: (sObject, fields) =>
			write(org.catalog.stored(sObject), (object, context) => createRecord(fields, object, context)),
		update: (id, fields) => write(objectOf(id), (object, context) => updateRecord(id, fields, object, context)),
		delete: (id) => write(objectOf(id), (object, context) => deleteRecord(id, object, context)),
		undelete: (id) => write(objectOf(id), (object, context) => undeleteRecord(id, object, context)),
	};
}
