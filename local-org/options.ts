/** Records to begin with, by object: `{ Case: [{ Subject: 'Chair' }] }`. */
export type Seed = Record<string, Record<string, unknown>[]>;

/** A validation rule of the org: it refuses a record for which `broken` holds (all its fields, as the API shows them). */
export interface ValidationRule {
	sObject: string;
	broken(record: Record<string, unknown>): boolean;
	message: string;
	/** Where the error is shown; at the top of the page when left out. */
	field?: string;
	/** Its name, as the Tooling API tells it. */
	name?: string;
	/** False for one that is there and does nothing. */
	active?: boolean;
}

/** A duplicate rule: a record is a duplicate when all these fields equal another record's. */
export interface DuplicateRule {
	sObject: string;
	name: string;
	fields: string[];
	/** Whether `Sforce-Duplicate-Rule-Header: allowSave=true` lets the duplicate in. */
	allowSave: boolean;
	message?: string;
	/** False for one that is there and does nothing. */
	active?: boolean;
}

/** What happens to a record when an automation runs. */
export type AutomationEvent = 'create' | 'update' | 'delete' | 'undelete';

/** A record that was saved, deleted or restored, as an automation of the org sees it. */
export interface AutomatedRecord {
	on: AutomationEvent;
	id: string;
	/** All its fields as the API shows them, those of before a deletion. */
	record: Record<string, unknown>;
	/** The same before the change; undefined for a new record. */
	before?: Record<string, unknown>;
	/** Writes fields of this record; their values are checked as those of a call. */
	change(fields: Record<string, unknown>): void;
	/** Creates a record of any object and returns its ID. */
	create(sObject: string, fields: Record<string, unknown>): string;
	/** Writes fields of another record. */
	update(sObject: string, id: string, fields: Record<string, unknown>): void;
	/**
	 * Refuses the record, as `addError` of a trigger does: FIELD_CUSTOM_VALIDATION_EXCEPTION with this message unless
	 * another code is given, such as CANNOT_EXECUTE_FLOW_TRIGGER. Everything done for the record is undone.
	 */
	refuse(message: string, how?: { errorCode?: string; fields?: string[] }): never;
	/** Refuses it with UNABLE_TO_LOCK_ROW, as when the automation waits for a record that another call holds. */
	lock(): never;
}

/**
 * A flow or trigger of the org's own, which runs after a record was saved or deleted, inside the same transaction. What
 * it writes runs no automation again. Seeds run none.
 */
export interface Automation {
	sObject: string;
	/** When it runs; after create and update when left out. */
	on?: AutomationEvent[];
	/** As what and under which name Setup and the API show it; a flow when left out. */
	kind?: 'flow' | 'trigger';
	name?: string;
	/** False for one that is there and does nothing. */
	active?: boolean;
	run(saved: AutomatedRecord): void;
}

