import { asSeen } from '../../moves/asSeen';
import { externalId, moveNamed, planPrefix } from '../../moves/externalId';
import { anyCharacter } from '../support/anyCharacter';
import { fc } from '../support/properties';

describe('externalId', () => {
	it.each([
		['plan-1', 'm.2', 'plan-1:m.2'],
		['', 'm-2', 'm-2'],
		['MP-7', 'a B', '^mp-7:a=20^b'],
		['', "o'x\\%_:", 'o=27x=5c=25=5f=3a'],
		['', '🪑', '=f0=9f=aa=91'],
		[' plan-1\n', '\ufeffm\u200b1 ', 'plan-1:m1'],
		[' \u00a0', 'm1', 'm1'],
		['', 'e\u0301', '=c3=a9'],
	])('of plan %j and move %j is %j', (plan, move, expected) => {
		expect(externalId(plan, move)).toBe(expected);
	});

	const id = fc.oneof(
		fc.string({ unit: anyCharacter, minLength: 1, maxLength: 6 }),
		fc.string({
			unit: fc.constantFrom('a', 'A', 'b', 'B', ':', '^', '=', '2', '0', '%', '_', ' '),
			minLength: 1,
			maxLength: 6,
		}),
	);
	const plan = fc.oneof(fc.constant(''), id);
	const visible = id.filter((text) => asSeen(text) !== '');

	it('differs for different pairs, even when case is ignored', () => {
		fc.assert(
			fc.property(plan, visible, plan, visible, (planA, moveA, planB, moveB) => {
				fc.pre(asSeen(planA) !== asSeen(planB) || asSeen(moveA) !== asSeen(moveB));
				expect(externalId(planA, moveA).toLowerCase()).not.toBe(externalId(planB, moveB).toLowerCase());
			}),
			{ numRuns: 1_000 },
		);
	});

	it("begins with its own plan's prefix and with no other's", () => {
		fc.assert(
			fc.property(visible, plan, visible, (planA, planB, move) => {
				expect(externalId(planB, move).startsWith(planPrefix(planA))).toBe(asSeen(planA) === asSeen(planB));
			}),
			{ numRuns: 1_000 },
		);
	});

	it('needs no escaping in SOQL, LIKE or an address', () => {
		fc.assert(fc.property(plan, visible, (a, b) => expect(externalId(a, b)).toMatch(/^[a-z0-9.^=:-]+$/)));
	});

	it('tells the move that it names', () => {
		fc.assert(
			fc.property(plan, visible, (movePlanId, moveId) => {
				expect(moveNamed(externalId(movePlanId, moveId))).toEqual({
					movePlanId: asSeen(movePlanId),
					moveId: asSeen(moveId),
				});
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each(['A', 'a:b:c', 'a b', '=C3=A9', '=ff', '^', 'a^^b', '', ':', 'a:', ':a', '=20a', 'a^'])(
		'is never %j, which names no move',
		(id) => {
			expect(moveNamed(id)).toBeUndefined();
		},
	);
});
