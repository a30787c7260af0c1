import type { INode, INodeType } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_WORKFLOWS, exampleWorkflow } from '../../demo/exampleWorkflows';
import { SalesforcePushMove } from '../../nodes/PushMove/SalesforcePushMove.node';
import { SalesforceReconcileMoves } from '../../nodes/ReconcileMoves/SalesforceReconcileMoves.node';
import { SalesforceSoqlQuery } from '../../nodes/SoqlQuery/SalesforceSoqlQuery.node';
import { SalesforceUndoMove } from '../../nodes/UndoMove/SalesforceUndoMove.node';

const credential = { id: 'credential-1', name: 'An org' };
const ours = new Map<string, INodeType>(
	[new SalesforcePushMove(), new SalesforceReconcileMoves(), new SalesforceSoqlQuery(), new SalesforceUndoMove()].map(
		(node) => [`n8n-nodes-salesforce-ops.${node.description.name}`, node],
	),
);

describe.each(EXAMPLE_WORKFLOWS)('workflows/%s.json', (name) => {
	it('uses our nodes with parameters that they have', async () => {
		const { nodes } = await exampleWorkflow(name, credential);
		const used = nodes.filter(({ type }) => !type.startsWith('n8n-nodes-base.'));
		expect(used).not.toHaveLength(0);
		for (const { type, typeVersion, parameters } of used) {
			const description = ours.get(type)?.description;
			expect(description?.version).toBe(typeVersion);
			for (const [parameter, value] of Object.entries(parameters)) {
				const properties = description?.properties.filter((property) => property.name === parameter) ?? [];
				expect({ type, parameter, known: properties.length > 0 }).toEqual({ type, parameter, known: true });
				const choices = properties.flatMap(({ type: kind, options = [] }) =>
					kind === 'options' ? options.flatMap((option) => ('value' in option ? [option.value] : [])) : [],
				);
				if (choices.length > 0) expect(choices).toContain(value);
			}
		}
	});

	it('gives our nodes the credential, and them alone', async () => {
		for (const { type, credentials } of (await exampleWorkflow(name, credential)).nodes) {
			expect(credentials).toEqual(ours.has(type) ? { salesforceOpsApi: credential } : undefined);
		}
	});

	it('connects nodes that exist, and reaches all of them', async () => {
		const { nodes, connections } = await exampleWorkflow(name, credential);
		const names = nodes.map((node) => node.name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(names.length);
		const reached = Object.values(connections).flatMap(({ main = [] }) => main.flatMap((to) => to ?? []));
		for (const from of [...Object.keys(connections), ...reached.map(({ node }) => node)]) expect(names).toContain(from);
		const isBegin = ({ type }: INode) => /stickyNote|Trigger|webhook/.test(type);
		expect(names.filter((one) => !reached.some(({ node }) => node === one)).sort()).toEqual(
			nodes
				.filter(isBegin)
				.map((node) => node.name)
				.sort(),
		);
	});

	it('names in its expressions only nodes that it has', async () => {
		const { nodes } = await exampleWorkflow(name, credential);
		const said = JSON.stringify(nodes.map(({ parameters }) => parameters));
		for (const [, one] of said.matchAll(/\$\('([^']+)'\)/g)) expect(nodes.map((node) => node.name)).toContain(one);
	});

	it('answers at the webhook path that is its file name', async () => {
		const { nodes } = await exampleWorkflow(name, credential);
		const [webhook] = nodes.filter(({ type }) => type === 'n8n-nodes-base.webhook');
		expect(webhook?.parameters.path).toBe(name);
	});

	it('is importable as it stands: no credential, nothing pinned, not active', () => {
		const file: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'workflows', `${name}.json`), 'utf8'));
		expect(file).not.toHaveProperty('pinData');
		expect(file).not.toHaveProperty('active');
		expect(JSON.stringify(file)).not.toContain('credentials');
	});

	it('pins what its webhook is to have received', async () => {
		const { nodes, pinData } = await exampleWorkflow(name, credential, { movePlanId: 'P' });
		const [webhook] = nodes.filter(({ type }) => type === 'n8n-nodes-base.webhook');
		expect(pinData).toEqual({ [webhook?.name ?? '']: [{ json: { body: { movePlanId: 'P' } } }] });
	});
});
