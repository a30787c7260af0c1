import type { IDataObject } from 'n8n-workflow';

import type { TestNode, TestRun } from '../support/engine';
import { stages } from '../support/stage';

const stage = stages();
const save = (operation: string, object: string, more: object = {}): TestNode => ({
	type: 'salesforceCreateOrUpdateRecord',
	parameters: { operation, object, valuesFrom: 'item', ...more } as TestNode['parameters'],
});
const undo: TestNode = {
	type: 'salesforceUndoChanges',
	parameters: { dryRun: false },
	onError: 'continueRegularOutput',
};
const results = ({ outputs }: TestRun) =>
	(outputs[0] ?? []).map(({ undoChange, details }) => (undoChange ?? details) as IDataObject);
const seed = { Case: [{ Subject: 'A' }], Account: [{ Name: 'A' }], Contact: [{ LastName: 'A' }] };
const NAMES: Record<string, string> = { Case: 'Subject', Account: 'Name', Contact: 'LastName' };

/** An org in which a record of each of three objects was changed. */
async function changed() {
	const opened = await stage({ seed });
	const { org, run } = opened;
	const items: IDataObject[] = [];
	for (const [object, field] of Object.entries(NAMES)) {
		const Id = org.rows(object)[0]?.Id as string;
		items.push(...((await run([{ Id, [field]: 'B' }], save('update', object))).outputs[0] ?? []));
	}
	const names = () => Object.entries(NAMES).map(([object, field]) => org.rows(object)[0]?.[field]);
	expect(names()).toEqual(['B', 'B', 'B']);
	return { ...opened, items, names };
}

describe('a read that Salesforce refuses', () => {
	it.each([
		['INSUFFICIENT_ACCESS', 403, 1],
		// Once more where the describe may be old.
		['INVALID_FIELD', 400, 2],
		['INVALID_TYPE', 400, 1],
		['MALFORMED_QUERY', 400, 1],
	])('fails the changes that need it, and no others: %s', async (errorCode, status, times) => {
		const { org, run, items, names } = await changed();
		const body = [{ errorCode, message: 'No' }];
		org.addFault({ path: /queryAll.*FROM(\+|%20)Account/, status, body, inside: true, times });
		const result = await run(items, undo);
		expect(results(result)).toMatchObject([{ result: 'restored' }, { code: errorCode }, { result: 'restored' }]);
		expect(names()).toEqual(['A', 'B', 'A']);
		const again = await run(items, undo);
		expect(results(again)).toMatchObject([{ object: 'Account', result: 'restored' }]);
		expect(names()).toEqual(['A', 'A', 'A']);
	});

	it('fails the changes of an object that the API user no longer sees, and no others', async () => {
		const { org, run, items, names } = await changed();
		org.settings.hiddenObjects = ['Account'];
		const result = await run(items, undo);
		expect(results(result)).toMatchObject([{ result: 'restored' }, { code: 'INVALID_TYPE' }, { result: 'restored' }]);
		org.settings.hiddenObjects = [];
		expect(names()).toEqual(['A', 'B', 'A']);
	});

	it('stops the run before the first write where it is the connection that is lost', async () => {
		const { org, run, items, names } = await changed();
		org.addFault({ path: '/composite', cut: 'before', times: 10 });
		const { error } = await run(items, { ...undo, onError: 'stopWorkflow' });
		expect(error).toBeDefined();
		expect(names()).toEqual(['B', 'B', 'B']);
	});

	it('is not made where a field was hidden since the describe was read: the other fields are put back', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A', Team__c: 'A' }] } });
		const Id = org.rows('Case')[0]?.Id as string;
		const saved = await run([{ Id, Subject: 'B', Team__c: 'B' }], save('update', 'Case'));
		org.settings.hiddenFields = ['Case.Team__c'];
		const result = await run(saved.outputs[0] ?? [], undo);
		expect(results(result)).toMatchObject([
			{ result: 'restored', fields: [{ field: 'Team__c', reason: 'fieldHidden' }] },
		]);
		expect(org.rows('Case')[0]).toMatchObject({ Subject: 'A', Team__c: 'B' });
	});
});

describe('a new record in doubt', () => {
	const fields = {
		No__c: { type: 'Number', label: 'No', precision: 18, scale: 0, externalId: true },
		Word__c: { type: 'Text', label: 'Word', length: 40, externalId: true },
		Mail__c: { type: 'Email', label: 'Mail', externalId: true },
	};

	it.each<[string, string, unknown]>([
		['a number', 'No__c', 42],
		['a number with more digits than JavaScript holds', 'No__c', '123456789012345678'],
		['a text', 'Word__c', "it's \\ one"],
		['an e-mail address, of which Salesforce changes the case', 'Mail__c', 'Ada@Staff.Example'],
	])('is found again by its external ID: %s', async (_what, field, value) => {
		const { org, run } = await stage({ customObjects: { Seat__c: { label: 'Seat', fields } } });
		// It comes later than the last answer that told the time.
		const meanwhile = () => org.clock.advance(30_000);
		org.addFault({ method: 'PATCH', path: '/composite/sobjects', cut: 'after', meanwhile });
		const upsert = {
			...save('upsert', 'Seat__c', { externalIdField: field }),
			onError: 'continueRegularOutput' as const,
		};
		const saved = await run([{ [field]: value, Name: 'A' } as IDataObject], upsert);
		const change = (saved.outputs[0]?.[0]?.details as IDataObject).undo as IDataObject;
		expect(change).toMatchObject({ did: 'created', inDoubt: true, key: { field } });
		expect(org.rows('Seat__c')).toHaveLength(1);
		const result = await run([{ undo: change }], undo);
		expect(results(result)).toMatchObject([{ object: 'Seat__c', result: 'deleted' }]);
		expect(org.rows('Seat__c')).toEqual([]);
	});

	it('is not looked for by a field that the API user no longer sees, and others are undone', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		org.addFault({ method: 'PATCH', path: '/composite/sobjects', cut: 'after' });
		const upsert = {
			...save('upsert', 'Case', { externalIdField: 'ExternalID__c' }),
			onError: 'continueRegularOutput' as const,
		};
		const saved = await run([{ ExternalID__c: 'k', Subject: 'New' }], upsert);
		const Id = org.rows('Case')[0]?.Id as string;
		const other = await run([{ Id, Subject: 'B' }], save('update', 'Case'));
		org.settings.hiddenFields = ['Case.ExternalID__c'];
		const change = (saved.outputs[0]?.[0]?.details as IDataObject).undo as IDataObject;
		const result = await run([{ undo: change }, ...(other.outputs[0] ?? [])], undo);
		expect(results(result)).toMatchObject([{ code: 'INVALID_FIELD' }, { result: 'restored' }]);
		expect(org.rows('Case').map(({ Subject }) => Subject)).toEqual(['A', 'New']);
	});
});
