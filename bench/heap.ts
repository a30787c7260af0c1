import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What memory a piece of work needed on JavaScript's heap, of things in use, beyond what was in use before. */
export interface Heap<Result> {
	/** At the most while it ran. */
	peakMiB: number;
	/** When it had ended: what went in and came out. */
	itemsMiB: number;
	result: Result;
}

/** Milliseconds between two looks at the heap, at the least; a look at a large heap is followed by as much time for the work. */
const BETWEEN = 5;

/**
 * Does a piece of work with the garbage collected all the while, so that what counts is what the work holds and not
 * what Node.js was too lazy to throw away. It takes many times as long as otherwise.
 *
 * @param give makes what the work takes; it counts as part of the items
 */
export async function weighed<Input, Result>(
	give: () => Input,
	work: (input: Input) => Promise<Result>,
): Promise<Heap<Result>> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const inUse = (): number => {
		collect();
		const { heapUsed, external } = process.memoryUsage();
		return (heapUsed + external) / 1_024 / 1_024;
	};
	const before = inUse();
	let highest = before;
	let next: NodeJS.Timeout | undefined;
	const look = (): void => {
		const began = performance.now();
		highest = Math.max(highest, inUse());
		next = setTimeout(look, Math.max(BETWEEN, performance.now() - began));
	};
	next = setTimeout(look, BETWEEN);
	const input = give();
	const result = await work(input);
	clearTimeout(next);
	const after = inUse();
	// Named once more here, so that neither is garbage before the look above.
	if (input === undefined || result === undefined) throw new Error('There was nothing to weigh.');
	return { peakMiB: Math.max(highest, after) - before, itemsMiB: after - before, result };
}
