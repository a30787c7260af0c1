/** How Salesforce states one thing that is wrong, in REST answers and, with `statusCode`, in collections. */
export interface SalesforceFault {
	errorCode?: string;
	statusCode?: string;
	message?: string;
	fields?: string[];
}

/**
 * What went wrong with an org, in words for a person. The only error that leaves `salesforce/`.
 *
 * It never holds a secret or a field's value: Salesforce echoes values in several messages, and those are rewritten.
 */
export class OrgError extends Error {
	override readonly name = 'OrgError';

	/**
	 * @param code a stable code: Salesforce's own, or one of ours (`NO_ANSWER`, `NOT_SENT`, `INVALID_DOMAIN`, …)
	 * @param message what happened, as one sentence
	 * @param remedy what to do next, as one sentence
	 * @param fields API names of the fields that Salesforce names
	 * @param status the HTTP status, where there was one
	 */
	constructor(
		readonly code: string,
		message: string,
		readonly remedy: string = '',
		readonly fields: string[] = [],
		readonly status?: number,
	) {
		super(message);
	}

	/** Whether no answer came, so that a write may or may not have been carried out. */
	get outcomeUnknown(): boolean {
		return this.code === 'NO_ANSWER';
	}

	/** Whether a write may have been carried out all the same: an answer of a proxy in between tells nothing of it. */
	get mayBeSaved(): boolean {
		return this.outcomeUnknown || (this.status ?? 0) >= 500;
	}

	/** Whether it only says that another record of the run was refused. */
	get followsFromAnother(): boolean {
		return FOLLOWS_FROM_ANOTHER.has(this.code);
	}
}

const FOLLOWS_FROM_ANOTHER = new Set(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'PROCESSING_HALTED', 'NOT_SENT']);

interface Explanation {
	/** Replaces Salesforce's own message where that would echo a value or mislead. */
	message?: (fields: string, fault: SalesforceFault) => string;
	remedy: string | ((fault: SalesforceFault) => string);
}

/** What to do about a field that is not there. */
export const FIELD_HIDDEN =
	'Check the spelling, that the field exists in this org, and that field-level security lets the API user see and edit it: a hidden field looks the same as a missing one.';

/** What to do about a field that is there, but that a query uses in a way that it does not allow; by Salesforce's words. */
const FIELD_MISUSED: Array<[RegExp, string]> = [
	[/can not be filtered/, 'Filter by another field: the type of this one, such as long text, does not allow it.'],
	[/duplicate field selected/, 'Name the field once only.'],
	[/filter criterion/, 'Compare the field with a value of its own type, which is the Type of a query parameter.'],
	[/^Foreign key external ID/, 'Check the value: there must be exactly one such record that the API user can see.'],
];

const TOO_MANY_CALLS =
	'The org has used up its API calls for the last 24 hours. Wait, lower the number of runs, or ask Salesforce for more.';
const TOO_MANY_AT_ONCE = 'Run again when they have ended, and let fewer workflows use the org at the same time.';

