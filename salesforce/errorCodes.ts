import type { SalesforceFault } from './salesforceFault';

/** What sort of thing is wrong, so that a flow can branch by it. */
export type ErrorKind =
	| 'lock'
	| 'limit'
	| 'validation'
	| 'permission'
	| 'duplicate'
	| 'notFound'
	| 'network'
	| 'input'
	| 'inDoubt';

/**
 * When the same item may be sent again: at once, after some time, after somebody has changed the item or the org, or
 * never by itself, as when sending it could make a second record.
 */
export type Retry = 'now' | 'later' | 'afterChange' | 'never';

/** What is known of a code. */
export interface ErrorRow {
	kind: ErrorKind;
	retry: Retry;
	/** Whether it passes by itself within seconds: of any call, or of reads only. */
	passes?: 'always' | 'reads';
	/** How often a call is made at most, where it is not as often as any other. */
	tries?: number;
	/** Whether a write that ended so may have been carried out. */
	inDoubt?: true;
	/** Whether no further call of the run can succeed. */
	endsTheRun?: true;
	/** Whether it only says that another record of the run was refused. */
	followsFromAnother?: true;
	/** Whether it says nothing of the record: the call did not get through, or the API user may do this to no record. */
	concernsTheCall?: true;
	/** Whether the API user lacks a right to do this. */
	lacksRight?: true;
	/** Whether an object looks so that the API user may not see; one that the org does not have looks the same. */
	hidesTheObject?: true;
	/** Whether a field that an admin has just made, or opened, would mend it. */
	describeMayBeOld?: true;
	/** Whether the record to be deleted is not there. */
	isGone?: true;
	/** Replaces Salesforce's own message where that would echo a value or mislead. */
	message?: (fields: string, fault: SalesforceFault) => string;
	/** What to do next. */
	remedy?: string;
}

/** What to do about a field that is not there. */
export const FIELD_HIDDEN =
	'Check the spelling, that the field exists in this org, and that field-level security lets the API user see and edit it: a hidden field looks the same as a missing one.';

const ROLLED_BACK = {
	kind: 'validation',
	retry: 'afterChange',
	followsFromAnother: true,
	message: () => 'Rolled back, because another record of the same run was refused',
	remedy: 'Correct the record that was refused, then run again.',
} satisfies ErrorRow;

const REFUSED_RIGHT = {
	kind: 'permission',
	retry: 'afterChange',
	concernsTheCall: true,
	lacksRight: true,
	hidesTheObject: true,
	remedy:
		'Give the API user the right to do this on the object, with a permission set; Salesforce Prepare Org says which right is missing, and makes one.',
} satisfies ErrorRow;

const API_CLOSED = {
	kind: 'permission',
	retry: 'afterChange',
	endsTheRun: true,
	concernsTheCall: true,
	remedy:
		'Give the API user the permission "API Enabled", as Salesforce Prepare Org does; some editions have no API at all.',
} satisfies ErrorRow;

/** Salesforce's own "not now" (SOAP API Developer Guide, ExceptionCode). */
const NOT_NOW = {
	kind: 'network',
	retry: 'later',
	passes: 'always',
	concernsTheCall: true,
	remedy: 'Run again later; status.salesforce.com says when Salesforce has trouble of its own.',
} satisfies ErrorRow;

const NAMES_NO_RECORD = {
	kind: 'notFound',
	retry: 'afterChange',
} satisfies Pick<ErrorRow, 'kind' | 'retry'>;

const VALUE = { kind: 'validation', retry: 'afterChange' } satisfies Pick<ErrorRow, 'kind' | 'retry'>;

/**
 * Salesforce's codes that people meet; the messages follow Salesforce's published list. Some rows are parts of
 * one code of Salesforce's: see `PARTS`.
 */
