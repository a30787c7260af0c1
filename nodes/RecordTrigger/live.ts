import { setTimeout } from 'node:timers/promises';

import type {
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	ITriggerFunctions,
	ITriggerResponse,
} from 'n8n-workflow';

import { listen } from '../../receiving/org/listen';
import { ALL_KEPT, FROM_NOW } from '../../receiving/org/stream';
import type { StreamEvent } from '../../receiving/org/stream';
import { asError } from '../../salesforce/asError';
import { OrgError } from '../../salesforce/errors';
import { readIdentity } from '../../salesforce/identity';
import type { Org } from '../../salesforce/org';
import { isObject } from '../../salesforce/shapes';
import { connectOrg } from '../shared/connectOrg';
import { PollInput } from '../shared/pollInput';
import { nodeError } from '../shared/nodeError';
import { eventChannel, eventItems } from './events';
import { gather, recordsKept } from './gather';
import type { RecordState } from './gather';
import { HandOver, tellsOutcome } from './handOver';
import { Kept } from './kept';
import { isOfRecords, readTrigger } from './parameters';
import type { EventSettings, RecordSettings } from './parameters';

/** A trigger that hands over by itself. */
interface Live {
	/** Looks for changes and hands them over, one look after the other. */
	look(because: 'poll' | 'event'): Promise<boolean>;
	/** Rejects when there is no session to begin with, or no such platform event. */
	ready: Promise<unknown>;
	/** The node's static data, by which one activation is told from the next. */
	data: object;
	stop(): Promise<void>;
}

/** The triggers of this process that hand over by themselves, by workflow and node: n8n polls them too. */
const living = new Map<string, Live>();

/** Milliseconds until a change can be told from another one of the same second; see `TimeOfReading`. */
const SETTLING = 3_500;

/** How often changes that are not settled are waited for before the stream is heard again, which Salesforce expects within 40 seconds. */
const MOST_WAITS = 5;

/** How long an activation waits for Salesforce to say whether there is a channel, in milliseconds. */
const OPENED_WITHIN = 60_000;

/** How long after a change its event may come, in milliseconds (assumed). */
const LATE_EVENT = 60_000;

/** What hands over for a node; undefined where its polls do. */
export function liveOf(host: IPollFunctions): Live | undefined {
	return living.get(keyOf(host));
}

/** What tells a node of a workflow from all others of this process. */
export function keyOf(host: IPollFunctions | ITriggerFunctions): string {
	return `${host.getWorkflow().id}:${host.getNode().id}`;
}

/**
 * Begins to hand over, and to listen where the trigger is to.
 *
 * n8n activates a node that listens and polls twice at once (n8n 2.41, `getTriggerNodeIds`), with the same static data:
 * the second time finds what the first one began.
 */
export async function startLiving(host: ITriggerFunctions): Promise<ITriggerResponse | undefined> {
	try {
		return await beginLiving(host);
	} catch (error) {
		throw nodeError(host.getNode(), asError(error));
	}
}

async function beginLiving(host: ITriggerFunctions): Promise<ITriggerResponse | undefined> {
	const settings = readTrigger(new PollInput(host));
	const isPushed = !isOfRecords(settings) || settings.isPushed;
	if (!isPushed && !tellsOutcome(host)) return undefined;
	const key = keyOf(host);
	const data = host.getWorkflowStaticData('node');
	const before = living.get(key);
	if (before !== undefined && before.data !== data) await before.stop();
	// The other one of the two may have begun meanwhile.
	const begun = living.get(key);
	const live =
		begun?.data === data
			? begun
			: isOfRecords(settings)
				? watchRecords(host, settings, data)
				: listenToEvents(host, settings, data);
	living.set(key, live);
	const closeFunction = async (): Promise<void> => {
		if (living.get(key) === live) living.delete(key);
		await live.stop();
	};
	let isReady = false;
	try {
		await live.ready;
		isReady = true;
	} finally {
		if (!isReady) await closeFunction();
	}
	return { closeFunction };
}

/**
 * Looks for changes whenever n8n polls, and where it listens also when events come: each of them, gap and overflow events
 * too, says no more than that a look is worth its call.
 */
function watchRecords(host: ITriggerFunctions, settings: RecordSettings, data: IDataObject): Live {
	const org = connectOrg(host, settings.keepFree);
	const handOver = new HandOver<RecordState>(host, keyOf(host));
	let turn: Promise<unknown> = Promise.resolve();
	let isStopped = false;
	const stream: StreamNews = {};

	const once = async (because: 'poll' | 'event'): Promise<boolean> => {
		const { notPushed } = stream;
		const notice = notPushed === undefined ? {} : { notPushed };
		if (handOver.isDeciding) return true;
		const kept = await recordsKept(org, settings, data);
		const doubt = handOver.inDoubt(kept);
		if (doubt !== undefined) {
			const { items, state } = await gather(org, settings, doubt.from, host.logger, notice);
			if (isStopped) return true;
			if (items !== null) {
				void handOver.giveAgain(kept, doubt, items, state).then(async (outcome) => {
					if (outcome === 'refused') host.logger.warn('n8n started no execution; the next poll hands the changes over');
					else if (!isStopped) await attempt(host, async () => await look('event'));
				});
				return true;
			}
			kept.keep(state);
		}
		const { items, newest, isSettled, state } = await gather(org, settings, kept.state, host.logger, notice);
		// What a workflow that is not active any more would be given is lost.
		if (isStopped) return true;
		if (items === null) kept.keep(state, kept.handing);
		else handOver.give(kept, items, state);
		if (because === 'poll' && isSilent(newest, stream, org)) {
			stream.notPushed ??= told(
				host,
				`Salesforce sends no events of ${changeChannel(settings)}: choose the object in Setup under Change Data Capture`,
			);
		}
		return isSettled;
	};
	const look = async (because: 'poll' | 'event'): Promise<boolean> => {
		const next = turn.then(async () => await once(because));
		turn = next.catch(() => undefined);
		return await next;
	};
	const stop = settings.isPushed ? listenToChanges(host, settings, stream, look) : undefined;
	return {
		look,
		ready: Promise.resolve(),
		data,
		stop: async () => {
			isStopped = true;
			await stop?.();
		},
	};
}

