import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { startLocalOrg } from '../local-org';
import type { LocalOrg, LocalOrgOptions } from '../local-org';
import { EXAMPLE_WORKFLOWS, exampleWorkflow, samplePlan } from './exampleWorkflows';
import type { MovePlan } from './exampleWorkflows';
import type { CredentialName } from './fitToMachine';
import { startN8n } from './host';
import type { N8nHost } from './host';
import type { Login, N8nApi } from './n8nApi';
import { packPackage } from './packageTarball';

/** A local org and a real n8n with the package, its credential and the example workflows in it. */
export interface Stage {
	org: LocalOrg;
	/** The credential of that org in n8n. */
	credential: CredentialName;
	n8n: N8nHost;
	/** The owner of the n8n. */
	login: Login;
	plan: MovePlan;
	/** Ends n8n and the org. */
	close(): Promise<void>;
}

/** How the stage is set. */
export interface StageOptions {
	/** n8n's port; any free one when left out. */
	port?: number;
	/** The packed package; it is packed now when left out. */
	tarball?: string;
	/** What the org holds, and how it is set up. */
	org?: LocalOrgOptions;
	/** Further settings of n8n, as environment variables. */
	env?: Record<string, string>;
}

/**
 * Sets the stage; the example workflows with a webhook are published, so their production webhooks answer.
 *
 * @param say told what is being done
 */
export async function setStage(
	say: (text: string) => void,
	{ port, tarball, org: options, env }: StageOptions = {},
): Promise<Stage> {
	const running: Array<() => Promise<void>> = [];
	const close = async () => {
		for (let end = running.pop(); end !== undefined; end = running.pop()) await end();
	};
	try {
		say('Starting a Salesforce org on this machine …');
		const org = await startLocalOrg(options);
		running.push(async () => await org.close());
		if (tarball === undefined) say('Packing the package …');
		const packageTarball = tarball === undefined ? await packPackage() : resolve(tarball);
		say('Installing it into a real n8n, as a user would, and starting that …');
		const n8n = await startN8n({ port, packageTarball, env });
		running.push(async () => await n8n.stop());
		say('Importing the credential and the example workflows …');
		const plan = await samplePlan();
		const login = { email: 'owner@example.com', password: `Demo1-${randomBytes(6).toString('hex')}` };
		await n8n.api.setUpOwner(login);
		const credential = await addCredential(n8n.api, 'Salesforce org on this machine', org);
		await importExamples(n8n.api, credential, plan);
		return { org, credential, n8n, login, plan, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Gives n8n the credential of an org on this machine. */
export async function addCredential(
	api: N8nApi,
	name: string,
	org: Pick<LocalOrg, 'url' | 'clientId' | 'clientSecret'>,
): Promise<CredentialName> {
	const { url: domain, clientId, clientSecret } = org;
	const data = { signInMethod: 'clientCredentials', domain, clientId, clientSecret, allowLoopback: true };
	return { id: await api.createCredential(name, 'salesforceOpsApi', data), name };
}

async function importExamples(api: N8nApi, credential: CredentialName, plan: MovePlan): Promise<void> {
	const received = {
		'push-move-plan': plan,
		'undo-move-plan': { movePlanId: plan.movePlanId },
		'read-cases': {},
	};
	for (const file of EXAMPLE_WORKFLOWS) {
		await api.publish(await api.createWorkflow(await exampleWorkflow(file, credential, received[file])));
	}
}
