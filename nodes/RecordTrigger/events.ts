import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ALL_KEPT, Stream } from '../../receiving/org/stream';
import type { StreamEvent } from '../../receiving/org/stream';
import type { Org } from '../../salesforce/org';
import type { EventSettings } from './parameters';

/** How many events a test run in the editor gives at most. */
const TRIED = 5;

/** The channel of a platform event. */
export function eventChannel({ watched }: EventSettings): string {
	return `/event/${watched.event}`;
}

/** The newest of the events that Salesforce still has, for a test run in the editor. */
export async function eventsKept(org: Org, settings: EventSettings): Promise<INodeExecutionData[][] | null> {
	const stream = await Stream.open(org, eventChannel(settings), ALL_KEPT);
	// The first answer comes at once, with whatever there is.
	const events = await stream.next();
	await stream.close();
	return eventItems(settings, events.slice(-TRIED), -Infinity);
}

/**
 * Items of platform events.
 *
 * @param from in milliseconds since 1970; what was published before does not count
 * @param notice what all items say beside
 * @returns null where none of them counts
 */
export function eventItems(
	{ together }: EventSettings,
	events: readonly StreamEvent[],
	from: number,
	notice: IDataObject = {},
): INodeExecutionData[][] | null {
	const told = events
		.filter(({ payload }) => !(Date.parse(String(payload.CreatedDate)) < from))
		.map(({ replayId, payload }): IDataObject => {
			const { CreatedDate, CreatedById, ...fields } = payload as IDataObject;
			return { event: 'published', at: CreatedDate, changedBy: { id: CreatedById }, replayId, payload: fields };
		});
	if (told.length === 0) return null;
	return together
		? [[{ json: { events: told, ...notice } }]]
		: [told.map((json) => ({ json: { ...json, ...notice } }))];
}