/** One row for each of Salesforce's codes that people meet; the messages follow Salesforce's published list. */
const EXPLANATIONS: Record<string, Explanation> = {
	ALL_OR_NONE_OPERATION_ROLLED_BACK: {
		message: () => 'Rolled back, because another record of the same run was refused',
		remedy: 'Mend the record that was refused, then run again.',
	},
	CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
		remedy:
			'A trigger or a permission refuses this object; the object rights of the API user are the first thing to check.',
	},
	DUPLICATE_VALUE: {
		message: (_fields, fault) => (fault.message ?? '').trim().replace(/^(Duplicate external id specified): .*$/s, '$1'),
		remedy: 'Another record already holds this value in a field that must be unique; update that record instead.',
	},
	DUPLICATES_DETECTED: {
		message: () => "One of the org's duplicate rules sees this as a duplicate",
		remedy: 'Use the existing record, or allow duplicates if the rule lets you.',
	},
	ENTITY_IS_DELETED: {
		message: () => 'The record has been deleted',
		remedy: 'Restore it from the recycle bin, or use another record.',
	},
	FIELD_CUSTOM_VALIDATION_EXCEPTION: {
		remedy: 'This is a validation rule of the org; change the value, or ask the admin about the rule.',
	},
	INSUFFICIENT_ACCESS_OR_READONLY: {
		remedy: 'Give the API user the right to do this on the object, with a permission set.',
	},
	INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
		message: (fields) => `The API user has no access to a record that is referred to${named(fields)}`,
		remedy: 'Give the API user access to the record that is referred to (owner, record type, parent).',
	},
	INVALID_CROSS_REFERENCE_KEY: {
		message: (fields) =>
			fields === ''
				? 'The record, or one that it refers to, does not exist or cannot be seen'
				: `A record that is referred to does not exist or cannot be seen${named(fields)}`,
		remedy: 'Check the IDs, and that the API user may see those records.',
	},
	INVALID_EMAIL_ADDRESS: {
		message: (fields) => `Not an e-mail address${named(fields)}`,
		remedy: 'Correct the address.',
	},
	INVALID_FIELD: {
		message: (_fields, fault) => withoutForeignKey(fault.message ?? ''),
		remedy: ({ message = '' }) => FIELD_MISUSED.find(([words]) => words.test(message))?.[1] ?? FIELD_HIDDEN,
	},
	INVALID_FIELD_FOR_INSERT_UPDATE: { remedy: FIELD_HIDDEN },
	INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
		message: (fields) => `The value is not one of the picklist's${named(fields)}`,
		remedy: 'Use one of the values that the picklist offers for this record type.',
	},
	INVALID_QUERY_FILTER_OPERATOR: {
		message: (_fields, fault) => (fault.message ?? '').replace(/(invalid ID field): .*$/s, '$1'),
		remedy:
			'Compare a field of IDs with whole IDs of 15 or 18 characters, and other fields with the operators that their types allow.',
	},
	INVALID_QUERY_LOCATOR: {
		message: () => 'Salesforce no longer holds the further pages of the query',
		remedy: 'Run again; if that does not help, read fewer records at a time.',
	},
	INVALID_SESSION_ID: {
		message: () => 'Salesforce no longer accepts the session, nor the new one that was opened in its place',
		remedy: 'Open the credential and test it; the app may have been blocked, or the user frozen.',
	},
	INVALID_TYPE: { remedy: 'Check the object name, and that the API user may see the object.' },
	INVALID_TYPE_ON_FIELD_IN_RECORD: {
		message: (fields) => `A value is not of the field's type${named(fields)}`,
		remedy: 'Correct the value.',
	},
	JSON_PARSER_ERROR: {
		message: (fields) => `A value is not of the field's type${named(fields)}`,
		remedy: 'Correct the value: dates as 2026-05-01, date-times as 2026-05-01T09:30:00Z, numbers without separators.',
	},
	MALFORMED_ID: {
		message: (fields) => `Not an ID of the right object${named(fields)}`,
		remedy: 'Salesforce IDs have 15 or 18 letters and digits; check that it is of this object.',
	},
	MALFORMED_QUERY: {
		// What stands at the place may be a value that should have been in quotes.
		message: (_fields, fault) => (fault.message ?? '').replace(/(ERROR at Row.*unexpected token): .*$/s, '$1'),
		remedy: 'Correct the query where Salesforce points; text belongs in quotes, or into a query parameter.',
	},
	NOT_FOUND: { remedy: 'Check the object name and the ID, and that the API user may see them.' },
	NUMBER_OUTSIDE_VALID_RANGE: {
		message: (fields) => `The number has more digits than the field allows${named(fields)}`,
		remedy: 'Correct the number, or let an admin widen the field.',
	},
	PROCESSING_HALTED: {
		message: () => 'Rolled back, because another record of the same run was refused',
		remedy: 'Mend the record that was refused, then run again.',
	},
	QUERY_TIMEOUT: { remedy: 'Narrow the query, or filter by an indexed field.' },
	REQUEST_LIMIT_EXCEEDED: {
		message: (_fields, fault) =>
			isConcurrent(fault)
				? 'Too many long API calls were running in the org at once'
				: 'The org has no API calls left for today',
		remedy: (fault) => (isConcurrent(fault) ? TOO_MANY_AT_ONCE : TOO_MANY_CALLS),
	},
	REQUIRED_FIELD_MISSING: { remedy: 'Give these fields a value.' },
	STORAGE_LIMIT_EXCEEDED: { remedy: 'The org has no data storage left; delete records or ask for more.' },
	STRING_TOO_LONG: {
		message: (fields, fault) => {
			const limit = /\(max length=(\d+)\)/.exec(fault.message ?? '')?.[1];
			return `The text is too long${named(fields)}${limit === undefined ? '' : ` (at most ${limit} characters)`}`;
		},
		remedy: 'Shorten it.',
	},
	UNABLE_TO_LOCK_ROW: {
		message: () => 'The record, or its parent, stayed locked by somebody else',
		remedy: 'Run again later; nothing was saved for this record.',
	},
};

