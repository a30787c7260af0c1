import fc from 'fast-check';

import { externalId, planPrefix } from '../../moves/externalId';

describe('externalId', () => {
	it.each([
		['plan-1', 'm.2', 'plan-1:m.2'],
		['', 'm-2', 'm-2'],
		['MP-7', 'a B', '^mp-7:a=20^b'],
		['', "o'x\\%_:", 'o=27x=5c=25=5f=3a'],
		['', '🪑', '=f0=9f=aa=91'],
	])('of plan %j and move %j is %j', (plan, move, expected) => {
		expect(externalId(plan, move)).toBe(expected);
	});

	const id = fc.oneof(
		fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
		fc.string({
			unit: fc.constantFrom('a', 'A', 'b', 'B', ':', '^', '=', '2', '0', '%', '_', ' '),
			minLength: 1,
			maxLength: 6,
		}),
	);
	const plan = fc.oneof(fc.constant(''), id);

	it('differs for different pairs, even when case is ignored', () => {
		fc.assert(
			fc.property(plan, id, plan, id, (planA, moveA, planB, moveB) => {
				fc.pre(planA !== planB || moveA !== moveB);
				expect(externalId(planA, moveA).toLowerCase()).not.toBe(externalId(planB, moveB).toLowerCase());
			}),
			{ numRuns: 1_000 },
		);
	});

	it("begins with its own plan's prefix and with no other's", () => {
		fc.assert(
			fc.property(id, plan, id, (planA, planB, move) => {
				expect(externalId(planB, move).startsWith(planPrefix(planA))).toBe(planA === planB);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('needs no escaping in SOQL, LIKE or an address', () => {
		fc.assert(fc.property(plan, id, (a, b) => expect(externalId(a, b)).toMatch(/^[a-z0-9.^=:-]+$/)));
	});
});
