import { setTimeout as pause } from 'node:timers/promises';

import { DateTime } from 'luxon';

import type { MovePlan, PlannedMove } from './exampleWorkflows';
import type { CaseChange, Planner } from './planner';
import type { Stage } from './stage';
import { table } from './table';

/** What the whole circle takes at the most, with a look for changes every few seconds. */
const MOST_API_CALLS = 40;

/**
 * How long the waiting move waits, in milliseconds, so that it is not due when its plan is pushed. The time is real:
 * n8n's clock decides whether a move is due, and that of the local org, which could be moved, has no say in it.
 */
const WAITS_FOR = 12_000;

/** Milliseconds until the planner must have been told of a change: the trigger polls once a minute where it hears nothing. */
const TOLD_WITHIN = 90_000;

interface KnownCase {
	id: string;
	number?: string;
	result: string;
}

interface MoveItem {
	moveId: string;
	case: KnownCase;
}

interface PushAnswer<NotDue = MoveItem[]> {
	pushed: MoveItem[];
	notDue: NotDue;
	failed: Array<{ moveId: string; error: string }>;
}

/** What is not due is only counted. */
type WaitingAnswer = PushAnswer<number>;

type FoundCase = Record<'Id' | 'CaseNumber' | 'Subject' | 'Status', string>;

/** What it came to. */
export interface Numbers {
	pushed: number;
	notDue: number;
	cases: number;
	/** Waiting moves that were pushed when their time had come. */
	waiting: number;
	/** Closed Cases that were left alone, and of which the planner was told. */
	closed: number;
	/** Moves that the nightly run found to differ, and repaired. */
	reconciled: number;
	undone: number;
	remaining: number;
	apiCalls: number;
}

/**
 * Goes once round the circle of moves through the example workflows: pushes a plan, pushes a waiting move when its time
 * has come, tells the planner of a closed Case, reconciles what differs, and undoes the plan.
 *
 * @param say told what happens, for people
 * @throws Error when any number is not what it should be
 */
export async function moveCircle(stage: Stage, say: (text: string) => void): Promise<Numbers> {
	const { org, n8n, selfStarting } = stage;
	await n8n.api.publish(selfStarting);
	const { plan, waits } = withWaitingMove(stage.plan);
	const isDue = ({ effectiveDate }: PlannedMove) => !effectiveDate || DateTime.fromISO(effectiveDate) <= DateTime.now();
	const due = plan.moves.filter(isDue).length;

	const callsBefore = org.apiCalls;
	say(`\nSending move plan ${plan.movePlanId} to the workflow's webhook …\n`);
	const answer = await push(stage, plan);
	say(moveTable(plan, answer));
	expect('moves pushed', answer.pushed.length, due);
	expect('moves not due', answer.notDue.length, plan.moves.length - due);

	say('\nReading the Cases back with the SOQL node …\n');
	const cases = await readCases(stage);
	say(
		table(
			['Case', 'Subject', 'Status'],
			cases.map((found) => [found.CaseNumber, found.Subject, found.Status]),
		),
	);
	expect('Cases in the org', cases.length, due);

	const waiting = await pushWhatWaits(stage, waits, say);
	const [toClose, changed, stale, missing] = answer.pushed as [MoveItem, MoveItem, MoveItem, MoveItem];
	const closed = await closeOne(stage, plan, toClose.case, say);
	const reconciled = await reconcile(stage, plan, [changed, stale, missing], say);

	say('\nUndoing the plan through its workflow …');
	const before = (await readCases(stage)).length;
	const undo = await stage.n8n.api.webhook<{ cases: Array<{ result: string }>; waiting: number }>('undo-move-plan', {
		movePlanId: plan.movePlanId,
	});
	const undone = undo.cases.filter(({ result }) => result === 'deleted').length;
	expect('moves undone', undone, before);
	expect('moves that wait no longer', undo.waiting, answer.notDue.length - waiting);
	const remaining = (await readCases(stage)).length;
	expect('Cases left', remaining, 0);

	const apiCalls = org.apiCalls - callsBefore;
	const { refused } = org;
	if (refused.length > 0) throw new Error(`The local org does not know what was asked of it: ${refused.join('; ')}`);
	if (apiCalls > MOST_API_CALLS) throw new Error(`All this took ${apiCalls} API calls; ${MOST_API_CALLS} are allowed.`);
	say(`  ${undone} Cases deleted, ${remaining} left, ${undo.waiting} moves no longer wait.`);
	say(`\nAll this took ${apiCalls} API calls.`);
	return {
		pushed: answer.pushed.length,
		notDue: answer.notDue.length,
		cases: cases.length,
		waiting,
		closed,
		reconciled,
		undone,
		remaining,
		apiCalls,
	};
}

/** The plan with one of its later moves so near that somebody who watches sees its time come. */
function withWaitingMove(plan: MovePlan): { plan: MovePlan; waits: PlannedMove } {
	const now = DateTime.now();
	const later = plan.moves.find(({ effectiveDate }) => effectiveDate && DateTime.fromISO(effectiveDate) > now);
	if (later === undefined) throw new Error('The sample plan has no move that is not due.');
	const waits = { ...later, effectiveDate: now.plus({ milliseconds: WAITS_FOR }).toISO() };
	return { plan: { ...plan, moves: plan.moves.map((move) => (move === later ? waits : move)) }, waits };
}

