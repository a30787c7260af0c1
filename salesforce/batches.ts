/** Splits a list into runs of at most `size`, order kept. */
export function batches<T>(items: readonly T[], size: number): T[][] {
	const result: T[][] = [];
	for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
	return result;
}

/**
 * Works through a list with a number of workers that may fall while it runs.
 *
 * @param items what to work on
 * @param workers asked before each item is taken: how many may be at work at once, 1 or more
 * @param work one item's work; must not reject
 */
export async function inParallel<T>(
	items: readonly T[],
	workers: () => number,
	work: (item: T, index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	let active = 0;
	const worker = async (): Promise<void> => {
		while (next < items.length && active < workers()) {
			const index = next++;
			active++;
			await work(items[index] as T, index);
			active--;
		}
	};
	await Promise.all(Array.from({ length: Math.max(1, workers()) }, worker));
}

/**
 * Works through a list with so many workers. After a failure no further member is begun, and those under way end first.
 *
 * @returns what each member gave, in the list's order
 * @throws what the first failure threw
 */
export async function atOnce<T, Result>(
	items: readonly T[],
	workers: number,
	work: (item: T) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const failed: unknown[] = [];
	await inParallel(
		items,
		() => workers,
		async (item, index) => {
			try {
				if (failed.length === 0) results[index] = await work(item);
			} catch (error) {
				failed.push(error);
			}
		},
	);
	if (failed.length > 0) throw failed[0];
	return results;
}

/**
 * Works through a list with so many members under way at once, and gives what each gave in the list's order, as soon as
 * that of all members before it was taken.
 *
 * @throws what the first failure in the list's order threw; those under way end by themselves
 */
export async function* inOrder<T, Result>(
	items: readonly T[],
	workers: number,
	work: (item: T) => Promise<Result>,
): AsyncGenerator<Result> {
	const underWay: Array<Promise<Result>> = [];
	for (let next = 0; next < items.length || underWay.length > 0;) {
		while (next < items.length && underWay.length < workers) {
			const begun = work(items[next++] as T);
			// A failure is thrown when its turn comes.
			begun.catch(() => undefined);
			underWay.push(begun);
		}
		yield await (underWay.shift() as Promise<Result>);
	}
}
