import { random } from '../test/support/random';
import type { Scenario } from './scenario';
import { TROUBLES } from './troubles';
import type { Trouble } from './troubles';
import { WORKS } from './works';

/** How many records a run is of, by how often it is of so many: most are small, so that there are many of them. */
const SIZES: Array<[share: number, least: number, most: number]> = [
	[0.62, 1, 5],
	[0.25, 6, 40],
	[0.09, 41, 250],
	[0.03, 251, 800],
	[0.01, 801, 2_000],
];

/** How often there are so many of something, from the first entry on. */
const ENGINES = [0.76, 0.14, 0.06, 0.04];
/** The same of runs of many records, which are few, and in which engines meet most often. */
const ENGINES_OF_MANY = [0.4, 0.3, 0.2, 0.1];
const MANY = 250;
const TROUBLE_COUNTS = [0.08, 0.46, 0.27, 0.12, 0.07];

/** How often so many calls that can write pass before a trouble: most runs have few. */
const WRITES_BEFORE = [0.45, 0.3, 0.15, 0.07, 0.03];

/** What makes doubles where it is done twice, and what tempts to do it twice: both come more often than the others. */
const CREATIONS = Object.keys(WORKS).filter((name) => WORKS[name]?.creates === true);
const UNANSWERED = Object.keys(TROUBLES).filter((kind) => /after the work$|within the answer$/.test(kind));

/** What somebody else does to a record; it comes more often where there is one from the beginning. */
const OTHERS = ['a record is deleted', 'a record is changed'];

/** The run of a seed, a whole number; the same for the same seed and version. */
export function drawScenario(seed: number): Scenario {
	const roll = random(seed);
	const below = (most: number): number => Math.floor(roll() * most);
	const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
	const by = (shares: readonly number[]): number => {
		let left = roll();
		const place = shares.findIndex((share) => (left -= share) < 0);
		return place === -1 ? 0 : place;
	};
	const work = roll() < 0.3 ? one(CREATIONS) : one(Object.keys(WORKS));
	const [, least, most] = SIZES[by(SIZES.map(([share]) => share))] ?? [1, 1, 5];
	const count = Math.min(WORKS[work]?.most ?? 1, least + below(most - least + 1));
	const engines = Math.min(count, 1 + by(count > MANY ? ENGINES_OF_MANY : ENGINES));
	const onErrors = ['continueRegularOutput', 'continueErrorOutput', undefined] as const;
	const onError = onErrors[by([0.7, 0.12, 0.18])];
	const trouble = (): Trouble => {
		let kind = roll() < 0.3 ? one(UNANSWERED) : one(Object.keys(TROUBLES));
		// A killed engine takes seconds to be there again, in which many other runs have their turn.
		if (kind.startsWith('killed') && count <= MANY && roll() < 0.4) kind = one(Object.keys(TROUBLES));
		if (WORKS[work]?.change !== undefined && WORKS[work].creates !== true && roll() < 0.15) kind = one(OTHERS);
		const of = roll() < 0.6 ? 'writes' : 'calls';
		return {
			kind,
			of,
			after: of === 'writes' ? by(WRITES_BEFORE) : below(9),
			// Some last longer than anybody tries again.
			times: roll() < 0.7 ? 1 : 1 + below(8),
			place: below(Math.min(count, 8)),
		};
	};
	return {
		seed,
		work,
		count,
		engines,
		...(onError === undefined ? {} : { onError }),
		...(roll() < 0.15 ? { maxTries: 3 } : {}),
		parallelCalls: roll() < 0.6 ? 1 : 5,
		recordsPerCall: roll() < 0.5 ? '200' : '1000',
		hasTwoUsers: engines > 1 && roll() < 0.3,
		isUnique: roll() < 0.5,
		troubles: Array.from({ length: by(TROUBLE_COUNTS) }, trouble),
	};
}
