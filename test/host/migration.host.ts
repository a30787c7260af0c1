import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties, INodeType } from 'n8n-workflow';

const root = join(__dirname, '..', '..');

/** What n8n's own Salesforce node can do, each as the page's table has it: `Account | Get Many`. */
function operations(): string[] {
	const path = join(root, 'setup', 'n8n', 'node_modules', 'n8n-nodes-base', 'dist', 'nodes', 'Salesforce');
	const { Salesforce } = jest.requireActual<{ Salesforce: new () => INodeType }>(join(path, 'Salesforce.node.js'));
	const { properties } = new Salesforce().description;
	const nameOf = ({ options = [] }: INodeProperties, value: unknown): string =>
		options.find((option) => 'value' in option && option.value === value)?.name ?? String(value);
	const resource = properties.find(({ name }) => name === 'resource') as INodeProperties;
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			(displayOptions?.show?.resource ?? []).flatMap((of) =>
				options.map(({ name }) => `${nameOf(resource, of)} | ${name}`),
			),
		);
}

it("the guide for those who come from n8n's own node has a row for each of its operations, and no other", () => {
	const page = readFileSync(join(root, 'docs', 'from-n8n-salesforce-node.md'), 'utf8');
	const rows = [...page.matchAll(/^\| ([^|]+ \| [^|]+) \|/gm)].map(([, row = '']) => row).slice(2);
	expect(rows.sort()).toEqual(operations().sort());
});
