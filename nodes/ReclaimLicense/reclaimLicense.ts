import type { IDataObject } from 'n8n-workflow';

import { reclaimLicenses } from '../../licenses/org/reclaimLicenses';
import type { ReclaimResult } from '../../licenses/org/reclaimLicenses';
import type { Exclusions } from '../../licenses/org/readExclusions';
import type { KnownOrg } from '../../licenses/org/readOrgState';
import type { Action, Outcome } from '../shared/action';
import { readable } from '../shared/nodeError';
import { undoOf } from '../shared/undoRecord';
import { readReclaim } from './parameters';
import type { ReclaimPlan, RunGuards } from './parameters';

const NODE = 'Salesforce Reclaim License';

/** Freezes or deactivates users, or takes licenses from them; each user is read right before. */
export const reclaimLicense: Action<ReclaimPlan> = {
	outputs: 2,
	extendsItem: true,
	done: 'reclaimed',
	plan: readReclaim,

	conflicts(plans) {
		// Whoever an exclusion should have named may be in any of the items.
		const fault = plans[0]?.guards.find((one) => one instanceof Error);
		return plans.map(() => fault);
	},

	async run(org, plans) {
		const guards = (plans[0]?.guards ?? []).flatMap((one) => (one instanceof Error ? [] : [one]));
		const { org: known, results } = await reclaimLicenses(org, {
			tasks: plans.map(({ task }) => task),
			exclusions: together(guards),
			atMost: guards.reduce((least, { atMost }) => Math.min(least, atMost), Infinity),
			node: NODE,
		});
		return outcomes(plans, results, known);
	},
};

/** An exclusion holds for the whole run, whichever item it stands at. */
function together(guards: readonly RunGuards[]): Exclusions {
	const distinct = (kind: keyof Exclusions): Exclusions[typeof kind] => [
		...new Map(
			guards.flatMap(({ exclusions }) => exclusions[kind].map((line) => [JSON.stringify(line), line] as const)),
		).values(),
	];
	return { users: distinct('users'), profiles: distinct('profiles'), permissionSets: distinct('permissionSets') };
}

/** Results of which something may have been done, so that their undo records are needed. */
const TOUCHED: Array<ReclaimResult['result']> = ['done', 'partlyDone', 'inDoubt'];

/**
 * What Salesforce refuses for one user comes out as a result. What concerns the call or the API user is a failure,
 * unless something was done: then it comes out as a result as well, so that the others keep what undoes them.
 */
function outcomes(plans: readonly ReclaimPlan[], results: readonly ReclaimResult[], known: KnownOrg): Outcome[] {
	const touched = results.some(({ result }) => TOUCHED.includes(result));
	return plans.map((plan, index) => {
		const one = results[index] as ReclaimResult;
		if (one.result === 'stopped' && !touched) return { ok: false, error: one.error };
		const output = one.result === 'planned' || TOUCHED.includes(one.result) ? 0 : 1;
		return {
			ok: true,
			idle: !TOUCHED.includes(one.result),
			// Within `reclaim` for Undo Reclaim, and where every write has it for Undo Changes.
			records: [
				{ json: { reclaim: shown(plan, one, known), ...undoOf('undo' in one ? one.undo : undefined) }, output },
			],
		};
	});
}

function shown({ task, orgName }: ReclaimPlan, one: ReclaimResult, known: KnownOrg): IDataObject {
	return {
		org: orgName.trim() || known.name,
		orgId: known.orgId,
		action: task.request.act,
		userId: task.request.userId,
		result: one.result,
		dryRun: task.dryRun,
		at: task.rules.now.toUTC().toISO(),
		...(one.result === 'skipped' ? { reason: one.reason, message: one.message } : {}),
		...('error' in one ? why(one.error) : {}),
		...('note' in one && one.note !== '' ? { message: one.note } : {}),
		...('memberships' in one && one.memberships !== undefined ? { memberships: { ...one.memberships } } : {}),
		...undoOf('undo' in one ? one.undo : undefined),
	};
}

function why(error: Error): IDataObject {
	const { message, remedy, code } = readable(error);
	return { reason: code, message, remedy };
}
