import type { ObjectRight } from './job';
import type { RuleKind } from './requirements';

/** What an org says of itself and of one user; undefined where it does not tell whoever is signed in. */
export interface OrgFacts {
	/** The newest version of the REST API that it has. */
	newestVersion?: number;
	/** The API calls of 24 hours. */
	apiCalls?: { max: number; remaining: number };
	user: UserFacts;
	/** By API name in lower case. */
	objects: ReadonlyMap<string, ObjectFacts>;
	/** Whether the org-wide default lets everybody see every Case. */
	showsAllCases?: boolean;
	/** The custom fields of Case that it was asked for, by name in lower case; undefined for one that Case does not have. */
	caseFields?: ReadonlyMap<string, CustomFieldFacts | undefined>;
	/** Names of what is active on Case; of login flows, in the org. */
	rules: Readonly<Record<RuleKind, readonly string[] | undefined>>;
	/** What the token of whoever is signed in may be used for. */
	scopes?: readonly string[];
	/** What whoever is signed in sees of the values that Cases may have. */
	caseValues?: CaseValueFacts;
	/** Whether whoever is signed in sees these setup objects, by API name. */
	setupObjects: ReadonlyMap<string, boolean>;
	/** Objects whose changes are told, in lower case. */
	changeEvents?: ReadonlySet<string>;
}

/** The user whom the jobs are done by. */
export interface UserFacts {
	id: string;
	username: string;
	isActive: boolean;
	/** Name of the profile, in the language of whoever is signed in. */
	profile: string;
	/** Name of the user license, in the language of whoever is signed in. */
	licenseName: string;
	/** Key of the user license, as `PID_Salesforce_Integration`. */
	license: string;
	/** Names of user permissions, as `ViewSetup`. */
	permissions?: ReadonlySet<string>;
	/** Developer names of permission-set licenses held. */
	permissionSetLicenses?: ReadonlySet<string>;
}

/** What the user may do with an object. */
export interface ObjectFacts {
	rights: Readonly<Partial<Record<ObjectRight, boolean>>>;
	/** By name in lower case; one that is not here is hidden. */
	fields?: ReadonlyMap<string, { read: boolean; edit: boolean }>;
	/** Names, in lower case, of fields that nobody can be kept from: field-level security does not reach them. */
	open: ReadonlySet<string>;
}

/** What values fields of Case may have. */
export interface CaseValueFacts {
	/** By field name in lower case; a field that is no picklist has no values. */
	fields: ReadonlyMap<string, PicklistFacts | undefined>;
	recordTypes: readonly RecordTypeFacts[];
	statuses?: ReadonlyArray<{ value: string; label: string; isClosed: boolean }>;
}

/** A picklist of Case. */
export interface PicklistFacts {
	values: ReadonlyArray<{ value: string; label: string | null }>;
	/** Whether Salesforce refuses every other value. */
	isRestricted: boolean;
}

/** A record type of Case. */
export interface RecordTypeFacts {
	id: string;
	name: string;
	developerName: string;
	isActive: boolean;
	/** Whether the user may give it to Cases; undefined where whoever is signed in is another user. */
	isAvailable?: boolean;
}

/** How a custom field is made. */
export interface CustomFieldFacts {
	/** In the words of the Metadata API; undefined where the reader does not see how it is made. */
	type?: string;
	length?: number;
	externalId?: boolean;
	unique?: boolean;
	visibleLines?: number;
}

/** The user license that opens objects only with a permission-set license beside it. */
export const INTEGRATION_LICENSE = 'PID_Salesforce_Integration';

/** That permission-set license, *Salesforce API Integration*. */
export const INTEGRATION_PSL = 'SalesforceAPIIntegrationPsl';
