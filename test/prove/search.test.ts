import { Engines } from '../../prove/engines';
import { MISTAKES } from '../../prove/mistakes';
import type { Mistake } from '../../prove/mistakes';
import { perform } from '../../prove/perform';
import { drawScenario } from '../../prove/draw';
import { search } from '../../prove/search';

const engines = new Engines();
afterAll(() => engines.close());

/** Far more runs than the search needs. */
const RUNS = 400;

const searchFor = async (seed: number, runs: number, mistake?: Mistake) =>
	await search(engines, { seed, runs, milliseconds: 120_000, most: 1, mistake, say: () => undefined });

it('finds nothing in runs without a mistake, and performs them all', async () => {
	const { runs, faults, records, failures } = await searchFor(1, 8);
	expect(failures).toEqual([]);
	expect(runs).toBe(8);
	expect(faults).toBeGreaterThan(0);
	expect(records).toBeGreaterThan(8);
}, 150_000);

/** What each mistake comes to, and a seed not long before a run that shows it. */
const EXPECTED: Record<Mistake, { kind: string; seed: number }> = {
	'repeat-create': { kind: 'doubled', seed: 7 },
	'drop-outcome': { kind: 'untold', seed: 1 },
	'undo-by-prefix': { kind: 'lost', seed: 21 },
};

it.each(Object.keys(MISTAKES) as Mistake[])(
	'finds the planted mistake %s, and shrinks the run that shows it',
	async (mistake) => {
		const { kind, seed } = EXPECTED[mistake];
		const { failures } = await searchFor(seed, RUNS, mistake);
		expect(failures).not.toEqual([]);
		const [{ scenario, smallest, findings }] = failures as [(typeof failures)[number]];
		expect(findings.map((one) => one.kind)).toContain(kind);
		expect(smallest.count).toBeLessThanOrEqual(scenario.count);
		expect(smallest.engines).toBe(1);
		expect(smallest.troubles.length).toBeLessThanOrEqual(1);
		// The same run shows it again.
		const again = await search(engines, {
			seed: 0,
			runs: 1,
			milliseconds: Infinity,
			most: 1,
			mistake,
			scenario: smallest,
			say: () => undefined,
		});
		expect(again.failures).toHaveLength(1);
	},
	150_000,
);

it('performs a run of one engine, one call at a time, in the same way each time', async () => {
	const alone = Array.from({ length: 60 }, (_none, index) => drawScenario(index + 1)).filter(
		({ engines: count, parallelCalls, troubles }) =>
			count === 1 && parallelCalls === 1 && !troubles.some(({ kind }) => /Stop|killed/.test(kind)),
	);
	expect(alone.length).toBeGreaterThan(3);
	for (const scenario of alone.slice(0, 4)) {
		const first = await perform(scenario, engines);
		expect(await perform(scenario, engines)).toEqual(first);
	}
}, 60_000);