/** How the org is set up. All may be changed between two calls. */
export interface OrgSettings {
	/** Minutes without a call after which a session ends. */
	sessionMinutes: number;
	/** Whether Case.ExternalID__c is Unique (and then case-insensitive). */
	uniqueExternalId: boolean;
	/** Whether the API user may delete records. */
	canDelete: boolean;
	/** Without it the API user cannot upsert by an external ID that is not unique. */
	viewAllData: boolean;
	/** Fields that field-level security hides from the API user, as `Case.ExternalID__c`. */
	hiddenFields: string[];
	/** Objects that the API user may not see, or that the org does not have: the two look the same. */
	hiddenObjects: string[];
	/** Fields that the org does not have, as `Case.ExternalID__c`. */
	missingFields: string[];
	/** Milliseconds that every call takes besides the real time of the machine. */
	delayPerCallMs: number;
	/** Milliseconds that a call takes for each record it writes. */
	delayPerRecordMs: number;
	/** Milliseconds that a call takes for each record it only reads. */
	delayPerRecordReadMs: number;
	/** Calls allowed in 24 hours. */
	dailyApiRequests: number;
	/** Calls longer than `longCallMs` that may run at once; one more is refused. */
	concurrentLongCalls: number;
	longCallMs: number;
	/** Records that the org has room for; one more gets STORAGE_LIMIT_EXCEEDED. */
	maxRecords: number;
	/**
	 * What everyone may do with everyone's records of an object, as its organization-wide default says: nothing (`None`), see
	 * them (`Read`), or change them too (`Edit`, where none is given). Users with *View All* or *Modify All* are not held by it.
	 * Organization says it of Cases (DefaultCaseAccess).
	 */
	defaultAccess: Record<string, 'None' | 'Read' | 'Edit'>;
	/**
	 * The values of picklists that records of a record type may take, where those are not all:
	 * `{ 'Case.Move': { Reason: ['Installation', 'Other'] } }`, by the object and the record type's DeveloperName.
	 */
	recordTypePicklists: Record<string, Record<string, string[]>>;
	/** Rows of a query page at most. */
	pageSize: number;
	/** Whether the following pages of a query can be read in its own session only. */
	locatorsEndWithSession: boolean;
	/** Calls that write Cases of one parent at once refuse each other with UNABLE_TO_LOCK_ROW. */
	rowLocks: boolean;
	/** The active case assignment rule: it gives Cases to this owner when they are created and updated. */
	assignmentRule?: { ownerId: string };
	/** With an active auto-response rule a Case needs an e-mail address. */
	autoResponseRule: boolean;
	validationRules: ValidationRule[];
	duplicateRules: DuplicateRule[];
	automations: Automation[];
	/** Names of active login flows, as the API shows them; the sign-in of this org runs none. */
	loginFlows: string[];
	/** Fields whose changes the field history keeps, as `Case.Status`; Case alone has one here. */
	trackedFields: string[];
	/** Days that deleted records lie in the recycle bin; then they are gone. */
	recycleBinDays: number;
	/** Milliseconds by which Get Updated and Get Deleted stay behind, as while long transactions are under way. */
	transactionMs: number;
	/**
	 * Objects for which Change Data Capture is on, as `Case`. A channel of another object can be subscribed to and brings
	 * nothing; the Tooling API's PlatformEventChannelMember tells which are on.
	 */
	changeEvents: string[];
	/** Whether changes are told by gap events, without fields, as when Salesforce cannot make the event. */
	gapEvents: boolean;
	/** Changes of one transaction that are told one by one; beyond them an overflow event for each object. */
	changeEventsPerTransaction: number;
	/** Hours that events are kept for replay. */
	eventHours: number;
	/** Milliseconds that a streaming client's connect waits for events, by the machine's clock. */
	longPollMs: number;
	/** IDs of users whom Salesforce does not let be deactivated, with what they are, as `default owner of cases`. */
	keptActive: Record<string, string>;
	/** Feature licenses bought, by the user permission that takes one: `{ MarketingUser: 10 }`. */
	featureLicenses: Record<string, number>;
	/** Milliseconds that a Bulk job waits, and then works, by the org's clock. */
	bulkQueueMs: number;
	bulkWorkMs: number;
	/** Whether the API user may delete for good by Bulk's hardDelete. */
	canHardDelete: boolean;
	/** Whether the API user may create and change fields. */
	canCustomize: boolean;
	/** Whether the API user may freeze, deactivate and change users, and assign permission sets. */
	canManageUsers: boolean;

	/** Sign-in: the scopes of the app, as `api refresh_token` or `full`; those that a flow needs when left out. */
	oauthScopes?: string;
	/** Sign-in: the org blocks the password flow (every org made since Summer '23). */
	passwordFlowBlocked: boolean;
	/** Sign-in: the password must be followed by the security token. */
	securityTokenRequired: boolean;
	/** Sign-in: the client credentials flow has no run-as user. */
	noClientCredentialsUser: boolean;
	/** Sign-in: the app's users are pre-authorized by an administrator and this one is not. */
	userNotAuthorised: boolean;
	/** Sign-in: users authorise the app themselves and this one has not. */
	userNotApproved: boolean;
	/** Sign-in: the user is inactive. */
	userInactive: boolean;
	/** Sign-in: the app was made minutes ago and is not known everywhere yet. */
	appTooNew: boolean;
	/** Sign-in: the app is not installed in the org. */
	appNotInstalled: boolean;
	/** Sign-in: the caller's address is outside the allowed ranges. */
	ipRestricted: boolean;
	/** Sign-in: log-ins of one user within an hour; one more is refused. */
	logInsPerHour: number;
	/** Sign-in: as if the user had had those log-ins already. */
	loginRateExceeded: boolean;
	/** Sign-in: this host does not serve the client credentials flow, as login.salesforce.com. */
	notMyDomain: boolean;
	/** Sign-in: the only audience that a JWT may have, as an address; several when left out. */
	jwtAudience?: string;
	/** Sign-in: the app's tokens are bound to a key of the client's. */
	requiresDpop: boolean;
	/** Sign-in: a refresh token can be used once only, and brings the next one. */
	rotatesRefreshTokens: boolean;
	/** A host of the org's that is no longer its own, and what calls there get. */
	movedFrom?: { host: string; answer: 'redirect' | 'URL_NOT_RESET' };
	/** The org's edition has no API: every call answers 403. */
	apiDisabled: boolean;
	/** The user lacks the permission API Enabled: every call answers 403. */
	apiDisabledForUser: boolean;
	/** Every call answers 401, whatever the session. */
	answer401Always: boolean;
}

