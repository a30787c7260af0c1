import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { OwnProcess } from '../test/support/ownProcess';

/** What a measured piece of work cost, and what it gave. */
export interface Cost<Result> {
	seconds: number;
	peakMiB: number;
	/** The longest time in milliseconds in which nothing else had a turn in the process. */
	longestBlockMs: number;
	result: Result;
}

/** Milliseconds between two turns that the measurement takes itself. */
const BETWEEN_TURNS = 10;

/**
 * Does a piece of work and says what it cost: time by the clock, and memory beyond what this process has now.
 *
 * The highest memory is the operating system's own figure for the whole process, so it misses nothing; work that stays
 * below what the process once needed before counts as 0.
 */
export async function measured<Result>(work: () => Promise<Result>): Promise<Cost<Result>> {
	const memory = process.memoryUsage.rss() / 1_024 / 1_024;
	const turns = monitorEventLoopDelay({ resolution: BETWEEN_TURNS });
	turns.enable();
	const began = performance.now();
	const result = await work();
	const seconds = (performance.now() - began) / 1_000;
	turns.disable();
	const highest = process.resourceUsage().maxRSS / 1_024;
	const longestBlockMs = Math.max(0, turns.max / 1e6 - BETWEEN_TURNS);
	return { seconds, peakMiB: Math.max(0, highest - memory), longestBlockMs, result };
}

/** A job for a process of its own: the module, the function it exports, and the one argument, which must be plain data. */
export interface Job {
	/** Without folder and ending, as it stands in `bench/`. */
	module: string;
	name: string;
	argument: unknown;
}

/**
 * Runs a function in a process of its own, so that neither time nor memory of other work counts.
 *
 * @returns what the function returned, as plain data
 * @throws Error when the function throws, with its message, or the process ends without an answer
 */
export async function inOwnProcess<Result>(job: Job): Promise<Result> {
	const own = new OwnProcess<Job, Result>(join(__dirname, 'child.ts'));
	return await own.ask(job).finally(() => own.close());
}
