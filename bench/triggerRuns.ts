import type { IDataObject } from 'n8n-workflow';

import { startLocalOrg } from '../local-org';
import type { LocalOrg } from '../local-org';
import { recordTriggerLife } from '../test/support/recordTriggerLife';
import { live } from '../test/support/triggerLife';
import type { TriggerUnderTest } from '../test/support/triggerLife';
import { startBuiltIn } from './builtIn';
import type { Activated } from '../test/support/engine';
import { startEngine } from './engine';
import { measured } from './measure';
import type { Cost } from './measure';
import type { TriggerRun, TriggerTask } from './trigger';

/** Changes that one poll of ours hands over; fewer than wait after a night. */
const CHANGES_PER_POLL = 50;

/** A life of Salesforce Record Trigger. */
export async function ours(task: TriggerTask): Promise<Cost<TriggerRun>> {
	return await lived(task, async (org) => recordTriggerLife(await startEngine(org), CHANGES_PER_POLL));
}

/** A life of n8n's own trigger, which takes two nodes: one for new Cases and one for changed ones. It sees no deletions. */
export async function builtIn(task: TriggerTask): Promise<Cost<TriggerRun>> {
	return await lived(task, async (org) => {
		const engine = await startBuiltIn(org);
		const nodes = ['caseCreated', 'caseUpdated'].map((triggerOn) => ({
			type: 'n8n-nodes-base.salesforceTrigger',
			credential: 'salesforceJwtApi',
			parameters: { authentication: 'jwt', triggerOn },
		}));
		return {
			start: async (stored, executions) => {
				const polled: Array<{ name: string; active: Activated; taken: number }> = [];
				for (const node of nodes) {
					const name = node.parameters.triggerOn;
					const active = await engine.activate(node, stored[name] as IDataObject | undefined, executions);
					polled.push({ name, active, taken: 0 });
				}
				const items: IDataObject[] = [];
				return {
					get items() {
						for (const one of polled) items.push(...one.active.items.slice(one.taken));
						for (const one of polled) one.taken = one.active.items.length;
						return items;
					},
					poll: async () => {
						// What the one gives is handed over, whatever becomes of the other.
						const outcomes = [];
						for (const { active } of polled) outcomes.push(...(await Promise.allSettled([active.poll()])));
						const failed = outcomes.find((outcome) => outcome.status === 'rejected');
						if (failed !== undefined) throw failed.reason;
					},
					close: async () => {
						for (const { active } of polled) await active.close();
					},
					kept: () => Object.fromEntries(polled.map(({ name, active }) => [name, active.kept()])),
				};
			},
			tells: ({ Id, LastModifiedDate }) => ({
				id: String(Id),
				stamp: `${String(LastModifiedDate).slice(0, 19)}Z`,
				isDeleted: false,
			}),
		};
	});
}

async function lived(
	{ changes, seed, deletions, troubles }: TriggerTask,
	start: (org: LocalOrg) => Promise<TriggerUnderTest>,
): Promise<Cost<TriggerRun>> {
	// The org goes by this process's time, as n8n's own trigger does, so that both are moved together.
	const advance = movableTime();
	const settings = { dailyApiRequests: 1_000_000, recycleBinDays: 3_650, sessionMinutes: 10_000_000 };
	const org = await startLocalOrg({ settings });
	try {
		const trigger = await start(org);
		return await measured(async () => {
			const report = await live(org, trigger, { seed, changes, deletions, troubles, passingFaults: true, advance });
			return { ...report, calls: org.apiCalls };
		});
	} finally {
		await org.close();
	}
}

/** Makes this process's time one that can be moved. */
function movableTime(): (milliseconds: number) => void {
	const RealDate = Date;
	let ahead = 0;
	class MovedDate extends RealDate {
		constructor(...given: [] | ConstructorParameters<typeof Date>) {
			if (given.length === 0) super(RealDate.now() + ahead);
			else super(...given);
		}

		static override now(): number {
			return RealDate.now() + ahead;
		}
	}
	globalThis.Date = MovedDate as DateConstructor;
	return (milliseconds) => {
		ahead += milliseconds;
	};
}