const SALESFORCE = {
	ALL_OR_NONE_OPERATION_ROLLED_BACK: ROLLED_BACK,
	API_CURRENTLY_DISABLED: API_CLOSED,
	API_DISABLED_FOR_ORG: API_CLOSED,
	CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
		kind: 'permission',
		retry: 'afterChange',
		remedy:
			'A trigger or a permission refuses this object; the object rights of the API user are the first thing to check.',
	},
	/** Salesforce's REQUEST_LIMIT_EXCEEDED of long calls at once, which are refused at the door. */
	CONCURRENT_LIMIT_EXCEEDED: {
		kind: 'limit',
		retry: 'later',
		passes: 'always',
		endsTheRun: true,
		concernsTheCall: true,
		message: () => 'Too many long API calls were running in the org at once',
		remedy: 'Run again when they have ended, and let fewer workflows use the org at the same time.',
	},
	DUPLICATE_EXTERNAL_ID: {
		kind: 'duplicate',
		retry: 'afterChange',
		remedy: 'Delete or change all but one of them; ticking Unique on the field keeps it from happening again.',
	},
	DUPLICATE_USERNAME: {
		kind: 'duplicate',
		retry: 'afterChange',
		message: () => 'Another user, perhaps of another org, has this username',
		remedy: 'Usernames are unique over all orgs; choose another.',
	},
	DUPLICATE_VALUE: {
		kind: 'duplicate',
		retry: 'afterChange',
		message: (_fields, fault) => (fault.message ?? '').trim().replace(/^(Duplicate external id specified): .*$/s, '$1'),
		remedy: 'Another record already holds this value in a field that must be unique; update that record instead.',
	},
	DUPLICATES_DETECTED: {
		kind: 'duplicate',
		retry: 'afterChange',
		message: () => "One of the org's duplicate rules sees this as a duplicate",
		remedy: 'Use the existing record, or allow duplicates if the rule lets you.',
	},
	ENTITY_IS_DELETED: {
		kind: 'notFound',
		retry: 'never',
		isGone: true,
		message: () => 'The record has been deleted',
		remedy: 'Restore it from the recycle bin, or use another record.',
	},
	ENTITY_IS_LOCKED: {
		kind: 'lock',
		retry: 'afterChange',
		message: () => 'The record is locked, as while it waits for approval',
		remedy: 'End the approval in Salesforce, or unlock the record there.',
	},
	EXCEEDED_ID_LIMIT: { kind: 'limit', retry: 'afterChange', concernsTheCall: true },
	FIELD_CUSTOM_VALIDATION_EXCEPTION: {
		...VALUE,
		remedy: 'This is a validation rule of the org; change the value, or ask the admin about the rule.',
	},
	FIELD_FILTER_VALIDATION_EXCEPTION: {
		...VALUE,
		remedy: "The reference does not pass the field's lookup filter; choose another record.",
	},
	FIELD_INTEGRITY_EXCEPTION: VALUE,
	/** Salesforce's INVALID_FIELD of a field that is there, but that the query uses in a way that it does not allow. */
	FIELD_MISUSED: VALUE,
	FUNCTIONALITY_NOT_ENABLED: { kind: 'permission', retry: 'afterChange', concernsTheCall: true },
	FUNCTIONALITY_TEMPORARILY_UNAVAILABLE: NOT_NOW,
	INACTIVE_OWNER_OR_USER: {
		...VALUE,
		message: (fields) => `The user who is to own the record is inactive${named(fields)}`,
		remedy: 'Give the record an active owner.',
	},
	INSUFFICIENT_ACCESS: REFUSED_RIGHT,
	INSUFFICIENT_ACCESS_OR_READONLY: REFUSED_RIGHT,
	INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
		kind: 'permission',
		retry: 'afterChange',
		concernsTheCall: true,
		lacksRight: true,
		message: (fields) => `The API user has no access to a record that is referred to${named(fields)}`,
		remedy: 'Give the API user access to the record that is referred to (owner, record type, parent).',
	},
	INVALID_AUTH_HEADER: { kind: 'permission', retry: 'afterChange', endsTheRun: true, concernsTheCall: true },
	INVALID_CROSS_REFERENCE_KEY: {
		...NAMES_NO_RECORD,
		isGone: true,
		message: (fields) =>
			fields === ''
				? 'The record, or one that it refers to, does not exist or cannot be seen'
				: `A record that is referred to does not exist or cannot be seen${named(fields)}`,
		remedy: 'Check the IDs, and that the API user may see those records.',
	},
	INVALID_EMAIL_ADDRESS: {
		...VALUE,
		message: (fields) => `Not an e-mail address${named(fields)}`,
		remedy: 'Correct the address.',
	},
	INVALID_FIELD: {
		kind: 'permission',
		retry: 'afterChange',
		concernsTheCall: true,
		describeMayBeOld: true,
		remedy: FIELD_HIDDEN,
	},
	INVALID_FIELD_FOR_INSERT_UPDATE: {
		kind: 'permission',
		retry: 'afterChange',
		concernsTheCall: true,
		describeMayBeOld: true,
		remedy: FIELD_HIDDEN,
	},
	INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
		...VALUE,
		message: (fields) => `The value is not in the picklist${named(fields)}`,
		remedy: 'Use one of the values that the picklist offers for this record type.',
	},
	INVALID_QUERY_FILTER_OPERATOR: {
		...VALUE,
		message: (_fields, fault) => (fault.message ?? '').replace(/(invalid ID field): .*$/s, '$1'),
		remedy:
			'Compare a field of IDs with whole IDs of 15 or 18 characters, and other fields with the operators that their types allow.',
	},
	INVALID_QUERY_LOCATOR: {
		kind: 'notFound',
		retry: 'now',
		message: () => 'Salesforce no longer holds the further pages of the query',
		remedy: 'Run again; if that does not help, read fewer records at a time.',
	},
	INVALID_SESSION_ID: {
		kind: 'permission',
		retry: 'afterChange',
		endsTheRun: true,
		concernsTheCall: true,
		message: () => 'Salesforce does not accept the session',
		remedy: 'Open the credential and test it; the app may have been blocked, or the user frozen.',
	},
	INVALID_TYPE: {
		kind: 'permission',
		retry: 'afterChange',
		concernsTheCall: true,
		hidesTheObject: true,
		remedy: 'Check the object name, and that the API user may see the object.',
	},
	INVALID_TYPE_ON_FIELD_IN_RECORD: {
		...VALUE,
		message: (fields) => `A value is not of the field's type${named(fields)}`,
		remedy: 'Correct the value.',
	},
	JSON_PARSER_ERROR: {
		...VALUE,
		message: (fields) => `A value is not of the field's type${named(fields)}`,
		remedy: 'Correct the value: dates as 2026-05-01, date-times as 2026-05-01T09:30:00Z, numbers without separators.',
	},
	LICENSE_LIMIT_EXCEEDED: {
		kind: 'limit',
		retry: 'afterChange',
		remedy: 'No license of this kind is free in the org: free one, or buy more.',
	},
	MALFORMED_ID: {
		...VALUE,
		message: (fields) => `Not an ID of the right object${named(fields)}`,
		remedy: 'Salesforce IDs have 15 or 18 letters and digits; check that it is of this object.',
	},
	MALFORMED_QUERY: {
		...VALUE,
		message: (_fields, fault) => withoutValues(fault.message ?? ''),
		remedy: 'Correct the query where Salesforce points; text belongs in quotes, or into a query parameter.',
	},
	NOT_FOUND: { ...NAMES_NO_RECORD, remedy: 'Check the object name and the ID, and that the API user may see them.' },
	NUMBER_OUTSIDE_VALID_RANGE: {
		...VALUE,
		message: (fields) => `The number has more digits than the field allows${named(fields)}`,
		remedy: 'Correct the number, or let an admin widen the field.',
	},
	PROCESSING_HALTED: ROLLED_BACK,
	QUERY_TIMEOUT: {
		kind: 'limit',
		retry: 'later',
		passes: 'reads',
		// Each try may take the two minutes that Salesforce gives a query.
		tries: 2,
		concernsTheCall: true,
		remedy: 'Narrow the query, or filter by an indexed field.',
	},
	/** Salesforce's INVALID_FIELD of a parent that is named by an external ID. */
	REFERENCE_NOT_FOUND: {
		...NAMES_NO_RECORD,
		message: (_fields, fault) => withoutForeignKey(fault.message ?? ''),
		remedy: 'Check the value: there must be exactly one such record that the API user can see.',
	},
	/** A refusal whose code this table does not know; `OrgError.salesforceCode` has it. */
	REFUSED: VALUE,
	REQUEST_LIMIT_EXCEEDED: {
		kind: 'limit',
		retry: 'later',
		endsTheRun: true,
		concernsTheCall: true,
		message: () => 'The org has no API calls left for today',
		remedy:
			'The org has used up its API calls for the last 24 hours. Wait, lower the number of runs, or ask Salesforce for more.',
	},
	REQUEST_RUNNING_TOO_LONG: {
		kind: 'limit',
		retry: 'later',
		passes: 'reads',
		tries: 2,
		concernsTheCall: true,
		remedy: 'Send or read fewer records at a time.',
	},
	REQUIRED_FIELD_MISSING: { ...VALUE, remedy: 'Give these fields a value.' },
	SERVER_UNAVAILABLE: { ...NOT_NOW, message: () => 'Salesforce is not available at the moment' },
	STORAGE_LIMIT_EXCEEDED: {
		kind: 'limit',
		retry: 'afterChange',
		remedy: 'The org has no data storage left; delete records or ask for more.',
	},
	STRING_TOO_LONG: {
		...VALUE,
		message: (fields, fault) => {
			const limit = /\(max length=(\d+)\)/.exec(fault.message ?? '')?.[1];
			return `The text is too long${named(fields)}${limit === undefined ? '' : ` (at most ${limit} characters)`}`;
		},
		remedy: 'Shorten it.',
	},
	UNABLE_TO_LOCK_ROW: {
		kind: 'lock',
		retry: 'now',
		passes: 'always',
		message: () => 'The record, or its parent, stayed locked by somebody else',
		remedy: 'Run again later; nothing was saved for this record.',
	},
	UNKNOWN_EXCEPTION: {
		...NOT_NOW,
		message: () => 'Salesforce had an internal error',
		remedy: 'Run again later; if it stays so, Salesforce Support can look it up.',
	},
	URL_NOT_RESET: { kind: 'network', retry: 'afterChange', endsTheRun: true, concernsTheCall: true },
} satisfies Record<string, ErrorRow>;

