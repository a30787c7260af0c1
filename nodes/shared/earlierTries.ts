import type { IExecuteFunctions } from 'n8n-workflow';

import { OrgError } from '../../salesforce/errors';
import type { Outcome } from './action';

/** What became of an item, which may stand at several places of one run. */
interface Settled {
	index: number;
	outcome: Outcome;
	/** Whether it may have been done, and is sent again all the same, because that is safe. */
	isOpen: boolean;
}

/**
 * By the run of the node, and then by the item. n8n makes the data of a run once and hands the same to each try, and to
 * nobody else: so a loop's next run, or another item with the same values, is not taken for a retry, and nothing
 * outlives the execution.
 */
const runs = new WeakMap<object, Map<object, Settled[]>>();

/** What earlier tries of the same run settled: n8n's *Retry On Fail* goes on where the failed try ended. */
export class EarlierTries {
	private readonly byItem?: Map<object, Settled[]>;

	constructor(private readonly host: IExecuteFunctions) {
		if (host.getNode().retryOnFail !== true) return;
		const run: object = host.getExecuteData();
		this.byItem = runs.get(run) ?? new Map();
		runs.set(run, this.byItem);
	}

	/** What became of an item; undefined where it is to be sent, for the first time or again. */
	outcome(index: number): Outcome | undefined {
		const settled = this.settled(index);
		return settled?.isOpen === false ? settled.outcome : undefined;
	}

	/** Whether an item may have been done by an earlier try, and no later one has told. */
	isInDoubt(index: number): boolean {
		const settled = this.settled(index);
		return settled !== undefined && isInDoubt(settled.outcome);
	}

	/**
	 * What became of an item, now that this try has ended, which is kept for a next one. What an earlier try may have done
	 * stays in doubt where this one failed before it could tell. Where this one found nothing to do, that counts as done,
	 * and the item says so: its `earlierTry` is `inDoubt`, and its `undo` takes back what that try may have written.
	 */
	join(index: number, now: Outcome): Outcome {
		const before = this.settled(index);
		if (before?.isOpen === false) return before.outcome;
		if (before !== undefined && now.ok)
			return this.note(index, now.idle === true ? perhapsDone(now, before.outcome) : now);
		if (before !== undefined && !isInDoubt(now)) return before.outcome;
		return this.note(index, now);
	}

	/** Keeps what was done, and what may have been done. */
	note(index: number, outcome: Outcome): Outcome {
		const isDone = outcome.ok && outcome.idle !== true;
		if (this.byItem === undefined || !(isDone || isInDoubt(outcome))) return outcome;
		const isOpen = !outcome.ok && outcome.error instanceof OrgError && outcome.error.repeatSafe;
		const others = (this.byItem.get(this.item(index)) ?? []).filter((settled) => settled.index !== index);
		this.byItem.set(this.item(index), [...others, { index, outcome, isOpen }]);
		return outcome;
	}

	private settled(index: number): Settled | undefined {
		return this.byItem?.get(this.item(index))?.find((settled) => settled.index === index);
	}

	private item(index: number): object {
		return this.host.getInputData()[index]?.json ?? {};
	}
}

/** What was found done, and may have been by a try that was left in doubt: whether it was, or somebody else, nobody can tell. */
function perhapsDone(now: Outcome & { ok: true }, before: Outcome): Outcome {
	const undo = 'undo' in before && before.undo !== undefined ? { undo: before.undo } : {};
	const records = now.records.map((record, nth) => ({
		...record,
		json: { ...record.json, earlierTry: 'inDoubt', ...(nth === 0 ? undo : {}) },
	}));
	return { ...now, records, idle: false };
}

function isInDoubt(outcome: Outcome): boolean {
	return !outcome.ok && outcome.error instanceof OrgError && outcome.error.inDoubt;
}
