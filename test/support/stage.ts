import type { IDataObject } from 'n8n-workflow';

import { startLocalOrg } from '../../local-org';
import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import { Engine } from './engine';
import type { TestNode, TestRun } from './engine';
import { shortenPauses } from './pauses';

/** An n8n engine and an org on this machine, connected. */
export interface Stage {
	org: LocalOrg;
	engine: Engine;
	run(items: IDataObject[], ...nodes: TestNode[]): Promise<TestRun>;
}

/** What a user would enter to open a local org by client credentials. */
export function credentialFor(org: LocalOrg): Record<string, string | boolean> {
	return {
		domain: org.url,
		signInMethod: 'clientCredentials',
		clientId: org.clientId,
		clientSecret: org.clientSecret,
		allowLoopback: true,
	};
}

/** The same for the org's administrator, who may prepare it. */
export function adminOf(org: LocalOrg): Record<string, string | boolean> {
	const { clientId, clientSecret } = org.admin;
	return { ...credentialFor(org), clientId, clientSecret };
}

/**
 * Gives each test of a file an org of its own beside one engine, and fails the test that asked the org for what it
 * does not know.
 */
export function stages(): (options?: LocalOrgOptions) => Promise<Stage> {
	let engine: Engine;
	let orgs: LocalOrg[] = [];

	shortenPauses();

	beforeAll(async () => {
		engine = await Engine.start();
	});

	afterAll(() => engine.close());

	afterEach(async () => {
		const refused = orgs.flatMap((org) => org.refused);
		await Promise.all(orgs.map(async (org) => await org.close()));
		orgs = [];
		expect(refused).toEqual([]);
	});

	return async (options) => {
		const org = await startLocalOrg(options);
		orgs.push(org);
		engine.timezone = 'UTC';
		engine.mode = 'manual';
		engine.useCredential(credentialFor(org));
		return { org, engine, run: async (items, ...nodes) => await engine.run(items, ...nodes) };
	};
}
