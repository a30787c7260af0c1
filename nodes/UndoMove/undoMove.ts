import type { IDataObject } from 'n8n-workflow';

import { orgNames } from '../../moves/org/orgNames';
import { undoMoves } from '../../moves/org/undo';
import type { UndoneCase, UndoOutcome } from '../../moves/org/undo';
import type { OrgError } from '../../salesforce/errors';
import { inTurns } from '../../salesforce/giveWay';
import { listed } from '../../salesforce/listed';
import type { Action, Outcome } from '../shared/action';
import { namesOfRun } from '../shared/caseFieldNames';
import { fewestCalls } from '../shared/fields';
import { undoOf, undoOfAll } from '../shared/undoRecord';
import { Keeper } from './kept';
import { readPlan } from './parameters';
import type { UndoPlan } from './parameters';

/** Deletes or closes the Cases of moves. No other Case is touched, and none twice. */
export const undoMove: Action<UndoPlan> = {
	outputs: 1,
	extendsItem: true,
	done: 'undone',

	plan: readPlan,

	async run(org, plans) {
		const dryRun = plans.some((plan) => plan.dryRun);
		const keep = dryRun ? undefined : plans[0]?.keep;
		const isDeleting = plans.some(({ status }) => status === undefined);
		const keeper = keep === undefined ? undefined : await Keeper.for(org, isDeleting, keep);
		const undone = await undoMoves(org, plans, {
			names: await orgNames(org, namesOfRun(plans)),
			parallel: fewestCalls(plans),
			together: plans.every(({ together }) => together),
			dryRun,
			keep: keeper?.fields,
		});
		return await inTurns(plans, async (plan, index) => await outcome(plan, undone[index] as UndoOutcome, keeper));
	},
};

async function outcome(plan: UndoPlan, undone: UndoOutcome, keeper: Keeper | undefined): Promise<Outcome> {
	if ('none' in undone) {
		const target = 'externalId' in plan.of ? { externalId: plan.of.externalId } : {};
		return { ok: true, idle: true, records: [{ json: { case: { ...target, result: undone.none } } }] };
	}
	const { cases } = undone;
	const isIdle = cases.every(({ undone: one }) => !('result' in one) || one.result === 'alreadyUndone');
	const changes = await inTurns(cases, (one) => keeper?.changeOf(one));
	const failed = cases.flatMap(({ id, undone: one }) => ('error' in one ? [{ id, error: one.error }] : []));
	const [first] = failed;
	if (first !== undefined) {
		const error = partly(first.error, failed, cases.length, plan.status);
		return { ok: false, partlyDone: !isIdle, error, ...undoOfAll(changes.filter((change) => change !== undefined)) };
	}
	// A plan of a thousand moves may have come as one item, which is not to be repeated a thousand times.
	const ownItem = 'planPrefix' in plan.of;
	const records = cases.map((one, index) => ({ json: { case: shown(one), ...undoOf(changes[index]) }, ownItem }));
	return { ok: true, idle: isIdle, records };
}

/** What an item says of a Case. */
function shown({ id, number, externalId, undone }: UndoneCase): IDataObject {
	const base = { id, number, externalId };
	if ('would' in undone) return { ...base, result: 'notSent', would: undone.would, call: { ...undone.call } };
	return 'result' in undone ? { ...base, result: undone.result } : base;
}

/** For a plan of several Cases: what was undone before, or beside, what was refused, and what is in doubt. */
function partly(
	error: OrgError,
	failed: ReadonlyArray<{ id: string; error: OrgError }>,
	all: number,
	status: string | undefined,
): OrgError {
	const ids = (isInDoubt: boolean): string[] =>
		failed.filter((one) => one.error.inDoubt === isInDoubt).map(({ id }) => id);
	const counted = [
		`${all - failed.length} of ${all} Cases were undone`,
		...(ids(false).length > 0 ? [`not undone: ${listed(ids(false))}`] : []),
		...(ids(true).length > 0 ? [`perhaps undone: ${listed(ids(true))}`] : []),
	];
	const message = all === 1 ? error.message : `${withoutStop(error.message)}. ${counted.join('; ')}.`;
	const remedy =
		status === undefined && error.lacksRight
			? 'Give the API user the right to delete Cases (Modify All, where it does not own them), or set Method to Close Cases.'
			: `${error.remedy} Undoing again is safe: what is gone counts as undone.`;
	return error.with({ message, remedy: remedy.trim(), ...(error.inDoubt ? { repeatSafe: true } : {}) });
}

function withoutStop(sentence: string): string {
	return sentence.replace(/\.$/, '');
}
