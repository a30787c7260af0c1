import type { IDataObject } from 'n8n-workflow';

import { SalesforceRecordTrigger } from '../../nodes/RecordTrigger/SalesforceRecordTrigger.node';
import nightly from '../../workflows/reconcile-moves.json';
import pushing from '../../workflows/push-move-plan.json';
import telling from '../../workflows/tell-the-planner.json';
import undoing from '../../workflows/undo-move-plan.json';
import waiting from '../../workflows/push-waiting-moves.json';
import { evaluated } from './support/expressions';

interface Example {
	nodes: Array<{ name: string; type: string; parameters: IDataObject; onError?: string }>;
	connections: Record<string, { main: Array<Array<{ node: string; index: number }>> }>;
	settings: { timezone?: string };
}

const examples = [nightly, pushing, waiting, undoing] as unknown as Example[];

/** The parameters of a node of an example. */
function parametersOf(example: object, name: string): IDataObject {
	const node = (example as Example).nodes.find((one) => one.name === name);
	if (node === undefined) throw new Error(`The example has no node ${name}`);
	return node.parameters;
}

describe('the workflows for moves', () => {
	it('agree in what the table of waiting moves is', () => {
		const tables = examples.flatMap(({ nodes }) => nodes.filter(({ name }) => name === 'Waiting moves'));
		expect(tables).toHaveLength(3);
		expect(new Set(tables.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(1);
		const [{ parameters }] = tables as [Example['nodes'][number]];
		const { column } = parameters.columns as { column: Array<{ name: string }> };
		const { value } = parametersOf(pushing, 'Let it wait').columns as { value: object };
		expect(column.map(({ name }) => name).sort()).toEqual(Object.keys(value).sort());
		for (const { nodes } of examples) {
			for (const { parameters: own, type } of nodes) {
				if (type !== 'n8n-nodes-base.dataTable' || own.resource !== 'row') continue;
				expect(own.dataTableId).toMatchObject({ mode: 'name', value: 'Waiting moves' });
				const { conditions } = own.filters as { conditions: Array<{ keyName: string }> };
				expect(['id', ...column.map(({ name }) => name)]).toEqual(
					expect.arrayContaining(conditions.map(({ keyName }) => keyName)),
				);
			}
		}
	});

	it('begin their days in one time zone', () => {
		const zones = [nightly, pushing, waiting].map((example) => (example as Example).settings.timezone);
		expect(new Set(zones)).toEqual(new Set(['Europe/Berlin']));
	});

	it('keep a waiting move whole, and give it back', () => {
		const move = { moveId: 7, effectiveDate: '2999-01-01', employeeName: 'Zoë "Z" 日本', floor: { nr: 3 } };
		const { value } = parametersOf(pushing, 'Let it wait').columns as { value: Record<string, string> };
		const planned = { ...move, movePlanId: 'P' };
		const kept = evaluated(String(value.move), { ...planned, case: { externalId: 'p:7', result: 'notDue' } });
		const back = evaluated(String(parametersOf(waiting, 'As moves').jsonOutput), { id: 3, move: kept as string });
		expect(back).toEqual({ ...planned, waiting: { id: 3, move: kept } });
	});

	it('take from the table only the row that was pushed, as it was pushed', () => {
		const pushed = { waiting: { id: 3, move: '{"moveId":"7"}' } };
		// A row that could not be read.
		const row = { id: 3, move: '{"moveId":"7"}' };
		for (const [name, item] of [
			['Waits no longer', pushed],
			['Waits with the reason', pushed],
			['Waits with the reason', row],
		] as const) {
			const { conditions } = parametersOf(waiting, name).filters as {
				conditions: Array<{ keyName: string; condition: string; keyValue: string }>;
			};
			expect(conditions.map(({ keyName, keyValue }) => [keyName, evaluated(keyValue, item)])).toEqual([
				['id', 3],
				['move', '{"moveId":"7"}'],
			]);
			expect(parametersOf(waiting, name).matchType).toBe('allConditions');
		}
	});
});

describe('workflows/reconcile-moves.json', () => {
	it('writes nothing as it comes', () => {
		expect(JSON.parse(String(parametersOf(nightly, 'Settings').jsonOutput))).toMatchObject({ repair: false });
	});

	it('pushes and undoes on one switch', () => {
		for (const name of ['Push them?', 'Undo them?']) {
			const { conditions } = parametersOf(nightly, name).conditions as { conditions: [{ leftValue: string }] };
			expect(conditions[0].leftValue).toBe("={{ $('Settings').first().json.repair }}");
		}
		const { connections } = nightly as Example;
		const to = (name: string, output: number) => connections[name]?.main[output]?.map(({ node }) => node);
		expect([to('Reconcile', 1), to('Reconcile', 2)]).toEqual([['Push them?'], ['Undo them?']]);
		expect([to('Push them?', 0), to('Undo them?', 0)]).toEqual([['Push'], ['Undo']]);
	});

	const table = (item: IDataObject) =>
		evaluated(String(parametersOf(nightly, 'As a table').jsonOutput), item) as { count: number; table: string };

	it('mails what differs as text, whatever it holds', () => {
		const bad = '<img src=x onerror="alert(1)"> & \'quoted\'';
		const escaped = '&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;quoted&#39;';
		const { count, table: html } = table({
			movePlanId: bad,
			moveId: bad,
			reconcile: {
				state: 'changed',
				case: { number: '00001001', status: bad, owner: bad },
				differences: [{ field: 'NewSeat__c', is: bad, should: null }],
				warnings: [{ message: bad }],
			},
			case: { result: 'updated' },
			error: bad,
		});
		expect(count).toBe(1);
		expect(html).toContain(
			`<tr><td>${escaped}</td><td>${escaped}</td><td>changed</td><td>00001001</td><td>${escaped}</td><td>${escaped}</td>` +
				`<td>NewSeat__c: ${escaped} → -; ${escaped}; ${escaped}</td><td>updated</td></tr>`,
		);
		expect(html.replaceAll(/<\/?(table|tr|th|td)( border="1" cellpadding="4")?>/g, '')).not.toMatch(/[<>"']/);
	});

	it('mails nothing of moves that are in step', () => {
		expect(table({ inStep: 12 })).toMatchObject({ count: 0 });
	});
});

describe('workflows/tell-the-planner.json', () => {
	const { nodes, connections } = telling as unknown as Example;

	it('uses our trigger with parameters and values that it has', () => {
		const [{ type, parameters }] = nodes.filter((node) => node.type.startsWith('n8n-nodes-salesforce-ops.')) as [
			Example['nodes'][number],
		];
		const { description } = new SalesforceRecordTrigger();
		expect(type).toBe(`n8n-nodes-salesforce-ops.${description.name}`);
		// What n8n itself gives a node that polls.
		const { pollTimes, ...own } = parameters;
		expect(pollTimes).toBeDefined();
		for (const [name, value] of Object.entries(own)) {
			const property = description.properties.find((one) => one.name === name);
			expect(property?.options?.map((option) => 'value' in option && option.value)).toContain(value);
		}
	});

	it('connects nodes that exist, each once, reaches all of them, and holds no credential', () => {
		const names = nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const reached = Object.values(connections).flatMap(({ main }) => main.flat().map(({ node }) => node));
		for (const name of [...reached, ...Object.keys(connections)]) expect(names).toContain(name);
		expect(names.filter((name) => !reached.includes(name)).sort()).toEqual([
			'Every minute',
			'Note',
			'What became of a Case',
		]);
		for (const [, one] of JSON.stringify(nodes).matchAll(/\$\('([^']+)'\)/g)) expect(names).toContain(one);
		expect(JSON.stringify(telling)).not.toContain('credentials');
	});

	it('keeps a change whole, and knows one that it has kept', () => {
		const change = {
			event: 'closed',
			moveId: 'm "1"',
			at: '2026-05-01T07:25:37Z',
			record: { Id: '500A', Status: '日本' },
		};
		const { filters, columns } = parametersOf(telling, 'Keep it until it is told') as {
			filters: { conditions: [{ keyName: string; keyValue: string }] };
			columns: { value: Record<'key' | 'change', string> };
		};
		const [{ keyName, keyValue }] = filters.conditions;
		expect([keyName, evaluated(keyValue, change)]).toEqual(['key', '500A closed 2026-05-01T07:25:37Z']);
		expect(evaluated(columns.value.key, change)).toBe('500A closed 2026-05-01T07:25:37Z');
		expect(JSON.parse(String(evaluated(columns.value.change, change)))).toEqual(change);
	});

	it('makes one table, whichever half runs first', () => {
		expect(parametersOf(telling, 'Changes to tell')).toEqual(parametersOf(telling, 'Table of changes'));
	});

	it('gives the planner less time than until the next run', () => {
		expect(parametersOf(telling, 'Tell the planner').options).toEqual({ timeout: 50_000 });
		expect(parametersOf(telling, 'Every minute').rule).toEqual({
			interval: [{ field: 'minutes', minutesInterval: 1 }],
		});
	});
});
