import 'reflect-metadata';

import { join } from 'node:path';

import { Container } from '@n8n/di';
import {
	ExecuteContext,
	ExecutionLifecycleHooks,
	LazyPackageDirectoryLoader,
	LoadOptionsContext,
	PollContext,
	TriggerContext,
	WorkflowExecute,
} from 'n8n-core';
import { SSHClientsManager } from 'n8n-core/dist/execution-engine/ssh-clients-manager';
import { createRunExecutionData, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	ITriggerFunctions,
	IVersionedNodeType,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { TestCredentials } from './credentials';

const PACKAGE = 'n8n-nodes-salesforce-ops';

/** Where a test's items come from: n8n's triggers are not part of its engine. */
class Items implements INodeType {
	description = {
		displayName: 'Items',
		name: 'items',
		group: ['trigger' as const],
		version: 1,
		description: 'Gives the items of a test',
		defaults: { name: 'Items' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	constructor(private readonly items: IDataObject[]) {}

	/** A property, since n8n calls it with a context of its own as `this`. */
	execute = async (): Promise<INodeExecutionData[][]> => await Promise.resolve([this.items.map((json) => ({ json }))]);
}

/** One node of a test's workflow; each is connected to the one before it, by that one's first output unless said otherwise. */
export interface TestNode {
	/** Without the package's name, `salesforcePushMove`; a node of another package has it: `n8n-nodes-base.salesforce`. */
	type: string;
	/** The type of its credential; by default what its *Authentication* says. */
	credential?: string;
	parameters?: INodeParameters;
	onError?: INode['onError'];
	/** How often n8n tries it at most, as by *Retry On Fail*; once when left out. */
	maxTries?: number;
	/** How often the node before it hands over its items, so that it runs as often in one execution; once when left out. */
	runs?: number;
	/** The output of the node before it that it hangs on; 0 by default. */
	fromOutput?: number;
}

/** What a workflow's run gave. */
export interface TestRun {
	/** The last node's outputs, as the items' JSON. */
	outputs: IDataObject[][];
	/** The last node's outputs in full. */
	items: INodeExecutionData[][];
	/** What the last node's panel shows above its output. */
	hints: string[];
	/** The error that stopped the run, as n8n stores it. */
	error?: { message: string; description?: string | null; context?: IDataObject };
	/** All that n8n would store of the run. */
	run: IRun;
}

/** What may become of what a trigger hands over, and of what it keeps with it. */
const FATES = {
	refused: { isStored: true, isMade: false },
	lost: { isStored: true, isMade: false },
	vanished: { isStored: false, isMade: false },
	unstored: { isStored: false, isMade: true },
	'under way': { isStored: true, isMade: true },
	/** Older versions of n8n know none. */
	'without keys': { isStored: true, isMade: true },
} as const;

/** What n8n makes of what a trigger hands over. */
export interface Executions {
	/** The keys of the executions that there are: n8n makes one of each and no more. */
	keys: Set<string>;
	/** What becomes of the next ones; they are made, and finish at once, when left out. */
	fate?: keyof typeof FATES;
	/** Is told when something was handed over. */
	onHandedOver?(): void;
}

/** A trigger that is active. */
export interface Activated {
	/** The JSON of all items that were handed over so far. */
	items: IDataObject[];
	/** Polls once more. */
	poll(): Promise<void>;
	/** Deactivates it. */
	close(): Promise<void>;
	/** What n8n has stored of the node. */
	kept(): IDataObject;
}

/** The workflows that were activated: no two of a process have the same ID. */
let activations = 0;

/** n8n's own engine with the nodes of one package, and one credential of it called `org`. */
export class Engine {
	readonly credentials: TestCredentials;
	/** Stops the newest run, as n8n's stop button does. */
	stop: () => void = () => {};

	/** The workflows' time zone. */
	timezone = 'UTC';

	/** How executions begin; `retry` is one that a person repeats. */
	mode: WorkflowExecuteMode = 'manual';

	private constructor(private readonly loader: LazyPackageDirectoryLoader) {
		this.credentials = new TestCredentials(loader);
	}

	/**
	 * Loads a package of nodes: by default this one, from `dist/`, which `npm test` builds first.
	 *
	 * @param directory that of the package
	 */
	static async start(directory = join(__dirname, '..', '..')): Promise<Engine> {
		const loader = new LazyPackageDirectoryLoader(directory);
		// n8n loads a package anew by forgetting all modules under its folder: here they are also n8n's own.
		Object.assign(loader, { unloadAll: () => {} });
		await loader.loadAll();
		return new Engine(loader);
	}

	/**
	 * Ends what n8n keeps for its SSH tunnels from the first run on: a timer and a listener, which would hold the memory
	 * of a whole engine for as long as the process lives, so that a process of many test files took seconds to end.
	 */
	close(): void {
		Container.get(SSHClientsManager).onShutdown();
	}

	/** Puts the data of the credential that the nodes use, without a session. */
	useCredential(data: ICredentialDataDecryptedObject): void {
		this.credentials.stored.set('org', data);
	}

	/** Runs a workflow of nodes in a row over the given items. */
	async run(items: IDataObject[], ...testNodes: TestNode[]): Promise<TestRun> {
		const nodes: INode[] = [
			node('Items', 'test.items', {}),
			...testNodes.map((testNode, index) => ourNode(testNode, `Node ${index}`)),
		];
		const workflow = new Workflow({
			id: 'test',
			name: 'Test',
			nodes,
			connections: Object.fromEntries(
				testNodes.map(({ fromOutput = 0, runs = 1 }, index) => [
					nodes[index]?.name,
					{
						main: [
							...Array.from({ length: fromOutput }, () => []),
							Array.from({ length: runs }, () => ({ node: `Node ${index}`, type: NodeConnectionTypes.Main, index: 0 })),
						],
					},
				]),
			),
			active: false,
			nodeTypes: this.nodeTypes(items),
			settings: { executionOrder: 'v1', timezone: this.timezone },
		});
		const start = nodes[0] as INode;
		const execution = createRunExecutionData({
			executionData: {
				contextData: {},
				metadata: {},
				nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
				waitingExecution: {},
				waitingExecutionSource: {},
			},
		});
		const running = new WorkflowExecute(this.additionalData(), this.mode, execution).processRunExecutionData(workflow);
		this.stop = () => running.cancel();
		const run = await running;
		const last = run.data.resultData.runData[nodes.at(-1)?.name ?? '']?.[0];
		const outputs = last?.data?.main ?? [];
		return {
			run,
			items: outputs.map((output) => output ?? []),
			hints: (last?.hints ?? []).map(({ message }) => message),
			outputs: outputs.map((output) => (output ?? []).map(({ json }) => json)),
			error: run.data.resultData.error as TestRun['error'],
		};
	}

	/** What a node sees of the given items when n8n executes it; to try how it reads its parameters. */
	context(testNode: TestNode, items: IDataObject[]): IExecuteFunctions {
		const executed = ourNode(testNode, 'Node');
		const workflow = new Workflow({
			id: 'test',
			nodes: [executed],
			connections: {},
			active: false,
			nodeTypes: this.nodeTypes(),
			settings: { timezone: this.timezone },
		});
		const input = items.map((json) => ({ json }));
		const data = { main: [input] };
		const node = workflow.getNode('Node') as INode;
		return new ExecuteContext(
			workflow,
			node,
			this.additionalData(),
			'manual',
			createRunExecutionData(),
			0,
			input,
			data,
			{ node, data, source: null },
			[],
		);
	}

	/** What a trigger sees when n8n has it poll; to try how it reads its parameters. */
	pollContext(testNode: TestNode): PollContext {
		const { workflow, node } = this.trigger('test', testNode, {});
		return new PollContext(workflow, node, this.additionalData(), 'trigger', 'activate');
	}

	/**
	 * Lets a trigger poll once, as n8n does.
	 *
	 * @param kept what n8n has stored of the node; it is left as it is
	 * @param mode `manual` for a test run in the editor
	 * @returns the items' JSON, none when no execution would start, and what n8n would store if one does
	 * @throws what n8n would show
	 */
	async poll(
		testNode: TestNode,
		kept: IDataObject = {},
		mode: 'trigger' | 'manual' = 'trigger',
	): Promise<{ items: IDataObject[]; kept: IDataObject }> {
		const { workflow, node, type, stored } = this.trigger('test', testNode, kept);
		const context = new PollContext(workflow, node, this.additionalData(), mode, 'activate');
		const output = await type.poll?.call(context);
		return { items: (output?.[0] ?? []).map(({ json }) => json), kept: stored() };
	}

	/**
	 * Activates a trigger that listens as well as polls, as n8n does, and lets it poll once.
	 *
	 * @param kept what n8n has stored of the node; it is left as it is
	 * @param executions what n8n makes of what is handed over
	 * @param id the workflow's; one of its own when left out
	 * @throws what n8n would show
	 */
	async activate(
		testNode: TestNode,
		kept: IDataObject = {},
		executions: Executions = { keys: new Set() },
		id = `test-${++activations}`,
	): Promise<Activated> {
		const { workflow, node, type, stored } = this.trigger(id, testNode, kept);
		const items: IDataObject[] = [];
		let saved = stored();
		const emit: ITriggerFunctions['emit'] = (output, _response, done, key) => {
			const { keys, fate } = executions;
			const { isStored, isMade } = fate === undefined ? { isStored: true, isMade: true } : FATES[fate];
			if (isStored) saved = stored();
			executions.onHandedOver?.();
			if (fate === 'refused') return done?.reject(new Error('The database is locked'));
			if (!isMade) return;
			// Not what its type says, and what n8n does.
			if (key !== undefined && keys.has(key)) return done?.resolve(undefined as never);
			if (key !== undefined) keys.add(key);
			items.push(...(output[0] ?? []).map(({ json }) => json));
			if (fate !== 'under way' && fate !== 'unstored') done?.resolve({} as IRun);
		};
		const given: ITriggerFunctions['emit'] =
			executions.fate === 'without keys' ? (output, response, done) => emit(output, response, done) : emit;
		const context = (): TriggerContext =>
			new TriggerContext(workflow, node, this.additionalData(), 'trigger', 'activate', given);
		// n8n does so twice at once with a node that polls too.
		const responses = await Promise.all([type.trigger?.call(context()), type.trigger?.call(context())]);
		const poll = async (): Promise<void> => {
			const polling = new PollContext(workflow, node, this.additionalData(), 'trigger', 'activate');
			const output = await type.poll?.call(polling);
			if (output) emit(output);
		};
		const close = async (): Promise<void> => {
			await Promise.all(responses.map(async (response) => await response?.closeFunction?.()));
		};
		try {
			await poll();
		} catch (error) {
			await close();
			throw error;
		}
		saved = stored();
		return { items, poll, close, kept: () => saved };
	}

	/** A workflow of one trigger, and what n8n has stored of it. */
	private trigger(id: string, testNode: TestNode, kept: IDataObject) {
		const ours = ourNode(testNode, 'Node');
		const nodeTypes = this.nodeTypes();
		const workflow = new Workflow({
			id,
			name: 'Test',
			nodes: [ours],
			connections: {},
			active: true,
			nodeTypes,
			staticData: { 'node:Node': structuredClone(kept) },
			settings: { timezone: this.timezone },
		});
		const node = workflow.getNode('Node') as INode;
		return {
			workflow,
			node,
			type: nodeTypes.getByNameAndVersion(ours.type),
			stored: () => JSON.parse(JSON.stringify(workflow.getStaticData('node', node))) as IDataObject,
		};
	}

	/** Asks a node for the choices of one of its lists, as its panel does. */
	async choices(
		testNode: TestNode,
		kind: 'listSearch' | 'loadOptions' | 'resourceMapping',
		method: string,
		...search: string[]
	): Promise<unknown> {
		const asking = ourNode(testNode, 'Node');
		const nodeTypes = this.nodeTypes();
		const workflow = new Workflow({ id: 'test', nodes: [asking], connections: {}, active: false, nodeTypes });
		const { methods } = nodeTypes.getByNameAndVersion(asking.type);
		const ask = methods?.[kind]?.[method];
		if (ask === undefined) throw new Error(`${testNode.type} has no list ${method}`);
		const context = new LoadOptionsContext(workflow, workflow.getNode('Node') as INode, this.additionalData(), '');
		return await (ask as (this: ILoadOptionsFunctions, ...search: string[]) => Promise<unknown>).call(
			context,
			...search,
		);
	}

	private nodeTypes(items: IDataObject[] = []): INodeTypes {
		const find = (type: string): INodeType | IVersionedNodeType =>
			type === 'test.items' ? new Items(items) : this.loader.getNode(type.slice(type.indexOf('.') + 1)).type;
		return {
			getByName: find,
			getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(find(type), version),
			getKnownTypes: () => ({}),
		};
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		const unused = async (): Promise<never> => await Promise.reject(new Error('Not part of this test'));
		const url = 'http://localhost:5678';
		return {
			credentialsHelper: this.credentials,
			hooks: new ExecutionLifecycleHooks('manual', 'test', {
				id: 'test',
				name: 'Test',
				active: false,
				isArchived: false,
				createdAt: new Date(),
				updatedAt: new Date(),
				activeVersionId: null,
				nodes: [],
				connections: {},
			}),
			executionId: 'test',
			currentNodeExecutionIndex: 0,
			restApiUrl: `${url}/rest`,
			instanceBaseUrl: url,
			formBaseUrl: url,
			formWaitingBaseUrl: `${url}/form-waiting`,
			formTestBaseUrl: url,
			webhookBaseUrl: url,
			webhookWaitingBaseUrl: `${url}/webhook-waiting`,
			webhookTestBaseUrl: url,
			mcpBaseUrl: url,
			mcpTestBaseUrl: url,
			variables: {},
			executeWorkflow: unused,
			getRunExecutionData: unused,
			getRuntimeCredential: unused,
			startRunnerTask: unused,
			logAiEvent: () => {},
		} as Partial<IWorkflowExecuteAdditionalData> as IWorkflowExecuteAdditionalData;
	}
}

function node(name: string, type: string, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}

function ourNode({ type, credential, parameters = {}, onError, maxTries }: TestNode, name: string): INode {
	return {
		...node(name, type.includes('.') ? type : `${PACKAGE}.${type}`, parameters),
		credentials: {
			[credential ?? String(parameters.authentication ?? 'salesforceOpsApi')]: { id: 'org', name: 'Org' },
		},
		onError,
		...(maxTries === undefined ? {} : { retryOnFail: true, maxTries, waitBetweenTries: 1 }),
	};
}
