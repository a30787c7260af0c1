import { batches, inParallel } from '../../salesforce/batches';

it.each([
	[0, []],
	[1, [[0]]],
	[3, [[0, 1, 2]]],
	[7, [[0, 1, 2], [3, 4, 5], [6]]],
])('%i items in batches of three', (count, expected) => {
	expect(batches([...Array(count).keys()], 3)).toEqual(expected);
});

/** Works through ten items with as many workers as `workers` says, and notes how many were at work at each start. */
async function watched(workers: (started: number) => number): Promise<{ atWork: number[]; done: number[] }> {
	const atWork: number[] = [];
	const done: number[] = [];
	let now = 0;
	await inParallel(
		[...Array(10).keys()],
		() => workers(atWork.length),
		async (item, index) => {
			expect(index).toBe(item);
			atWork.push(++now);
			await new Promise((resolve) => setImmediate(resolve));
			now--;
			done.push(item);
		},
	);
	return { atWork, done };
}

describe('work in parallel', () => {
	it.each([1, 3, 20])('is done whole by %i workers', async (count) => {
		const { atWork, done } = await watched(() => count);
		expect(Math.max(...atWork)).toBe(Math.min(count, 10));
		expect(done.sort((a, b) => a - b)).toEqual([...Array(10).keys()]);
	});

	it('goes on with fewer workers when they fall, and ends', async () => {
		const { atWork, done } = await watched((started) => (started >= 4 ? 1 : 4));
		expect(atWork.slice(0, 4)).toEqual([1, 2, 3, 4]);
		expect(atWork.slice(-5)).toEqual([1, 1, 1, 1, 1]);
		expect(done).toHaveLength(10);
	});
});
