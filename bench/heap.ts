import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What memory a piece of work needed on JavaScript's heap, of things in use, beyond what was in use before. */
export interface Heap<Result> {
	/** At the most while it ran, as far as it was looked at. */
	peakMiB: number;
	/** When it had ended, and nothing else of it was left: what went in and came out. */
	itemsMiB: number;
	result: Result;
}

/** Milliseconds of work between two looks at the heap, at the least. */
const BETWEEN = 5;
/** Each look comes when the work has gone on for so much of the time that it had taken by then, so that long work has few. */
const FURTHER = 1 / 10;
/** Milliseconds in which what has ended gives back what it held: answers that a connection still had, and the like. */
const SETTLING = 50;
/** Less than this, in MiB, is not told from nothing. */
const NOTHING = 0.02;

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
	const inUse = heapLook();
	const before = await settled(inUse);
	let highest = before;
	let worked = 0;
	let next: NodeJS.Timeout | undefined;
	const lookLater = (): void => {
		const began = performance.now();
		next = setTimeout(
			() => {
				worked += performance.now() - began;
				highest = Math.max(highest, inUse());
				lookLater();
			},
			Math.max(BETWEEN, worked * FURTHER),
		);
	};
	lookLater();
	const input = give();
	const result = await work(input);
	clearTimeout(next);
	highest = Math.max(highest, inUse());
	const after = await settled(inUse);
	// Named once more here, so that neither is garbage before the look above.
	if (input === undefined || result === undefined) throw new Error('There was nothing to weigh.');
	return { peakMiB: highest - before, itemsMiB: after - before, result };
}

/** What says how much is in use, in MiB. */
function heapLook(): () => number {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	return () => {
		collect();
		// What the first collection found to be garbage outside the heap, such as answers, counts until the second.
		collect();
		const { heapUsed, external } = process.memoryUsage();
		return (heapUsed + external) / 1_024 / 1_024;
	};
}

/** What is in use when nothing is given back any more. */
async function settled(inUse: () => number): Promise<number> {
	for (let last = inUse(); ;) {
		await pause(SETTLING);
		const now = inUse();
		if (now > last - NOTHING) return now;
		last = now;
	}
}
