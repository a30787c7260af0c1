import { parseArgs } from 'node:util';

import { table } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';

type Benchmark = (options: BenchOptions) => Promise<Measurement[]>;

/** Every benchmark by its name; each is loaded when it is asked for. */
const BENCHMARKS: Record<string, () => Promise<{ bench: Benchmark }>> = {
	alike: async () => await import('./alike'),
	licenses: async () => await import('./licenses'),
	'local-org': async () => await import('./localOrg'),
	push: async () => await import('./push'),
	records: async () => await import('./records'),
	'sign-in': async () => await import('./signIn'),
	start: async () => await import('./start'),
	trigger: async () => await import('./trigger'),
};

/** A tenth of what was published of a real org: 570 ms a call and 11 ms a record. */
const DELAYS = { perCall: '57', perRecord: '1.1' };

/** Reading a record takes about a twentieth of the time of writing it (assumed). */
const READING = 1 / 20;

const HELP = `npm run bench -- NAME [--json] [--records N,N] [--delay-per-call MS] [--delay-per-record MS]

  NAME                 ${Object.keys(BENCHMARKS).join(', ')}
  --json               end with one line of JSON
  --records N,N        numbers of records instead of the benchmark's own
  --delay-per-call     milliseconds that the local org takes for a call; ${DELAYS.perCall}
  --delay-per-record   milliseconds more for each record it writes, and a twentieth for one it only reads; ${DELAYS.perRecord}`;

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			json: { type: 'boolean' },
			records: { type: 'string' },
			'delay-per-call': { type: 'string', default: DELAYS.perCall },
			'delay-per-record': { type: 'string', default: DELAYS.perRecord },
		},
	});
	const load = BENCHMARKS[positionals[0] ?? ''];
	if (load === undefined || positionals.length > 1) throw new Error(HELP);
	const { bench } = await load();
	const perRecord = amount(values['delay-per-record']);
	const measurements = await bench({
		delays: {
			delayPerCallMs: amount(values['delay-per-call']),
			delayPerRecordMs: perRecord,
			delayPerRecordReadMs: perRecord * READING,
		},
		records: values.records?.split(',').map(amount),
		// Not to the standard output, which holds the results.
		say: (line) => console.error(line),
	});
	console.log(table(measurements));
	if (values.json) console.log(JSON.stringify(measurements));
}

function amount(text: string): number {
	const value = Number(text);
	if (text.trim() === '' || !(value >= 0)) throw new Error(`'${text}' is not a number of 0 or more.\n\n${HELP}`);
	return value;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
