import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { Engine } from '../test/support/engine';
import { runToEnd } from './engine';
import { measured } from './measure';
import type { Cost } from './measure';
import { recordsOf } from './records';
import type { Phase, PhaseJob } from './records';
import { signInBare } from './signInBare';

const NODES = join(__dirname, '..', 'setup', 'n8n', 'node_modules', 'n8n-nodes-base');

const OPERATIONS: Record<Phase, string> = { create: 'create', update: 'update', upsert: 'upsert', 'read by ID': 'get' };

/** One phase through n8n's own Salesforce node, by the part of it that takes any object: a call per record. */
export async function phase(job: PhaseJob): Promise<Cost<string[]>> {
	if (!existsSync(NODES)) throw new Error('n8n is not installed yet; npm run demo does that.');
	const engine = await Engine.start(NODES);
	// With a session, since the credential of that node signs in on other hosts than this one.
	engine.useCredential({ accessToken: await signInBare(job.access), instanceUrl: job.access.url });
	const records = recordsOf(job);
	const operation = OPERATIONS[job.phase];
	const parameters: INodeParameters = {
		authentication: 'jwt',
		resource: 'customObject',
		operation,
		customObject: 'Case',
		recordId: '={{ $json.recordId }}',
		externalId: 'ExternalID__c',
		externalIdValue: '={{ $json.ExternalID__c }}',
		customFieldsUi: {
			customFieldsValues: Object.keys(records[0] ?? {}).map((fieldId) => ({ fieldId, value: `={{ $json.${fieldId} }}` })),
		},
	};
	const items = records.map((record, index) => ({ recordId: job.ids[index], ...record }));
	return await measured(async () => {
		const outcome = await runToEnd(engine, items, { type: 'n8n-nodes-base.salesforce', credential: 'salesforceJwtApi', parameters });
		return outcome.map(({ id, Id }) => String(id ?? Id));
	});
}
