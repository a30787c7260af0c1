import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import { SalesforceDownloadSubscriptions } from '../../nodes/DownloadSubscriptions/SalesforceDownloadSubscriptions.node';
import { SalesforceReclaimLicense } from '../../nodes/ReclaimLicense/SalesforceReclaimLicense.node';
import { SalesforceUndoReclaim } from '../../nodes/UndoReclaim/SalesforceUndoReclaim.node';
import nightly from '../../workflows/reconcile-licenses.json';
import ladder from '../../workflows/license-ladder.json';
import undoing from '../../workflows/undo-reclaims.json';
import { stages } from '../support/stage';
import { evaluated } from './support/expressions';

const stage = stages();
const PACKAGE = 'n8n-nodes-salesforce-ops.';
const ours = new Map<string, INodeType>(
	[new SalesforceDownloadSubscriptions(), new SalesforceReclaimLicense(), new SalesforceUndoReclaim()].map((node) => [
		PACKAGE + node.description.name,
		node,
	]),
);

interface Example {
	nodes: Array<{ name: string; type: string; parameters: object }>;
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}

/** The parameters of a node of an example. */
function parametersOf({ nodes }: Example, name: string): IDataObject {
	const node = nodes.find((one) => one.name === name);
	if (node === undefined) throw new Error(`The example has no node ${name}`);
	return node.parameters as IDataObject;
}

describe.each([
	['license-ladder.json', ladder as unknown as Example, 6],
	['undo-reclaims.json', undoing as unknown as Example, 1],
])('workflows/%s', (_file, example, count) => {
	it('uses our nodes with parameters and options that they have', () => {
		const used = example.nodes.filter(({ type }) => type.startsWith(PACKAGE));
		expect(used).toHaveLength(count);
		for (const { type, parameters } of used) {
			const properties = ours.get(type)?.description.properties ?? [];
			expect(properties.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(parameters)));
			const options = properties.find(({ name }) => name === 'options')?.options ?? [];
			const given = Object.keys((parameters as { options?: object }).options ?? {});
			expect(options.map(({ name }) => name)).toEqual(expect.arrayContaining(given));
		}
	});

	it('connects nodes that exist, each once, reaches all of them, and holds no credential', () => {
		const names = example.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const reached = new Set<string>();
		for (const [from, { main }] of Object.entries(example.connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flat()) reached.add(node);
		}
		const begins = example.nodes.filter(({ type }) => /stickyNote|Trigger$/.test(type)).map(({ name }) => name);
		expect(names.filter((name) => !reached.has(name)).sort()).toEqual(begins.sort());
		expect(JSON.stringify(example)).not.toContain('credentials');
	});
});

