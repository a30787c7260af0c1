import type { IExecuteFunctions } from 'n8n-workflow';

import { OrgError } from '../../salesforce/errors';
import type { Outcome } from './action';

/** What became of an item, which may stand at several places of one run. */
interface Settled {
	index: number;
	outcome: Outcome;
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
		return this.byItem?.get(this.item(index))?.find((settled) => settled.index === index)?.outcome;
	}

	/** Keeps what must not be done twice: what was done, and what may have been done and is not safe to repeat. */
	note(index: number, outcome: Outcome): void {
		if (this.byItem === undefined || (outcome.ok ? outcome.idle === true : !isToBeLeft(outcome.error))) return;
		const settled = this.byItem.get(this.item(index)) ?? [];
		settled.push({ index, outcome });
		this.byItem.set(this.item(index), settled);
	}

	private item(index: number): object {
		return this.host.getInputData()[index]?.json ?? {};
	}
}

function isToBeLeft(error: Error): boolean {
	return error instanceof OrgError && error.inDoubt && !error.repeatSafe;
}
