import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bareOrg, startLocalOrg } from '../local-org';
import type { LocalOrg } from '../local-org';
import { addPreparation } from './bareOrg';
import { otherWorkflows, workflowFile } from './exampleWorkflows';
import { fitToMachine } from './fitToMachine';
import { peopledOrg, smallOrg } from './people';
import { addCredential, setStage } from './stage';
import type { Stage } from './stage';

/**
 * A stage on which every node has something to show: an org with people in it, a second one, a third that nobody has
 * prepared, and a mail box.
 */
export interface Playground extends Stage {
	secondOrg: LocalOrg;
	/** One that nobody has prepared, with a workflow that does. */
	unpreparedOrg: LocalOrg;
	/** Where workflows write files. */
	folder: string;
}

/**
 * Sets the playground, with all example workflows. Those that run at a time are not published: they run at the press
 * of a button.
 *
 * @param say told what is being done, and of each mail by its subject
 * @param port n8n's port; any free one when left out
 */
export async function setPlayground(say: (text: string) => void, port?: number): Promise<Playground> {
	const folder = await mkdtemp(join(tmpdir(), 'salesforce-ops-files-'));
	const secondOrg = await startLocalOrg({ seed: smallOrg() });
	const unpreparedOrg = await startLocalOrg(bareOrg());
	const endThose = async () => {
		await secondOrg.close();
		await unpreparedOrg.close();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		const env = { N8N_RESTRICT_FILE_ACCESS_TO: folder };
		const onMail = (message: string) => say(`A mail has come: ${subjectOf(message)}`);
		const stage = await setStage(say, { port, org: { seed: peopledOrg() }, env, onMail });
		const { api } = stage.n8n;
		const second = await addCredential(api, 'Second, smaller org on this machine', secondOrg);
		const surroundings = { orgs: { '': stage.credential, Asia: second }, smtp: stage.smtp, folder };
		for (const name of await otherWorkflows()) {
			await api.createWorkflow(fitToMachine(await workflowFile(name), surroundings));
		}
		const user = await addCredential(api, 'Org on this machine that nobody has prepared', unpreparedOrg);
		await addPreparation(api, unpreparedOrg, user);
		// What is to be reconciled at the press of a button.
		stage.planner.moves = stage.plan.moves.map((move) => ({ ...move, movePlanId: stage.plan.movePlanId }));
		return {
			...stage,
			...{ secondOrg, unpreparedOrg, folder },
			close: async () => {
				await stage.close();
				await endThose();
			},
		};
	} catch (error) {
		await endThose();
		throw error;
	}
}

function subjectOf(message: string): string {
	return /^Subject: (.*)$/m.exec(message)?.[1] ?? 'without a subject';
}
