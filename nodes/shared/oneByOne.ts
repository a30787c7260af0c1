import type { Outcome, OutcomeRecord } from './action';
import { asError } from './nodeError';

/** Runs plans that share nothing, one after the other; a plan that throws fails alone. */
export async function oneByOne<Plan>(
	plans: readonly Plan[],
	run: (plan: Plan) => Promise<OutcomeRecord[]>,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const plan of plans) {
		try {
			outcomes.push({ ok: true, records: await run(plan) });
		} catch (error) {
			outcomes.push({ ok: false, error: asError(error) });
		}
	}
	return outcomes;
}
