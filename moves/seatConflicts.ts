import { append } from '../salesforce/append';
import { givingWay } from '../salesforce/giveWay';
import { listed } from '../salesforce/listed';
import { asSpoken } from './asSeen';
import type { Move } from './move';

/** What may be wrong between a move and others. */
export type WarningKind = 'seatTaken' | 'employeeTwice' | 'otherSeat' | 'openCase' | 'doubled';

/** Something that a person should look at before the move takes place. It stops nothing by itself. */
export interface MoveWarning {
	kind: WarningKind;
	/** One sentence, without a full stop. */
	message: string;
	/** The other moves' IDs, the first few of them. */
	moves?: string[];
	/** IDs of Cases, the first few of them. */
	cases?: string[];
}

/** How many other moves or Cases a warning names; a thousand moves may go into one seat. */
const NAMED = 20;

/** A move and what is known of it only in a run. */
export interface PlacedMove {
	move: Move;
	/** The day on which it takes place, `2026-05-01`; today's for a move that is due at once. */
	day: string;
}

/**
 * Where moves of one run get in each other's way: two into one seat on one day, one employee twice on one day, and a
 * current seat that is not the new seat of the employee's move before. Seats and names are compared as people say them.
 * It gives way to others, since there may be a hundred thousand moves.
 *
 * @returns by the moves' places in the list; those without a warning have no entry
 */
export async function seatConflicts(moves: readonly PlacedMove[]): Promise<Map<number, MoveWarning[]>> {
	const giveWay = givingWay();
	const warnings = new Map<number, MoveWarning[]>();
	const warnEach = async (places: readonly number[], kind: WarningKind, words: string): Promise<void> => {
		if (places.length < 2) return;
		// One more than are named, since a move is not among its own others.
		const first = places.slice(0, NAMED + 1);
		for (const place of places) {
			await giveWay();
			const ids = first.filter((other) => other !== place).map((other) => moves[other]?.move.moveId ?? '');
			const named = ids.slice(0, NAMED);
			const more = places.length - 1 - named.length;
			append(warnings, place, { kind, message: `${words}: ${listed(named, more)}`, moves: named });
		}
	};

	const bySeat = await grouped(moves, ({ move, day }) => keyOf(day, move.newSeat), giveWay);
	for (const places of bySeat.values()) {
		await giveWay();
		await warnEach(places, 'seatTaken', 'Another move goes into the same seat on the same day');
	}
	const byEmployee = await grouped(moves, ({ move }) => employee(move), giveWay);
	for (const places of byEmployee.values()) {
		await giveWay();
		// Most employees move once.
		if (places.length < 2) continue;
		const days = await grouped(places, (place) => moves[place]?.day, giveWay);
		for (const sameDay of days.values()) {
			const own = sameDay.map((index) => places[index] as number);
			await warnEach(own, 'employeeTwice', 'The employee moves more than once on this day');
		}
		const inOrder = [...days.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, same]) => same);
		for (const [index, same] of inOrder.entries()) {
			const before = inOrder[index - 1];
			// Of two moves on one day it cannot be told which is the later.
			if (same.length > 1 || before?.length !== 1) continue;
			const place = places[same[0] as number] as number;
			const last = moves[places[before[0] as number] as number] as PlacedMove;
			if (!leavesAnotherSeat(last.move, (moves[place] as PlacedMove).move)) continue;
			append(warnings, place, {
				kind: 'otherSeat',
				message: `Current Seat is not the New Seat of the employee's previous move, ${last.move.moveId}`,
				moves: [last.move.moveId],
			});
		}
	}
	return warnings;
}

/** Whether a move begins elsewhere than the one before has ended. A planner need not say where a move begins. */
function leavesAnotherSeat(before: Move, after: Move): boolean {
	const current = asSpoken(after.currentSeat);
	return current !== '' && current !== asSpoken(before.newSeat);
}

/** Who moves: by the employee's ID, or by name where there is none; undefined where nobody is named. */
function employee({ employeeId, employeeName }: Move): string | undefined {
	const id = asSpoken(employeeId);
	return id === '' ? keyOf('name', employeeName) : keyOf('id', id);
}

function keyOf(first: string, text: string): string | undefined {
	const spoken = asSpoken(text);
	return spoken === '' ? undefined : `${first} ${spoken}`;
}

/** Places of a list by a key; what has no key is left out. */
async function grouped<T>(
	list: readonly T[],
	key: (member: T) => string | undefined,
	giveWay: () => Promise<void> | undefined,
): Promise<Map<string, number[]>> {
	const groups = new Map<string, number[]>();
	for (const [place, member] of list.entries()) {
		await giveWay();
		const name = key(member);
		if (name !== undefined) append(groups, name, place);
	}
	return groups;
}

/** An open Case of the org and the seat that it is for. */
export interface OpenCase {
	id: string;
	externalId: string;
	newSeat: string;
}

/**
 * Where moves go into a seat that an open Case of another move is for. A Case does not tell its day, so all are told.
 *
 * @param own external IDs of the run's own moves, whose Cases do not count
 * @returns by the moves' places in the list
 */
export async function openCaseConflicts(
	moves: readonly PlacedMove[],
	openCases: readonly OpenCase[],
	own: ReadonlySet<string>,
): Promise<Map<number, MoveWarning>> {
	const giveWay = givingWay();
	const others = openCases.filter(({ externalId }) => !own.has(externalId));
	const bySeat = await grouped(others, ({ newSeat }) => keyOf('', newSeat), giveWay);
	const warnings = new Map<number, MoveWarning>();
	for (const [place, { move }] of moves.entries()) {
		await giveWay();
		const found = bySeat.get(keyOf('', move.newSeat) ?? '') ?? [];
		if (found.length === 0) continue;
		const cases = found.slice(0, NAMED).map((index) => others[index]?.id ?? '');
		const message = `An open Case sends another move into the same seat: ${listed(cases, found.length - cases.length)}`;
		warnings.set(place, { kind: 'openCase', message, cases });
	}
	return warnings;
}
