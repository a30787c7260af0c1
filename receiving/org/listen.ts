import { setTimeout } from 'node:timers/promises';

import { asError } from '../../salesforce/asError';
import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { isObject } from '../../salesforce/shapes';
import { Stream } from './stream';
import type { StreamEvent } from './stream';

/** Who listens to a channel. */
export interface Listener {
	channel: string;
	/** Behind which event to begin, whenever the stream is opened; see `Stream.open`. */
	after(): number;
	/** Whether to begin behind another event than the one that came last, so that the stream is opened anew. */
	isElsewhere?(): boolean;
	/**
	 * The stream was opened. What happened while there was none is made good now.
	 * @param isWhole whether all events come since the one that was asked for
	 */
	onOpen(isWhole: boolean): Promise<void>;
	/**
	 * Events came. The next ones wait until this is done, and Salesforce waits for 40 seconds at most.
	 * @param wait resolves after so many milliseconds, or at once when the listener is told to stop
	 */
	onEvents(events: readonly StreamEvent[], wait: (milliseconds: number) => Promise<void>): Promise<void>;
	/** The stream broke off, or could not be opened; it is opened again after a pause. */
	onTrouble(error: Error): void;
}

/** Milliseconds before a stream is opened again: they double from the first to the longest. */
const PAUSE = { first: 1_000, longest: 300_000 };

/**
 * Listens until it is told to stop, whatever happens meanwhile.
 * @returns what stops it
 */
export function listen(org: Org, listener: Listener): () => Promise<void> {
	const stopping = new AbortController();
	let stream: Stream | undefined;
	const isStopped = (): boolean => stopping.signal.aborted;
	const wait = async (milliseconds: number): Promise<void> =>
		await setTimeout(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);

	const hear = async (onEvent: () => void): Promise<void> => {
		stream = await Stream.open(org, listener.channel, listener.after());
		if (isStopped()) return;
		await listener.onOpen(stream.isWhole);
		const isHere = (): boolean => !isStopped() && listener.isElsewhere?.() !== true;
		while (isHere()) {
			const events = await stream.next();
			onEvent();
			if (events.length > 0 && isHere()) await listener.onEvents(events, wait);
		}
		if (!isStopped()) await stream.close();
	};
	const run = async (): Promise<void> => {
		let troubles = 0;
		while (!isStopped()) {
			try {
				await hear(() => (troubles = 0));
			} catch (error) {
				if (isStopped()) return;
				listener.onTrouble(asError(error));
				await wait(Math.min(PAUSE.first * 2 ** troubles++, PAUSE.longest));
				if (!isStopped()) await renewed(org, error);
			}
		}
	};
	const running = run();
	return async () => {
		stopping.abort();
		// Nobody waits for the call that waits for events: this ends it, or it ends by itself.
		await stream?.close().catch(() => undefined);
		void running;
	};
}

/** Lets n8n open a new session where the stream's has ended: only calls of the REST API tell n8n so. */
async function renewed(org: Org, error: unknown): Promise<void> {
	if (!(error instanceof OrgError && error.status === 401)) return;
	await org.call('GET', '/', isObject).catch(() => undefined);
}
