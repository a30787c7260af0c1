import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Engine } from '../test/support/engine';
import type { OrgReport } from './org';
import { signInBare } from './signInBare';

const NODES = join(__dirname, '..', 'setup', 'n8n', 'node_modules', 'n8n-nodes-base');

/** n8n's own Salesforce node with its JWT credential, whose *Authentication* is `jwt`. */
export const BUILT_IN_NODE = { type: 'n8n-nodes-base.salesforce', credential: 'salesforceJwtApi' };

/**
 * n8n's engine with its own nodes, connected to an org. It has a session from the start, since that credential signs
 * in on other hosts than this one.
 *
 * @throws Error when n8n is not installed
 */
export async function startBuiltIn(access: OrgReport): Promise<Engine> {
	if (!existsSync(NODES)) throw new Error('n8n is not installed yet; npm run demo does that.');
	const engine = await Engine.start(NODES);
	engine.useCredential({ accessToken: await signInBare(access), instanceUrl: access.url });
	return engine;
}
