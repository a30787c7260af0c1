import type { OrgError } from '../../salesforce/errors';
import { givingWay, inTurns } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import { queryAtOnce } from '../../salesforce/query';
import { carriersOf, deleteRecords, plannedWrites, RECORDS_PER_CALL, updateRecords } from '../../salesforce/records';
import type { PlannedCall, SaveResult } from '../../salesforce/records';
import { batches } from '../../salesforce/batches';
import { listLiteral, textLiteral } from '../../salesforce/soql';
import { CaseStatuses } from './caseStatuses';
import { findCasesToUndo } from './findToUndo';
import type { CaseToUndo, UndoRules, UndoTarget } from './findToUndo';

/** What became of a Case, or would become of it. */
export type Undone =
	| { result: 'deleted' | 'closed'; at?: Date }
	| { result: 'alreadyUndone' }
	| { would: 'delete' | 'close'; call: PlannedCall }
	| { error: OrgError };

/** A Case and what became of it. */
export type UndoneCase = Pick<CaseToUndo, 'id' | 'number' | 'externalId' | 'held'> & {
	undone: Undone;
	/** The status that it gets; undefined where it is deleted. */
	status?: string;
};

/** What became of one target. */
export type UndoOutcome =
	| { cases: UndoneCase[] }
	/** It has no Case: its Cases lie in the recycle bin, or there never was one that the API user can see. */
	| { none: 'alreadyUndone' | 'notFound' };

/**
 * Deletes or closes the Cases of moves or plans. No other Case is touched, and none twice; a Case that several targets
 * name is undone as the first of them says.
 *
 * @returns for each target its Cases, in their order. Where several targets name one plan, only the first has its Cases.
 * @throws OrgError; InputError when a status is not one of the org's closed ones, before anything is written
 */
export async function undoMoves(org: Org, targets: readonly UndoTarget[], rules: UndoRules): Promise<UndoOutcome[]> {
	const statuses = await closedStatuses(org, targets);
	const found = await findCasesToUndo(org, targets, rules);
	const giveWay = givingWay();
	const tasks = new Map<string, Task>();
	for (const [index, { status }] of targets.entries()) {
		await giveWay();
		const { cases } = found[index] ?? { cases: [] };
		for (const one of cases) {
			if (!tasks.has(one.id)) tasks.set(one.id, taskFor(one, status === undefined ? undefined : statuses.get(status)));
		}
	}
	const undone = rules.dryRun ? await planned(tasks, rules) : await carryOut(org, tasks, rules);
	return await inTurns(found, ({ cases, none }) =>
		cases.length === 0 && none !== undefined ? { none } : { cases: cases.map(undoneCase) },
	);

	function undoneCase({ id, number, externalId, held }: CaseToUndo): UndoneCase {
		const task = tasks.get(id);
		const status = task === undefined || task === 'nothing' ? undefined : task.status;
		return { id, number, externalId, held, status, undone: undone.get(id) as Undone };
	}
}

/** What is to be done with a Case; nothing where it has the status already. */
type Task = { id: string; status?: string } | 'nothing';

function taskFor({ id, status: held }: CaseToUndo, status: string | undefined): Task {
	if (status === undefined) return { id };
	return held === status ? 'nothing' : { id, status };
}

/** The values of the statuses that targets name. */
async function closedStatuses(org: Org, targets: readonly UndoTarget[]): Promise<Map<string, string>> {
	const named = new Set(targets.flatMap(({ status }) => (status === undefined ? [] : [status])));
	if (named.size === 0) return new Map();
	const statuses = await CaseStatuses.of(org);
	return new Map([...named].map((name) => [name, statuses.closed(name, 'Status')]));
}

async function toWrite(tasks: ReadonlyMap<string, Task>): Promise<{
	toDelete: string[];
	toClose: Array<{ id: string; Status: string }>;
}> {
	const toDelete: string[] = [];
	const toClose: Array<{ id: string; Status: string }> = [];
	const giveWay = givingWay();
	for (const task of tasks.values()) {
		await giveWay();
		if (task === 'nothing') continue;
		if (task.status === undefined) toDelete.push(task.id);
		else toClose.push({ id: task.id, Status: task.status });
	}
	return { toDelete, toClose };
}

