import type { IDataObject } from 'n8n-workflow';

import { EXTERNAL_ID_FIELD, externalId, planPrefix } from '../../moves/externalId';
import { findMoveCases, withFieldsExplained } from '../../moves/org/moveCases';
import type { FoundCase } from '../../moves/org/moveCases';
import type { OrgError } from '../../salesforce/errors';
import { InputError } from '../../salesforce/inputError';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import { queryRecords } from '../../salesforce/query';
import { deleteRecords, updateRecords } from '../../salesforce/records';
import type { SaveResult } from '../../salesforce/records';
import { likePattern } from '../../salesforce/soql';
import type { Action, Outcome } from '../shared/action';
import { fewestCalls, moveIdField, movePlanIdField, parallelCalls } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { methodField, METHODS, optionsField, statusField, TARGETS, undoField } from './parameters';

/** What to undo for one item: one move's external ID, or the prefix of a whole plan. */
export interface UndoPlan {
	target: { externalId: string } | { planPrefix: string };
	/** The status that Cases get; undefined when they are deleted. */
	status?: string;
	parallelCalls: number;
}

type UndoResult = 'deleted' | 'closed' | 'alreadyUndone';

/** Deletes or closes the Cases of moves. No other Case is touched, and none twice. */
export const undoMove: Action<UndoPlan> = {
	outputs: 1,
	extendsItem: true,
	done: 'undone',

	plan(input: ItemInput): UndoPlan {
		return {
			target: readTarget(input),
			...(input.oneOf(methodField, METHODS) === 'close' ? { status: input.requiredText(statusField).trim() } : {}),
			parallelCalls: parallelCalls(input.collection(optionsField)),
		};
	},

	async run(org, plans) {
		await checkStatuses(org, plans);
		const found = await findCases(org, plans);
		const results = await undoAll(org, plans, found);
		return plans.map((plan, index) => outcome(plan, found[index] ?? [], results));
	},
};

function readTarget(input: ItemInput): UndoPlan['target'] {
	if (input.oneOf(undoField, TARGETS) === 'plan') {
		return { planPrefix: planPrefix(input.requiredText(movePlanIdField)) };
	}
	return {
		externalId: externalId(input.text(movePlanIdField), input.requiredText(moveIdField)),
	};
}

/** Salesforce takes any text for a status through its API, so a misspelt one would leave Cases open without a word. */
async function checkStatuses(org: Org, plans: readonly UndoPlan[]): Promise<void> {
	const wanted = [...new Set(plans.flatMap(({ status }) => (status === undefined ? [] : [status])))];
	if (wanted.length === 0) return;
	const statuses = await queryRecords(org, 'SELECT MasterLabel FROM CaseStatus WHERE IsClosed = true');
	const closed = statuses.map(({ MasterLabel }) => String(MasterLabel));
	if (wanted.every((status) => closed.includes(status))) return;
	throw new InputError(
		'Status is not one of the closed statuses of Case in this org',
		`Choose one of: ${closed.join(', ')}.`,
	);
}

/** The Cases of each plan, in the plans' order. */
async function findCases(org: Org, plans: readonly UndoPlan[]): Promise<FoundCase[][]> {
	const ids = plans.flatMap(({ target }) => ('externalId' in target ? [target.externalId] : []));
	const byId = await findMoveCases(org, ids, ['Status', 'CaseNumber']);
	const byPrefix = new Map<string, FoundCase[]>();
	for (const { target } of plans) {
		if ('externalId' in target || byPrefix.has(target.planPrefix)) continue;
		byPrefix.set(target.planPrefix, await findPlanCases(org, target.planPrefix));
	}
	return plans.map(
		({ target }) => ('externalId' in target ? byId.get(target.externalId) : byPrefix.get(target.planPrefix)) ?? [],
	);
}

