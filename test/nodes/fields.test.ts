import { fewestCalls } from '../../nodes/shared/fields';

it('a run keeps as many calls in flight as its most careful item allows, however many items there are', () => {
	const plans = Array.from({ length: 200_000 }, () => ({ parallelCalls: 7 }));
	expect(fewestCalls(plans)).toBe(7);
	expect(fewestCalls([...plans, { parallelCalls: 2 }])).toBe(2);
});