async function planned(tasks: ReadonlyMap<string, Task>, rules: UndoRules): Promise<Map<string, Undone>> {
	const { toDelete, toClose } = await toWrite(tasks);
	const calls = [...plannedWrites('DELETE', toDelete.length, rules), ...plannedWrites('PATCH', toClose.length, rules)];
	const carriers = carriersOf(calls);
	const undone = new Map<string, Undone>();
	for (const id of tasks.keys()) undone.set(id, { result: 'alreadyUndone' });
	toDelete.forEach((id, index) => undone.set(id, { would: 'delete', call: carriers[index] as PlannedCall }));
	toClose.forEach(({ id }, index) => {
		undone.set(id, { would: 'close', call: carriers[toDelete.length + index] as PlannedCall });
	});
	return undone;
}

async function carryOut(org: Org, tasks: ReadonlyMap<string, Task>, rules: UndoRules): Promise<Map<string, Undone>> {
	const undone = new Map<string, Undone>();
	const giveWay = givingWay();
	for (const [id, task] of tasks) {
		await giveWay();
		if (task === 'nothing') undone.set(id, { result: 'alreadyUndone' });
	}
	await write(org, tasks, rules, undone);
	const open = await lookUp(org, tasks, undone);
	// What a large call did not get done, smaller ones may: to delete or close a Case again does no harm.
	if (rules.together && open.size > 0) {
		await write(org, open, { ...rules, together: false }, undone);
		await lookUp(org, open, undone);
	}
	return undone;
}

async function write(
	org: Org,
	tasks: ReadonlyMap<string, Task>,
	rules: UndoRules,
	undone: Map<string, Undone>,
): Promise<void> {
	const { toDelete, toClose } = await toWrite(tasks);
	const options = { ...rules, assignmentRules: false };
	const deleted = await deleteRecords(org, toDelete, options);
	const closed = await updateRecords(org, 'Case', toClose, options);
	const giveWay = givingWay();
	for (const [index, id] of toDelete.entries()) {
		await giveWay();
		undone.set(id, written(deleted[index] as SaveResult, 'deleted'));
	}
	for (const [index, { id }] of toClose.entries()) {
		await giveWay();
		undone.set(id, written(closed[index] as SaveResult, 'closed'));
	}
}

function written(result: SaveResult, done: 'deleted' | 'closed'): Undone {
	if (result.ok) return { result: done, ...(result.at === undefined ? {} : { at: result.at }) };
	// Somebody deleted it between the query and the call: what was asked for is so.
	return result.error.isGone ? { result: 'alreadyUndone' } : { error: result.error };
}

/**
 * Looks at the Cases of which it is not known what became.
 * @returns the tasks of those that are as they were
 */
async function lookUp(
	org: Org,
	tasks: ReadonlyMap<string, Task>,
	undone: Map<string, Undone>,
): Promise<Map<string, Task>> {
	const inDoubt: string[] = [];
	const giveWay = givingWay();
	for (const [id, one] of undone) {
		await giveWay();
		if ('error' in one && one.error.inDoubt) inDoubt.push(id);
	}
	const queries = batches(inDoubt, RECORDS_PER_CALL).map((ids) => ({
		soql: `SELECT Id, IsDeleted, Status FROM Case WHERE Id IN ${listLiteral(ids.map(textLiteral))}`,
		includeDeleted: true,
	}));
	// That they cannot be read now leaves them in doubt.
	const held = (await queryAtOnce(org, queries).catch(() => [])).flat();
	const open = new Map<string, Task>();
	for (const { Id, IsDeleted, Status } of held) {
		const task = tasks.get(String(Id));
		if (task === undefined || task === 'nothing') continue;
		if (IsDeleted === true) undone.set(task.id, { result: task.status === undefined ? 'deleted' : 'alreadyUndone' });
		else if (task.status !== undefined && Status === task.status) undone.set(task.id, { result: 'closed' });
		else open.set(task.id, task);
	}
	return open;
}