async function push({ n8n: { api } }: Stage, plan: MovePlan): Promise<PushAnswer> {
	return withoutFailure(await api.webhook<PushAnswer>('push-move-plan', plan));
}

function withoutFailure<Answer extends Pick<PushAnswer, 'failed'>>(answer: Answer): Answer {
	const [failure] = answer.failed;
	if (failure) throw new Error(`Move ${failure.moveId} was not pushed: ${failure.error}`);
	return answer;
}

/** @returns how many waiting moves were pushed */
async function pushWhatWaits(
	{ n8n: { api } }: Stage,
	{ moveId, effectiveDate = '' }: PlannedMove,
	say: (text: string) => void,
): Promise<number> {
	say(`\nWaiting until the time of move ${moveId} has come …`);
	await pause(Math.max(0, DateTime.fromISO(effectiveDate).toMillis() - Date.now()));
	const { pushed, notDue } = withoutFailure(await api.webhook<WaitingAnswer>('push-waiting-moves', {}));
	for (const { moveId: id, case: made } of pushed) say(`  ${id}: Case ${made.number ?? ''}, ${made.result}.`);
	say(`  ${notDue} moves wait on.`);
	expect('waiting moves pushed', pushed.length, 1);
	return pushed.length;
}

/** @returns how many closed Cases were left alone and told */
async function closeOne(stage: Stage, plan: MovePlan, { id }: KnownCase, say: (text: string) => void): Promise<number> {
	say('\nSomebody closes a Case in Salesforce; the plan is sent again, and the planner is told …');
	stage.org.person().update(id, { Status: 'Closed' });
	const { pushed } = await push(stage, plan);
	const left = pushed.filter((item) => item.case.result === 'closed');
	for (const item of left) say(`  ${item.moveId}: Case ${item.case.number ?? ''} is left closed.`);
	const told = await changesTold(stage.planner, ({ event }) => event === 'closed');
	for (const { moveId, event } of told) say(`  The planner was told: ${moveId} ${event}.`);
	expect('changes told', told.length, 1);
	expect('closed Cases left alone', left.length, 1);
	return left.length;
}

/** The changes of a kind that the planner was told, as soon as there are any. */
async function changesTold({ changes }: Planner, isMeant: (change: CaseChange) => boolean): Promise<CaseChange[]> {
	const deadline = Date.now() + TOLD_WITHIN;
	while (!changes.some(isMeant) && Date.now() < deadline) await pause(200);
	return changes.filter(isMeant);
}

/**
 * Lets the nightly run find a move with another seat, one that the planner takes back, and one whose Case is deleted.
 * @returns how many moves differed and were repaired
 */
async function reconcile(
	{ planner, n8n, mail, org }: Stage,
	plan: MovePlan,
	[changed, stale, missing]: [MoveItem, MoveItem, MoveItem],
	say: (text: string) => void,
): Promise<number> {
	say('\nOne move gets another seat, the planner takes one back, and somebody deletes the Case of a third …');
	planner.moves = plan.moves
		.filter(({ moveId }) => moveId !== stale.moveId)
		.map((move) => ({ ...move, movePlanId: plan.movePlanId }))
		.map((move) => (move.moveId === changed.moveId ? { ...move, newSeat: 'HQ-5-001' } : move));
	org.person().delete(missing.case.id);
	const compare = async () =>
		await n8n.api.webhook<Record<'toPush' | 'toUndo' | 'attention' | 'failed', number>>('reconcile-moves', {});
	const count = await compare();
	expect('moves to push', count.toPush, 2);
	expect('moves to undo', count.toUndo, 1);
	expect('moves that failed', count.failed, 0);
	expect('mails', mail.messages.length, 1);
	say(`  The nightly run pushed ${count.toPush}, undid ${count.toUndo}, and mailed a table of what differed.`);
	const again = await compare();
	expect('moves that still differ', again.toPush + again.toUndo, 0);
	say('  Compared again: nothing is left to push or to undo.');
	return count.toPush + count.toUndo;
}

async function readCases({ n8n: { api } }: Stage): Promise<FoundCase[]> {
	return (await api.webhook<{ cases: FoundCase[] }>('read-cases', {})).cases;
}

function moveTable(plan: MovePlan, answer: PushAnswer): string {
	const outcome = new Map([
		...answer.pushed.map((item) => [item.moveId, `pushed (${item.case.result})`] as const),
		...answer.notDue.map((item) => [item.moveId, 'waits'] as const),
		...answer.failed.map((item) => [item.moveId, 'FAILED'] as const),
	]);
	const caseNumber = new Map(answer.pushed.map((item) => [item.moveId, item.case.number ?? item.case.id]));
	return table(
		['Move', 'Employee', 'From', 'To', 'Date', 'Outcome', 'Case'],
		plan.moves.map((move) => [
			move.moveId,
			move.employeeName,
			move.currentSeat || '-',
			move.newSeat || '-',
			move.effectiveDate ?? 'at once',
			outcome.get(move.moveId) ?? 'LOST',
			caseNumber.get(move.moveId) ?? '',
		]),
	);
}

function expect(what: string, actual: number, expected: number): void {
	if (actual !== expected) throw new Error(`${what}: ${actual}, but there should be ${expected}.`);
}
