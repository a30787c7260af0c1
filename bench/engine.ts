import type { IDataObject } from 'n8n-workflow';

import { Engine } from '../test/support/engine';
import type { TestNode } from '../test/support/engine';
import type { OrgReport } from './org';

/** n8n's engine with this package, connected to an org by client credentials; without a session yet. */
export async function startEngine({ url, clientId, clientSecret }: OrgReport): Promise<Engine> {
	const engine = await Engine.start();
	engine.useCredential({ domain: url, signInMethod: 'clientCredentials', clientId, clientSecret, allowLoopback: true });
	return engine;
}

/**
 * Runs a workflow and gives the items of its last node's first output.
 * @throws Error when the run, or one of its items, failed
 */
export async function runToEnd(engine: Engine, items: IDataObject[], node: TestNode): Promise<IDataObject[]> {
	const { outputs, error } = await engine.run(items, node);
	if (error !== undefined) throw new Error(`${error.message} ${error.description ?? ''}`);
	return outputs[0] ?? [];
}