/** What Salesforce did not say, and what went wrong on this side. */
const OURS = {
	/** The calls that the node is to keep free for others would have been touched. */
	API_BUDGET: { kind: 'limit', retry: 'later', endsTheRun: true, concernsTheCall: true },
	/** A Bulk query's job came to another end than the one wanted. */
	BULK_JOB_ENDED: { kind: 'validation', retry: 'afterChange' },
	INVALID_DOMAIN: { kind: 'input', retry: 'afterChange', endsTheRun: true, concernsTheCall: true },
	INVALID_VALUE: { kind: 'input', retry: 'afterChange' },
	/** The connection was made, and ended before an answer came. */
	NO_ANSWER: { kind: 'network', retry: 'later', passes: 'always', inDoubt: true, concernsTheCall: true },
	NO_IDENTITY: { kind: 'permission', retry: 'afterChange', concernsTheCall: true },
	NO_INSTANCE_URL: { kind: 'permission', retry: 'afterChange', endsTheRun: true, concernsTheCall: true },
	/** The credential has no secret to sign records with. */
	NO_SECRET: { kind: 'input', retry: 'afterChange', concernsTheCall: true },
	/** A Bulk job ended before it came to the record. */
	NOT_PROCESSED: { kind: 'limit', retry: 'later', concernsTheCall: true },
	/** It was never on its way, because of what became of another. */
	NOT_SENT: { kind: 'network', retry: 'later', followsFromAnother: true, concernsTheCall: true },
	SIGN_IN_REFUSED: { kind: 'permission', retry: 'afterChange', endsTheRun: true, concernsTheCall: true },
	/** No session could be opened, for a reason that passes; whether another try is left is said where it is thrown. */
	SIGN_IN_UNAVAILABLE: { kind: 'network', retry: 'later', endsTheRun: true, concernsTheCall: true },
	/** The execution was stopped while the call was under way. */
	STOPPED: { kind: 'network', retry: 'later', endsTheRun: true, inDoubt: true, concernsTheCall: true },
	TOO_MANY_TOGETHER: { kind: 'input', retry: 'afterChange', concernsTheCall: true },
	/** A mistake on this side; nothing is known of the call. */
	UNEXPECTED: { kind: 'input', retry: 'never', inDoubt: true, concernsTheCall: true },
	/** What came back was not Salesforce's: a page, a redirect, JSON of another shape. */
	UNEXPECTED_ANSWER: { kind: 'network', retry: 'later', passes: 'always', inDoubt: true, concernsTheCall: true },
	/** No connection was made, so nothing was carried out; three tries, because a wrong domain should be told soon. */
	UNREACHABLE: {
		kind: 'network',
		retry: 'later',
		passes: 'always',
		tries: 3,
		endsTheRun: true,
		concernsTheCall: true,
	},
	UNTRUSTED_HOST: { kind: 'network', retry: 'afterChange', endsTheRun: true, concernsTheCall: true },
} satisfies Record<string, ErrorRow>;

