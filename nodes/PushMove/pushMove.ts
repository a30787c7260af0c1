import type { IDataObject } from 'n8n-workflow';

import { CaseMaker } from '../../moves/org/caseMaker';
import { findOpenCases } from '../../moves/org/openCases';
import { orgNames } from '../../moves/org/orgNames';
import { pushMoves } from '../../moves/org/push';
import type { Pushed } from '../../moves/org/pushed';
import { openCaseConflicts, seatConflicts } from '../../moves/seatConflicts';
import type { MoveWarning } from '../../moves/seatConflicts';
import { append } from '../../salesforce/append';
import { inTurns } from '../../salesforce/giveWay';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import type { Action, Outcome } from '../shared/action';
import { fewestCalls } from '../shared/fields';
import { repeatedMoves } from '../shared/repeatedMoves';
import { undoOf } from '../shared/undoRecord';
import { Keeper } from './kept';
import { readPlan } from './parameters';
import type { PushPlan, RunRules } from './parameters';

/** Saves the moves that are due as Cases, one each however often it runs, and passes on the others. */
export const pushMove: Action<PushPlan> = {
	outputs: 2,
	extendsItem: true,
	done: 'pushed',

	plan: readPlan,

	async conflicts(plans) {
		const errors = await repeatedMoves(plans, ({ externalId }) => externalId);
		if (rulesOfRun(plans).seatConflicts !== 'fail') return errors;
		const conflicts = await seatConflicts(plans);
		return await inTurns(errors, (error, place) => error ?? conflictError(conflicts.get(place)?.[0]));
	},

	async check(org, plans) {
		const { names, seatConflicts: whenInConflict } = rulesOfRun(plans);
		const errors = await CaseMaker.check(org, plans, await orgNames(org, names));
		if (whenInConflict !== 'fail') return errors;
		const conflicts = await conflictsWithOrg(org, plans);
		return await inTurns(plans, (_plan, place) => errors[place] ?? conflictError(conflicts.get(place)));
	},

	async run(org, plans) {
		const rules = rulesOfRun(plans);
		const warnings = rules.seatConflicts === 'tell' ? await allWarnings(org, plans) : new Map<number, MoveWarning[]>();
		const due = plans.filter(({ isDue }) => isDue);
		const maker = await CaseMaker.for(org, due, await orgNames(org, rules.names));
		const undo = rules.dryRun || due.length === 0 ? undefined : rules.undo;
		const keeper = undo === undefined ? undefined : new Keeper(org, maker, undo);
		const pushed = await pushMoves(org, due, maker, { ...rules, keeps: keeper?.prepare.bind(keeper) });
		const linkOf = due.length === 0 ? undefined : await org.recordLinks('Case');
		let next = 0;
		return await inTurns(plans, (plan, place): Outcome => {
			const own = warnings.get(place) ?? [];
			if (linkOf === undefined || !plan.isDue) return notDue(plan, own);
			return outcome(plan, pushed[next++] as Pushed, { warnings: own, keeper, linkOf });
		});
	},
};

/** The panel takes no expressions for these options but the number of calls, of which the lowest counts. */
function rulesOfRun(plans: readonly PushPlan[]): RunRules {
	const [first] = plans;
	const parallel = fewestCalls(plans.map(({ rules }) => ({ parallelCalls: rules.parallel })));
	return { ...(first as PushPlan).rules, parallel, dryRun: plans.some(({ rules }) => rules.dryRun) };
}

async function allWarnings(org: Org, plans: readonly PushPlan[]): Promise<Map<number, MoveWarning[]>> {
	const warnings = await seatConflicts(plans);
	for (const [place, warning] of await conflictsWithOrg(org, plans)) append(warnings, place, warning);
	return warnings;
}

async function conflictsWithOrg(org: Org, plans: readonly PushPlan[]): Promise<Map<number, MoveWarning>> {
	const { openCases, parallel, names } = rulesOfRun(plans);
	if (!openCases) return new Map();
	const seats = plans.map(({ move }) => move.newSeat);
	const found = await findOpenCases(org, seats, { names: await orgNames(org, names), parallel });
	return await openCaseConflicts(plans, found, new Set(plans.map(({ externalId }) => externalId)));
}

function outcome(
	plan: PushPlan,
	pushed: Pushed,
	{ warnings, keeper, linkOf }: { warnings: readonly MoveWarning[]; keeper?: Keeper; linkOf(id: string): string },
): Outcome {
	const undo = undoOf(keeper?.changeOf(plan, 'wrote' in pushed ? pushed.wrote : undefined));
	if ('error' in pushed) {
		const { error, partlyDone } = pushed;
		return { ok: false, error, partlyDone, ...undo };
	}
	const { externalId, cut } = plan;
	const known = 'case' in pushed ? { ...pushed.case, link: linkOf(pushed.case.id) } : {};
	const all = [...warnings, ...('warnings' in pushed ? (pushed.warnings ?? []) : [])];
	const json: IDataObject = {
		...known,
		externalId,
		...saidOf(pushed),
		...(cut === undefined ? {} : { cut }),
		...(all.length > 0 ? { warnings: all as unknown as IDataObject[] } : {}),
	};
	const isIdle = 'would' in pushed || pushed.result === 'unchanged' || pushed.result === 'closed';
	return { ok: true, idle: isIdle, records: [{ json: { case: json, ...undo } }] };
}

/** What an item says of a Case, beside which it is. */
function saidOf(pushed: Exclude<Pushed, { error: Error }>): IDataObject {
	if ('would' in pushed) {
		const { would, call } = pushed;
		const what = would === 'create' ? { record: pushed.record } : { differences: pushed.differences };
		return { result: 'notSent', would, ...(what as unknown as IDataObject), call: { ...call } };
	}
	if (pushed.result !== 'closed') return { result: pushed.result };
	const { result, status, closedDate, differences } = pushed;
	return {
		result,
		status,
		...(closedDate === undefined ? {} : { closedDate }),
		...(differences.length > 0 ? { differences: differences as unknown as IDataObject[] } : {}),
	};
}

function notDue({ externalId }: PushPlan, warnings: readonly MoveWarning[]): Outcome {
	const json = {
		externalId,
		result: 'notDue',
		...(warnings.length > 0 ? { warnings: [...warnings] as unknown as IDataObject[] } : {}),
	};
	return { ok: true, idle: true, records: [{ json: { case: json }, output: 1 }] };
}

function conflictError(warning: MoveWarning | undefined): InputError | undefined {
	if (warning === undefined) return undefined;
	return new InputError(warning.message, 'Correct the moves in the planner, or set Seat Conflicts to Tell.');
}
