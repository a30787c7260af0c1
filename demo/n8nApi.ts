import type {
	IConnections,
	ICredentialDataDecryptedObject,
	INode,
	IPinData,
	IRunData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { setTimeout as pause } from 'node:timers/promises';

/** How often is looked whether an execution has ended, in milliseconds. */
const LOOK_EVERY = 200;

/** n8n publishes a workflow's webhooks after it has answered, usually within a second. */
const PUBLISHED_WITHIN = 30_000;

/** A workflow as the editor exports it. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	/** What nodes give in the editor instead of running, by node name. */
	pinData?: IPinData;
}

/** What came of an execution. */
export interface Execution {
	status: string;
	/** The runs of each node by its name. */
	runData: IRunData;
	error?: { message: string };
}

/** The states of an execution in which nothing more happens. */
const ENDED = ['success', 'error', 'crashed', 'canceled'];

interface ExecutionData {
	resultData: Omit<Execution, 'status'>;
}

/** Who logs into the editor. */
export interface Login {
	email: string;
	password: string;
}

/** A request that n8n refused. */
export class N8nApiError extends Error {
	constructor(
		message: string,
		readonly status: number,
	) {
		super(message);
	}
}

/** What a person does in the editor, through the same REST addresses. Every method throws N8nApiError when n8n refuses. */
export class N8nApi {
	private cookie = '';

	/** @param url n8n's address, without a slash at the end */
	constructor(private readonly url: string) {}

	/** Makes the owner of a new n8n and stays logged in as such. */
	async setUpOwner({ email, password }: Login): Promise<void> {
		await this.rest('POST', '/owner/setup', { email, password, firstName: 'Olivia', lastName: 'Owner' });
	}

	/** Logs into an n8n that has its owner. */
	async logIn({ email, password }: Login): Promise<void> {
		await this.rest('POST', '/login', { emailOrLdapLoginId: email, password });
	}

	/** @returns the new credential's ID */
	async createCredential(name: string, type: string, data: ICredentialDataDecryptedObject): Promise<string> {
		return (await this.rest<{ id: string }>('POST', '/credentials', { name, type, data })).id;
	}

	/** @returns the new workflow's ID; it is not published yet */
	async createWorkflow(workflow: WorkflowFile): Promise<string> {
		return (await this.rest<{ id: string }>('POST', '/workflows', workflow)).id;
	}

	/**
	 * The ID of a workflow by its name.
	 * @throws Error when n8n has none of that name
	 */
	async workflowId(name: string): Promise<string> {
		const workflows = await this.rest<Array<{ id: string; name: string }>>('GET', '/workflows');
		const found = workflows.find((workflow) => workflow.name === name);
		if (found === undefined) throw new Error(`n8n has no workflow '${name}'.`);
		return found.id;
	}

	/** Publishes a workflow and waits until its production webhooks answer. */
	async publish(workflowId: string): Promise<void> {
		const { versionId } = await this.rest<{ versionId: string }>('GET', `/workflows/${workflowId}`);
		await this.rest('POST', `/workflows/${workflowId}/activate`, { versionId });
		const deadline = Date.now() + PUBLISHED_WITHIN;
		let status = '';
		while (Date.now() < deadline) {
			({ status } = await this.rest<{ status: string }>('GET', `/workflows/${workflowId}/publication-status`));
			if (status === 'published') return;
			await pause(100);
		}
		throw new Error(
			`Workflow ${workflowId} was not published within ${PUBLISHED_WITHIN / 1000} s; its status is '${status}'.`,
		);
	}

	/**
	 * Presses *Execute workflow*.
	 *
	 * @param trigger the name of the node to start from
	 * @returns the execution's ID; it goes on by itself
	 */
	async press(workflowId: string, trigger: string): Promise<string> {
		const start = { triggerToStartFrom: { name: trigger } };
		return (await this.rest<{ executionId: string }>('POST', `/workflows/${workflowId}/run`, start)).executionId;
	}

	/**
	 * Waits until an execution has ended.
	 * @throws Error when it has not within the time
	 */
	async execution(id: string, within: number): Promise<Execution> {
		for (const deadline = Date.now() + within; Date.now() < deadline; await pause(LOOK_EVERY)) {
			const { status, data } = await this.rest<{ status: string; data: string }>('GET', `/executions/${id}`);
			if (ENDED.includes(status)) return { status, ...unflattened<ExecutionData>(data).resultData };
		}
		throw new Error(`Execution ${id} has not ended within ${within / 1000} s.`);
	}

	/** Calls a production webhook with a JSON body and returns its answer. */
	async webhook<Answer>(path: string, body: unknown): Promise<Answer> {
		return await answerOf<Answer>(await this.send('POST', `/webhook/${path}`, body));
	}

	/**
	 * Calls n8n's internal API, for anything that has no method here.
	 *
	 * @param path what follows `/rest`
	 * @returns what the answer holds under `data`
	 */
	async rest<Data>(method: string, path: string, body?: unknown): Promise<Data> {
		const response = await this.send(method, `/rest${path}`, body);
		const [cookie] = response.headers.getSetCookie();
		if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
		return (await answerOf<{ data: Data }>(response)).data;
	}

	/**
	 * Opens an address of n8n's as the browser does, such as where a log-in elsewhere leads back to.
	 * @returns the page's HTML
	 */
	async page(path: string): Promise<string> {
		const response = await this.send('GET', path, undefined);
		if (!response.ok)
			throw new N8nApiError(`n8n answered ${response.status} to ${path.split('?')[0]}`, response.status);
		return await response.text();
	}

	private async send(method: string, path: string, body: unknown): Promise<Response> {
		return await fetch(`${this.url}${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	}
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
	const text = await response.text();
	if (!response.ok) {
		throw new N8nApiError(
			`n8n answered ${response.status} to ${new URL(response.url).pathname}: ${text.slice(0, 2000)}`,
			response.status,
		);
	}
	return JSON.parse(text) as Answer;
}

/** Data as n8n keeps it of an execution: a list, in which whatever is an object, a list or a text stands once. */
function unflattened<Data>(text: string): Data {
	const kept = JSON.parse(text) as unknown[];
	const made = new Map<number, unknown>();
	const at = (index: number): unknown => {
		if (made.has(index)) return made.get(index);
		const one = kept[index];
		if (typeof one !== 'object' || one === null) return one;
		const copy: Record<string, unknown> | unknown[] = Array.isArray(one) ? [] : {};
		made.set(index, copy);
		for (const [key, value] of Object.entries(one)) {
			Object.assign(copy, { [key]: typeof value === 'string' ? at(Number(value)) : value });
		}
		return copy;
	};
	return at(0) as Data;
}
