import { randomBytes } from 'node:crypto';
import type { Subscription } from './delivery';

/** The cookie that a handshake sets, and that every later request of its client must bring. */
export const COOKIE = 'BAYEUX_BROWSER';

/** Milliseconds in which a client must connect again, after events and without (docs:streaming-api). */
export const AFTER_EVENTS = 40_000;
export const WITHOUT_EVENTS = 110_000;

/** A streaming client between its handshake and its end. */
export class Client {
	readonly id = randomBytes(14).toString('hex');
	readonly cookie = randomBytes(16).toString('hex');
	readonly subscriptions = new Map<string, Subscription>();
	hasConnected = false;
	private release: () => void = () => undefined;

	/**
	 * @param token the session of its last connect
	 * @param expiresAt when it is forgotten unless it connects before, in milliseconds of the org's clock
	 */
	constructor(
		readonly userId: string,
		public token: string,
		public expiresAt: number,
	) {}

	/** Whether a request's cookies have the one of its handshake. */
	isIn(cookies: string | undefined): boolean {
		return cookies?.includes(`${COOKIE}=${this.cookie}`) ?? false;
	}

	/** Ends the connect that waits, if any. */
	wake(): void {
		this.release();
	}

	/** Resolves when it is woken, after so many milliseconds, or when nobody listens any more. */
	async wait(ms: number, gone: AbortSignal): Promise<void> {
		this.expiresAt = Infinity;
		await new Promise<void>((resolve) => {
			const end = () => {
				clearTimeout(timer);
				gone.removeEventListener('abort', end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			gone.addEventListener('abort', end);
			this.release = end;
		});
	}
}
