import type { INode } from 'n8n-workflow';

import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import { packPackage } from '../../demo/packageTarball';
import { addCredential } from '../../demo/stage';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';

const PATH = 'salesforce-tools';
let org: LocalOrg;
let n8n: N8nHost;

beforeAll(async () => {
	org = await startLocalOrg({ seed: { Case: [{ Subject: "It's a chair" }, { Subject: 'A desk' }] } });
	n8n = await startN8n({ packageTarball: await packPackage() });
	await n8n.api.setUpOwner({ email: 'owner@example.com', password: 'Host-tests-1' });
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await org.close();
});

/** The general nodes as an agent's tools, each with what the agent may fill in; n8n's MCP server stands for the agent. */
async function publishTools(): Promise<void> {
	const salesforceOpsApi = await addCredential(n8n.api, 'Org', org);
	const tool = (name: string, type: string, parameters: INode['parameters']): INode => ({
		id: name,
		name,
		type: `n8n-nodes-salesforce-ops.${type}Tool`,
		typeVersion: 1,
		position: [0, 200],
		parameters: { descriptionType: 'manual', toolDescription: name, ...parameters },
		credentials: { salesforceOpsApi },
	});
	const object = { __rl: true, mode: 'name', value: 'Case' };
	const tools = [
		tool('find_cases', 'salesforceSoqlQuery', {
			query: 'SELECT Id, Subject FROM Case WHERE Subject = :subject',
			queryParameters: {
				parameter: [{ name: 'subject', type: 'text', value: "={{ $fromAI('subject', 'The subject', 'string') }}" }],
			},
		}),
		tool('read_case', 'salesforceGetRecordFields', {
			object,
			recordId: "={{ $fromAI('id', 'The ID', 'string') }}",
			fields: ['Subject', 'Status'],
		}),
		tool('create_case', 'salesforceCreateOrUpdateRecord', {
			operation: 'create',
			object,
			valuesFrom: 'json',
			record: "={{ $fromAI('record', 'Values by API name', 'json') }}",
		}),
	];
	await n8n.api.publish(
		await n8n.api.createWorkflow({
			name: PATH,
			nodes: [
				{
					id: 'server',
					name: 'Server',
					type: '@n8n/n8n-nodes-langchain.mcpTrigger',
					typeVersion: 2,
					position: [0, 0],
					webhookId: PATH,
					parameters: { path: PATH },
				},
				...tools,
			],
			connections: Object.fromEntries(
				tools.map(({ name }) => [name, { ai_tool: [[{ node: 'Server', type: 'ai_tool', index: 0 }]] }]),
			),
			settings: { executionOrder: 'v1' },
		}),
	);
}

/** The tools as an MCP client sees them, over one session. */
class McpClient {
	private session = '';
	private asked = 0;

	constructor(private readonly url: string) {}

	async connect(): Promise<void> {
		const clientInfo = { name: 'test', version: '1' };
		await this.request('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo });
		await this.post({ method: 'notifications/initialized' });
	}

	/** Gives what the tool answered: JSON of its items, or words. */
	async tool(name: string, input: object): Promise<string> {
		const { content } = await this.request<{ content: Array<{ text: string }> }>('tools/call', {
			name,
			arguments: input,
		});
		return content.map(({ text }) => text).join();
	}

	private async request<Result>(method: string, params: object): Promise<Result> {
		const answer = await this.post({ id: ++this.asked, method, params });
		this.session = answer.headers.get('mcp-session-id') ?? this.session;
		const data = /^data: (.*)$/m.exec(await answer.text())?.[1] ?? '{}';
		return (JSON.parse(data) as { result: Result }).result;
	}

	private async post(body: object): Promise<Response> {
		return await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(this.session === '' ? {} : { 'mcp-session-id': this.session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...body }),
		});
	}
}

describe('the general nodes as tools of an agent', () => {
	let agent: McpClient;

	beforeAll(async () => {
		await publishTools();
		agent = new McpClient(`${n8n.url}/mcp/${PATH}`);
		await agent.connect();
	});

	it('query with the value that the agent gives, which stays a value', async () => {
		const [chair] = org.rows('Case');
		const find = async (subject: string): Promise<unknown> => JSON.parse(await agent.tool('find_cases', { subject }));
		expect(await find("It's a chair")).toEqual([{ Id: chair?.Id, Subject: "It's a chair" }]);
		expect(await find("x' OR Subject LIKE '%")).toEqual([]);
	});

	it('read a record by the ID that the agent gives', async () => {
		const id = String(org.rows('Case')[0]?.Id);
		expect(JSON.parse(await agent.tool('read_case', { id }))).toEqual([
			{ Id: id, Subject: "It's a chair", Status: 'New' },
		]);
	});

	it('create a record of the values that the agent gives', async () => {
		expect(JSON.parse(await agent.tool('create_case', { record: { Subject: 'A lamp' } }))).toEqual([
			expect.objectContaining({ object: 'Case', result: 'created' }),
		]);
		expect(org.rows('Case').map(({ Subject }) => Subject)).toContain('A lamp');
	});

	it('tell the agent in words what is wrong with what it gave', async () => {
		expect(await agent.tool('read_case', { id: 'the first one' })).toContain('ID');
	});
});
