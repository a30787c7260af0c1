import { Clock, toSecond } from './clock';
import { ApiError, lockedRow } from './errors';
import { EVENT_TABLE, EventLog } from './events/eventLog';
import { PENDING_TABLE, PendingEvents } from './events/pending';
import type { RequestLocks } from './http';
import { DEFAULT_SETTINGS } from './options';
import type { AssignmentRun, CallRecord, Fault, LocalOrgOptions, OrgSettings } from './options';
import { BulkJobs } from './bulk/job';
import { CREDENTIALS_TABLE, credentialsIn } from './oauth/credentials';
import type { Credentials } from './oauth/credentials';
import { makeAppKey } from './oauth/keys';
import type { AppKey } from './oauth/keys';
import type { AuthorizationCode } from './oauth/authorizationCode';
import { CallLog } from './page/callLog';
import type { Router } from './router';
import { BIN_TABLES, RecycleBin } from './records/bin';
import { Catalog } from './schema/catalog';
import { startingObjects } from './schema/startingObjects';
import type { ObjectSchema } from './schema/types';
import { Sessions } from './sessions';
import type { SObjectJson } from './soql';
import { Storage } from './storage';

/** A query's answer, kept so that its following pages can be read. */
export interface Cursor {
	userId: string;
	/** The access token of the session that opened it. */
	session: string;
	records: SObjectJson[];
	pageSize: number;
	/** Milliseconds since 1970 after which the locator is unknown: two days, as in Salesforce. */
	expiresAt: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** Everything that one local org is and knows; nothing of it is shared between orgs. */
export class Org {
	/** Its address, without a slash at the end; known when it listens. */
	url = '';
	organizationId = '';
	/** The user who signs in. */
	apiUserId = '';
	/** The user who is being served: calls are answered one after another. */
	actingUserId = '';
	readonly router: Router;
	/** The namespace prefix of the org's own components. */
	readonly namespace: string | undefined;
	readonly credentials: Credentials;
	readonly settings: OrgSettings;
	readonly time: Clock;
	/** The org's time, to the millisecond. */
	readonly clock: () => Date;
	readonly storage: Storage;
	readonly bin: RecycleBin;
	readonly events: EventLog;
	/** The events of the transaction that is under way. */
	readonly pending: PendingEvents;
	readonly catalog: Catalog;
	readonly sessions: Sessions;
	readonly cursors = new Map<string, Cursor>();
	/** Authorization codes and refresh tokens that the web-server flow has given out. */
	readonly codes = new Map<string, AuthorizationCode>();
	readonly refreshTokens = new Set<string>();
	/** Refresh tokens that could be used once and were. */
	readonly spentRefreshTokens = new Set<string>();
	readonly calls: CallRecord[] = [];
	/** The newest calls with their bodies, for its page. */
	readonly log = new CallLog();
	readonly refused: string[] = [];
	readonly faults: Fault[] = [];
	readonly assignmentRuns: AssignmentRun[] = [];
	apiCalls = 0;
	logIns = 0;
	/** The describes given out: their ETag, and when the object last changed as far as anyone saw. */
	readonly describes = new Map<string, { etag: string; changed: Date }>();
	readonly bulkJobs = new BulkJobs();
	/** The next automatic numbers of custom fields, by object and field. */
	readonly autoNumbers = new Map<string, number>();
	/** The last automatic number given to a Case; undefined when it must be looked up. */
	lastCaseNumber: number | undefined;
	/** Calls under way, with the time at which each began. */
	readonly underWay = new Set<number>();
	private key: AppKey | undefined;
	private readonly lockedBy = new Map<string, RequestLocks>();
	private dayBegan = 0;
	private callsToday = 0;

