import { asRead, ERROR_CODES } from './errorCodes';
import type { ErrorKind, ErrorRow, OrgErrorCode, Retry } from './errorCodes';
import type { SalesforceFault } from './salesforceFault';

/** What is known of one fault beside its code. */
export interface ErrorFacts {
	/** API names of the fields that it is about. */
	fields?: readonly string[];
	/** The HTTP status, where the call as a whole was answered so. */
	status?: number;
	/** Salesforce's own code, where it is not the same as ours. */
	salesforceCode?: string;
	/** What it follows from. It goes no further than this process, and still holds no secret. */
	cause?: unknown;
	/** Whether the call only reads, or does what may be done twice: then nothing is in doubt. */
	harmless?: boolean;
	/** Whether a write may have been carried out; by the code and the status unless said otherwise. */
	inDoubt?: boolean;
	/** Whether the same call, made again within seconds, may succeed; by the code and the status unless said otherwise. */
	passing?: boolean;
	/** Whether repeating it is safe; whenever nothing is in doubt, unless said otherwise. */
	repeatSafe?: boolean;
	/** Milliseconds that Salesforce asks to wait before the next try (`Retry-After`). */
	retryAfter?: number;
	/** Those of its code unless said otherwise, as where it follows from another. */
	kind?: ErrorKind;
	retry?: Retry;
}

/** Answers of proxies and of Salesforce's front end that mean "not now". */
const PASSING_STATUSES = [406, 408, 429, 500, 502, 503, 504];

/**
 * What went wrong with an org, in words for a person and with all that a program wants to know. The only error that
 * leaves `salesforce/`; whoever decides anything by it reads its properties, never its words.
 *
 * It never holds a secret or a field's value: Salesforce echoes values in several messages, and those are rewritten.
 */
export class OrgError extends Error {
	override readonly name = 'OrgError';
	readonly fields: string[];
	readonly status?: number;
	/** Milliseconds that Salesforce asks to wait before the next try. */
	readonly retryAfter?: number;

	/**
	 * @param code one of the table in `errorCodes.ts`
	 * @param message what happened, as one sentence
	 * @param remedy what to do next, as one sentence
	 */
	constructor(
		readonly code: OrgErrorCode,
		message: string,
		readonly remedy: string = '',
		private readonly facts: ErrorFacts = {},
	) {
		super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
		this.fields = [...(facts.fields ?? [])];
		this.status = facts.status;
		this.retryAfter = facts.retryAfter;
	}

	/** A copy with some of it said otherwise and every other fact kept. */
	with({ message, remedy, ...facts }: ErrorFacts & { message?: string; remedy?: string }): OrgError {
		return new OrgError(this.code, message ?? this.message, remedy ?? this.remedy, { ...this.facts, ...facts });
	}

	/** The code that people and flows see: Salesforce's own, as Salesforce writes it, or ours. */
	get shownCode(): string {
		return this.facts.salesforceCode ?? this.code;
	}

	/** Whether it is a write that may have been carried out all the same. */
	get inDoubt(): boolean {
		if (this.facts.harmless === true) return false;
		return this.facts.inDoubt ?? (this.row.inDoubt === true || isDoubtful(this.status));
	}

	/**
	 * Whether a write in doubt may still be carried out after this: nobody has answered, or a gateway has. Whatever else
	 * answers in Salesforce's place has not passed the call on.
	 */
	get mayStillCome(): boolean {
		return this.inDoubt && (this.status === undefined || isDoubtful(this.status));
	}

	/** Whether the same call, made again within seconds, may succeed. */
	get passing(): boolean {
		const { passes, endsTheRun } = this.row;
		if (this.facts.passing !== undefined) return this.facts.passing;
		if (passes === 'always' || (passes === 'reads' && this.facts.harmless === true)) return true;
		return endsTheRun !== true && this.status !== undefined && PASSING_STATUSES.includes(this.status);
	}

	/** Whether making the same call again does no harm, whatever became of this one. */
	get repeatSafe(): boolean {
		return this.facts.repeatSafe ?? !this.inDoubt;
	}

	/** What sort of thing is wrong. */
	get kind(): ErrorKind {
		if (this.inDoubt) return 'inDoubt';
		if (this.facts.kind !== undefined) return this.facts.kind;
		// Of a code that is not in the table, the status still tells something.
		return (this.code === 'REFUSED' ? kindOfStatus(this.status) : undefined) ?? this.row.kind;
	}

	/** When the item may be sent again. */
	get retry(): Retry {
		if (this.inDoubt) return this.repeatSafe ? 'later' : 'never';
		return this.facts.retry ?? (this.code === 'REFUSED' && this.passing ? 'later' : this.row.retry);
	}

	/** How often a call is made at most before this is its end; undefined where it is as often as any other. */
	get tries(): number | undefined {
		return this.row.tries;
	}

	/** Whether no further call of the run can succeed. */
	get endsTheRun(): boolean {
		return this.row.endsTheRun === true;
	}

	/** Whether it only says that another record of the run was refused. */
	get followsFromAnother(): boolean {
		return this.row.followsFromAnother === true;
	}

	/** Whether it says nothing of the record: the call did not get through, or the API user may do this to no record. */
	get concernsTheCall(): boolean {
		return this.inDoubt || this.passing || this.row.concernsTheCall === true;
	}

	/** Whether the API user lacks a right to do this. */
	get lacksRight(): boolean {
		return this.row.lacksRight === true;
	}

	/** Whether it is how an object looks that the org does not have, or that the API user may not see. */
	get hidesTheObject(): boolean {
		return this.row.hidesTheObject === true;
	}

