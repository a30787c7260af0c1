import type { IDataObject } from 'n8n-workflow';

import { SalesforceUndoChanges } from '../../nodes/UndoChanges/SalesforceUndoChanges.node';
import keeping from '../../workflows/keep-every-change.json';
import undoing from '../../workflows/undo-execution.json';
import { evaluated } from './support/expressions';

interface Example {
	nodes: Array<{ name: string; type: string; parameters: IDataObject }>;
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}
const EXAMPLES: Array<[string, Example]> = [
	['keep-every-change.json', keeping as unknown as Example],
	['undo-execution.json', undoing as unknown as Example],
];
const node = ({ nodes }: Example, name: string): Example['nodes'][number] => {
	const found = nodes.find((one) => one.name === name);
	if (found === undefined) throw new Error(`The example has no node ${name}`);
	return found;
};
const [[, keep], [, undo]] = EXAMPLES as [[string, Example], [string, Example]];

describe.each(EXAMPLES)('workflows/%s', (_file, example) => {
	it('connects nodes that exist, each once, reaches all of them, and holds no credential', () => {
		const names = example.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const reached = new Set(Object.values(example.connections).flatMap(({ main }) => main.flat().map((to) => to.node)));
		for (const name of [...reached, ...Object.keys(example.connections)]) expect(names).toContain(name);
		const begins = example.nodes.filter(({ type }) => /stickyNote|Trigger$/.test(type)).map(({ name }) => name);
		expect(names.filter((name) => !reached.has(name)).sort()).toEqual(begins.sort());
		expect(JSON.stringify(example)).not.toContain('credentials');
	});
});

it('uses Undo Changes with parameters that it has, and writes only after the question', () => {
	const { description } = new SalesforceUndoChanges();
	const used = undo.nodes.filter(({ type }) => type.endsWith(description.name));
	for (const { parameters } of used) {
		expect(description.properties.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(parameters)));
	}
	expect(used.map(({ name, parameters }) => [name, parameters.dryRun ?? true])).toEqual([
		['What would be undone', true],
		['Undo', false],
	]);
});

it('keeps changes of all forms in columns that the table has', () => {
	const { column } = node(keep, 'Table of changes').parameters.columns as { column: Array<{ name: string }> };
	const { value } = node(keep, 'Keep them').parameters.columns as { value: Record<string, string> };
	const { value: own } = node(undo, 'Keep that too').parameters.columns as { value: Record<string, string> };
	const columns = column.map(({ name }) => name);
	expect(Object.keys(value)).toEqual(columns);
	expect(Object.keys(own)).toEqual(columns);
	const change = {
		executionId: '7',
		workflowId: 'w',
		at: '2026-05-01T00:00:00.000Z',
		object: 'Case',
		id: '500',
		did: 'updated',
	};
	const row = (item: IDataObject): unknown =>
		Object.fromEntries(Object.entries(value).map(([name, expression]) => [name, evaluated(expression, item)]));
	expect(row(change)).toEqual({
		executionId: '7',
		workflowId: 'w',
		at: '2026-05-01T00:00:00.000Z',
		object: 'Case',
		recordId: '500',
		did: 'updated',
		undo: JSON.stringify(change),
	});
	// What Reclaim License gives, and what an earlier version of it gave.
	const reclaim = { at: '2026-05-01T00:00:00.000Z', action: 'freeze', userId: '005', changes: [] };
	expect(row(reclaim)).toMatchObject({ executionId: '', object: 'User', recordId: '005', did: 'freeze' });
});
