import type { INodeParameters } from 'n8n-workflow';

import { itemOf } from './alike';
import type { AlikeTask } from './alike';
import type { Entry } from './contender';
import { runToEnd, startEngine } from './engine';

const name = (value: string) => ({ __rl: true, mode: 'name', value });
const save = (parameters: INodeParameters): INodeParameters => ({
	object: name('Contact'),
	valuesFrom: 'item',
	...parameters,
});
const CREATE = { parameters: save({ operation: 'create', options: { bulkApi: 'always' } }) };
/** It fails: none of many can be chosen. */
const UPDATE = {
	parameters: save({ operation: 'update', matchField: name('LastName') }),
	onError: 'continueRegularOutput' as const,
};

/** Contacts saved by Salesforce Create or Update Record, from the first log-in to the last item. */
export const entry: Entry<AlikeTask> = {
	itemsOf: ({ kind, records }) => Array.from({ length: records }, (_none, index) => itemOf(kind, index)),
	contender: async (access) => {
		const engine = await startEngine(access);
		return async ({ kind }, items) =>
			await runToEnd(engine, items, {
				type: 'salesforceCreateOrUpdateRecord',
				...(kind === 'shared' ? UPDATE : CREATE),
			});
	},
};
