import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { ExecutionCancelledError } from 'n8n-workflow';
import type { INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';

import type { Handing, Kept } from './kept';

/** Whether n8n has made an execution of a batch, has had one of it before, or could make none. */
type Outcome = 'taken' | 'known' | 'refused';

/** Milliseconds after which n8n would have said that it could make no execution (assumed: its database answers, or fails, sooner). */
const REFUSED_WITHIN = 60_000;

/** The most batches that are remembered as under way: n8n has made executions of those before them (assumed). */
const MOST_UNDER_WAY = 5;

/** What this process knows of a node's batches by their keys, whatever became of its activations: n8n works on. */
interface Known {
	/** When those were given of which n8n has not said yet what became of them. */
	underWay: Map<string, number>;
	/** Those of which n8n has made executions. */
	taken: Set<string>;
	/** Those of which it could make none when they were new: of others that it refuses it may have one from before. */
	refused: Set<string>;
}

const knownOf = new Map<string, Known>();

/**
 * Whether n8n tells what became of a batch: by a key, of which it makes one execution and no more (`emit` of n8n 2.41
 * takes four arguments). Its Engine 2.0 does not.
 */
export function tellsOutcome(host: ITriggerFunctions): boolean {
	return host.emit.length >= 4 && host.getWorkflowSettings().engineType !== 'v2';
}

/**
 * Hands batches over to n8n so that none is lost.
 *
 * n8n stores a node's static data and makes the execution side by side, and does not wait for either. So what is kept
 * with a batch also says what was kept before it, and by which key n8n knows its execution. When n8n says that it could
 * make none, or ended before it said anything, what was changed since then is handed over once more under the same key:
 * n8n refuses it where it has the execution, and nothing was lost.
 */
export class HandOver<State extends object> {
	private readonly known: Known;
	private readonly isTold: boolean;
	/** Whether it is not known yet what became of what was handed over once more: nothing else is handed over until then. */
	isDeciding = false;

	/** @param node what tells it from all others of n8n */
	constructor(
		private readonly host: ITriggerFunctions,
		private readonly node: string,
	) {
		this.isTold = tellsOutcome(host);
		this.known = knownOf.get(node) ?? { underWay: new Map(), taken: new Set(), refused: new Set() };
		knownOf.set(node, this.known);
	}

	/** The oldest batch that has to be handed over once more before anything else is; undefined where there is none. */
	inDoubt(kept: Kept<State>): Handing<State> | undefined {
		const handing = kept.handing;
		const { underWay, taken } = this.known;
		const open = handing.filter(({ key }) => !taken.has(key));
		if (open.length < handing.length) kept.keep(kept.state, open);
		return open.find(({ key }) => !underWay.has(key));
	}

	/** Hands over a batch, and keeps what is kept with it. What n8n refuses is in doubt from then on. */
	give(kept: Kept<State>, items: INodeExecutionData[][], state: State): void {
		if (!this.isTold) {
			kept.keep(state);
			this.host.emit(items);
			return;
		}
		const key = `${this.node}:${randomUUID()}`;
		kept.keep(state, [...this.forgetMade(kept.handing), { key, from: kept.state }]);
		void this.emit(items, key).then((outcome) => {
			if (outcome === 'refused') this.known.refused.add(key);
			else kept.keep(kept.state, without(kept, key));
		});
	}

	/**
	 * Hands over once more what is in doubt, with whatever was changed since. Until it is decided what became of it, all is
	 * kept as it was. n8n decides nothing before a workflow that is being activated is active.
	 *
	 * @param items what was read from its beginning on
	 * @returns what became of it; where n8n knew it, what was changed since is still to be told
	 */
	async giveAgain(
		kept: Kept<State>,
		{ key, from }: Handing<State>,
		items: INodeExecutionData[][],
		state: State,
	): Promise<Outcome> {
		const before = { state: kept.state, handing: kept.handing, others: without(kept, key) };
		// Of what n8n refused it has no execution, so that it will be one of these items; else it may be one of fewer.
		if (this.known.refused.has(key)) kept.keep(state, [{ key, from }]);
		this.isDeciding = true;
		const late = setTimeout(REFUSED_WITHIN, 'taken' as const, { ref: false });
		const outcome = await Promise.race([this.emit(items, key), late]);
		this.isDeciding = false;
		if (outcome === 'known') kept.keep(before.state, before.others);
		else if (outcome === 'refused') kept.keep(before.state, before.handing);
		else kept.keep(state);
		return outcome;
	}

	/** Goes on from a later place with what is in doubt, where what was read of it makes no items. */
	moveOn(kept: Kept<State>, { key }: Handing<State>, from: State): void {
		kept.keep(
			kept.state,
			kept.handing.map((one) => (one.key === key ? { key, from } : one)),
		);
	}

	private async emit(items: INodeExecutionData[][], key: string): Promise<Outcome> {
		const { createDeferredPromise } = this.host.helpers;
		// Undefined where n8n has an execution of that key already, which its type does not say.
		const done = createDeferredPromise<IRun | undefined>();
		this.known.underWay.set(key, Date.now());
		this.host.emit(items, undefined, done as ReturnType<typeof createDeferredPromise<IRun>>, key);
		const outcome = await done.promise.then(
			(run): Outcome => (run === undefined ? 'known' : 'taken'),
			(error: unknown): Outcome => (error instanceof ExecutionCancelledError ? 'taken' : 'refused'),
		);
		this.known.underWay.delete(key);
		if (outcome !== 'refused') this.known.taken.add(key);
		return outcome;
	}

	/** Leaves out what n8n would have refused by now. */
	private forgetMade(handing: ReadonlyArray<Handing<State>>): Array<Handing<State>> {
		const { underWay, taken } = this.known;
		// What is kept from now on does not name them.
		taken.clear();
		this.known.refused.clear();
		const since = Date.now() - REFUSED_WITHIN;
		return handing.filter(({ key }) => (underWay.get(key) ?? Infinity) > since).slice(1 - MOST_UNDER_WAY);
	}
}

function without<State extends object>({ handing }: Kept<State>, key: string): Array<Handing<State>> {
	return handing.filter((one) => one.key !== key);
}
