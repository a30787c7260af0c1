import { moves } from '../test/support/moves';
import { runToEnd, startEngine } from './engine';
import { measured } from './measure';
import type { Cost } from './measure';
import type { OrgReport } from './org';
import type { Phase } from './push';

/** One phase in this process, from the first log-in to the last item. */
export async function pushMoves({
	access,
	records,
	phase,
}: {
	access: OrgReport;
	records: number;
	phase: Phase;
}): Promise<Cost<null>> {
	const engine = await startEngine(access);
	const items = moves(records, phase === 'changed' ? { newSeat: 'C-1' } : {});
	return await measured(async () => {
		const outcome = await runToEnd(engine, items, {
			type: phase === 'undone' ? 'salesforceUndoMove' : 'salesforcePushMove',
		});
		if (outcome.length !== records) throw new Error(`${outcome.length} of ${records} items came out.`);
		return null;
	});
}
