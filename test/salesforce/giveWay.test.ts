import { givingWay } from '../../salesforce/giveWay';

/** Works without a break, as planning an item does. */
function work(milliseconds: number): void {
	for (const end = performance.now() + milliseconds; performance.now() < end;);
}

it('others get a turn once the work has gone on for long, and not before', async () => {
	let turns = 0;
	setImmediate(() => turns++);
	const giveWay = givingWay();
	expect(giveWay()).toBeUndefined();
	work(60);
	expect(turns).toBe(0);
	await giveWay();
	expect(turns).toBe(1);
	expect(giveWay()).toBeUndefined();
});
