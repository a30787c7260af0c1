import type { INodeParameters } from 'n8n-workflow';

import { BUILT_IN_NODE, startBuiltIn } from './builtIn';
import type { Contender, Entry } from './contender';
import { runToEnd } from './engine';
import { FIELDS, itemsOf } from './records';
import type { Phase, RecordsTask } from './records';

const OPERATIONS: Record<Phase, string> = {
	create: 'create',
	update: 'update',
	'update, no undo': 'update',
	upsert: 'upsert',
	'read by ID': 'get',
};

/**
 * n8n's own Salesforce node, by the part of it that takes any object: a call per record. It has a session from the
 * start, since its credential signs in on other hosts than this one.
 */
const contender: Contender<RecordsTask> = async (access) => {
	const engine = await startBuiltIn(access);
	return async ({ phase }, items) => {
		const parameters: INodeParameters = {
			authentication: 'jwt',
			resource: 'customObject',
			operation: OPERATIONS[phase],
			customObject: 'Case',
			recordId: '={{ $json.Id }}',
			externalId: 'ExternalID__c',
			externalIdValue: '={{ $json.ExternalID__c }}',
			customFieldsUi: {
				customFieldsValues: FIELDS.map((fieldId) => ({ fieldId, value: `={{ $json.${fieldId} }}` })),
			},
		};
		return await runToEnd(engine, items, { ...BUILT_IN_NODE, parameters });
	};
};

/** n8n's own Salesforce node. */
export const entry: Entry<RecordsTask> = { contender, itemsOf };