describe('workflows/license-ladder.json', () => {
	const example = ladder as unknown as Example;

	it('shows and checks before it acts, with the same exclusions every time', () => {
		const acts = example.nodes.filter(({ type }) => type.endsWith('salesforceReclaimLicense'));
		expect(acts.map(({ name, parameters }) => [name, (parameters as IDataObject).dryRun ?? true])).toEqual([
			['What would be frozen', true],
			['Check again', true],
			['Freeze', false],
			['Deactivate', false],
		]);
		expect(new Set(acts.map(({ parameters }) => JSON.stringify((parameters as IDataObject).options))).size).toBe(1);
	});

	it.each<[unknown, boolean]>([
		[{ data: { approved: true } }, true],
		[{ data: { approved: false } }, false],
		// Nobody answered in time: the items that were sent in come out.
		[{ count: 3, list: 'Ada' }, false],
		[{ data: { approved: 'true' } }, false],
	])('takes only a yes for a yes: %j', (item, expected) => {
		const { conditions } = parametersOf(example, 'Yes?').conditions as { conditions: [{ leftValue: string }] };
		expect(evaluated(conditions[0].leftValue, item as IDataObject)).toBe(expected);
	});

	it.each<[IDataObject, boolean]>([
		[{ isInactive: true, user: { isActive: true, isFrozen: false } }, true],
		[{ isInactive: true, user: { isActive: true, isFrozen: null } }, true],
		[{ isInactive: false, user: { isActive: true, isFrozen: false } }, false],
		[{ isInactive: true, user: { isActive: false, isFrozen: false } }, false],
		[{ isInactive: true, user: { isActive: true, isFrozen: true } }, false],
	])('looks for those who are idle and can still log in: %j', (item, expected) => {
		const { conditions } = parametersOf(example, 'Who is idle').conditions as { conditions: [{ leftValue: string }] };
		expect(evaluated(conditions[0].leftValue, item)).toBe(expected);
	});

	it('keeps records that undo both steps, by way of a text column', async () => {
		const long = { CreatedDate: '2020-01-01T00:00:00.000Z' };
		const { org, run } = await stage({
			seed: { User: [{ Username: 'ada@staff.example', FirstName: 'Ada', ...long }] },
		});
		const state = () => {
			const ada = org.rows('User').find(({ Username }) => Username === 'ada@staff.example');
			const login = org.rows('UserLogin').find(({ UserId }) => UserId === ada?.Id);
			return [ada?.IsActive, login?.IsFrozen];
		};
		const node = (name: string) => ({
			type: String(example.nodes.find((one) => one.name === name)?.type.slice(PACKAGE.length)),
			parameters: parametersOf(example, name) as INodeParameters,
		});
		const download = await run([{}], node('Who holds a user license'));
		const idle = (download.outputs[0] ?? []).filter(({ isInactive }) => isInactive);
		const rows: IDataObject[] = [];
		let items = (await run(idle, node('What would be frozen'))).outputs[0] ?? [];
		for (const [step, keep] of [
			['Freeze', 'Keep what thaws them'],
			['Deactivate', 'Keep what activates them'],
		] as const) {
			items = (await run(items, node(step))).outputs[0] ?? [];
			expect(items).toHaveLength(1);
			const { value } = parametersOf(example, keep).columns as { value: Record<string, string> };
			rows.push({ undo: evaluated(value.undo ?? '', items[0] as IDataObject) as string });
			expect(evaluated(value.username ?? '', items[0] as IDataObject)).toBe('ada@staff.example');
		}
		expect(state()).toEqual([false, true]);
		const giveBack = {
			type: 'salesforceUndoReclaim',
			parameters: parametersOf(undoing as unknown as Example, 'Give back') as INodeParameters,
		};
		const { outputs } = await run(rows, giveBack);
		expect(outputs[0]?.map((item) => (item.undoReclaim as IDataObject).result)).toEqual(['undone', 'undone']);
		expect(state()).toEqual([true, false]);
	});
});

describe('workflows/reconcile-licenses.json', () => {
	const expressionOf = (name: string) => String(parametersOf(nightly as unknown as Example, name).jsonOutput);
	const row = (License: string) => ({ Org: 'Europe', License, Owned: 90, Unassigned: -3, 'Idle cost per month': null });

	it.each([
		['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
		['A & B', 'A &amp; B'],
		['&lt;', '&amp;lt;'],
		[`"quoted" and 'quoted'`, '&quot;quoted&quot; and &#39;quoted&#39;'],
		['Zoë 日本 🙂', 'Zoë 日本 🙂'],
	])('mails %s as text', (name, escaped) => {
		expect(evaluated(expressionOf('Escaped'), row(name))).toEqual(row(escaped));
	});

	it.each([
		['=HYPERLINK("https://x.example")', `'=HYPERLINK("https://x.example")`],
		['+1', "'+1"],
		['-1', "'-1"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\t=1', "'\t=1"],
		['\r\n=1', "'\r\n=1"],
		['＝1', "'＝1"],
		['Salesforce', 'Salesforce'],
		['A=B', 'A=B'],
		['', ''],
	])('writes %j to the file as text', (name, written) => {
		expect(evaluated(expressionOf('Without formulas'), row(name))).toEqual(row(written));
	});

	it('does both after the columns are chosen', () => {
		const { connections } = nightly as unknown as Example;
		const after = (name: string) => connections[name]?.main.flat().map(({ node }) => node);
		expect(after('Columns')).toEqual(['Without formulas', 'Escaped']);
		expect(after('Without formulas')).toEqual(['To CSV']);
		expect(after('Escaped')).toEqual(['To a table']);
	});
});
