import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { startLocalOrg } from '../local-org';
import type { LocalOrg, LocalOrgOptions } from '../local-org';
import { EXAMPLE_WORKFLOWS, exampleWorkflow, samplePlan, SELF_STARTING, workflowFile } from './exampleWorkflows';
import type { MovePlan } from './exampleWorkflows';
import { fitToMachine } from './fitToMachine';
import type { CredentialName, Surroundings } from './fitToMachine';
import { startN8n } from './host';
import type { N8nHost } from './host';
import type { Login, N8nApi } from './n8nApi';
import { packPackage } from './packageTarball';
import { startPlanner } from './planner';
import type { Planner } from './planner';
import { openMailBox, smtpSettings } from '../test/support/smtp';
import type { MailBox } from '../test/support/smtp';

/** A local org, a planner, and a real n8n with the package, its credentials and the example workflows in it. */
export interface Stage {
	org: LocalOrg;
	/** The credential of that org in n8n. */
	credential: CredentialName;
	/** Gives moves to be reconciled, and is told what became of their Cases. */
	planner: Planner;
	/** Takes the mails of the workflows. */
	mail: MailBox;
	/** The credential of the mail box in n8n. */
	smtp: CredentialName;
	n8n: N8nHost;
	/** The ID of the workflow that tells the planner; publish it when the org is prepared. */
	selfStarting: string;
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
	/** Whether the nightly reconciling of moves repairs what differs; otherwise it only tells, as the file says. */
	repair?: boolean;
	/** Told of each mail. */
	onMail?(message: string): void;
}

/**
 * Sets the stage; the example workflows with a webhook are published, so their production webhooks answer.
 *
 * @param say told what is being done
 */
export async function setStage(
	say: (text: string) => void,
	{ port, tarball, org: options, env, repair, onMail }: StageOptions = {},
): Promise<Stage> {
	const running: Array<() => Promise<void>> = [];
	const close = async () => {
		for (let end = running.pop(); end !== undefined; end = running.pop()) await end();
	};
	try {
		say('Starting a Salesforce org on this machine …');
		// Chosen in Setup, as an admin does, so that the planner is told within seconds.
		const org = await startLocalOrg({ ...options, settings: { changeEvents: ['Case'], ...options?.settings } });
		running.push(async () => await org.close());
		const planner = await startPlanner();
		running.push(async () => await Promise.resolve(planner.close()));
		const mail = await openMailBox(onMail);
		running.push(async () => await Promise.resolve(mail.close()));
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
		const name = 'Mail box of this machine';
		const smtp = { id: await n8n.api.createCredential(name, 'smtp', smtpSettings(mail)), name };
		const surroundings = { orgs: { '': credential }, smtp, folder: '', planner: planner.url, repair };
		const selfStarting = await importExamples(n8n.api, surroundings, plan);
		return { org, credential, planner, mail, smtp, n8n, selfStarting, login, plan, close };
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

/** @returns the ID of the workflow that begins by itself, which is not published: the org must be prepared by then */
async function importExamples(api: N8nApi, surroundings: Surroundings, plan: MovePlan): Promise<string> {
	const received = {
		'push-move-plan': plan,
		'push-waiting-moves': {},
		'undo-move-plan': { movePlanId: plan.movePlanId },
		'reconcile-moves': {},
		'read-cases': {},
	};
	for (const file of EXAMPLE_WORKFLOWS) {
		const workflow = await exampleWorkflow(file, surroundings.orgs[''] as CredentialName, received[file]);
		await api.publish(await api.createWorkflow(fitToMachine(workflow, surroundings)));
	}
	return await api.createWorkflow(fitToMachine(await workflowFile(SELF_STARTING), surroundings));
}