	/** @param router makes what answers the requests of signed-in users */
	constructor(options: LocalOrgOptions, router: (org: Org) => Router) {
		this.router = router(this);
		this.namespace = options.namespace;
		this.settings = { ...DEFAULT_SETTINGS, ...options.settings };
		this.time = new Clock(options.clock);
		this.clock = () => this.time.now();
		const objects = startingObjects(options);
		this.storage = new Storage(
			options.database ?? ':memory:',
			[...objects.standard, ...objects.custom],
			[BIN_TABLES, EVENT_TABLE, PENDING_TABLE, CREDENTIALS_TABLE],
		);
		this.bin = new RecycleBin(this.storage);
		this.events = new EventLog(this.storage);
		this.pending = new PendingEvents(this.storage, this.events, this.settings, this.clock);
		this.credentials = credentialsIn(this.storage);
		this.catalog = new Catalog(
			this.settings,
			this.storage,
			() => this.actingUserId,
			() => this.isApiUser(),
			(what) => this.refuseOnce(what),
			objects,
		);
		this.storage.beforeCommit = () => {
			this.pending.flush();
			this.catalog.settled();
		};
		this.storage.afterRollback = () => this.catalog.undone();
		this.sessions = new Sessions(
			() => this.organizationId,
			this.clock,
			() => this.settings.sessionMinutes,
		);
	}

	/** The key whose certificate is registered with the app, for the JWT flow. */
	appKey(): AppKey {
		return (this.key ??= makeAppKey());
	}

	/** The time as records hold it: to the second, `2026-05-01T07:25:37.000Z`. */
	now(): string {
		return toSecond(this.clock());
	}

	/** Whether it is the API user who is being served, whom settings may forbid what others may. */
	isApiUser(): boolean {
		return this.actingUserId === this.apiUserId;
	}

	/** Whether the settings leave a right to the user who is being served; they take it from the API user alone. */
	allows(right: 'canDelete' | 'canCustomize' | 'canManageUsers' | 'viewAllData'): boolean {
		return !this.isApiUser() || this.settings[right];
	}

	/** Whether the user who is being served sees every record of an object. */
	seesAll(object: ObjectSchema): boolean {
		if (this.catalog.rightsTo(object).viewAll) return true;
		return this.allows('viewAllData') && (this.catalog.userHas('ViewAllData') || this.catalog.userHas('ModifyAllData'));
	}

	/**
	 * Counts API calls.
	 * @throws REQUEST_LIMIT_EXCEEDED when the last 24 hours hold as many as the org may make
	 */
	countApiCalls(calls = 1): void {
		const now = this.clock().getTime();
		if (now - this.dayBegan >= DAY) {
			this.dayBegan = now;
			this.callsToday = 0;
		}
		if (this.callsToday + calls > this.settings.dailyApiRequests) {
			throw new ApiError(403, [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
		}
		this.callsToday += calls;
		this.apiCalls += calls;
	}

	/** Calls made in the current 24 hours and the allowance, as `Sforce-Limit-Info` and `limits` show them. */
	apiUsage(): { used: number; max: number } {
		return { used: this.callsToday, max: this.settings.dailyApiRequests };
	}

	/** Writes down what a client asked for and this org does not know: a gap of the org's, not a user's mistake. */
	refuse(what: string): void {
		this.refused.push(what);
	}

	/** The same for what may be named many times in one request. */
	private refuseOnce(what: string): void {
		const isKnown = this.refused.some((one) => one.toLowerCase() === what.toLowerCase());
		if (!isKnown) this.refuse(what);
	}

	/**
	 * Locks a parent record for a request.
	 * @throws UNABLE_TO_LOCK_ROW when another request holds it
	 */
	lock(id: string, locks: RequestLocks): void {
		const holder = this.lockedBy.get(id);
		if (holder && holder !== locks) throw lockedRow(id);
		this.lockedBy.set(id, locks);
		locks.held.add(id);
	}

	/** Lets go of what a request locked. */
	unlock(locks: RequestLocks): void {
		for (const id of locks.held) this.lockedBy.delete(id);
	}
}
