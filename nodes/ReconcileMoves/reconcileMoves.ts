import type { IDataObject } from 'n8n-workflow';

import { planPrefix } from '../../moves/externalId';
import { CaseMaker } from '../../moves/org/caseMaker';
import { orgNames } from '../../moves/org/orgNames';
import { reconcileMoves as compare } from '../../moves/org/reconcile';
import type { Reconciled, Reconciliation } from '../../moves/org/reconcile';
import type { ReconcileWay } from '../../moves/reconcile';
import { seatConflicts } from '../../moves/seatConflicts';
import type { MoveWarning } from '../../moves/seatConflicts';
import { inTurns } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import type { Action, Outcome, OutcomeRecord } from '../shared/action';
import { namesOfRun } from '../shared/caseFieldNames';
import { fewestCalls } from '../shared/fields';
import type { ReadMove } from '../shared/moveFields';
import { repeatedMoves } from '../shared/repeatedMoves';
import { readPlan } from './parameters';
import type { ComparePlan } from './parameters';

/** The outputs, in their order. */
export const OUTPUTS: Record<ReconcileWay, string> = {
	inStep: 'In Step',
	toPush: 'To Push',
	toUndo: 'To Undo',
	attention: 'Attention',
};

const outputOf = (way: ReconcileWay): number => Object.keys(OUTPUTS).indexOf(way);

/** Compares moves as they should be with the Cases of their plans. Writes nothing. */
export const reconcileMoves: Action<ComparePlan> = {
	outputs: Object.keys(OUTPUTS).length,
	failedOutput: outputOf('attention'),
	extendsItem: true,
	readsOnly: true,
	done: 'compared',

	plan: readPlan,

	async conflicts(plans) {
		return await repeatedMoves(plans, ({ read }) => read?.externalId);
	},

	async check(org, plans) {
		const moves = movesOf(plans);
		const errors = await CaseMaker.check(org, moves, await orgNames(org, namesOfRun(plans)));
		let next = 0;
		return plans.map(({ read }) => (read === undefined ? undefined : errors[next++]));
	},

	async run(org, plans, items) {
		const moves = movesOf(plans);
		const warnings = plans[0]?.seatConflicts === 'tell' ? await seatConflicts(moves) : new Map<number, MoveWarning[]>();
		const found = await compare(
			org,
			moves.map((move, place) => ({ ...move, isInConflict: warnings.has(place) })),
			await CaseMaker.for(org, moves, await orgNames(org, namesOfRun(plans))),
			{
				emptyPlans: plans.flatMap(({ emptyPlans }) => emptyPlans),
				// The Case of a move that could not be read would look as if it had none.
				isComplete: plans.length === items,
				history: plans.every(({ history }) => history),
				parallel: fewestCalls(plans),
			},
		);
		let next = 0;
		return await inTurns(plans, async (plan): Promise<Outcome> => {
			const place = plan.read === undefined ? undefined : next++;
			const own = place === undefined ? [] : await recordsOf(org, place, found, warnings.get(place) ?? []);
			return { ok: true, idle: true, records: [...own, ...(await strayRecords(org, plan, found))] };
		});
	},
};

function movesOf(plans: readonly ComparePlan[]): ReadMove[] {
	return plans.flatMap(({ read }) => (read === undefined ? [] : [read]));
}

/** The items of a move: its own, and one for each further Case. */
async function recordsOf(
	org: Org,
	place: number,
	{ moves, duplicates }: Reconciliation,
	warnings: readonly MoveWarning[],
): Promise<OutcomeRecord[]> {
	const own = moves[place] as Reconciled;
	const json = { reconcile: await shown(org, own, warnings) };
	const others = (duplicates.get(place) ?? []).map(async (one) => await recordOfCase(org, one));
	return [{ json, output: outputOf(own.way) }, ...(await Promise.all(others))];
}

/** Items for the Cases without a move, of the plans that no earlier item names. */
async function strayRecords(
	org: Org,
	{ read, emptyPlans }: ComparePlan,
	{ strays }: Reconciliation,
): Promise<OutcomeRecord[]> {
	const records: OutcomeRecord[] = [];
	for (const prefix of [...(read === undefined ? [] : [planPrefix(read.move.movePlanId)]), ...emptyPlans]) {
		for (const stray of strays.get(prefix) ?? []) records.push(await recordOfCase(org, stray));
		strays.delete(prefix);
	}
	return records;
}

/** An item of a Case that is not of an input item; its IDs stand where Salesforce Undo Move reads them. */
async function recordOfCase(org: Org, one: Reconciled): Promise<OutcomeRecord> {
	const json = { ...one.name, reconcile: await shown(org, one, []) };
	return { json, output: outputOf(one.way), ownItem: true };
}

/** What an item says of how it stands. */
async function shown(
	org: Org,
	{ state, externalId, differences, case: found }: Reconciled,
	warnings: readonly MoveWarning[],
): Promise<IDataObject> {
	const json: object = {
		state,
		externalId,
		differences,
		...(found === undefined ? {} : { case: { ...found, link: await org.recordLink('Case', found.id) } }),
		...(warnings.length > 0 ? { warnings } : {}),
	};
	return json as IDataObject;
}
