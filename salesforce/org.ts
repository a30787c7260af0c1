import { refusal, unexpectedAnswer } from './answers';
import { overBudget, readUsage } from './apiUsage';
import type { ApiUsage } from './apiUsage';
import { isOfAnotherOrg } from './domain';
import { OrgError } from './errors';
import type { OrgAccess, OrgRequest, OrgResponse } from './orgAccess';
import { waitBeforeRetry } from './retry';
import { isObject } from './shapes';
import type { Shape } from './shapes';
import type { SignedUse, Signer } from './signature';
import { jsforceExchange, noSoap, soapExchange } from './transport';
import type { Answer, Exchange } from './transport';

/**
 * The REST API version of every call: Winter '25, which every org has, Government Cloud and China included.
 * Salesforce keeps a version for at least three years.
 */
export const API_VERSION = '62.0';

/** Sessions that a call of the SOAP API tries, where each is ended by somebody before it. */
const SOAP_SESSIONS = 5;

export interface CallOptions {
	headers?: Record<string, string>;
	/** Text is sent as it is, with a content type among the headers; anything else as JSON. */
	body?: unknown;
	/** Whether doing it twice, or not knowing whether it was done, does no harm; by default of reads only. */
	repeatable?: boolean;
	/** Whether it tells what became of what was sent before, and is made although calls are to be kept free. */
	settles?: boolean;
}

/** One Salesforce org: calls by REST path, with errors as OrgError and repetitions where they are harmless. */
export class Org {
	/** What time it is by Salesforce's clock, as the last answer told it (its `Date`), to the second. */
	time?: Date;
	/** The org's API calls, as the last answer told them. */
	usage?: ApiUsage;
	/** How many calls were made so far, those among them that were made again. */
	calls = 0;
	private readonly access: OrgAccess;
	private exchange?: Promise<Exchange>;
	private instanceUrl?: Promise<string>;
	private underWay = 0;

	constructor(access: OrgAccess) {
		this.access = { ...access, send: async (request) => await this.counted(access, request) };
	}

	/**
	 * Makes one call.
	 *
	 * @param path below the versioned root, `/composite/sobjects`, or a whole path as Salesforce gives it,
	 *   `/services/data/v62.0/query/0r8…-2000`
	 * @param isForm whether the answer has the form that the caller reads
	 * @returns the parsed body; undefined for an empty one
	 * @throws OrgError with Salesforce's code when it refuses, and with ours when no answer of Salesforce's came
	 */
	async call<T>(
		method: OrgRequest['method'],
		path: string,
		isForm: Shape<T>,
		{ headers, body, repeatable = method === 'GET', settles }: CallOptions = {},
	): Promise<T> {
		const request = {
			method,
			path,
			headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
			body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
		};
		return await this.repeated({ repeatable, settles }, async () => {
			const { body: answer, status } = await this.once(request, 'json');
			if (!isForm(answer)) throw unexpectedAnswer(status);
			return answer;
		});
	}

	/**
	 * Reads the CSV of a Bulk job.
	 *
	 * @param path below the versioned root
	 * @param read makes of the text, and the headers by lower-case name, what the caller wants; undefined when it is not
	 *   what was asked for
	 * @throws OrgError as `call` does
	 */
	async readCsv<T>(
		path: string,
		read: (text: string, headers: Readonly<Record<string, string>>) => T | undefined,
		{ settles }: Pick<CallOptions, 'settles'> = {},
	): Promise<T> {
		return await this.repeated({ repeatable: true, settles }, async () => {
			const { headers, body, status } = await this.once({ method: 'GET', path, headers: {} }, 'text');
			// Whoever answers in Salesforce's place writes HTML, or JSON.
			const isCsv = headers['content-type']?.startsWith('text/csv') === true;
			const result = isCsv && typeof body === 'string' ? read(body, headers) : undefined;
			if (result === undefined) throw unexpectedAnswer(status);
			return result;
		});
	}

	/**
	 * Makes one call outside the REST API, once: it counts as none of the org's API calls.
	 *
	 * @param path from the root
	 * @returns an answer that is a success, unread
	 * @throws OrgError as `call` does
	 */
	async post(path: string, body: unknown, headers: Record<string, string>): Promise<OrgResponse> {
		const response = await this.access
			.send({
				method: 'POST',
				path,
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify(body),
			})
			.catch((cause: unknown) => {
				throw asOrgError(cause);
			});
		if (response.status >= 300) throw refusal(response);
		return response;
	}

	/**
	 * Makes one call of the SOAP API, for what REST has no resource for.
	 *
	 * @returns what its XML stands for: objects, lists and texts
	 * @throws OrgError as `call` does, for a write; `FUNCTIONALITY_NOT_ENABLED` where the session is not one for SOAP
	 */
	async soap(call: string, message: object): Promise<unknown> {
		return await this.repeated({ repeatable: false }, async () => {
			let token = await this.soapToken();
			for (let sessions = 1; ; sessions++) {
				try {
					return await soapExchange(this.access, { version: API_VERSION, token }, call, message);
				} catch (cause) {
					const error = asOrgError(cause);
					if (error.kind !== 'permission' || !error.endsTheRun || sessions === SOAP_SESSIONS) throw error;
					// SOAP says the same of a session that has ended and of one that is not for it; REST has the former renewed.
					await this.call('GET', '/', isObject);
					const renewed = await this.soapToken();
					if (renewed === token) throw noSoap();
					token = renewed;
				}
			}
		});
	}

