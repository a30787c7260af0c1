import { retryAfter } from './answers';
import { trustedOrigin } from './domain';
import { OrgError } from './errors';
import { SIGN_IN_REFUSALS, UNKNOWN_REFUSAL } from './signInRefusals';
import type { SignInRefusal } from './signInRefusals';

/** Where Salesforce opens sessions, below any of its log-in hosts. */
export const TOKEN_PATH = '/services/oauth2/token';

/** What the token endpoint sent back, whatever it was. */
export interface TokenResponse {
	status: number;
	body: string;
	/** With names in lower case; read are `location` and `retry-after`. */
	headers?: Partial<Record<string, string>>;
}

/** Of a token request what its answer is read by. */
export interface TokenRequest {
	/** Whether it held a password, and with it a security token. */
	password?: 'alone' | 'withToken';
	/** What was entered and must not be told, were it repeated. */
	hidden: readonly string[];
	/** Whether the org may be on this machine. */
	allowLoopback: boolean;
}

/** What a sign-in brings. */
export interface SignedIn {
	accessToken: string;
	/** The origin that the session's calls go to: `https://mycompany.my.salesforce.com`. */
	instanceUrl: string;
}

/** What the token endpoint says: here is a session, ask at another host, or why there is no session. */
export type TokenAnswer =
	| { session: SignedIn }
	| { movedTo: string }
	| { refusal: OrgError; audience?: SignInRefusal['audience'] };

/** Answers of Salesforce's front end, and of proxies before it, that mean "not now". */
const PASSING_STATUSES = [408, 425, 429, 500, 502, 503, 504];

/** Redirects after which a POST stays a POST. */
const SAME_METHOD_REDIRECTS = [301, 302, 307, 308];

/**
 * Reads what the token endpoint sent back. Its words are read here, and nowhere after.
 *
 * @throws OrgError `UNTRUSTED_HOST` when the session is of a host that is not Salesforce's
 */
export function readTokenAnswer(response: TokenResponse, request: TokenRequest): TokenAnswer {
	const { status, body, headers = {} } = response;
	const answer = parsed(body);
	if (status === 200 && typeof answer.access_token === 'string') {
		const refusal = tokenTypeRefusal(answer.token_type);
		if (refusal !== undefined) return { refusal };
	}
	if (status === 200 && typeof answer.access_token === 'string' && typeof answer.instance_url === 'string') {
		return {
			session: {
				accessToken: answer.access_token,
				instanceUrl: trustedOrigin(answer.instance_url, request.allowLoopback),
				...(typeof answer.id === 'string' ? { identity: answer.id } : {}),
				...(typeof answer.scope === 'string' ? { scope: answer.scope } : {}),
			},
		};
	}
	const code = answer.error ?? answer.errorCode;
	const words = answer.error_description ?? answer.message;
	if (typeof code === 'string') return said(code, typeof words === 'string' ? words : '', response, request);
	if (status >= 300 && status < 400) return redirect(status, headers.location, request);
	return { refusal: byStatus(response) };
}

/**
 * Why a token of this type is of no use: n8n can send bearer tokens only.
 *
 * @param type `token_type` of a token answer
 * @returns undefined for a bearer token, and where nothing is said
 */
export function tokenTypeRefusal(type: unknown): OrgError | undefined {
	if (typeof type !== 'string' || type.toLowerCase() === 'bearer') return undefined;
	const code = `token_type ${type.slice(0, 20)}`;
	const { message, remedy } = SIGN_IN_REFUSALS.find(({ said: words }) => words.test(code)) ?? UNKNOWN_REFUSAL;
	return refused(message, code, remedy);
}

interface AnswerJson {
	access_token?: unknown;
	id?: unknown;
	instance_url?: unknown;
	token_type?: unknown;
	error?: unknown;
	error_description?: unknown;
	errorCode?: unknown;
	message?: unknown;
	scope?: unknown;
}

/** The answer's object, or the first of an array, the form in which REST says what is wrong; empty for anything else. */
function parsed(body: string): AnswerJson {
	try {
		const answer: unknown = JSON.parse(body);
		const first: unknown = Array.isArray(answer) ? answer[0] : answer;
		return typeof first === 'object' && first !== null ? first : {};
	} catch {
		return {};
	}
}

