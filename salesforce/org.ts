import type { Connection } from 'jsforce/lib/connection';

import { refusal, unexpectedAnswer } from './answers';
import { OrgError } from './errors';
import type { OrgAccess, OrgRequest, OrgResponse } from './orgAccess';
import { waitBeforeRetry } from './retry';
import type { SignedUse, Signer } from './signature';
import { jsforceConnection } from './transport';

/**
 * The REST API version of every call: Winter '25, which every org has, Government Cloud and China included.
 * Salesforce keeps a version for at least three years.
 */
export const API_VERSION = '62.0';

export interface CallOptions {
	headers?: Record<string, string>;
	/** Text is sent as it is, with a content type among the headers; anything else as JSON. */
	body?: unknown;
	/** Whether the call may be repeated when its outcome is unknown; by default reads only. */
	repeatable?: boolean;
}

/** One Salesforce org: calls by REST path, with errors as OrgError and repetitions where they are harmless. */
export class Org {
	private connection?: Promise<Connection>;
	private instanceUrl?: Promise<string>;

	constructor(private readonly access: OrgAccess) {}

	/**
	 * Makes one call.
	 *
	 * @param path below the versioned root, `/composite/sobjects`, or a whole path as Salesforce gives it,
	 *   `/services/data/v62.0/query/0r8…-2000`
	 * @returns the parsed body; undefined for an empty one
	 * @throws OrgError with Salesforce's code, when it refuses or does not answer
	 */
	async call<T>(method: OrgRequest['method'], path: string, options: CallOptions = {}): Promise<T> {
		return await this.repeated(
			options.repeatable ?? method === 'GET',
			async () => await this.callOnce<T>(method, path, options),
		);
	}

	/**
	 * Reads an answer that is no JSON, such as the CSV of a Bulk job, with its headers.
	 *
	 * @param path below the versioned root
	 * @throws OrgError as `call` does
	 */
	async readText(path: string): Promise<OrgResponse> {
		return await this.repeated(true, async () => {
			const response = await this.access.send({
				method: 'GET',
				path: `/services/data/v${API_VERSION}${path}`,
				headers: {},
			});
			if (response.status >= 300) throw refusal(response);
			return response;
		});
	}

	private async repeated<T>(repeatable: boolean, attempt: () => Promise<T>): Promise<T> {
		for (let tries = 1; ; tries++) {
			try {
				return await attempt();
			} catch (cause) {
				const error = asOrgError(cause).with({ harmless: repeatable });
				const wait = this.pause(error, tries);
				if (wait === undefined) throw error;
				await this.access.wait(wait);
			}
		}
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
		// Asked once: behind it stands a look at the stored credential, and there may be thousands of links.
		this.instanceUrl ??= this.access.instanceUrl();
		return `${await this.instanceUrl}/lightning/r/${sObject}/${id}/view`;
	}

	private async callOnce<T>(method: OrgRequest['method'], path: string, options: CallOptions): Promise<T> {
		this.connection ??= jsforceConnection(this.access, API_VERSION);
		const connection = await this.connection;
		const answer = await connection.request<T>({
			method,
			url: path,
			headers: {
				...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
				...options.headers,
			},
			...(options.body === undefined
				? {}
				: { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
		});
		// jsforce gives what is no JSON as text; every answer to these calls is JSON, or empty.
		if (typeof answer === 'string' && answer !== '') throw unexpectedAnswer();
		return answer;
	}
}

function asOrgError(cause: unknown): OrgError {
	if (cause instanceof OrgError) return cause;
	return new OrgError('UNEXPECTED', 'The call could not be made.', '', { cause });
}
