import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { SalesforceCreateOrUpdateRecord } from '../../nodes/CreateOrUpdateRecord/SalesforceCreateOrUpdateRecord.node';
import workflow from '../../workflows/retry-failed-records.json';
import { stages } from '../support/stage';
import { evaluated } from './support/expressions';

const stage = stages();

interface Example {
	nodes: Array<{ name: string; type: string; parameters: IDataObject; onError?: string }>;
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}
const example = workflow as unknown as Example;

function node(name: string): Example['nodes'][number] {
	const found = example.nodes.find((one) => one.name === name);
	if (found === undefined) throw new Error(`The example has no node ${name}`);
	return found;
}

/** What a node of the example makes of an item, by the expression in one of its parameters. */
const toSave = (item: IDataObject): IDataObject =>
	evaluated(String(node('To save').parameters.jsonOutput), item) as IDataObject;
const isAgain = (row: IDataObject): unknown => {
	const { conditions } = node('What passes by itself').parameters.conditions as { conditions: [{ leftValue: string }] };
	return evaluated(conditions[0].leftValue, row);
};
const kept = (item: IDataObject): IDataObject => {
	const { value } = node('Keep what failed').parameters.columns as { value: Record<string, string> };
	return Object.fromEntries(
		Object.entries(value).map(([name, expression]) => [name, evaluated(expression, item) as string]),
	);
};

describe('workflows/retry-failed-records.json', () => {
	it('uses our node with parameters that it has, and its error output', () => {
		const { parameters, type, onError } = node('Save records');
		const { description } = new SalesforceCreateOrUpdateRecord();
		expect(type).toBe(`n8n-nodes-salesforce-ops.${description.name}`);
		expect(description.properties.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(parameters)));
		expect(onError).toBe('continueErrorOutput');
	});

	it('connects nodes that exist, each once, reaches all of them, and holds no credential', () => {
		const names = example.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const reached = new Set(
			Object.values(example.connections).flatMap(({ main }) => main.flat().map(({ node: to }) => to)),
		);
		for (const name of [...reached, ...Object.keys(example.connections)]) expect(names).toContain(name);
		expect(names.filter((name) => !reached.has(name)).sort()).toEqual([
			'Every quarter of an hour',
			'Note',
			'When handed over',
		]);
		expect(JSON.stringify(example)).not.toContain('credentials');
	});

	it('keeps what fails in columns that the table has', () => {
		for (const name of ['Make the table', 'Table of records']) {
			const { column } = node(name).parameters.columns as { column: Array<{ name: string }> };
			const { value } = node('Keep what failed').parameters.columns as { value: object };
			expect(column.map((one) => one.name).sort()).toEqual(Object.keys(value).sort());
		}
	});

	it('sends again what passes by itself, and only that, until it is saved', async () => {
		const { org, run } = await stage({
			settings: {
				validationRules: [
					{ sObject: 'Case', broken: ({ Subject }) => Subject === 'Refused', message: 'No such subject' },
				],
			},
		});
		const save = async (items: IDataObject[]): Promise<IDataObject[][]> =>
			(
				await run(items.map(toSave), {
					type: node('Save records').type.split('.')[1] as string,
					parameters: node('Save records').parameters as INodeParameters,
					onError: 'continueErrorOutput',
				})
			).outputs;
		const handedOver = [
			{ record: { ExternalID__c: 'good', Subject: 'Good' } },
			{ record: { ExternalID__c: 'refused', Subject: 'Refused' } },
			{ record: { ExternalID__c: 'wrong', Subject: 'Wrong', Nope__c: 1 } },
		];
		const [saved, failed] = await save(handedOver);
		expect(saved).toHaveLength(1);
		let rows = (failed ?? []).map(kept);
		expect(rows.map(({ key, retry, tries }) => [key, retry, tries])).toEqual(
			[
				['wrong', 'afterChange', 1],
				['refused', 'afterChange', 1],
			].sort(),
		);
		expect(rows.filter(isAgain)).toEqual([]);

		// The org has no calls left: that passes, and so the record comes round again.
		org.settings.dailyApiRequests = org.apiCalls;
		const [, late] = await save([{ record: { ExternalID__c: 'late', Subject: 'Late' } }]);
		rows = [...rows, ...(late ?? []).map(kept)];
		expect(rows.filter(isAgain).map(({ key, kind, code }) => [key, kind, code])).toEqual([
			['late', 'limit', 'REQUEST_LIMIT_EXCEEDED'],
		]);
		org.settings.dailyApiRequests = 100_000;
		const again = rows.filter(isAgain).map((row) => ({ ...row, id: 7 }));
		expect(again.map(toSave)).toEqual([
			{ record: { ExternalID__c: 'late', Subject: 'Late' }, key: 'late', tries: 2, row: 7 },
		]);
		const [made, still] = await save(again);
		expect([made?.length, still?.length ?? 0]).toEqual([1, 0]);
		expect(org.rows('Case').map(({ ExternalID__c }) => ExternalID__c)).toEqual(['good', 'late']);
	});

	it('gives up after ten tries, and never sends what may be there already', () => {
		expect(isAgain({ retry: 'later', tries: 9 })).toBe(true);
		expect(isAgain({ retry: 'later', tries: 10 })).toBe(false);
		expect(isAgain({ retry: 'never', tries: 1 })).toBe(false);
	});
});
