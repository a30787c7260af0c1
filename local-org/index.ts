import type { AddressInfo } from 'node:net';
import { router } from './dispatch';
import type { Clock } from './clock';
import type { SignIn } from './oauth/credentials';
import { Org } from './org';
import type { AssignmentRun, CallRecord, Fault, LocalOrgOptions, OrgSettings, Seed } from './options';
import { personIn } from './person';
import type { Person, PersonOptions } from './person';
import { showRecord } from './records/show';
import { readBaseData, writeBaseData } from './seed/baseData';
import { plant } from './seed/seed';
import { close, listen } from './server';
import { keepUp } from './keepUp';
import { Streaming } from './streaming/streaming';

export type {
	AssignmentRun,
	AutomatedRecord,
	Automation,
	AutomationEvent,
	CallRecord,
	CustomObject,
	DuplicateRule,
	Fault,
	FaultyCall,
	LocalOrgOptions,
	OrgCountry,
	OrgCurrency,
	OrgSettings,
	Seed,
	ValidationRule,
} from './options';

export { bareOrg, MOVE_FIELDS } from './bareOrg';
export type { Clock } from './clock';
export type { SignIn } from './oauth/credentials';
export type { Person, PersonOptions } from './person';
export { staff, type Staff } from './seed/people';

/** A Salesforce org on this machine, for tests, the demo and the benchmarks. */
export interface LocalOrg {
	/** `http://127.0.0.1:PORT` */
	url: string;
	clientId: string;
	clientSecret: string;
	username: string;
	password: string;
	securityToken: string;
	/** The way in as the org's administrator, through an app of its own, whatever the API user may do. */
	admin: SignIn;
	organizationId: string;
	/** PEM; its certificate is registered with the app, for the JWT flow. Made when first read. */
	readonly privateKey: string;
	/** Every request answered, in the order of the answers. */
	calls: CallRecord[];
	/** Calls that count against the org's allowance: not sign-in, not the list of versions. */
	readonly apiCalls: number;
	/** Sessions opened. */
	readonly logIns: number;
	/** What clients asked for and this org does not know; mistakes that Salesforce refuses too are not here. */
	refused: string[];
	/** May be changed between calls. */
	settings: OrgSettings;
	/** Runs of the case assignment rule. */
	assignmentRuns: AssignmentRun[];
	/** The org's clock, which can be moved and stopped; sessions, stamps, date literals, jobs and the bin go by it. */
	readonly clock: Clock;
	/** Somebody who works in the org beside the API user. */
	person(options?: PersonOptions): Person;
	/** Asks for trouble: the first matching calls meet it. */
	addFault(fault: Fault): void;
	/** Takes back the trouble that was asked for and not met yet. */
	clearFaults(): void;
	/** Ends every session; refresh tokens stay good. */
	expireSessions(): void;
	/**
	 * The stored records of an object as the API shows them, without those in the recycle bin; hidden fields too.
	 *
	 * @param having only those with this value, text to the letter, in a field that is stored
	 */
	rows(sObject: string, having?: [field: string, value: string]): Record<string, unknown>[];
	/** Writes more records; see LocalOrgOptions. */
	seed(seed: Seed): void;
	/** Stops listening, cuts what is open, closes the database. */
	close(): Promise<void>;
}

/**
 * Starts an org. Any number may run side by side.
 * @throws when the port is taken or the seed is not valid
 */
export async function startLocalOrg(options: LocalOrgOptions = {}): Promise<LocalOrg> {
	const org = new Org(options, router);
	const isNew = org.storage.all('SELECT 1 FROM "Organization" LIMIT 1').length === 0;
	if (isNew) org.storage.transaction(() => writeBaseData(org, options.apiUser, options.currencies));
	else readBaseData(org);
	if (options.seed) plant(org, options.seed);
	const streaming = new Streaming(org);
	const server = await listen(org, streaming, options.port ?? 0).catch((error: unknown) => {
		org.storage.close();
		throw error;
	});
	org.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url: org.url,
		...org.credentials,
		organizationId: org.organizationId,
		get privateKey() {
			return org.appKey().privateKey;
		},
		calls: org.calls,
		get apiCalls() {
			return org.apiCalls;
		},
		get logIns() {
			return org.logIns;
		},
		refused: org.refused,
		settings: org.settings,
		assignmentRuns: org.assignmentRuns,
		clock: org.time,
		person: (options = {}) => personIn(org, options),
		addFault: (fault) => void org.faults.push({ ...fault }),
		clearFaults: () => void org.faults.splice(0),
		expireSessions: () => org.sessions.endAll(),
		rows: (sObject, having) => rowsOf(org, sObject, having),
		seed: (seed) => plant(org, seed),
		close: async () => {
			streaming.close();
			await close(server);
			org.storage.close();
		},
	};
}

function rowsOf(org: Org, sObject: string, having?: [field: string, value: string]): Record<string, unknown>[] {
	keepUp(org);
	const object = org.catalog.stored(sObject);
	const rows =
		having === undefined
			? org.storage.all(`SELECT * FROM "${object.name}" ORDER BY "Id"`)
			: org.storage.findBy(object.name, ...having, true);
	return rows.filter((row) => row.IsDeleted !== 1).map((row) => showRecord(row, object));
}
