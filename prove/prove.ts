import { parseArgs } from 'node:util';

import { Engines } from './engines';
import { isMistake, MISTAKES } from './mistakes';
import type { Scenario } from './scenario';
import { search, summaryOf } from './search';

const HELP = `npm run prove -- [--minutes N] [--seed N] [--json]

Searches for a record that is lost, doubled or untold: random work, through n8n's own engine, against a local org where
something goes wrong at random calls. Ends with 1 when it finds one.

  --minutes N   how long it searches; 2 where neither a seed nor a run is given
  --seed N      the seed of the first run, each further one has the next; without --minutes that run alone
  --run JSON    this run alone, as a failure prints it
  --json        end with one line of JSON
  --mistake M   plants a mistake, to see that it is found:
${Object.entries(MISTAKES)
	.map(([name, says]) => `                  ${name.padEnd(16)}${says}`)
	.join('\n')}`;

const MINUTE = 60_000;

/** The first few failures say enough. */
const ENOUGH_FAILURES = 3;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			minutes: { type: 'string' },
			seed: { type: 'string' },
			run: { type: 'string' },
			json: { type: 'boolean' },
			mistake: { type: 'string' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) return console.log(HELP);
	const { mistake } = values;
	if (mistake !== undefined && !isMistake(mistake)) throw new Error(`There is no mistake '${mistake}'.\n\n${HELP}`);
	const scenario = values.run === undefined ? undefined : (JSON.parse(values.run) as Scenario);
	// Whoever gives no seed gets another one each time, and is told which.
	const seed = scenario?.seed ?? (values.seed === undefined ? Date.now() % 1_000_000_000 : amount(values.seed));
	const isOne = scenario !== undefined || (values.seed !== undefined && values.minutes === undefined);
	const engines = new Engines();
	const searched = await search(engines, {
		seed,
		milliseconds: isOne ? Infinity : amount(values.minutes ?? '2') * MINUTE,
		runs: isOne ? 1 : Infinity,
		most: ENOUGH_FAILURES,
		...(mistake === undefined ? {} : { mistake }),
		...(scenario === undefined ? {} : { scenario }),
		// Not to the standard output, which holds the results.
		say: (line) => console.error(line),
	}).finally(() => engines.close());
	const summary = summaryOf(searched, seed);
	console.log(
		Object.entries(summary)
			.map(([name, count]) => `${name} ${count}`)
			.join(', '),
	);
	if (values.json) console.log(JSON.stringify(summary));
	if (searched.failures.length > 0) process.exitCode = 1;
}

function amount(text: string): number {
	const value = Number(text);
	if (text.trim() === '' || !(value >= 0)) throw new Error(`'${text}' is not a number of 0 or more.\n\n${HELP}`);
	return value;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? (error.cause ?? error.message) : error);
	if (error instanceof Error && error.cause !== undefined) console.error(error.message);
	process.exitCode = 1;
});