/** An org as most are: the default session time-out, the API calls of an Enterprise Edition, REST's page size. */
export const DEFAULT_SETTINGS: OrgSettings = {
	sessionMinutes: 120,
	uniqueExternalId: false,
	canDelete: true,
	viewAllData: true,
	hiddenFields: [],
	hiddenObjects: [],
	missingFields: [],
	delayPerCallMs: 0,
	delayPerRecordMs: 0,
	delayPerRecordReadMs: 0,
	dailyApiRequests: 100_000,
	concurrentLongCalls: 25,
	longCallMs: 20_000,
	maxRecords: Infinity,
	defaultAccess: {},
	recordTypePicklists: {},
	pageSize: 2000,
	locatorsEndWithSession: false,
	rowLocks: false,
	autoResponseRule: false,
	validationRules: [],
	duplicateRules: [],
	automations: [],
	loginFlows: [],
	trackedFields: [],
	recycleBinDays: 15,
	transactionMs: 0,
	changeEvents: [],
	gapEvents: false,
	changeEventsPerTransaction: 100_000,
	eventHours: 72,
	longPollMs: 110_000,
	keptActive: {},
	featureLicenses: { MarketingUser: 100, OfflineUser: 100, SupportUser: 50, KnowledgeUser: 10, InteractionUser: 30 },
	bulkQueueMs: 0,
	bulkWorkMs: 0,
	canHardDelete: false,
	canCustomize: true,
	canManageUsers: true,
	passwordFlowBlocked: false,
	securityTokenRequired: false,
	noClientCredentialsUser: false,
	userNotAuthorised: false,
	userNotApproved: false,
	userInactive: false,
	appTooNew: false,
	appNotInstalled: false,
	ipRestricted: false,
	logInsPerHour: 3600,
	loginRateExceeded: false,
	notMyDomain: false,
	requiresDpop: false,
	rotatesRefreshTokens: false,
	apiDisabled: false,
	apiDisabledForUser: false,
	answer401Always: false,
};

/** Trouble on demand: what happens to the first calls that match. */
export interface Fault {
	/** Any method when left out. */
	method?: string;
	/** A part of the path with its query, or an expression that matches it. */
	path: string | RegExp;
	/** Calls that it happens to; 1. */
	times?: number;
	/** Matching calls that pass before; 0. */
	skip?: number;
	/** Whether it happens to a sub-request of a Composite call, by its own method and path, rather than to a call. */
	inside?: boolean;
	/** Answers this status without doing anything; 500 when only a body is given. */
	status?: number;
	/** Whether the call does its work before it is answered so, as when a gateway has waited too long. */
	late?: boolean;
	/** A JSON value, or text that goes out as it is. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Milliseconds to wait before anything else. */
	delayMs?: number;
	/** Cuts the connection: without an answer, before or after the call has done its work, or within the answer's body. */
	cut?: 'before' | 'after' | 'within';
	/** What goes out in place of the org's own answer, which is done with its work; given its body's text. */
	alter?(body: string): string;
	/** What happens at the same moment, before the call does its work, as when a person saves a record. */
	meanwhile?(call: FaultyCall): void;
	/** The first so many records that the call writes get UNABLE_TO_LOCK_ROW. */
	lockRows?: number;
}

