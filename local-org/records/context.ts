import type { ApiRequest, RequestLocks } from '../http';
import type { Org } from '../org';
import type { Row } from '../storage';

/** Under which user, time and headers a record is written. */
export interface WriteContext {
	org: Org;
	userId: string;
	/** `2026-05-01T07:25:37.000Z` */
	now: string;
	/** The request's body, to say where in it a value is wrong. */
	text: string;
	/** Whether assignment rules run: `Sforce-Auto-Assign`, TRUE unless it says FALSE. */
	autoAssign: boolean;
	/** `Sforce-Duplicate-Rule-Header`: allowSave=true. */
	saveDuplicates: boolean;
	/** Whether an administrator of the org writes, past the API and whatever the API user may do. */
	isAdmin: boolean;
	/** Seeding: fields that only Salesforce sets may be set, and allowances do not bind. */
	seeding: boolean;
	/** Parents found for earlier records of a seed, which name the same few over and over. */
	found: Map<string, Row>;
	locks: RequestLocks;
	/** IDs of the records saved together so far: duplicate rules do not compare them with one another. */
	saved: Set<string>;
	/** Whether an automation of the org writes, which starts no other. */
	automated?: boolean;
	/** Which API writes, as change events tell it: `com/salesforce/api/rest/66.0`; left out for a person. */
	origin?: string;
	/** Records that the call, or a batch of a job, writes or deletes together. */
	together: number;
}

/** A parent record, looked for once in a seed. */
export function findOnce({ seeding, found }: WriteContext, key: string, find: () => Row | undefined): Row | undefined {
	if (!seeding) return find();
	const row = found.get(key) ?? find();
	if (row) found.set(key, row);
	return row;
}

/** `Sforce-Duplicate-Rule-Header` is known from this version on (docs:rest-api/headers). */
const DUPLICATE_HEADER_SINCE = 52;

function savesDuplicates({ headers, version }: ApiRequest): boolean {
	return (
		version >= DUPLICATE_HEADER_SINCE && /allowsave\s*=\s*true/i.test(headers['sforce-duplicate-rule-header'] ?? '')
	);
}

/** The API and its version, and the client that it was told of (docs:change-data-capture, header fields). */
function originOf({ version, headers }: ApiRequest): string {
	const client = /client\s*=\s*([^,;\s]+)/i.exec(headers['sforce-call-options'] ?? '')?.[1];
	return `com/salesforce/api/rest/${version}.0${client === undefined ? '' : `;client=${client}`}`;
}

/** The context of the records that a request writes, so many together. */
export function writeContext(org: Org, request: ApiRequest, together = 1): WriteContext {
	return {
		org,
		userId: request.userId,
		now: org.now(),
		text: request.text,
		autoAssign: request.headers['sforce-auto-assign']?.trim().toUpperCase() !== 'FALSE',
		saveDuplicates: savesDuplicates(request),
		isAdmin: false,
		seeding: false,
		found: new Map(),
		locks: request.locks,
		saved: new Set(),
		origin: originOf(request),
		together,
	};
}

/** The context of records that stand in the org before anyone signs in. */
export function seedContext(org: Org): WriteContext {
	return {
		org,
		userId: org.apiUserId,
		now: org.now(),
		text: '',
		autoAssign: false,
		saveDuplicates: true,
		isAdmin: true,
		seeding: true,
		found: new Map(),
		locks: { toRefuse: 0, held: new Set() },
		saved: new Set(),
		together: 1,
	};
}

/**
 * The context of what a person changes in the org directly.
 *
 * @param userId who it is
 * @param at the stamp of what is written, to the second
 */
export function personContext(org: Org, userId: string, at: string): WriteContext {
	return { ...seedContext(org), userId, now: at, seeding: false };
}
