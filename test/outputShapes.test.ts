import type { IDataObject } from 'n8n-workflow';

import { staff } from '../local-org';
import type { TestNode } from './support/engine';
import { moves } from './support/moves';
import { stages } from './support/stage';

const stage = stages();

/** What an item is like: the type of every value, by its place. */
function shapeOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
	if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

const node = (type: string, parameters: object = {}): TestNode => ({
	type,
	parameters: parameters as TestNode['parameters'],
	onError: 'continueRegularOutput',
});
const object = { __rl: true, mode: 'name', value: 'Case' };

/** What each node is given, after the nodes before it; items that fail among them. */
const SCENES: Array<[what: string, items: IDataObject[], ...nodes: TestNode[]]> = [
	[
		'Push Move',
		[...moves(1), ...moves(1, { moveId: 'later', effectiveDate: '2999-01-01' }), {}],
		node('salesforcePushMove'),
	],
	['Undo Move', moves(1), node('salesforcePushMove'), node('salesforceUndoMove')],
	['Reconcile Moves', moves(1), node('salesforceReconcileMoves')],
	['SOQL Query', [{}], node('salesforceSoqlQuery', { query: 'SELECT Id, Owner.Name FROM Case LIMIT 1' })],
	[
		'Get Record Fields',
		[{}],
		node('salesforceSoqlQuery', { query: 'SELECT Id FROM Case LIMIT 1' }),
		node('salesforceGetRecordFields', { object, recordId: '={{ $json.Id }}', fields: ['Status'] }),
	],
	[
		'Create or Update Record',
		[{ Subject: 'A' }, { Nonsense__c: 1 }],
		node('salesforceCreateOrUpdateRecord', { object, valuesFrom: 'item' }),
	],
	[
		'Delete Record',
		[{}],
		node('salesforceSoqlQuery', { query: 'SELECT Id FROM Case LIMIT 1' }),
		node('salesforceDeleteRecord', { object, dryRun: false }),
	],
	[
		'Undo Changes',
		[{ Subject: 'A' }],
		node('salesforceCreateOrUpdateRecord', { object, valuesFrom: 'item' }),
		node('salesforceUndoChanges', { dryRun: false }),
	],
	['Download Subscriptions', [{}], node('salesforceDownloadSubscriptions')],
	['Download Consumption', [{}], node('salesforceDownloadConsumption')],
	['Prepare Org', [{}], node('salesforcePrepareOrg', { jobs: ['pushMoves'] })],
	[
		'Prepare Org that makes something',
		[{}],
		node('salesforcePrepareOrg', { operation: 'prepare', dryRun: false, jobs: ['pushMoves'] }),
	],
	[
		'Reconcile Licenses',
		[{}],
		node('salesforceDownloadSubscriptions', { options: { kinds: ['user'] } }),
		node('salesforceReconcileLicenses'),
	],
	[
		'Reclaim License',
		[{}],
		node('salesforceDownloadSubscriptions', { options: { kinds: ['user'] } }),
		node('salesforceReclaimLicense', { operation: 'freeze', dryRun: false }),
	],
	[
		'Undo Reclaim',
		[{}],
		node('salesforceDownloadSubscriptions', { options: { kinds: ['user'] } }),
		node('salesforceReclaimLicense', { operation: 'freeze', dryRun: false }),
		node('salesforceUndoReclaim'),
	],
];

/**
 * The form of what leaves a node: flows read it for ever, so that a change of it has to show here, as one of the
 * parameters' names does in the contract.
 */
it.each(SCENES)('what leaves %s keeps its form', async (_what, items, ...nodes) => {
	const { run } = await stage({ seed: { ...staff({ users: 3 }), Case: [{ Subject: 'Chair' }] } });
	const { outputs, error } = await run(items, ...nodes);
	expect(error).toBeUndefined();
	const shapes = outputs.map((output) => [...new Set(output.map((item) => JSON.stringify(shapeOf(item))))]);
	expect(shapes.map((texts) => texts.map((text) => JSON.parse(text) as unknown))).toMatchSnapshot();
});

it.each([
	['records', { object, whichFields: 'chosen', fields: ['Status'], options: { changedFields: true } }],
	['records in one item', { object, whichFields: 'chosen', fields: ['Status'], items: 'together' }],
	['Cases of moves', { watch: 'moves', whichFields: 'chosen', fields: ['Status'] }],
	['platform events', { watch: 'platformEvents', platformEvent: 'Seat_Freed__e' }],
	['platform events in one item', { watch: 'platformEvents', platformEvent: 'Seat_Freed__e', items: 'together' }],
])('what leaves Record Trigger of %s keeps its form', async (_what, parameters) => {
	const event = { label: 'Seat Freed', fields: { Seat__c: { type: 'Text', length: 20 } } };
	const { org, engine } = await stage({ platformEvents: { Seat_Freed__e: event } });
	const person = org.person();
	person.create('Case', { ExternalID__c: 'plan-1:m-1', Status: 'Closed' });
	person.create('Seat_Freed__e', { Seat__c: 'A-1' });
	const { items } = await engine.poll({ type: 'salesforceRecordTrigger', parameters }, {}, 'manual');
	expect(items.map(shapeOf)).toMatchSnapshot();
});
