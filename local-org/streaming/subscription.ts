import { ALL_CHANGES } from '../events/eventLog';
import { channelOf } from '../events/pending';
import { isObject } from '../http';
import type { Org } from '../org';
import type { Message } from './messages';

/** Only events that come from now on, and all that are kept (docs:streaming-api, replay). */
const NEW = -1;
const ALL = -2;

const DENIED = '403:denied_by_security_policy:create_denied';

/** Why the user may not subscribe to a channel; undefined when they may. */
export function refusalOf(org: Org, channel: unknown): string | undefined {
	if (typeof channel !== 'string' || channel === '') return '400::Channel name not specified';
	if (!channel.startsWith('/')) return "400::Channel subscriptions must start with a leading '/'";
	const unknown = `400::The channel you requested to subscribe to does not exist {${channel}}`;
	if (channel === ALL_CHANGES) return undefined;
	const event = /^\/event\/(\w+__e)$/.exec(channel)?.[1];
	if (event !== undefined)
		return org.catalog.known(event).length > 0 && org.catalog.object(event) ? undefined : unknown;
	if (channel.startsWith('/event/')) {
		// Events of Salesforce's own, which this org does not publish.
		org.refuse(`subscription ${channel}`);
		return unknown;
	}
	const [object] = org.catalog.all().filter(({ name }) => channelOf(name) === channel);
	if (!object || object.setup) return unknown;
	// Subscribing to an object's changes needs to see all its records (docs:change-data-capture); the code is seen for topics.
	return org.catalog.object(object.name) && org.seesAll(object) ? undefined : DENIED;
}

/**
 * Behind which event a subscription begins: `ext.replay` names it by channel; without it, what is new.
 *
 * @returns the replay ID, or the error that Salesforce answers
 */
export function startOf(org: Org, { ext }: Message, channel: string): number | string {
	const replay = isObject(ext) ? ext.replay : undefined;
	if (!isObject(replay)) return org.events.latest();
	const given = replay[channel];
	const pairs = Object.entries(replay).map(([name, id]) => `${name}=${String(id)}`);
	// Recorded by forcedotcom/EMP-Connector#41 and jsforce#888.
	if (given === undefined) {
		return `400::The replayId for channel {${channel}} wasn't found using the provided replay ID map {{${pairs.join(', ')}}}. Ensure that the channel name you provided in the replay map is valid and matches the channel name used for subscribing.`;
	}
	const id = Number(given);
	if (id === NEW) return org.events.latest();
	if (id === ALL) return 0;
	if (Number.isInteger(id) && org.events.has(id)) return id;
	// Recorded by kdcllc/CometD.NetCore.Salesforce#20.
	return `400::The replayId {${String(given)}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`;
}
