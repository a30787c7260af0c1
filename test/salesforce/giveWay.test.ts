import { givingWay } from '../../salesforce/giveWay';

/** Works without a break, as planning an item does. */
function work(milliseconds: number): void {
	for (const end = performance.now() + milliseconds; performance.now() < end; );
}

it('others get a turn once the work has gone on for long, and not before', async () => {
	let turns = 0;
	const others = setInterval(() => turns++, 1);
	const giveWay = givingWay();
	expect(giveWay()).toBeUndefined();
	work(60);
	expect(turns).toBe(0);
	await giveWay();
	clearInterval(others);
	expect(turns).toBeGreaterThan(0);
	expect(giveWay()).toBeUndefined();
});
