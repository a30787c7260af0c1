import { randomBytes } from 'node:crypto';

import { resolve } from 'node:path';
import { startLocalOrg } from '../local-org';
import { EXAMPLE_WORKFLOWS, exampleWorkflow, samplePlan } from './exampleWorkflows';
import type { MovePlan } from './exampleWorkflows';
import { startN8n } from './host';
import type { N8nHost } from './host';
import type { Login } from './n8nApi';
import { packPackage } from './packageTarball';

/** A local org and a real n8n with the package, its credential and the example workflows in it. */
export interface Stage {
	org: Awaited<ReturnType<typeof startLocalOrg>>;
	n8n: N8nHost;
	/** The owner of the n8n. */
	login: Login;
	plan: MovePlan;
	/** Ends n8n and the org. */
	close(): Promise<void>;
}

/**
 * Sets the stage; the example workflows are published, so their production webhooks answer.
 *
 * @param say told what is being done
 * @param port n8n's port; any free one when left out
 * @param tarball the packed package; it is packed now when left out
 */
export async function setStage(
	say: (text: string) => void,
	{ port, tarball }: { port?: number; tarball?: string } = {},
): Promise<Stage> {
	const running: Array<() => Promise<void>> = [];
	const close = async () => {
		for (let end = running.pop(); end !== undefined; end = running.pop()) await end();
	};
	try {
		say('Starting a Salesforce org on this machine …');
		const org = await startLocalOrg();
		running.push(async () => await org.close());
		if (tarball === undefined) say('Packing the package …');
		const packageTarball = tarball === undefined ? await packPackage() : resolve(tarball);
		say('Installing it into a real n8n, as a user would, and starting that …');
		const n8n = await startN8n({ port, packageTarball });
		running.push(async () => await n8n.stop());
		say('Importing the credential and the example workflows …');
		const plan = await samplePlan();
		const login = { email: 'owner@example.com', password: `Demo1-${randomBytes(6).toString('hex')}` };
		await n8n.api.setUpOwner(login);
		await importExamples(n8n, org, plan);
		return { org, n8n, login, plan, close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function importExamples({ api }: N8nHost, org: Stage['org'], plan: MovePlan): Promise<void> {
	const name = 'Salesforce org on this machine';
	const id = await api.createCredential(name, 'salesforceOpsApi', {
		signInMethod: 'clientCredentials',
		domain: org.url,
		clientId: org.clientId,
		clientSecret: org.clientSecret,
		allowLoopback: true,
	});
	const received = {
		'push-move-plan': plan,
		'undo-move-plan': { movePlanId: plan.movePlanId },
		'read-cases': {},
	};
	for (const file of EXAMPLE_WORKFLOWS) {
		await api.publish(await api.createWorkflow(await exampleWorkflow(file, { id, name }, received[file])));
	}
}
