import { availableParallelism } from 'node:os';

import type { Finding } from './account';
import { drawScenario } from './draw';
import type { Engines } from './engines';
import type { Mistake } from './mistakes';
import { perform } from './perform';
import type { Scenario } from './scenario';
import { shrink } from './shrink';

/** How a search goes. */
export interface SearchOptions {
	/** The seed of its first run; each further run has the next one. */
	seed: number;
	/** Milliseconds after which no further run begins. */
	milliseconds: number;
	/** Runs at most. */
	runs: number;
	/** Failures after which it ends. */
	most: number;
	/** One that is planted, to try the prover itself. */
	mistake?: Mistake;
	/** Runs this one only, in place of one that is drawn. */
	scenario?: Scenario;
	/** Says what was found as soon as it is. */
	say(line: string): void;
}

/** A run in which something went wrong. */
export interface Failure {
	scenario: Scenario;
	/** The same, as small as it was found to fail. */
	smallest: Scenario;
	/** What is wrong in the smallest. */
	findings: Finding[];
}

/** What a search came to. */
export interface Searched {
	/** Runs performed, calls that met a trouble, and records. */
	runs: number;
	faults: number;
	records: number;
	failures: Failure[];
}

/** How often a run with several engines is tried, whose calls do not come in the same order each time. */
const TRIES_AT_ONCE = 4;

/** Searches for a run in which a record is lost, doubled or untold. */
export async function search(engines: Engines, options: SearchOptions): Promise<Searched> {
	const searched: Searched = { runs: 0, faults: 0, records: 0, failures: [] };
	const began = Date.now();
	let next = options.seed;
	const isOver = (): boolean =>
		next - options.seed >= options.runs ||
		Date.now() - began >= options.milliseconds ||
		searched.failures.length >= options.most;
	const lane = async (): Promise<void> => {
		while (!isOver()) {
			const scenario = options.scenario ?? drawScenario(next);
			next++;
			const { findings, faults, records } = await performed(scenario, engines, options.mistake);
			searched.runs++;
			searched.faults += faults;
			searched.records += records;
			if (findings.length === 0) continue;
			const failure = await smallestOf(scenario, findings, engines, options.mistake);
			searched.failures.push(failure);
			options.say(described(failure));
		}
	};
	await Promise.all(Array.from({ length: Math.min(options.runs, availableParallelism()) }, lane));
	return searched;
}

/** Performs a run; an error names its seed. */
async function performed(...run: Parameters<typeof perform>): ReturnType<typeof perform> {
	try {
		return await perform(...run);
	} catch (error) {
		throw new Error(`Seed ${run[0].seed} could not be performed: ${JSON.stringify(run[0])}`, { cause: error });
	}
}

async function smallestOf(
	scenario: Scenario,
	findings: Finding[],
	engines: Engines,
	mistake: Mistake | undefined,
): Promise<Failure> {
	const kinds = new Set(findings.map(({ kind }) => kind));
	let last = findings;
	const smallest = await shrink(scenario, async (smaller) => {
		const isAtOnce = smaller.engines > 1 || smaller.parallelCalls > 1;
		for (let tries = isAtOnce ? TRIES_AT_ONCE : 1; tries > 0; tries--) {
			const { findings: now } = await performed(smaller, engines, mistake);
			if (!now.some(({ kind }) => kinds.has(kind))) continue;
			last = now;
			return true;
		}
		return false;
	});
	return { scenario, smallest, findings: last };
}

/** What a search ends with: what it did, and in how many runs a record was lost, doubled, or untold. */
export interface Summary {
	runs: number;
	faults: number;
	records: number;
	lost: number;
	doubled: number;
	untold: number;
	seed: number;
}

/** The summary of a search that began with this seed. */
export function summaryOf({ runs, faults, records, failures }: Searched, seed: number): Summary {
	const count = (kind: string): number =>
		failures.filter(({ findings }) => findings.some((one) => one.kind === kind)).length;
	return { runs, faults, records, lost: count('lost'), doubled: count('doubled'), untold: count('untold'), seed };
}

function described({ scenario, smallest, findings }: Failure): string {
	const [first] = findings;
	return [
		`Seed ${scenario.seed}, ${scenario.work}: ${first?.kind}; ${first?.says}.`,
		...findings.slice(1, 5).map(({ kind, says }) => `  ${kind}; ${says}.`),
		`  Again: npm run prove -- --seed ${scenario.seed}`,
		`  Smallest: npm run prove -- --run '${JSON.stringify(smallest)}'`,
	].join('\n');
}
