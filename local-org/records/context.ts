import type { ApiRequest, RequestLocks } from '../http';
import type { Org } from '../org';

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
	/** Seeding: fields that only Salesforce sets may be set, and allowances do not bind. */
	seeding: boolean;
	locks: RequestLocks;
}

/** The context of the records that a request writes. */
export function writeContext(org: Org, request: ApiRequest): WriteContext {
	return {
		org,
		userId: request.userId,
		now: org.now(),
		text: request.text,
		autoAssign: request.headers['sforce-auto-assign']?.trim().toUpperCase() !== 'FALSE',
		saveDuplicates: /allowsave\s*=\s*true/i.test(request.headers['sforce-duplicate-rule-header'] ?? ''),
		seeding: false,
		locks: request.locks,
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
		seeding: true,
		locks: { toRefuse: 0, held: new Set() },
	};
}
