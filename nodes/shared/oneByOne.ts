import type { IDataObject } from 'n8n-workflow';

import { asError } from '../../salesforce/asError';
import type { Outcome } from './action';

/** Runs plans that share nothing, one after the other, each to the JSON of its items; a plan that throws fails alone. */
export async function oneByOne<Plan>(
	plans: readonly Plan[],
	run: (plan: Plan) => Promise<IDataObject[]>,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const plan of plans) {
		try {
			outcomes.push({ ok: true, records: (await run(plan)).map((json) => ({ json })) });
		} catch (error) {
			outcomes.push({ ok: false, error: asError(error) });
		}
	}
	return outcomes;
}
