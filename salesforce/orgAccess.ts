import type { SignedUse, Signer } from './signature';

/** One HTTP call to the org: a path below its instance address, and text for a body. */
export interface OrgRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'HEAD';
	/** Path and query from the root: `/services/data/…`. */
	path: string;
	headers: Record<string, string>;
	body?: string;
}

/** What came back, whatever its status; header names in lower case. */
export interface OrgResponse {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** How an org is reached. n8n's side of it is `nodes/shared/connectOrg.ts`. */
export interface OrgAccess {
	/**
	 * Signs and sends one call, opening or renewing the session where needed.
	 * @throws OrgError when no answer came, or sign-in was refused
	 */
	send(request: OrgRequest): Promise<OrgResponse>;
	/** The org's address, for links: `https://mycompany.my.salesforce.com`. Known once a call was answered. */
	instanceUrl(): Promise<string>;
	/** The session's identity URL, where the session came with one; see `readIdentity`. Known once a call was answered. */
	identity?(): Promise<string | undefined>;
	/**
	 * The session's token, for SOAP, which takes it in the message; undefined where there is none. Known once a call was
	 * answered. It goes into calls that `send` makes, and nowhere else.
	 */
	sessionToken?(): Promise<string | undefined>;
	/** The scopes of the session's token, with blanks between, where the session came with them. Known once a call was answered. */
	scope?(): Promise<string | undefined>;
	/** A key of the credential as it stands with its session: another session, another key. It gives nothing away. */
	sessionKey(): Promise<string>;
	/**
	 * What signs and checks records for an org, with a key of the credential's secret.
	 * @throws OrgError `NO_SECRET` when the credential has none
	 */
	signer(orgId: string, use: SignedUse): Promise<Signer>;
	/** Resolves after so many milliseconds. */
	wait(milliseconds: number): Promise<void>;
	/** n8n's IDs of what the calls are made for, to be kept with what is written; empty where there is none. */
	origin?: { workflowId: string; executionId: string };
	/** Percent of the org's API calls that are left to others; 0 when left out. */
	keepFree?: number;
	/** From 0 to below 1, by which pauses differ; `Math.random` when left out. */
	random?(): number;
}
