import { carryOut } from '../../licenses/org/carryOut';
import { IDS_PER_QUERY } from '../../licenses/org/licenseQueries';
import { readOrgState } from '../../licenses/org/readOrgState';
import type { KnownOrg } from '../../licenses/org/readOrgState';
import { readUserStates } from '../../licenses/org/readUserStates';
import { actExplained, concernsUser } from '../../licenses/org/reclaimErrors';
import { decideReclaim } from '../../licenses/reclaim';
import type { SkipReason } from '../../licenses/reclaim';
import type { Decision } from '../../licenses/step';
import type { UndoRecord } from '../../licenses/undoReclaim';
import { asError } from '../../salesforce/asError';
import { batches } from '../../salesforce/batches';
import type { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import type { Action, Outcome } from '../shared/action';
import { readable } from '../shared/nodeError';
import { readReclaim } from './parameters';
import type { ReclaimPlan } from './parameters';

const NODE = 'Salesforce Reclaim License';

/** What came of one plan. `planned` is `done` in a dry run. */
type Result =
	| { result: 'done' | 'planned'; undo: UndoRecord }
	| { result: 'skipped'; reason: SkipReason | 'alreadyListed'; message: string }
	| { result: 'refused'; error: Error; undo?: UndoRecord };

/** Freezes or deactivates users, or takes licences from them; each user is read right before. */
export const reclaimLicense: Action<ReclaimPlan> = {
	outputs: 2,
	extendsItem: true,
	done: 'reclaimed',
	plan: readReclaim,

	async run(org, plans) {
		const known = await readOrgState(org, NODE);
		const results: Result[] = [];
		const listed = new Set<string>();
		for (const batch of batches(plans, IDS_PER_QUERY)) {
			results.push(...(await reclaimBatch(org, known, batch, listed)));
		}
		return outcomes(plans, results, known);
	},
};

/** Reads the batch's users, decides, and acts, in this order and at once. */
async function reclaimBatch(
	org: Org,
	known: KnownOrg,
	plans: readonly ReclaimPlan[],
	listed: Set<string>,
): Promise<Result[]> {
	try {
		const states = await readUserStates(org, [...new Set(plans.map(({ request }) => request.userId))], {
			acts: [...new Set(plans.map(({ request }) => request.act))],
			permissionSets: plans.some(({ protection }) => protection.permissionSets.length > 0),
			node: NODE,
		});
		const decisions = plans.map(
			({ request, protection }): Decision<SkipReason | 'alreadyListed', { undo: UndoRecord }> => {
				const key = `${request.act} ${request.userId.slice(0, 15)} ${request.licenseId?.slice(0, 15) ?? ''}`;
				if (listed.has(key)) return { skip: 'alreadyListed', message: 'An earlier item of this run asks for the same' };
				listed.add(key);
				return decideReclaim(request, states.get(request.userId.slice(0, 15)), known, protection);
			},
		);
		const refused = await carryOut(
			org,
			decisions.map((decision, index) => ('skip' in decision || plans[index]?.dryRun !== false ? [] : decision.steps)),
		);
		return decisions.map((decision, index) => result(plans[index] as ReclaimPlan, decision, refused[index]));
	} catch (error) {
		// What earlier batches did is not lost over it.
		return plans.map(() => ({ result: 'refused', error: asError(error) }));
	}
}

function result(
	{ request, dryRun }: ReclaimPlan,
	decision: Decision<SkipReason | 'alreadyListed', { undo: UndoRecord }>,
	refused: OrgError | undefined,
): Result {
	if ('skip' in decision) return { result: 'skipped', reason: decision.skip, message: decision.message };
	const { undo, steps } = decision;
	if (refused === undefined) return { result: dryRun ? 'planned' : 'done', undo };
	// Of several steps the first may be done, and of a call without an answer all.
	const partly = steps.length > 1 || refused.inDoubt;
	return { result: 'refused', error: actExplained(refused, request.act, NODE), ...(partly ? { undo } : {}) };
}

/**
 * What Salesforce refuses for one user comes out as a result. What concerns the call or the API user is a failure,
 * unless something was done: then it comes out as a result as well, so that the others keep what undoes them.
 */
function outcomes(plans: readonly ReclaimPlan[], results: readonly Result[], known: KnownOrg): Outcome[] {
	const touched = results.some((one) => one.result === 'done' || (one.result === 'refused' && one.undo !== undefined));
	return plans.map((plan, index) => {
		const one = results[index] as Result;
		if (one.result === 'refused' && !touched && !concernsUser(one.error)) return { ok: false, error: one.error };
		const output = one.result === 'done' || one.result === 'planned' ? 0 : 1;
		return { ok: true, idle: one.result !== 'done', records: [{ json: { reclaim: shown(plan, one, known) }, output }] };
	});
}

function shown({ request, dryRun, orgName, protection }: ReclaimPlan, one: Result, known: KnownOrg): object {
	return {
		org: orgName.trim() || known.name,
		orgId: known.orgId,
		action: request.act,
		userId: request.userId,
		result: one.result,
		dryRun,
		at: protection.activity.now.toUTC().toISO(),
		...(one.result === 'skipped' ? { reason: one.reason, message: one.message } : {}),
		...(one.result === 'refused' ? why(one.error) : {}),
		// A dry run did nothing that could be undone.
		...('undo' in one && !dryRun ? { undo: one.undo } : {}),
	};
}

function why(error: Error): object {
	const { message, remedy, code } = readable(error);
	return { reason: code, message, remedy };
}