/** Every code that an OrgError may have. */
export type OrgErrorCode = keyof typeof SALESFORCE | keyof typeof OURS;

/** The one table of codes: what each means, what to do about it, and how the nodes go on. */
export const ERROR_CODES: Readonly<Record<OrgErrorCode, ErrorRow>> = { ...SALESFORCE, ...OURS };

/** A part of one of Salesforce's codes, told by Salesforce's words. */
interface CodePart {
	words: RegExp;
	code: OrgErrorCode;
	/** Where it is not that of the code. */
	remedy?: string;
}

/** Salesforce's codes that stand for things that are not the same. */
const PARTS: Partial<Record<OrgErrorCode, CodePart[]>> = {
	INVALID_FIELD: [
		{
			words: /can not be filtered/,
			code: 'FIELD_MISUSED',
			remedy: 'Filter by another field: the type of this one, such as long text, does not allow it.',
		},
		{ words: /duplicate field selected/, code: 'FIELD_MISUSED', remedy: 'Name the field once only.' },
		{
			words: /filter criterion/,
			code: 'FIELD_MISUSED',
			remedy: 'Compare the field with a value of its own type, which is the Type of a query parameter.',
		},
		{ words: /^\s*Foreign key external ID/, code: 'REFERENCE_NOT_FOUND' },
	],
	NUMBER_OUTSIDE_VALID_RANGE: [
		{
			words: /SOQL offset/i,
			code: 'FIELD_MISUSED',
			remedy: 'OFFSET skips 2,000 records at most: sort by Id, and go on after the last one with WHERE Id > :last.',
		},
	],
	REQUEST_LIMIT_EXCEEDED: [{ words: /Concurrent/, code: 'CONCURRENT_LIMIT_EXCEEDED' }],
};

