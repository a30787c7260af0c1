import type { Contender, Entry } from './contender';
import { runToEnd, startEngine } from './engine';
import { itemsOf } from './push';
import type { MovesTask } from './push';

const contender: Contender<MovesTask> = async (access) => {
	const engine = await startEngine(access);
	return async ({ phase }, items) => {
		const type = phase === 'undone' ? 'salesforceUndoMove' : 'salesforcePushMove';
		const outcome = await runToEnd(engine, items, { type });
		// What tells the Cases apart stands in `case`.
		return outcome.map((item) => Object.assign(item, { id: (item.case as { id?: string }).id }));
	};
};

/** Our nodes, from the first log-in to the last item. */
export const entry: Entry<MovesTask> = { contender, itemsOf };
