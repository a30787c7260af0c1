import { OrgError } from '../../salesforce/errors';
import { listed } from '../../salesforce/listed';
import type { Action, Outcome } from './action';

/** An item that failed. */
interface Failure {
	error: Error;
	index: number;
	partlyDone?: boolean;
}

/**
 * The failure that a person is to mend: the first that does not only follow from another.
 *
 * @param results by item; those of items that have not run yet are missing
 */
export function cause(results: readonly Outcome[]): Failure | undefined {
	const failed = failures(results);
	return failed.find((one) => !follows(one)) ?? failed[0];
}

/** How far a run came that has failed, as a sentence. */
export function account<Plan>(results: readonly Outcome[], { done, readsOnly = false }: Action<Plan>): string {
	const failed = failures(results);
	const first = cause(results)?.index;
	const count = results.filter((result) => result.ok && result.idle !== true).length;
	const isUnsure = !readsOnly && failed.some(({ error }) => error instanceof OrgError && error.inDoubt);
	const isNothing = count === 0 && !isUnsure && !failed.some(({ partlyDone }) => partlyDone);
	const sentence = isNothing
		? `Nothing was ${done}`
		: `${count} of ${results.length} items ${isUnsure ? 'are known to be' : 'were'} ${done}`;
	// Where nothing was done, there is nothing to tell those apart from that only came along.
	const others = failed.filter((one) => one.index !== first && (count > 0 || !follows(one)));
	return others.length === 0
		? `${sentence}.`
		: `${sentence}; items ${listed(others.map(({ index }) => index))} failed as well.`;
}

function failures(results: readonly Outcome[]): Failure[] {
	return results.flatMap((result, index) => (result.ok ? [] : [{ ...result, index }]));
}

function follows({ error }: Failure): boolean {
	return error instanceof OrgError && error.followsFromAnother;
}
