import type { INodeType } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_WORKFLOWS, exampleWorkflow } from '../../demo/exampleWorkflows';
import { SalesforcePushMove } from '../../nodes/PushMove/SalesforcePushMove.node';
import { SalesforceSoqlQuery } from '../../nodes/SoqlQuery/SalesforceSoqlQuery.node';
import { SalesforceUndoMove } from '../../nodes/UndoMove/SalesforceUndoMove.node';

const credential = { id: 'credential-1', name: 'An org' };
const ours = new Map<string, INodeType>(
	[new SalesforcePushMove(), new SalesforceSoqlQuery(), new SalesforceUndoMove()].map((node) => [
		`n8n-nodes-salesforce-ops.${node.description.name}`,
		node,
	]),
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

	it('connects nodes that exist', async () => {
		const { nodes, connections } = await exampleWorkflow(name, credential);
		const names = nodes.map((node) => node.name);
		expect(new Set(names).size).toBe(names.length);
		for (const [from, { main = [] }] of Object.entries(connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flatMap((targets) => targets ?? [])) expect(names).toContain(node);
		}
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
