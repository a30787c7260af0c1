import type { Move } from '../../moves/move';
import { openCaseConflicts, seatConflicts } from '../../moves/seatConflicts';
import type { MoveWarning, PlacedMove } from '../../moves/seatConflicts';

const NOTHING = { movePlanId: 'p', department: '', team: '', employeeAssets: '', employeeNotes: '' };

const placed = (moveId: string, day: string, more: Partial<Move> = {}): PlacedMove => ({
	move: { ...NOTHING, moveId, employeeId: '', employeeName: '', currentSeat: '', newSeat: '', ...more },
	day,
});
const to = (moveId: string, newSeat: string, day = '2026-05-01') => placed(moveId, day, { newSeat });
const of = (moveId: string, employeeName: string, day: string, more: Partial<Move> = {}) =>
	placed(moveId, day, { employeeName, ...more });
const kinds = async (moves: PlacedMove[]): Promise<Array<[number, string[]]>> =>
	[...(await seatConflicts(moves))].map(([place, warnings]) => [place, warnings.map(({ kind }) => kind)]);

describe('two moves into one seat', () => {
	it('on one day are told, each with the other', async () => {
		expect(await seatConflicts([to('a', 'B-1'), to('b', 'B-2'), to('c', 'B-1')])).toEqual(
			new Map<number, MoveWarning[]>([
				[0, [{ kind: 'seatTaken', message: 'Another move goes into the same seat on the same day: c', moves: ['c'] }]],
				[2, [{ kind: 'seatTaken', message: 'Another move goes into the same seat on the same day: a', moves: ['a'] }]],
			]),
		);
	});

	it.each([
		['written another way', 'b-1 ', true],
		['with a blank that nobody sees', 'B\u200b-1', true],
		['another seat', 'B-10', false],
		['no seat', '', false],
		['blanks', '  ', false],
	])('%s', async (_what, seat, isOne) => {
		expect(await kinds([to('a', 'B-1'), to('b', seat)])).toHaveLength(isOne ? 2 : 0);
	});

	it('are no conflict where nobody gets a seat, or on different days', async () => {
		expect(await kinds([to('a', ''), to('b', '')])).toEqual([]);
		expect(await kinds([to('a', 'B-1', '2026-05-01'), to('b', 'B-1', '2026-05-02')])).toEqual([]);
	});

	it('are told by the first few where there are many', async () => {
		const warnings = await seatConflicts(Array.from({ length: 1_000 }, (_none, index) => to(`m${index}`, 'Hall')));
		expect(warnings.size).toBe(1_000);
		const [first] = warnings.get(0) ?? [];
		expect(first?.moves).toHaveLength(20);
		expect(first?.message).toMatch(/: m1, m2, .*, m20 and 979 more$/);
		expect(warnings.get(999)?.[0]?.message).toMatch(/: m0, m1, .*, m19 and 979 more$/);
		expect(warnings.get(5)?.[0]?.moves).not.toContain('m5');
	});
});

it('many moves let others have their turn', async () => {
	const all = Array.from({ length: 100_000 }, (_none, index) => to(`m${index}`, `Seat ${index % 10}`));
	let turns = 0;
	const other = setInterval(() => turns++, 1);
	try {
		expect((await seatConflicts(all)).size).toBe(100_000);
	} finally {
		clearInterval(other);
	}
	expect(turns).toBeGreaterThan(1);
});

describe('one employee', () => {
	it('twice on one day is told', async () => {
		const moves = [of('a', 'Ada', '2026-05-01'), of('b', 'Bob', '2026-05-01'), of('c', ' ada', '2026-05-01')];
		expect(await kinds(moves)).toEqual([
			[0, ['employeeTwice']],
			[2, ['employeeTwice']],
		]);
	});

	it('is told apart by the ID, and by the name where there is none', async () => {
		const ada = (moveId: string, employeeId: string) => of(moveId, 'Ada', '2026-05-01', { employeeId });
		expect(await kinds([ada('a', '1'), ada('b', '2')])).toEqual([]);
		expect(await kinds([ada('a', '1'), of('b', 'Ada Lovelace', '2026-05-01', { employeeId: '1' })])).toHaveLength(2);
		expect(await kinds([ada('a', '1'), ada('b', '')])).toEqual([]);
		expect(await kinds([of('a', '', '2026-05-01'), of('b', '', '2026-05-01')])).toEqual([]);
	});

	it('who moves again must begin where the move before has ended', async () => {
		const first = of('a', 'Ada', '2026-05-01', { currentSeat: 'A-1', newSeat: 'B-1' });
		const second = (currentSeat: string) => of('b', 'Ada', '2026-06-01', { currentSeat, newSeat: 'C-1' });
		expect(await kinds([first, second('b-1')])).toEqual([]);
		expect(await kinds([first, second('')])).toEqual([]);
		expect((await seatConflicts([second('A-1'), first])).get(0)).toEqual([
			{
				kind: 'otherSeat',
				message: "Current Seat is not the New Seat of the employee's previous move, a",
				moves: ['a'],
			},
		]);
		expect(await kinds([second('A-1'), first])).toEqual([[0, ['otherSeat']]]);
	});

	it('who moves three times is compared with the move just before, in the order of the days', async () => {
		const at = (moveId: string, day: string, currentSeat: string, newSeat: string) =>
			of(moveId, 'Ada', day, { currentSeat, newSeat });
		expect(
			await kinds([
				at('c', '2026-05-03', 'B-2', 'B-3'),
				at('a', '2026-05-01', 'A', 'B-1'),
				at('b', '2026-05-02', 'B-1', 'B-2'),
			]),
		).toEqual([]);
	});
});

describe('an open Case of the org', () => {
	const open = (id: string, externalId: string, newSeat: string) => ({ id, externalId, newSeat });

	it('of another move into the same seat is told, and one of the run itself is not', async () => {
		const warnings = await openCaseConflicts(
			[to('a', 'B-1'), to('b', 'B-2'), to('c', '')],
			[open('500A', 'q:z', 'b-1 '), open('500B', 'p:b', 'B-2'), open('500C', 'q:y', '')],
			new Set(['p:a', 'p:b', 'p:c']),
		);
		expect(warnings).toEqual(
			new Map([
				[
					0,
					{
						kind: 'openCase',
						message: 'An open Case sends another move into the same seat: 500A',
						cases: ['500A'],
					},
				],
			]),
		);
	});
});
