import type { IDataObject, INodeExecutionData, Logger } from 'n8n-workflow';

import type { Columns } from '../../receiving/org/columns';
import { readChangedFields } from '../../receiving/org/fieldHistory';
import { look, lookAtNewest } from '../../receiving/org/watch';
import type { ToldChange, WatchState } from '../../receiving/org/watch';
import { nameKey } from '../../salesforce/apiName';
import { readIdentity } from '../../salesforce/identity';
import type { Org } from '../../salesforce/org';
import { RecordShaper } from '../shared/recordShape';
import { Kept } from './kept';
import type { RecordSettings } from './parameters';
import { moreOf, watchOf } from './watch';

/** How many records a test run in the editor gives at most. */
const TRIED = 5;

const shaper = new RecordShaper({ attributes: false, columns: false, isoDates: false });

/** What is kept of a look. */
export type RecordState = WatchState & {
	/** The fields that were asked for, with which `columns` were made. */
	asked: string;
};

/** What a look for changes gave. */
export interface Gathered {
	/** Null when nothing was changed, so that no execution is started. */
	items: INodeExecutionData[][] | null;
	/** When the newest of the changes was stamped. */
	newest?: string;
	/** Whether nothing waits for its second to be over. */
	isSettled: boolean;
	/** What is to be kept with the items, and not before they are handed over: what is not kept, the next look reads again. */
	state: RecordState;
}

/**
 * Looks for changes once, and makes items of them.
 *
 * @param before what the last look gave
 * @param notice what all items say beside
 */
export async function gather(
	org: Org,
	settings: RecordSettings,
	before: RecordState | undefined,
	logger: Logger,
	notice: IDataObject = {},
): Promise<Gathered> {
	const found = await look(org, watchOf(settings), stateFor(settings, before));
	const { changes, waiting, columns, state, isSettled } = found;
	const items = await itemsOf(org, settings, changes, columns, { ...(waiting > 0 ? { waiting } : {}), ...notice });
	if (waiting > 0) logger.info(`${waiting} more changes of ${columns.object} wait for the next polls`);
	return { items, newest: changes.at(-1)?.stamp, isSettled, state: { asked: askedBy(settings), ...state } };
}

/** The newest few changes, for a test run in the editor. */
export async function gatherNewest(org: Org, settings: RecordSettings): Promise<INodeExecutionData[][] | null> {
	const { changes, columns } = await lookAtNewest(org, watchOf(settings), TRIED);
	return await itemsOf(org, settings, changes, columns, {});
}

/** What the node keeps of these records. The cursor of another object, or of another org, would be of no use. */
export async function recordsKept(
	org: Org,
	{ watched }: RecordSettings,
	data: IDataObject,
): Promise<Kept<RecordState>> {
	const { orgId } = await readIdentity(org);
	return new Kept(data, `${orgId} ${watched.kind === 'moves' ? 'moves' : nameKey(watched.object)}`);
}

/** With other fields the trigger goes on, and asks anew which of them there are. */
function stateFor(settings: RecordSettings, before: RecordState | undefined): WatchState | undefined {
	if (before === undefined) return undefined;
	const { asked, columns, ...state } = before;
	return asked === askedBy(settings) ? { columns, ...state } : state;
}

function askedBy({ fields = [] }: RecordSettings): string {
	return fields.join();
}

async function itemsOf(
	org: Org,
	settings: RecordSettings,
	changes: readonly ToldChange[],
	columns: Columns,
	notice: IDataObject,
): Promise<INodeExecutionData[][] | null> {
	if (changes.length === 0) return null;
	const news = {
		...notice,
		...(columns.missing.length > 0 ? { missingFields: columns.missing } : {}),
	};
	const { changedFields, together } = settings;
	const updated = changedFields ? changes.filter(({ events }) => events.includes('updated')) : [];
	const history = updated.length === 0 ? undefined : await readChangedFields(org, columns.object, updated);
	const told = await Promise.all(
		changes.map(async (change) => ({
			event: change.event,
			...moreOf(settings, change),
			...(await itemOf(org, change, columns)),
			...(changedFields ? { changedFields: (history?.get(change.id) ?? null) as IDataObject[] | null } : {}),
		})),
	);
	if (together) return [[{ json: { changes: told, ...news } }]];
	return [told.map((json) => ({ json: { ...json, ...news } }))];
}

async function itemOf(org: Org, { id, stamp, record }: ToldChange, columns: Columns): Promise<IDataObject> {
	const { LastModifiedById: authorId, LastModifiedBy: author } = record;
	return {
		at: stamp,
		changedBy: authorId === undefined ? null : { id: authorId, name: (author as IDataObject | null)?.Name ?? null },
		link: await org.recordLink(columns.object, id),
		record: onlyAsked(shaper.item(record), columns),
	};
}

/** A record without what was read to tell its change by. */
function onlyAsked(record: IDataObject, { fields }: Columns): IDataObject {
	const asked = new Set(['id', ...fields.map((field) => field.toLowerCase().split('.')[0])]);
	return Object.fromEntries(Object.entries(record).filter(([name]) => asked.has(name.toLowerCase())));
}