/** Salesforce has one code for its two limits of calls: a day's, and of long calls at once. */
function isConcurrent({ message = '' }: SalesforceFault): boolean {
	return message.includes('Concurrent');
}

/** Salesforce's words for a parent that was named by an external ID, less the ID. */
function withoutForeignKey(message: string): string {
	const [, field, object] =
		/^Foreign key external ID: .* not found for field (\w+) in entity (\w+)$/s.exec(message.trim()) ?? [];
	return field === undefined ? message.trim() : `Not exactly one ${object} has the ${field} that the record refers to`;
}

function named(fields: string): string {
	return fields === '' ? '' : `: ${fields}`;
}

/**
 * An OrgError from what Salesforce says is wrong with one call or record.
 *
 * @param faults Salesforce's error array; the first gives the code, all give their messages and fields
 * @param status the HTTP status of the call, where the whole call was refused
 */
export function errorFromFaults(faults: SalesforceFault[], status?: number): OrgError {
	const code = faults[0]?.errorCode ?? faults[0]?.statusCode ?? `HTTP_${status ?? 'UNKNOWN'}`;
	const messages = faults.map((fault) => {
		const explanation = EXPLANATIONS[fault.errorCode ?? fault.statusCode ?? ''];
		const fields = (fault.fields ?? []).join(', ');
		return withoutExcerpt(explanation?.message?.(fields, fault) ?? fault.message ?? '');
	});
	const text = [...new Set(messages)].filter(Boolean).join('; ') || 'Salesforce refused the call without saying why';
	return new OrgError(
		code,
		`${text} (${code})`,
		remedyFor(code, faults[0] ?? {}),
		[...new Set(faults.flatMap((fault) => fault.fields ?? []))],
		status,
	);
}

function remedyFor(code: string, fault: SalesforceFault): string {
	const remedy = EXPLANATIONS[code]?.remedy ?? '';
	return typeof remedy === 'string' ? remedy : remedy(fault);
}

/** A query's message without the piece of the query before it, which may hold values: the place is enough. */
function withoutExcerpt(message: string): string {
	const [, row, column, rest] = /ERROR at Row:(\d+):Column:(\d+)\n(.*)$/s.exec(message) ?? [];
	return rest === undefined ? message.trim() : `At row ${row}, column ${column} of the query: ${rest.trim()}`;
}

/** Node's codes for a host name that the network does not know. */
const HOST_UNKNOWN = new Set(['ENOTFOUND', 'EAI_AGAIN']);

/** Node's codes for a connection that was never made, so that nothing can have been carried out. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The network's own code of a failed request, such as `ECONNRESET`, from wherever in the error it stands. */
export function networkCode(error: unknown): string | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if ('code' in cause && typeof cause.code === 'string') return cause.code;
	}
	return undefined;
}

/**
 * An OrgError for a call that brought no answer. Its message does not repeat the code, in whose place n8n would put
 * general words of its own.
 *
 * @param code Node's or axios's code; undefined where there was none
 */
export function errorFromNetwork(code: string | undefined): OrgError {
	if (code === 'ERR_CANCELED') {
		return new OrgError('STOPPED', 'The execution was stopped.', 'Run it again to finish the rest.');
	}
	if (code !== undefined && HOST_UNKNOWN.has(code)) {
		return new OrgError(
			'UNREACHABLE',
			"The network knows no host of the credential's domain.",
			'Check the My Domain for a misspelling, and whether n8n can reach the internet.',
		);
	}
	if (code !== undefined && NEVER_CONNECTED.has(code)) {
		return new OrgError(
			'UNREACHABLE',
			"The host of the credential's domain could not be reached.",
			'Check the domain, and any proxy or firewall between n8n and Salesforce.',
		);
	}
	return new OrgError('NO_ANSWER', 'The connection to Salesforce ended before its answer came.', 'Run again later.');
}