	private async soapToken(): Promise<string> {
		const token = await this.access.sessionToken?.();
		if (token === undefined) throw noSoap();
		return token;
	}

	private async once(request: OrgRequest, as: 'json' | 'text'): Promise<Answer> {
		this.exchange ??= jsforceExchange(this.access, API_VERSION);
		return await (
			await this.exchange
		)(request, as);
	}

	private async repeated<T>(
		{ repeatable, settles }: Pick<CallOptions, 'repeatable' | 'settles'>,
		attempt: () => Promise<T>,
	): Promise<T> {
		for (let tries = 1; ; tries++) {
			try {
				if (settles !== true) await this.checkBudget(repeatable);
				return await attempt();
			} catch (cause) {
				const error = asOrgError(cause).with({ harmless: repeatable });
				const wait = this.pause(error, tries);
				if (wait === undefined) throw error;
				await this.access.wait(wait);
			}
		}
	}

	/** @throws OrgError `API_BUDGET` when a call more would touch those that are to be kept free */
	private async checkBudget(reads = false): Promise<void> {
		const { keepFree = 0 } = this.access;
		if (keepFree === 0) return;
		// What is read tells how many are left, and does no harm; before a write that has to be asked.
		if (this.usage === undefined && !reads) {
			await this.once({ method: 'GET', path: '/', headers: {} }, 'json').catch(() => undefined);
		}
		if (this.usage === undefined) return;
		const error = overBudget(this.usage, this.underWay + 1, keepFree);
		if (error !== undefined) throw error;
	}

	private async counted(access: OrgAccess, request: OrgRequest): Promise<OrgResponse> {
		this.underWay++;
		this.calls++;
		try {
			const response = await access.send(request);
			this.time = readTime(response.headers.date) ?? this.time;
			this.usage = readUsage(response.headers['sforce-limit-info']) ?? this.usage;
			return response;
		} finally {
			this.underWay--;
		}
	}

	/** n8n's IDs of what the calls are made for; empty where there are none. */
	get origin(): { workflowId: string; executionId: string } {
		return this.access.origin ?? { workflowId: '', executionId: '' };
	}

	/** The session's identity URL, where it is known without a call. */
	async identity(): Promise<string | undefined> {
		return await this.access.identity?.();
	}

	/** The scopes of the session's token, with blanks between, where they are known. */
	async scope(): Promise<string | undefined> {
		return await this.access.scope?.();
	}

	/** Tells one session from another, for what is read once per session; see `OrgAccess.sessionKey`. */
	async sessionKey(): Promise<string> {
		return await this.access.sessionKey();
	}

	/**
	 * What signs and checks the records that say what to write back; see `Signer`.
	 *
	 * @param orgId from `readIdentity`
	 * @throws OrgError `NO_SECRET` when the credential has no secret to make the key of
	 */
	async signer(orgId: string, use: SignedUse): Promise<Signer> {
		return await this.access.signer(orgId, use);
	}

	/** Resolves after so many milliseconds, by the host's own timer. */
	async wait(milliseconds: number): Promise<void> {
		await this.access.wait(milliseconds);
	}

	/** How long to wait before a call that failed is made again; undefined when it is not. */
	pause(error: OrgError, triesSoFar: number): number | undefined {
		return waitBeforeRetry(error, triesSoFar, () => this.access.random?.() ?? Math.random());
	}

	/** The address of a record's page in Lightning. */
	async recordLink(sObject: string, id: string): Promise<string> {
		return (await this.recordLinks(sObject))(id);
	}

	/** As `recordLink`, for many records of an object. */
	async recordLinks(sObject: string): Promise<(id: string) => string> {
		const address = await this.address();
		return (id) => `${address}/lightning/r/${sObject}/${id}/view`;
	}

	/** Whether the pages at an address are certainly another org's; see `isOfAnotherOrg`. */
	async isElsewhere(origin: string): Promise<boolean> {
		return isOfAnotherOrg(origin, await this.address());
	}

	/**
	 * The address of a page of Setup in Lightning.
	 * @param page below `/lightning/setup/`, as `PermSets/home`
	 */
	async setupLink(page: string): Promise<string> {
		return `${await this.address()}/lightning/setup/${page}`;
	}

	private async address(): Promise<string> {
		// Asked once: behind it stands a look at the stored credential, and there may be thousands of links.
		this.instanceUrl ??= this.access.instanceUrl();
		return await this.instanceUrl;
	}
}

function readTime(header: string | undefined): Date | undefined {
	const time = new Date(header ?? '');
	return Number.isNaN(time.getTime()) ? undefined : time;
}

function asOrgError(cause: unknown): OrgError {
	if (cause instanceof OrgError) return cause;
	return new OrgError('UNEXPECTED', 'The call could not be made.', '', { cause });
}
