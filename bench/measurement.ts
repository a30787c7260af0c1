/** What one benchmark case cost. */
export interface Measurement {
	case: string;
	records: number;
	/** API calls that the org counted. */
	calls: number;
	seconds: number;
	/** The most memory that the case needed beyond what its process had when it began. */
	peakMiB: number;
	/** Where it is measured: how many times the memory of its items, in and out, what is in use comes to at the most. */
	heapVsItems?: number;
	/** Where it is measured: the longest time in milliseconds in which nothing else had a turn in the process. */
	longestBlockMs?: number;
	/** How many times as fast as something else that did the same, by its name; above 1, ours is faster. */
	vs: Partial<Record<'n8n-built-in' | 'bare-calls' | 'no-undo', number>>;
	/** Of a trigger: how many changes were told, how many never, and how many states of records more than once. */
	told?: { arrived: number; lost: number; doubled: number };
	/** Sessions that the org opened, where that is what is measured. */
	logIns?: number;
}

/** Numbers as people read them: three digits that mean something. */
export function rounded(value: number): number {
	return Number(value.toPrecision(3));
}

/** The measurements as a table for a terminal, every line of the same width. */
export function table(measurements: readonly Measurement[]): string {
	const withLogIns = measurements.some(({ logIns }) => logIns !== undefined);
	const withTold = measurements.some(({ told }) => told !== undefined);
	const withOthers = measurements.some(({ vs }) => Object.keys(vs).length > 0);
	const withUndo = measurements.some(({ vs }) => vs['no-undo'] !== undefined);
	const withHeap = measurements.some(({ heapVsItems }) => heapVsItems !== undefined);
	const withBlock = measurements.some(({ longestBlockMs }) => longestBlockMs !== undefined);
	const head = [
		...['case', withTold ? 'changes' : 'records', ...(withTold ? ['arrived', 'lost', 'doubled'] : [])],
		...[...(withLogIns ? ['log-ins'] : []), 'calls', 'seconds', 'peak MiB'],
		...[
			...(withHeap ? ['heap vs items'] : []),
			...(withBlock ? ['longest block'] : []),
			...(withOthers ? ['vs built-in', 'vs bare calls'] : []),
			...(withUndo ? ['vs no undo'] : []),
		],
	];
	const lines = measurements.map(({ vs, logIns, told, heapVsItems, longestBlockMs, ...one }) => [
		one.case,
		String(one.records),
		...(withTold ? [told?.arrived, told?.lost, told?.doubled].map((count) => String(count ?? '')) : []),
		...(withLogIns ? [String(logIns ?? '')] : []),
		String(one.calls),
		String(one.seconds),
		String(one.peakMiB),
		...(withHeap ? [heapVsItems === undefined ? '' : `${heapVsItems} x`] : []),
		...(withBlock ? [longestBlockMs === undefined ? '' : `${longestBlockMs} ms`] : []),
		...(withOthers
			? [vs['n8n-built-in'], vs['bare-calls']].map((times) => (times === undefined ? '' : `${times} x`))
			: []),
		...(withUndo ? [vs['no-undo'] === undefined ? '' : `${vs['no-undo']} x`] : []),
	]);
	const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
	const padded = (cells: string[]): string =>
		cells
			.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
			.join('  ');
	return [head, ...lines].map(padded).join('\n');
}
