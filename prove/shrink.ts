import type { Scenario } from './scenario';

/** How many smaller runs are tried at most. */
const MOST_TRIES = 120;

/**
 * Makes a run that fails smaller for as long as it still fails: fewer engines, troubles and records.
 *
 * @param fails whether a run fails in the same way
 */
export async function shrink(scenario: Scenario, fails: (smaller: Scenario) => Promise<boolean>): Promise<Scenario> {
	let smallest = scenario;
	let tries = 0;
	for (let isSmaller = true; isSmaller && tries < MOST_TRIES;) {
		isSmaller = false;
		for (const smaller of smallerOnes(smallest)) {
			if (tries++ >= MOST_TRIES) break;
			if (!(await fails(smaller))) continue;
			smallest = smaller;
			isSmaller = true;
			break;
		}
	}
	return smallest;
}

/** Runs that are a step smaller, the biggest steps first. */
function* smallerOnes(scenario: Scenario): Generator<Scenario> {
	const { engines, troubles, count, maxTries, parallelCalls } = scenario;
	for (let fewer = 1; fewer < engines; fewer++) yield { ...scenario, engines: fewer };
	for (const [index, trouble] of troubles.entries()) {
		const others = troubles.filter((_one, place) => place !== index);
		yield { ...scenario, troubles: others };
		if (trouble.times > 1) yield { ...scenario, troubles: [...others, { ...trouble, times: 1 }] };
	}
	for (const fewer of new Set([1, 2, Math.ceil(count / 10), Math.ceil(count / 2), count - 1])) {
		if (fewer > 0 && fewer < count) yield { ...scenario, count: fewer, engines: Math.min(engines, fewer) };
	}
	if (maxTries !== undefined) yield { ...scenario, maxTries: undefined };
	if (parallelCalls > 1) yield { ...scenario, parallelCalls: 1 };
}
