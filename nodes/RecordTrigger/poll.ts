import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Columns } from '../../receiving/org/columns';
import { readChangedFields } from '../../receiving/org/fieldHistory';
import { look, lookAtNewest } from '../../receiving/org/watch';
import type { ToldChange, WatchState } from '../../receiving/org/watch';
import { nameKey } from '../../salesforce/apiName';
import { asError } from '../../salesforce/asError';
import type { Org } from '../../salesforce/org';
import { connectOrg } from '../shared/connectOrg';
import { nodeError } from '../shared/nodeError';
import { PollInput } from '../shared/pollInput';
import { RecordShaper } from '../shared/recordShape';
import { readTrigger } from './parameters';
import type { TriggerSettings } from './parameters';
import { moreOf, watchOf } from './watch';

/** How many records a test run in the editor gives at most. */
const TRIED = 5;

const shaper = new RecordShaper({ attributes: false, columns: false, isoDates: false });

/**
 * One poll of Salesforce Record Trigger.
 *
 * n8n stores a node's static data when it starts the execution of what a poll gave, and when it activates a workflow.
 * So it is written last, when nothing can fail any more: what a poll that fails, or is thrown away, has read is read
 * again by the next one. A test run in the editor leaves it alone.
 *
 * @returns null when nothing was changed, so that no execution is started
 */
export async function poll(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const settings = readTrigger(new PollInput(host));
		const org = connectOrg(host, settings.keepFree);
		if (host.getMode() === 'manual') {
			const { changes, columns } = await lookAtNewest(org, watchOf(settings), TRIED);
			return await handOver(org, settings, changes, columns, 0);
		}
		const kept = host.getWorkflowStaticData('node');
		const { changes, waiting, columns, state } = await look(org, watchOf(settings), stateIn(kept, settings));
		const items = await handOver(org, settings, changes, columns, waiting);
		if (waiting > 0) host.logger.info(`${waiting} more changes of ${columns.object} wait for the next polls`);
		Object.assign(kept, { object: subjectOf(settings), asked: askedBy(settings), ...state });
		return items;
	} catch (error) {
		throw nodeError(host.getNode(), asError(error));
	}
}

/** What a node's static data belongs to: another object, or another way to look at it, begins anew. */
function subjectOf({ watched }: TriggerSettings): string {
	return watched.kind === 'moves' ? 'moves' : nameKey(watched.object);
}

/** What the last poll kept, as plain data. With other fields it goes on. */
function stateIn(kept: IDataObject, settings: TriggerSettings): WatchState | undefined {
	if (kept.cursor === undefined || kept.object !== subjectOf(settings)) return undefined;
	const { columns, ...state } = JSON.parse(JSON.stringify(kept)) as Required<WatchState>;
	return kept.asked === askedBy(settings) ? { columns, ...state } : state;
}

function askedBy({ fields = [] }: TriggerSettings): string {
	return fields.join();
}

async function handOver(
	org: Org,
	settings: TriggerSettings,
	changes: readonly ToldChange[],
	columns: Columns,
	waiting: number,
): Promise<INodeExecutionData[][] | null> {
	if (changes.length === 0) return null;
	const news = {
		...(waiting > 0 ? { waiting } : {}),
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
