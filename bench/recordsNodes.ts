import type { INodeParameters } from 'n8n-workflow';

import type { Contender, Entry } from './contender';
import { runToEnd, startEngine } from './engine';
import { FIELDS, itemsOf } from './records';
import type { Phase, RecordsTask } from './records';

const name = (value: string) => ({ __rl: true, mode: 'name', value });
const save = (operation: string, options: INodeParameters = {}): INodeParameters => ({
	operation,
	object: name('Case'),
	valuesFrom: 'item',
	recordId: '={{ $json.Id }}',
	externalIdField: name('ExternalID__c'),
	options,
});

const NODES: Record<Phase, { type: string; parameters: INodeParameters }> = {
	create: { type: 'salesforceCreateOrUpdateRecord', parameters: save('create') },
	update: { type: 'salesforceCreateOrUpdateRecord', parameters: save('update') },
	'update, no undo': { type: 'salesforceCreateOrUpdateRecord', parameters: save('update', { undoRecord: false }) },
	upsert: { type: 'salesforceCreateOrUpdateRecord', parameters: save('upsert') },
	'read by ID': {
		type: 'salesforceGetRecordFields',
		parameters: { object: name('Case'), recordId: '={{ $json.Id }}', fields: FIELDS },
	},
};

const contender: Contender<RecordsTask> = async (access) => {
	const engine = await startEngine(access);
	return async ({ phase }, items) => await runToEnd(engine, items, NODES[phase]);
};

/** Our nodes, from the first log-in to the last item. */
export const entry: Entry<RecordsTask> = { contender, itemsOf };