async function findPlanCases(org: Org, prefix: string): Promise<FoundCase[]> {
	const soql = `SELECT Id, ${EXTERNAL_ID_FIELD}, Status, CaseNumber FROM Case WHERE ${EXTERNAL_ID_FIELD} LIKE ${likePattern(prefix, 'startsWith')}`;
	const cases = (await withFieldsExplained(queryRecords(org, soql))) as FoundCase[];
	// LIKE compares without regard to case; only what begins with the prefix to the letter is of this plan.
	return cases.filter((found) => found.ExternalID__c.startsWith(prefix));
}

/** Undoes every Case once, even where several items name it; results by Case ID. */
async function undoAll(
	org: Org,
	plans: readonly UndoPlan[],
	found: FoundCase[][],
): Promise<Map<string, SaveResult | 'alreadyUndone'>> {
	const results = new Map<string, SaveResult | 'alreadyUndone'>();
	const toDelete: string[] = [];
	const toClose: Array<{ id: string; Status: string }> = [];
	plans.forEach(({ status }, index) => {
		for (const { Id, Status } of found[index] ?? []) {
			if (results.has(Id)) continue;
			results.set(Id, 'alreadyUndone');
			if (status === undefined) toDelete.push(Id);
			else if (Status !== status) toClose.push({ id: Id, Status: status });
		}
	});
	const options = { parallel: fewestCalls(plans), assignmentRules: false };
	const deleted = await deleteRecords(org, toDelete, options);
	const closed = await updateRecords(org, 'Case', toClose, options);
	toDelete.forEach((id, index) => note(results, id, deleted[index]));
	toClose.forEach(({ id }, index) => note(results, id, closed[index]));
	return results;
}

function note(results: Map<string, SaveResult | 'alreadyUndone'>, id: string, result: SaveResult | undefined): void {
	if (result === undefined) return;
	// Somebody deleted it between the query and the call: what was asked for is so.
	const gone = !result.ok && result.error.code === 'ENTITY_IS_DELETED';
	results.set(id, gone ? 'alreadyUndone' : result);
}

function outcome(plan: UndoPlan, cases: FoundCase[], results: Map<string, SaveResult | 'alreadyUndone'>): Outcome {
	const target = 'externalId' in plan.target ? { externalId: plan.target.externalId } : {};
	if (cases.length === 0)
		return { ok: true, idle: true, records: [{ json: { case: { ...target, result: 'alreadyUndone' } } }] };
	const undone: IDataObject[] = [];
	const failed: Array<{ id: string; error: OrgError }> = [];
	for (const { Id, ExternalID__c, CaseNumber } of cases) {
		const result = results.get(Id);
		if (typeof result === 'object' && !result.ok) {
			failed.push({ id: Id, error: result.error });
			continue;
		}
		const done: UndoResult =
			typeof result === 'object' ? (plan.status === undefined ? 'deleted' : 'closed') : 'alreadyUndone';
		undone.push({ id: Id, number: CaseNumber as string, externalId: ExternalID__c, result: done });
	}
	const [first] = failed;
	const idle = undone.every(({ result }) => result === 'alreadyUndone');
	if (first !== undefined) {
		return {
			ok: false,
			partlyDone: !idle,
			error: partly(
				first.error,
				failed.map(({ id }) => id),
				undone.length,
				plan.status,
			),
		};
	}
	// A plan of a thousand moves may have come as one item, which is not to be repeated a thousand times.
	const ownItem = 'planPrefix' in plan.target;
	return { ok: true, idle, records: undone.map((done) => ({ json: { case: done }, ownItem })) };
}

/** For a plan of several Cases: what was undone before, or beside, what was refused. */
function partly(error: OrgError, failed: string[], undone: number, status: string | undefined): OrgError {
	const all = failed.length + undone;
	const counts = all === 1 ? '' : ` ${undone} of ${all} Cases were undone; not undone: ${listed(failed)}.`;
	const remedy =
		status === undefined && error.lacksRight
			? 'Give the API user the right to delete Cases (Modify All, where it does not own them), or set Method to Close Cases.'
			: `${error.remedy} Undoing again is safe: what is gone counts as undone.`;
	return error.with({ message: `${error.message}.${counts}`, remedy: remedy.trim() });
}
