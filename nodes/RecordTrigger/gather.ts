import type { IDataObject, INodeExecutionData, Logger } from 'n8n-workflow';

import type { Columns } from '../../receiving/org/columns';
import { readChangedFields } from '../../receiving/org/fieldHistory';
import { look, lookAtNewest } from '../../receiving/org/watch';
import type { ToldChange, WatchState } from '../../receiving/org/watch';
import { nameKey } from '../../salesforce/apiName';
import { readIdentity } from '../../salesforce/identity';
import type { Org } from '../../salesforce/org';
import { RecordShaper } from '../shared/recordShape';
import type { RecordSettings } from './parameters';
import { moreOf, watchOf } from './watch';

/** How many records a test run in the editor gives at most. */
const TRIED = 5;

const shaper = new RecordShaper({ attributes: false, columns: false, isoDates: false });

/** What a look for changes gave. */
export interface Gathered {
	/** Null when nothing was changed, so that no execution is started. */
	items: INodeExecutionData[][] | null;
	/** When the newest of the changes was stamped. */
	newest?: string;
	/** Whether nothing waits for its second to be over. */
	isSettled: boolean;
	/** Notes in the node's static data that this was handed over. */
	keep(): void;
}

/**
 * Looks for changes once, and makes items of them.
 *
 * n8n stores a node's static data when it starts the execution of what a trigger gave, and when it activates a workflow.
 * So it is written last, by `keep`, when nothing can fail any more: what a look that fails, or is thrown away, has read is
 * read again by the next one.
 *
 * @param kept the node's static data
 * @param notice what all items say beside
 */
export async function gather(
	org: Org,
	settings: RecordSettings,
	kept: IDataObject,
	logger: Logger,
	notice: IDataObject = {},
): Promise<Gathered> {
	const subject = await subjectOf(org, settings);
	const found = await look(org, watchOf(settings), stateIn(kept, subject, settings));
	const { changes, waiting, columns, state, isSettled } = found;
	const items = await itemsOf(org, settings, changes, columns, { ...(waiting > 0 ? { waiting } : {}), ...notice });
	if (waiting > 0) logger.info(`${waiting} more changes of ${columns.object} wait for the next polls`);
	const keep = (): void => {
		Object.assign(kept, { subject, asked: askedBy(settings), ...state });
	};
	return { items, newest: changes.at(-1)?.stamp, isSettled, keep };
}

/** The newest few changes, for a test run in the editor. */
export async function gatherNewest(org: Org, settings: RecordSettings): Promise<INodeExecutionData[][] | null> {
	const { changes, columns } = await lookAtNewest(org, watchOf(settings), TRIED);
	return await itemsOf(org, settings, changes, columns, {});
}

/** What a node's static data belongs to. The cursor of another object, or of another org, would be of no use. */
async function subjectOf(org: Org, { watched }: RecordSettings): Promise<string> {
	const { orgId } = await readIdentity(org);
	return `${orgId} ${watched.kind === 'moves' ? 'moves' : nameKey(watched.object)}`;
}

/** What the last poll kept, as plain data. With other fields it goes on. */
function stateIn(kept: IDataObject, subject: string, settings: RecordSettings): WatchState | undefined {
	if (kept.cursor === undefined || kept.subject !== subject) return undefined;
	const { columns, ...state } = JSON.parse(JSON.stringify(kept)) as Required<WatchState>;
	return kept.asked === askedBy(settings) ? { columns, ...state } : state;
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
