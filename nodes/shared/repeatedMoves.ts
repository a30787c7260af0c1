import { inTurns } from '../../salesforce/giveWay';
import { InputError } from '../../salesforce/inputError';

/**
 * Refuses moves that an earlier item of the run has named already.
 *
 * @param idOf a plan's external ID; undefined for a plan that names no move
 * @returns for each plan why it is refused; undefined where it is not
 */
export async function repeatedMoves<Plan>(
	plans: readonly Plan[],
	idOf: (plan: Plan) => string | undefined,
): Promise<Array<InputError | undefined>> {
	const seen = new Set<string>();
	return await inTurns(plans, (plan) => {
		const id = idOf(plan);
		if (id === undefined) return undefined;
		if (seen.has(id)) return sameMove();
		seen.add(id);
		return undefined;
	});
}

function sameMove(): InputError {
	return new InputError(
		'An earlier item of this run has the same Move ID and Move Plan ID',
		"Keep one of the two; n8n's Remove Duplicates node does that.",
	);
}
