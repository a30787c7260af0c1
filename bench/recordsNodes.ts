import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runToEnd, startEngine } from './engine';
import { measured } from './measure';
import type { Cost } from './measure';
import { recordsOf } from './records';
import type { Phase, PhaseJob } from './records';

const name = (value: string) => ({ __rl: true, mode: 'name', value });
const save = (operation: string): INodeParameters => ({
	operation,
	object: name('Case'),
	valuesFrom: 'item',
	recordId: '={{ $json.Id }}',
	externalIdField: name('ExternalID__c'),
});
const FIELDS = ['Subject', 'Description', 'Department__c', 'Team__c', 'NewSeat__c', 'ExternalID__c'];

const NODES: Record<Phase, { type: string; parameters: INodeParameters }> = {
	create: { type: 'salesforceCreateOrUpdateRecord', parameters: save('create') },
	update: { type: 'salesforceCreateOrUpdateRecord', parameters: save('update') },
	upsert: { type: 'salesforceCreateOrUpdateRecord', parameters: save('upsert') },
	'read by ID': {
		type: 'salesforceGetRecordFields',
		parameters: { object: name('Case'), recordId: '={{ $json.Id }}', fields: FIELDS },
	},
};

/** One phase through our nodes, from the first log-in to the last item. */
export async function phase(job: PhaseJob): Promise<Cost<string[]>> {
	const engine = await startEngine(job.access);
	const withId = job.phase === 'update' || job.phase === 'read by ID';
	const items: IDataObject[] = recordsOf(job).map((record, index) => (withId ? { Id: job.ids[index], ...record } : record));
	return await measured(async () => {
		const outcome = await runToEnd(engine, items, NODES[job.phase]);
		if (outcome.length !== job.records) throw new Error(`${outcome.length} of ${job.records} items came out.`);
		return outcome.map(({ id, Id }) => String(id ?? Id));
	});
}
