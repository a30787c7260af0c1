import { DateTime } from 'luxon';
import { samplePlan } from '../../demo/exampleWorkflows';

describe('the sample move plan', () => {
	it('names every move once', async () => {
		const { movePlanId, moves } = await samplePlan();
		expect(movePlanId).not.toBe('');
		expect(new Set(moves.map(({ moveId }) => moveId)).size).toBe(moves.length);
	});

	it('holds every kind of move: past, far ahead, without a date, a new starter, an unseated employee', async () => {
		const { moves } = await samplePlan();
		const years = moves.flatMap(({ effectiveDate }) => (effectiveDate ? [DateTime.fromISO(effectiveDate).year] : []));
		expect(years).not.toContain(NaN);
		expect(moves.length - years.length).toBe(1);
		// Neither end may come near the day on which somebody runs the demo.
		expect(years.filter((year) => year <= 2024)).toHaveLength(8);
		expect(years.filter((year) => year >= 2199)).toHaveLength(3);
		expect(moves.filter(({ currentSeat }) => currentSeat === '')).toHaveLength(1);
		expect(moves.filter(({ newSeat }) => newSeat === '')).toHaveLength(1);
	});
});
