import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bareOrg, startLocalOrg } from '../local-org';
import type { LocalOrg } from '../local-org';
import { addPreparation } from './bareOrg';
import { otherWorkflows, workflowFile } from './exampleWorkflows';
import type { MovePlan, PlannedMove } from './exampleWorkflows';
import { fitToMachine } from './fitToMachine';
import { addKeptChanges } from './keptChanges';
import { readMail } from './mail';
import type { Mail } from './mail';
import { peopledOrg, smallOrg } from './people';
import type { PlannerMove } from './planner';
import { readyToPress } from './readyToPress';
import { addCredential, setStage } from './stage';
import type { Stage } from './stage';

/** The workflow that others hand their changes to. */
const KEEPING = 'keep-every-change';

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
		const onMail = (message: string) => sayMail(say, readMail(message));
		const stage = await setStage(say, { port, org: { seed: peopledOrg() }, env, onMail, repair: true });
		const { api } = stage.n8n;
		const second = await addCredential(api, 'Second, smaller org on this machine', secondOrg);
		const surroundings = { orgs: { '': stage.credential, Asia: second }, smtp: stage.smtp, folder };
		const fitting = async (name: string) => fitToMachine(await workflowFile(name), surroundings);
		const keeping = await api.createWorkflow(await fitting(KEEPING));
		const executionId = await addKeptChanges(api, keeping, stage.credential);
		for (const name of (await otherWorkflows()).filter((one) => one !== KEEPING)) {
			await api.createWorkflow(readyToPress(await fitting(name), executionId));
		}
		const user = await addCredential(api, 'Org on this machine that nobody has prepared', unpreparedOrg);
		await addPreparation(api, unpreparedOrg, user);
		stage.planner.moves = changedSince(stage.plan);
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

/** What the planner has after its plan was pushed: one due move more, one less, and one with another seat. */
function changedSince({ movePlanId, moves }: MovePlan): PlannerMove[] {
	const isDue = ({ effectiveDate }: PlannedMove) => !effectiveDate || new Date(effectiveDate) <= new Date();
	const [gone, changed] = moves.filter(isDue);
	return [
		...moves
			.filter((move) => move !== gone)
			.map((move) => ({ ...move, movePlanId, ...(move === changed ? { newSeat: 'HQ-5-001' } : {}) })),
		{ movePlanId, moveId: 'M-3001', employeeName: 'Priya Raman', newSeat: 'HQ-5-002' },
	];
}

function sayMail(say: (text: string) => void, { subject, links }: Mail): void {
	say([`A mail has come: ${subject}`, ...links.map(({ text, url }) => `  ${text}: ${url}`)].join('\n'));
}
