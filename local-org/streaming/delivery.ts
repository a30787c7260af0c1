import { schemaId } from '../events/pending';
import type { KeptEvent } from '../events/eventLog';
import { isObject } from '../http';
import type { Org } from '../org';
import type { Message } from './messages';

/** Events of one answer at most. Assumed; the rest comes with the next. */
const MAX_EVENTS = 200;

/** A channel that a client listens to, and the last event of it that the client was sent. */
export interface Subscription {
	channel: string;
	after: number;
}

/** The messages that the events behind a subscription make for the user who is being served; they count as sent. */
export function deliver(org: Org, subscription: Subscription): Message[] {
	const events = org.events.after(subscription.channel, subscription.after, MAX_EVENTS);
	const last = events.at(-1);
	if (last) subscription.after = last.replayId;
	return events.flatMap((event) => {
		const payload = seen(org, event);
		if (!payload) return [];
		const data = { schema: schemaId(event.channel), payload, event: { replayId: event.replayId } };
		return [{ data, channel: subscription.channel }];
	});
}

/**
 * The event's payload as the user may see it; undefined when not at all. Change events of all records go to those who
 * see all records, without the fields that are hidden from them (docs:change-data-capture).
 */
function seen(org: Org, { payload }: KeptEvent): Record<string, unknown> | undefined {
	const { ChangeEventHeader: header, ...fields } = payload;
	if (!isObject(header)) return payload;
	const object = org.catalog.object(String(header.entityName));
	if (!object || !org.seesAll(object)) return undefined;
	const names = new Set(object.fields.map(({ name }) => name));
	const isSeen = (name: string) => names.has(name.split('.')[0] ?? '');
	const changedFields = (header.changedFields as string[]).filter(isSeen);
	return {
		...Object.fromEntries(Object.entries(fields).filter(([name]) => isSeen(name))),
		ChangeEventHeader: { ...header, changedFields },
	};
}
