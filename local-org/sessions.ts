import { randomBytes } from 'node:crypto';

/** An open session: whose it is and when it ends unless it is used before. */
export interface Session {
	token: string;
	userId: string;
	startedAt: number;
	expiresAt: number;
}

/** The org's open sessions. Each call of a session begins its time anew, as Salesforce's idle time-out does. */
export class Sessions {
	private readonly open = new Map<string, Session>();
	/** Called when sessions were ended before their time. */
	onEnd: () => void = () => undefined;

	constructor(
		private readonly organizationId: () => string,
		private readonly clock: () => Date,
		private readonly minutes: () => number,
	) {}

	/** Opens a session and returns its access token. */
	start(userId: string): string {
		const token = `${this.organizationId().slice(0, 15)}!AQ${randomBytes(48).toString('base64url')}`;
		this.open.set(token, { token, userId, startedAt: this.clock().getTime(), expiresAt: this.endFromNow() });
		return token;
	}

	/** The session of a token, or undefined when there is none or it has ended; its time begins anew. */
	use(token: string): Session | undefined {
		const session = this.peek(token);
		if (session) session.expiresAt = this.endFromNow();
		return session;
	}

	/** The same without beginning its time anew. */
	peek(token: string): Session | undefined {
		const session = this.open.get(token);
		if (!session || session.expiresAt > this.clock().getTime()) return session;
		this.open.delete(token);
		return undefined;
	}

	/** Ends one session; false when there is no such. */
	revoke(token: string): boolean {
		const ended = this.open.delete(token);
		this.onEnd();
		return ended;
	}

	/** Ends every session. */
	endAll(): void {
		this.open.clear();
		this.onEnd();
	}

	private endFromNow(): number {
		return this.clock().getTime() + this.minutes() * 60_000;
	}
}