	/** Whether a field that an admin has just made, or opened, would mend it. */
	get describeMayBeOld(): boolean {
		return this.row.describeMayBeOld === true;
	}

	/** Whether the record to be deleted is not there. */
	get isGone(): boolean {
		return this.row.isGone === true;
	}

	private get row(): ErrorRow {
		return ERROR_CODES[this.code];
	}
}

/** Whether an answer of this status leaves open what became of the call: it may have got through all the same. */
function isDoubtful(status: number | undefined): boolean {
	return status !== undefined && (status >= 500 || status === 408);
}

function kindOfStatus(status: number | undefined): ErrorKind | undefined {
	if (status === undefined) return undefined;
	if (status >= 500) return 'network';
	if (status === 429) return 'limit';
	if (status === 401 || status === 403) return 'permission';
	return status === 404 || status === 410 ? 'notFound' : undefined;
}

/**
 * An OrgError from what Salesforce says is wrong with one call or record.
 *
 * @param faults Salesforce's error array; the first gives the code, all give their messages and fields
 * @param status the HTTP status of the call, where the whole call was refused
 */
export function errorFromFaults(faults: readonly SalesforceFault[], status?: number): OrgError {
	const [first = {}] = faults;
	const read = faults.map(asRead);
	const { code, remedy } = read[0] ?? asRead({});
	const messages = faults.map((fault, index) => {
		const row: ErrorRow = ERROR_CODES[read[index]?.code ?? 'REFUSED'];
		return withoutExcerpt(row.message?.((fault.fields ?? []).join(', '), fault) ?? fault.message ?? '');
	});
	const text = [...new Set(messages)].filter(Boolean).join('; ') || 'Salesforce refused it without saying why';
	const said = first.errorCode ?? first.statusCode;
	return new OrgError(code, said === undefined ? text : `${text} (${said})`, remedy, {
		fields: [...new Set(read.flatMap(({ fields }) => fields))],
		status,
		...(said === undefined || said === code ? {} : { salesforceCode: said }),
	});
}

/** A query's message without the piece of the query before it, which may hold values: the place is enough. */
function withoutExcerpt(message: string): string {
	const [, row, column, rest] = /ERROR at Row:(\d+):Column:(\d+)\n(.*)$/s.exec(message) ?? [];
	return rest === undefined ? message.trim() : `At row ${row}, column ${column} of the query: ${rest.trim()}`;
}

/** Of what was never on its way because of what became of another. When it may be sent follows from that one. */
export function notSent(because: OrgError): OrgError {
	// That calls are to be kept free is true of each item alike.
	if (because.code === 'API_BUDGET') return because;
	return new OrgError(
		'NOT_SENT',
		`Not sent, because an earlier call of this run failed: ${because.message}`,
		because.remedy,
		{
			cause: because,
			kind: because.inDoubt ? 'network' : because.kind,
			// What was never sent cannot come twice, whatever became of the other.
			retry: because.inDoubt ? 'later' : because.retry,
		},
	);
}

/**
 * Of a write that may have been carried out all the same, and does no harm when it is sent once more.
 *
 * @param mayBe what the record may be by now: `deleted`
 */
export function mayBeRepeated(error: OrgError, mayBe: string): OrgError {
	const message = `${error.message.replace(/\.$/, '')}. The record may be ${mayBe} all the same`;
	const remedy = `Running again is safe: what is ${mayBe} already stays as it is.`;
	return error.with({ message, remedy, repeatSafe: true });
}

/** Of a call that was not sent, because the execution had been stopped. */
export function stoppedBefore(): OrgError {
	return new OrgError('STOPPED', 'The execution was stopped before this was sent.', 'Run it again.', {
		inDoubt: false,
	});
}

/** Node's codes for a host name that the network does not know. */
const HOST_UNKNOWN = new Set(['ENOTFOUND', 'EAI_AGAIN']);

/** Node's codes for a connection that was never made, so that nothing can have been carried out. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Node's and OpenSSL's codes for a host whose certificate does not prove that it is the one that was asked for. */
const NOT_PROVEN =
	/^(CERT_|ERR_TLS_CERT|ERR_SSL_|EPROTO$|HOSTNAME_MISMATCH$|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY))/;

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
		return new OrgError('STOPPED', 'The execution was stopped while the call was under way.', 'Run it again.', {
			cause: code,
		});
	}
	if (code !== undefined && HOST_UNKNOWN.has(code)) {
		return new OrgError(
			'UNREACHABLE',
			"The network does not know the host of the credential's domain.",
			'Check the My Domain for a misspelling, and whether n8n can reach the internet.',
			{ cause: code },
		);
	}
	if (code !== undefined && NEVER_CONNECTED.has(code)) {
		return new OrgError(
			'UNREACHABLE',
			"The host of the credential's domain could not be reached.",
			'Check the domain, and any proxy or firewall between n8n and Salesforce.',
			{ cause: code },
		);
	}
	if (code !== undefined && NOT_PROVEN.test(code)) {
		return new OrgError(
			'UNTRUSTED_HOST',
			"The host of the credential's domain has no certificate that n8n trusts, so nothing was sent there.",
			'If a proxy reads encrypted traffic, give n8n its certificate by NODE_EXTRA_CA_CERTS; otherwise check the domain, and the clock of this machine.',
			{ cause: code },
		);
	}
	return new OrgError('NO_ANSWER', 'The connection to Salesforce ended before its answer came.', 'Run again later.', {
		cause: code,
	});
}