/** A call that meets a fault, as it came. */
export interface FaultyCall {
	method: string;
	/** With its query. */
	path: string;
	/** By name in lower case. */
	headers: Record<string, string | undefined>;
	/** Its body; empty where there is none. */
	text: string;
}

/** One request that the org has answered; status 0 when its connection was cut. */
export interface CallRecord {
	method: string;
	/** With its query. */
	path: string;
	status: number;
	/** Records read or written. */
	records?: number;
	/** The client's own ID of the request (`X-SFDC-REQUEST-ID`), where it sent one. */
	requestId?: string;
}

/** One run of the assignment rule. */
export interface AssignmentRun {
	caseId: string;
	on: 'create' | 'update';
}

/** A custom object, in the words of the Metadata API; `{ label: 'Invoice', fields: { Paid__c: { type: 'Checkbox' } } }`. */
export interface CustomObject {
	label: string;
	pluralLabel?: string;
	/** Its records are named by an automatic number, such as `INV-{0000}`, and not by those who make them. */
	nameField?: { label?: string; displayFormat: string };
	/** Its custom fields by API name, each as the Tooling API takes it under `Metadata`. */
	fields?: Record<string, Record<string, unknown>>;
}

/** A currency of an org with several. */
export interface OrgCurrency {
	/** Its code by ISO 4217, as `EUR`. */
	isoCode: string;
	/** How much of it one of the corporate currency is worth; 1, as for the corporate currency itself, when left out. */
	conversionRate?: number;
	/** 2 when left out. */
	decimalPlaces?: number;
	/** False for one that records may no longer be given. */
	active?: boolean;
}

/** A country of the state and country picklists, as `{ code: 'US', name: 'United States', states: { CA: 'California' } }`. */
export interface OrgCountry {
	code: string;
	/** Its name, and the text that stands for it in records. */
	name: string;
	/** The names of its states by their codes. */
	states?: Record<string, string>;
}

/** What the API user may do. */
export interface ApiUser {
	/** The name of a profile; `System Administrator` when left out. */
	profile?: string;
	/** User permissions besides the profile's, as `ViewSetup`. They and the rest come by a permission set, *API Access*. */
	permissions?: string[];
	/** Rights to objects, as `{ Case: ['Read', 'Create', 'Edit'] }`. */
	objects?: Record<string, string[]>;
	/** Rights to fields, as `{ 'Case.Subject': 'edit' }`; whoever may edit a field may read it. */
	fields?: Record<string, 'read' | 'edit'>;
}

/** With what an org starts. */
export interface LocalOrgOptions {
	/** 0, the default, takes any free one; always on 127.0.0.1. */
	port?: number;
	/** A file for the records; in memory when left out. */
	database?: string;
	/** What time it is for sessions, time stamps, date literals and jobs. */
	clock?: () => Date;
	/** The API user; an administrator unless this says otherwise. A file that is opened again has its own. */
	apiUser?: ApiUser;
	/**
	 * The namespace prefix of the org: its Case fields are `acme__ExternalID__c` and so on, and so is every field that is
	 * made in it. A file that is opened again needs it again.
	 */
	namespace?: string;
	/**
	 * Custom fields that it has besides, or that are of another kind than usual, in the words of the Metadata API:
	 * `{ 'Case.Team__c': { type: 'Checkbox' } }`. They are shown to everyone. A file that is opened again needs them again.
	 */
	fields?: Record<string, Record<string, unknown>>;
	/** Its platform events by API name, as `{ Seat_Freed__e: { label: 'Seat Freed', fields: { Seat__c: … } } }`. */
	platformEvents?: Record<string, CustomObject>;
	/** Its custom objects by API name; a file that is opened again needs them again. */
	customObjects?: Record<string, CustomObject>;
	/**
	 * The currencies of an org with several, the corporate one first: records have CurrencyIsoCode, and there is
	 * CurrencyType. Rates with dates are not there. A file that is opened again needs them again.
	 */
	currencies?: OrgCurrency[];
	/**
	 * The countries of an org with state and country picklists: addresses have codes beside the names. A file that is opened
	 * again needs them again.
	 */
	countries?: OrgCountry[];
	/** Written before the org listens, object by object in the order given; it may set what only Salesforce sets. */
	seed?: Seed;
	/** What its settings are at first. */
	settings?: Partial<OrgSettings>;
}
