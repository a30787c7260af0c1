import type { IDataObject } from 'n8n-workflow';

import type { Engine } from './engine';
import type { TriggerUnderTest } from './triggerLife';

/** Salesforce Record Trigger, for all that may become of Cases. */
export function recordTriggerLife(engine: Engine, changesPerPoll: number): TriggerUnderTest {
	const node = {
		type: 'salesforceRecordTrigger',
		parameters: {
			object: 'Case',
			events: ['created', 'updated', 'deleted', 'undeleted'],
			whichFields: 'chosen',
			fields: ['Subject'],
			options: { changesPerPoll },
		},
	};
	return {
		start: async (stored, executions) => await engine.activate(node, stored, executions),
		tells: ({ event, at, record }) => ({
			id: String((record as IDataObject).Id),
			stamp: String(at),
			isDeleted: event === 'deleted',
		}),
	};
}