/** What a fault of Salesforce's is in terms of the table. Its words are read here, and nowhere after. */
export function asRead(fault: SalesforceFault): { code: OrgErrorCode; remedy: string; fields: string[] } {
	const { errorCode, statusCode, message = '', fields = [] } = fault;
	const said = errorCode ?? statusCode ?? '';
	const known: OrgErrorCode = Object.hasOwn(SALESFORCE, said) ? (said as OrgErrorCode) : 'REFUSED';
	const part = PARTS[known]?.find(({ words }) => words.test(message));
	const code = part?.code ?? known;
	const missing = code === 'INVALID_FIELD' ? /No such column '([\w.]+)'/.exec(message)?.[1] : undefined;
	return {
		code,
		remedy: part?.remedy ?? ERROR_CODES[code].remedy ?? '',
		fields: fields.length === 0 && missing !== undefined ? [missing] : fields,
	};
}

/** Salesforce's words for a parent that was named by an external ID, less the ID. */
function withoutForeignKey(message: string): string {
	const [, field, object] =
		/^Foreign key external ID: .* not found for field (\w+) in entity (\w+)$/s.exec(message.trim()) ?? [];
	return field === undefined ? message.trim() : `Not exactly one ${object} has the ${field} that the record refers to`;
}

/** Words of SOQL itself, which are no values. */
const KEYWORDS =
	/^(?:SELECT|FROM|WHERE|AND|OR|NOT|IN|LIKE|INCLUDES|EXCLUDES|LIMIT|OFFSET|ORDER|GROUP|BY|HAVING|ASC|DESC|NULLS|NULL|FIRST|LAST|TRUE|FALSE|WITH|USING|SCOPE|FOR|VIEW|REFERENCE|UPDATE|TYPEOF|WHEN|THEN|ELSE|END|AS|IS|JOIN|ON|DISTINCT|UNION|ALL|ROWS|<EOF>)$/i;

/** A query's message, in which a piece of the query is kept only where it is a word of SOQL or punctuation. */
function withoutValues(message: string): string {
	const isSafe = (piece: string): boolean => KEYWORDS.test(piece) || /^[^\w\s'"]{1,3}$/.test(piece);
	// The piece may be a text with quotes and lines of its own.
	return message.replace(
		/(unexpected token|expecting [^,\n]*, found):? (.*)$/s,
		(whole, words: string, piece: string) => (isSafe(piece.replace(/^'|'$/g, '').trim()) ? whole : words),
	);
}

function named(fields: string): string {
	return fields === '' ? '' : `: ${fields}`;
}