/** How a stream of change events does. */
interface StreamNews {
	openedAt?: Date;
	/** Whether an event came since. */
	hasHeard?: boolean;
	/** Why none can come. */
	notPushed?: string;
}

/** Listens to change events; has a look made when some came. */
function listenToChanges(
	host: ITriggerFunctions,
	settings: RecordSettings,
	stream: StreamNews,
	look: Live['look'],
): () => Promise<void> {
	// Its own, since when an answer of the other one's came tells when a look was.
	const org = connectOrg(host);
	let isStopped = false;
	const stop = listen(org, {
		channel: changeChannel(settings),
		after: () => FROM_NOW,
		onOpen: async () => {
			Object.assign(stream, { openedAt: org.time, hasHeard: false, notPushed: undefined });
			await attempt(host, async () => await look('event'));
		},
		onEvents: async (_events, wait) => {
			Object.assign(stream, { hasHeard: true, notPushed: undefined });
			for (let waits = 0, isSettled = false; waits < MOST_WAITS && !isSettled && !isStopped; waits++) {
				await wait(SETTLING);
				isSettled = (await attempt(host, async () => await look('event'))) ?? true;
			}
		},
		onTrouble: ({ message }) => {
			stream.notPushed = told(host, message);
		},
	});
	return async () => {
		isStopped = true;
		await stop();
	};
}

/** Whether a change should have brought an event, and has brought none. */
function isSilent(newest: string | undefined, { openedAt, hasHeard }: StreamNews, { time }: Org): boolean {
	if (newest === undefined || openedAt === undefined || hasHeard === true || time === undefined) return false;
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

/** How far a listener to a platform event has come. */
interface EventState {
	/** Null until one was told. */
	replayId: number | null;
	/** From when on events count, in milliseconds since 1970. */
	since: number;
}

/**
 * Listens to a platform event, of which nothing is left in the org to be read: its replay ID is the cursor, and until
 * there is one the moment from which on events count.
 */
function listenToEvents(host: ITriggerFunctions, settings: EventSettings, data: IDataObject): Live {
	const org = connectOrg(host, settings.keepFree);
	const channel = eventChannel(settings);
	const handOver = new HandOver<EventState>(host, keyOf(host));
	let stop = async (): Promise<void> => await Promise.resolve();
	let isStopped = false;
	// Settled by the first try to open the stream, or when nobody wants it any more.
	let settle: (refusal?: Error) => void = () => {};
	const tried = new Promise<void>((resolve, reject) => {
		settle = (refusal) => (refusal === undefined ? resolve() : reject(refusal));
	});
	const begin = async (): Promise<void> => {
		// Also tells whether there is a session at all, and Salesforce's time.
		const { orgId } = await readIdentity(org);
		if (org.time === undefined) await org.call('GET', '/', isObject);
		if (isStopped) return;
		const kept = new Kept<EventState>(data, `${orgId} ${channel}`);
		const first = { replayId: null, since: firstMoment(settings, org.time ?? new Date()) };
		let isFirst = kept.state === undefined;
		if (isFirst) kept.keep(first);
		let notice: IDataObject = {};
		const itemsOf = (events: readonly StreamEvent[], { since }: EventState): INodeExecutionData[][] | null => {
			const items = eventItems(settings, events, since, notice);
			notice = {};
			return items;
		};
		const begun = (): EventState => (handOver.inDoubt(kept) ?? { from: kept.state }).from ?? first;
		// Behind which event the stream stands.
		let reached: number | null = null;
		stop = listen(org, {
			channel,
			after: () => {
				reached = begun().replayId;
				return reached ?? (isFirst && settings.start.from === 'now' ? FROM_NOW : ALL_KEPT);
			},
			isElsewhere: () => begun().replayId !== reached,
			onOpen: async (isWhole) => {
				settle();
				isFirst = false;
				if (!isWhole) notice = { eventsMissed: missed(host, channel) };
				await Promise.resolve();
			},
			onEvents: async (events) => {
				const doubt = handOver.inDoubt(kept);
				const from = begun();
				reached = events.at(-1)?.replayId ?? from.replayId;
				const state = { ...from, replayId: reached };
				const items = itemsOf(events, from);
				if (doubt === undefined) {
					if (items === null) return kept.keep(state, kept.handing);
					return handOver.give(kept, items, state);
				}
				if (items === null) return handOver.moveOn(kept, doubt, state);
				// Where n8n knows them, the stream is heard from behind them on.
				await handOver.giveAgain(kept, doubt, items, state);
			},
			onTrouble: (error) => {
				host.logger.warn(error.message);
				settle(isNoChannel(error) ? error : undefined);
			},
		});
		// An activation waits for no answer that does not come; the stream goes on being tried.
		await Promise.race([tried, setTimeout(OPENED_WITHIN, undefined, { ref: false })]);
	};
	return {
		look: async () => await Promise.resolve(true),
		ready: begin(),
		data,
		stop: async () => {
			isStopped = true;
			settle();
			await stop();
		},
	};
}

/** Whether Salesforce refuses a channel for good: it answers so where there is no such event (seen as `400::…`). */
function isNoChannel(error: Error): boolean {
	return error instanceof OrgError && error.status === 400;
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
