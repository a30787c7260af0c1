import type { IDataObject, IPollFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

import { listen } from '../../receiving/org/listen';
import { ALL_KEPT, FROM_NOW } from '../../receiving/org/stream';
import { asError } from '../../salesforce/asError';
import { readIdentity } from '../../salesforce/identity';
import type { Org } from '../../salesforce/org';
import { isObject } from '../../salesforce/shapes';
import { connectOrg } from '../shared/connectOrg';
import { PollInput } from '../shared/pollInput';
import { nodeError } from '../shared/nodeError';
import { eventChannel, eventItems } from './events';
import { gather } from './gather';
import { isOfRecords, readTrigger } from './parameters';
import type { EventSettings, RecordSettings } from './parameters';

/** A trigger that listens. */
interface Live {
	/** Looks for changes and hands them over, one look after the other. */
	look(because: 'poll' | 'event'): Promise<boolean>;
	/** Rejects when there is no session to begin with. */
	ready: Promise<unknown>;
	/** The node's static data, by which one activation is told from the next. */
	kept: object;
	stop(): Promise<void>;
}

/** The triggers of this process that listen, by workflow and node: n8n polls them too, and knows nothing of one another. */
const listening = new Map<string, Live>();

/** Milliseconds until a change can be told from another one of the same second; see `TimeOfReading`. */
const SETTLING = 3_500;

/** How often changes that are not settled are waited for before the stream is heard again, which Salesforce expects within 40 seconds. */
const MOST_WAITS = 5;

/** How long after a change its event may come, in milliseconds (assumed). */
const LATE_EVENT = 60_000;

/** What listens for a node; undefined where nothing does. */
export function liveOf(host: IPollFunctions | ITriggerFunctions): Live | undefined {
	return listening.get(keyOf(host));
}

/** What tells a node of a workflow from all others of this process. */
export function keyOf(host: IPollFunctions | ITriggerFunctions): string {
	return `${host.getWorkflow().id}:${host.getNode().id}`;
}

/**
 * Begins to listen, where the trigger is to.
 *
 * n8n activates a node that listens and polls twice at once (n8n 2.41, `getTriggerNodeIds`), with the same static data:
 * the second time finds what the first one began.
 */
export async function startListening(host: ITriggerFunctions): Promise<ITriggerResponse | undefined> {
	const settings = readTrigger(new PollInput(host));
	const isPushed = !isOfRecords(settings) || settings.isPushed;
	if (!isPushed) return undefined;
	const key = keyOf(host);
	const kept = host.getWorkflowStaticData('node');
	const before = listening.get(key);
	if (before !== undefined && before.kept !== kept) await before.stop();
	const live =
		before?.kept === kept
			? before
			: isOfRecords(settings)
				? listenToChanges(host, settings, kept)
				: listenToEvents(host, settings, kept);
	listening.set(key, live);
	const closeFunction = async (): Promise<void> => {
		if (listening.get(key) === live) listening.delete(key);
		await live.stop();
	};
	try {
		await live.ready;
	} catch (error) {
		await closeFunction();
		throw nodeError(host.getNode(), asError(error));
	}
	return { closeFunction };
}

/** Listens to change events: each of them, gap and overflow events too, says no more than that a look is worth its call. */
function listenToChanges(host: ITriggerFunctions, settings: RecordSettings, kept: IDataObject): Live {
	// Each has its own, since when an answer came tells when a look was.
	const [org, streamOrg] = [connectOrg(host, settings.keepFree), connectOrg(host)];
	const channel = changeChannel(settings);
	let turn: Promise<unknown> = Promise.resolve();
	let isStopped = false;
	let openedAt: Date | undefined;
	let hasHeard = false;
	let notPushed: string | undefined;

	const once = async (because: 'poll' | 'event'): Promise<boolean> => {
		const notice = notPushed === undefined ? {} : { notPushed };
		const { items, newest, isSettled, keep } = await gather(org, settings, kept, host.logger, notice);
		// What a workflow that is not active any more would be given is lost.
		if (isStopped) return true;
		keep();
		if (items !== null) host.emit(items);
		if (because === 'poll' && !hasHeard && isSilent(newest, openedAt, org)) {
			notPushed ??= told(
				host,
				`Salesforce sends no events of ${channel}: choose the object in Setup under Change Data Capture`,
			);
		}
		return isSettled;
	};
	const look = async (because: 'poll' | 'event'): Promise<boolean> => {
		const next = turn.then(async () => await once(because));
		turn = next.catch(() => undefined);
		return await next;
	};
	const stop = listen(streamOrg, {
		channel,
		after: () => FROM_NOW,
		onOpen: async () => {
			[openedAt, hasHeard, notPushed] = [streamOrg.time, false, undefined];
			await attempt(host, async () => await look('event'));
		},
		onEvents: async (_events, wait) => {
			[hasHeard, notPushed] = [true, undefined];
			for (let waits = 0, isSettled = false; waits < MOST_WAITS && !isSettled && !isStopped; waits++) {
				await wait(SETTLING);
				isSettled = (await attempt(host, async () => await look('event'))) ?? true;
			}
		},
		onTrouble: ({ message }) => {
			notPushed = told(host, message);
		},
	});
	return {
		look,
		ready: Promise.resolve(),
		kept,
		stop: async () => {
			isStopped = true;
			await stop();
		},
	};
}

/** Whether a change should have brought an event, and has brought none. */
function isSilent(newest: string | undefined, openedAt: Date | undefined, { time }: Org): boolean {
	if (newest === undefined || openedAt === undefined || time === undefined) return false;
	const changedAt = Date.parse(newest);
	return changedAt > openedAt.getTime() && changedAt < time.getTime() - LATE_EVENT;
}

/** Makes a look that nobody waits for: the next one, at the latest that of a poll, makes good what this one misses. */
async function attempt(host: ITriggerFunctions, look: () => Promise<boolean>): Promise<boolean | undefined> {
	try {
		return await look();
	} catch (error) {
		host.logger.warn(`Changes could not be read after an event; the next poll reads them: ${String(error)}`);
		return undefined;
	}
}

function told(host: ITriggerFunctions, message: string): string {
	host.logger.warn(`${message} Until then the poll times count.`);
	return message;
}

/** `/data/CaseChangeEvent`, `/data/Seat__ChangeEvent` (Change Data Capture guide, subscription channels). */
function changeChannel({ watched }: RecordSettings): string {
	const object = watched.kind === 'moves' ? 'Case' : watched.object;
	return `/data/${object.replace(/__c$/i, '__')}ChangeEvent`;
}

/**
 * Listens to a platform event, of which nothing is left in the org to be read: its replay ID is the cursor, and until
 * there is one the moment from which on events count.
 */
function listenToEvents(host: ITriggerFunctions, settings: EventSettings, kept: IDataObject): Live {
	const org = connectOrg(host, settings.keepFree);
	const channel = eventChannel(settings);
	let stop = async (): Promise<void> => await Promise.resolve();
	let isStopped = false;
	const begin = async (): Promise<void> => {
		// Its answer tells Salesforce's time, and whether there is a session at all.
		await org.call('GET', '/', isObject);
		const { orgId } = await readIdentity(org);
		if (isStopped) return;
		const subject = `${orgId} ${channel}`;
		let isFirst = kept.subject !== subject;
		if (isFirst) Object.assign(kept, { subject, replayId: null, from: firstMoment(settings, org.time ?? new Date()) });
		let notice: IDataObject = {};
		stop = listen(org, {
			channel,
			after: () => {
				const after = isFirst && settings.start.from === 'now' ? FROM_NOW : ALL_KEPT;
				return typeof kept.replayId === 'number' ? kept.replayId : after;
			},
			onOpen: async (isWhole) => {
				isFirst = false;
				if (!isWhole) notice = { eventsMissed: missed(host, channel) };
				await Promise.resolve();
			},
			onEvents: async (events) => {
				const items = eventItems(settings, events, Number(kept.from), notice);
				notice = {};
				Object.assign(kept, { replayId: events.at(-1)?.replayId });
				if (items !== null) host.emit(items);
				await Promise.resolve();
			},
			onTrouble: ({ message }) => host.logger.warn(message),
		});
	};
	return {
		look: async () => await Promise.resolve(true),
		ready: begin(),
		kept,
		stop: async () => {
			isStopped = true;
			await stop();
		},
	};
}

/** From when on events count, in milliseconds since 1970. */
function firstMoment({ start }: EventSettings, now: Date): number {
	if (start.from === 'moment') return start.moment.getTime();
	return start.from === 'now' ? now.getTime() : 0;
}

function missed(host: ITriggerFunctions, channel: string): string {
	const message = `Salesforce keeps events of ${channel} for three days; those that came before are gone.`;
	host.logger.warn(message);
	return message;
}