/** A refusal in Salesforce's words, as the table has it. */
function said(code: string, description: string, response: TokenResponse, request: TokenRequest): TokenAnswer {
	const whole = `${code}: ${description}`;
	const row =
		SIGN_IN_REFUSALS.find(
			({ said: words, ofPassword }) => (ofPassword !== true || request.password !== undefined) && words.test(whole),
		) ?? UNKNOWN_REFUSAL;
	const message = request.password === 'alone' ? (row.withoutToken ?? row.message) : row.message;
	const words = row === UNKNOWN_REFUSAL ? repeatable(whole, request) : repeatable(code, request);
	const isPassing = row.passes === true || PASSING_STATUSES.includes(response.status);
	const refusal = (isPassing ? notNow(message, words, row.remedy, response) : refused(message, words, row.remedy)).with(
		{
			salesforceCode: repeatable(code, request),
		},
	);
	return { refusal, audience: row.audience };
}

/** Salesforce's words as they may be told: on one line, not too long, and without what the credential holds. */
function repeatable(words: string, request: TokenRequest): string {
	const line = request.hidden
		.filter((value) => value.length > 2)
		.reduce((text, value) => text.replaceAll(value, '…'), words)
		.replace(/[^\S ]+/g, ' ')
		.replace(/: $/, '');
	return line.length > 150 ? `${line.slice(0, 150)}…` : line;
}

/** A redirect within Salesforce, as of a My Domain that was renamed, is followed; any other is told. */
function redirect(status: number, location: string | undefined, { allowLoopback }: TokenRequest): TokenAnswer {
	const target = URL.parse(location ?? '');
	if (target?.pathname === TOKEN_PATH && SAME_METHOD_REDIRECTS.includes(status)) {
		return { movedTo: trustedOrigin(target.href, allowLoopback) };
	}
	const where = target === null ? 'elsewhere' : `to ${target.host}`;
	return {
		refusal: refused(
			`The sign-in was sent ${where}, which is not followed.`,
			`status ${status}`,
			'Check the domain: the My Domain may have been renamed, or a log-in page of your own network stands in between.',
		),
	};
}

/** What a page, or anything else that is not an answer of the token endpoint, means by its status. */
function byStatus(response: TokenResponse): OrgError {
	const { status, body } = response;
	const words = `status ${status}`;
	const title = /<title[^>]*>\s*([^<]{1,80}?)\s*<\/title>/i.exec(body)?.[1];
	const page = title === undefined ? '' : ` The page that came back is titled "${title}".`;
	if (/<(title|h[1-3])\b[^>]*>[^<]*maintenance/i.test(body)) {
		return notNow(
			'Salesforce is down for maintenance.',
			words,
			'Run again when it is over; status.salesforce.com says when that is.',
			response,
		);
	}
	if (PASSING_STATUSES.includes(status)) {
		return notNow(
			'Salesforce could not open a session at the moment.',
			words,
			`Run again later; status.salesforce.com says when Salesforce has trouble of its own.${page}`,
			response,
		);
	}
	if (status === 407) {
		return refused(
			'A proxy between n8n and Salesforce wants a sign-in of its own.',
			words,
			"Put the proxy's user and password into n8n's HTTPS_PROXY setting.",
		);
	}
	if (status === 404 || status === 410) {
		return refused(
			'There is no sign-in at this address.',
			words,
			`Check the My Domain in the credential for a misspelling.${page}`,
		);
	}
	if (status >= 400) {
		return refused(
			'What refused the sign-in does not answer like Salesforce.',
			words,
			`A firewall or a proxy between n8n and Salesforce may be the cause; n8n must reach the domain over https.${page}`,
		);
	}
	return refused(
		'The domain does not answer like a Salesforce org.',
		words,
		`Check the domain in the credential, and any proxy between n8n and Salesforce.${page}`,
	);
}

/** A refusal that stays, with the code by which Salesforce calls it. */
function refused(message: string, words: string, remedy: string): OrgError {
	return new OrgError('SIGN_IN_REFUSED', withWords(message, words), remedy);
}

/** A refusal that passes, so that it is worth another try. */
function notNow(message: string, words: string, remedy: string, { headers = {} }: TokenResponse): OrgError {
	return new OrgError('SIGN_IN_UNAVAILABLE', withWords(message, words), remedy, {
		passing: true,
		retryAfter: retryAfter(headers['retry-after']),
	});
}

function withWords(message: string, words: string): string {
	return message.replace(/\.$/, ` (${words}).`);
}
