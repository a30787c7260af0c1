import { DateTime } from 'luxon';

import type { MovePlan } from './exampleWorkflows';
import type { Stage } from './stage';
import { table } from './table';

/** Three calls push the plan, one reads it each time, two undo it; one call per move would be more than this. */
const MOST_API_CALLS = 10;

interface MoveItem {
	moveId: string;
	case: { id?: string; number?: string; result: string };
}

interface PushAnswer {
	pushed: MoveItem[];
	notDue: MoveItem[];
	failed: Array<{ moveId: string; error: string }>;
}

/** What it came to. */
export interface Numbers {
	pushed: number;
	notDue: number;
	cases: number;
	undone: number;
	remaining: number;
	apiCalls: number;
}

/**
 * Pushes the sample plan through its workflow, reads the Cases back, and undoes it.
 *
 * @param say told what happens, for people
 * @throws Error when any number is not what it should be
 */
export async function pushReadUndo({ n8n: { api }, org, plan }: Stage, say: (text: string) => void): Promise<Numbers> {
	const due = plan.moves.filter(
		({ effectiveDate }) => !effectiveDate || DateTime.fromISO(effectiveDate) <= DateTime.now(),
	);

	const before = org.apiCalls;
	say(`\nSending move plan ${plan.movePlanId} to the workflow's webhook …\n`);
	const answer = await api.webhook<PushAnswer>('push-move-plan', plan);
	say(moveTable(plan, answer));
	const [failure] = answer.failed;
	if (failure) throw new Error(`Move ${failure.moveId} was not pushed: ${failure.error}`);
	expect('moves pushed', answer.pushed.length, due.length);
	expect('moves not due', answer.notDue.length, plan.moves.length - due.length);

	say('\nReading the Cases back with the SOQL node …\n');
	const cases = await readCases(api);
	say(
		table(
			['Case', 'Subject', 'Status'],
			cases.map((found) => [found.CaseNumber, found.Subject, found.Status]),
		),
	);
	expect('Cases in the org', cases.length, due.length);

	say('\nUndoing the plan through its workflow …');
	const undo = await api.webhook<{ cases: Array<{ result: string }> }>('undo-move-plan', {
		movePlanId: plan.movePlanId,
	});
	const undone = undo.cases.filter(({ result }) => result === 'deleted').length;
	expect('moves undone', undone, due.length);
	const remaining = (await readCases(api)).length;
	expect('Cases left', remaining, 0);

	const apiCalls = org.apiCalls - before;
	const { refused } = org;
	if (refused.length > 0) throw new Error(`The local org does not know what was asked of it: ${refused.join('; ')}`);
	if (apiCalls > MOST_API_CALLS) throw new Error(`All this took ${apiCalls} API calls; ${MOST_API_CALLS} are allowed.`);
	say(`  ${undone} Cases deleted, ${remaining} left. All this took ${apiCalls} API calls.`);
	return {
		pushed: answer.pushed.length,
		notDue: answer.notDue.length,
		cases: cases.length,
		undone,
		remaining,
		apiCalls,
	};
}

async function readCases(
	api: Stage['n8n']['api'],
): Promise<Array<Record<'CaseNumber' | 'Subject' | 'Status', string>>> {
	return (await api.webhook<{ cases: Array<Record<'CaseNumber' | 'Subject' | 'Status', string>> }>('read-cases', {}))
		.cases;
}

function moveTable(plan: MovePlan, answer: PushAnswer): string {
	const outcome = new Map([
		...answer.pushed.map((item) => [item.moveId, `pushed (${item.case.result})`] as const),
		...answer.notDue.map((item) => [item.moveId, 'not due'] as const),
		...answer.failed.map((item) => [item.moveId, 'FAILED'] as const),
	]);
	const caseNumber = new Map(answer.pushed.map((item) => [item.moveId, item.case.number ?? item.case.id ?? '']));
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
