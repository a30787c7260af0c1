import { recordTriggerLife } from '../support/recordTriggerLife';
import { stages } from '../support/stage';
import { live } from '../support/triggerLife';
import type { LifeOptions, LifeReport } from '../support/triggerLife';

const stage = stages();
const START = new Date('2026-05-31T12:00:00Z');
const CHANGES = 250;

async function lifeOf(seed: number, changesPerPoll: number, troubles: LifeOptions['troubles']): Promise<LifeReport> {
	const { org, engine } = await stage({ clock: () => START });
	const advance = (milliseconds: number): void => org.clock.advance(milliseconds);
	const trigger = recordTriggerLife(engine, changesPerPoll);
	const options = { seed, changes: CHANGES, deletions: true, troubles, passingFaults: false, advance };
	return await live(org, trigger, options);
}

it.each([
	[1, 1],
	[2, 7],
	[3, 1_000],
])(
	'tells every change once, in order, whatever calls fail and however often n8n is started again (%i)',
	async (seed, most) => {
		expect(await lifeOf(seed, most, 'refusals')).toEqual({
			changes: CHANGES,
			arrived: CHANGES,
			lost: [],
			doubled: 0,
			backwards: 0,
		});
	},
);

it.each([
	[4, 5],
	[5, 1_000],
])('loses no change when n8n ends in the midst of a poll (%i)', async (seed, most) => {
	expect((await lifeOf(seed, most, 'crashes')).lost).toEqual([]);
});
