import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { percentUsed } from '../../salesforce/apiUsage';
import type { ApiUsage } from '../../salesforce/apiUsage';
import { asError } from '../../salesforce/asError';
import { OrgError } from '../../salesforce/errors';
import { givingWay } from '../../salesforce/giveWay';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import type { Action, Outcome } from './action';
import { apiCallsToKeepFreeField } from './apiCallsToKeepFree';
import { connectOrg } from './connectOrg';
import { EarlierTries } from './earlierTries';
import { account, cause } from './failures';
import { ItemInput, SharedReading } from './input';
import { nodeError, readable } from './nodeError';
import { optionsCollection } from './optionsCollection';

/**
 * The one loop over items: plans each, runs all plans at once, and gives every item its outcome.
 *
 * A bad item stops the run before anything is sent, unless the node continues on fail. When something fails after
 * something was saved, the error says what was saved, and n8n's *Retry On Fail* sends the rest only.
 *
 * @returns the node's outputs; every item is paired with the one it came from
 * @throws NodeApiError or NodeOperationError of the first item that failed, unless the node continues on fail
 */
export async function runAction<Plan>(host: IExecuteFunctions, action: Action<Plan>): Promise<INodeExecutionData[][]> {
	const run = new ActionRun(host, action);
	await run.plan();
	await run.stage((plans) => action.conflicts?.(plans) ?? []);
	run.stopAtFailure();
	const org = connectOrg(host, run.keepFree());
	await run.stage(async (plans) => (await action.check?.(org, plans, host.getInputData().length)) ?? []);
	run.stopAtFailure();
	await run.stage(async (plans) => await action.run(org, plans, host.getInputData().length), 'acts');
	return await run.outputs(org);
}

/** How many hints of items a run shows: many items may have one each. */
const MOST_HINTS = 5;

/** From how many percent of the org's API calls on a run says so. */
const NEARLY_USED_UP = 80;

/** A plan and the item that it was made of. */
interface Ready<Plan> {
	plan: Plan;
	index: number;
}

/** What a stage says of a plan: what became of it, or why it fails; undefined where it goes on. */
type Verdict = Outcome | Error | undefined;

/** One run of an action: its items, and what became of each so far. */
class ActionRun<Plan> {
	private readonly items: INodeExecutionData[];
	/** By item; those that go on have none yet. */
	private readonly results: Outcome[] = [];
	private ready: Array<Ready<Plan>> = [];
	private readonly earlier: EarlierTries;
	private readonly hints = new Set<string>();
	private readonly giveWay = givingWay();

	constructor(
		private readonly host: IExecuteFunctions,
		private readonly action: Action<Plan>,
	) {
		this.items = host.getInputData();
		this.earlier = new EarlierTries(host);
	}

	/** Plans every item that no earlier try of the run has settled; one that cannot be planned fails alone. */
	async plan(): Promise<void> {
		const now = DateTime.now().setZone(this.host.getTimezone());
		const shared = new SharedReading();
		// What an execution saved that ended in another process, or long ago, is not remembered.
		const isRepeated = this.host.getMode() === 'retry';
		for (let index = 0; index < this.items.length; index++) {
			await this.giveWay();
			if (this.earlier.outcome(index) !== undefined) continue;
			try {
				const plan = this.action.plan(new ItemInput(this.host, index, now, shared));
				this.ready.push({ plan, index });
				const hint = isRepeated ? this.action.repeated?.(plan) : undefined;
				if (hint !== undefined) this.hints.add(hint);
			} catch (error) {
				this.settle(index, asError(error));
			}
		}
	}

	/**
	 * How much of the org's calls is left to others, by the option of that name, which the panel takes no expressions for.
	 * @throws NodeOperationError when it says nothing of the kind: a limit that is not one stops the run
	 */
	keepFree(): number {
		try {
			const options = new ItemInput(this.host, 0, DateTime.now()).collection(optionsCollection([]));
			return options.wholeNumber(apiCallsToKeepFreeField, Number(apiCallsToKeepFreeField.default));
		} catch (error) {
			throw nodeError(this.host.getNode(), asError(error), undefined, this.nothing());
		}
	}

	/** Lets a stage judge the plans that go on, or act on them. It throws only what concerns all of them. */
	async stage(
		judge: (plans: readonly Plan[]) => Verdict[] | Promise<Verdict[]>,
		does: 'judges' | 'acts' = 'judges',
	): Promise<void> {
		if (this.ready.length === 0) return;
		const judged = this.ready;
		await this.giveWay();
		const verdicts = await this.attempt(judge, does);
		await this.giveWay();
		this.ready = [];
		for (const [position, plan] of judged.entries()) {
			await this.giveWay();
			this.settle(plan.index, verdicts[position]);
			if (this.results[plan.index] === undefined) this.ready.push(plan);
		}
	}

	/** What `judge` says of each plan; an error that concerns all of them, for each. */
	private async attempt(
		judge: (plans: readonly Plan[]) => Verdict[] | Promise<Verdict[]>,
		does: 'judges' | 'acts',
	): Promise<Verdict[]> {
		const { done, readsOnly = false } = this.action;
		try {
			return await judge(this.ready.map(({ plan }) => plan));
		} catch (thrown) {
			const isForeseen = thrown instanceof OrgError || thrown instanceof InputError;
			const isUnknown = !isForeseen && !readsOnly && does === 'acts';
			const error = isUnknown ? unforeseen(asError(thrown)) : asError(thrown);
			for (const { index } of this.ready) if (isUnknown) this.earlier.note(index, { ok: false, error });
			const soFar = isUnknown ? `What was ${done} before is not known.` : this.nothing();
			if (!this.host.continueOnFail()) throw nodeError(this.host.getNode(), error, undefined, soFar);
			return this.ready.map(() => error);
		}
	}

	/** The one place where it is settled what became of an item. */
	private settle(index: number, verdict: Verdict): void {
		if (verdict === undefined) return;
		this.results[index] = verdict instanceof Error ? { ok: false, error: verdict } : verdict;
	}

	/** Ends the run before anything is written when an item has failed, unless the node continues on fail. */
	stopAtFailure(): void {
		const failed = this.host.continueOnFail() ? undefined : cause(this.results);
		if (failed === undefined) return;
		throw nodeError(this.host.getNode(), failed.error, failed.index, this.nothing());
	}

	/** That this try did nothing, and what earlier ones did. */
	private nothing(): string {
		const { done } = this.action;
		const places = [...this.items.keys()];
		const before = places.filter((index) => this.earlier.outcome(index)?.ok === true).length;
		const unsure = places.filter((index) => this.earlier.isInDoubt(index)).length;
		if (before === 0 && unsure === 0) return `Nothing was ${done}.`;
		const sure = unsure > 0 ? `, and ${unsure} may have been` : '';
		return `Nothing more was ${done}; ${before} of ${this.items.length} items were by an earlier try${sure}.`;
	}

	/**
	 * The node's outputs.
	 * @throws NodeApiError or NodeOperationError of the first item that failed, unless the node continues on fail
	 */
	async outputs(org: Org): Promise<INodeExecutionData[][]> {
		await this.joinTries();
		const failed = this.host.continueOnFail() ? undefined : cause(this.results);
		if (failed !== undefined) {
			throw nodeError(this.host.getNode(), failed.error, failed.index, account(this.results, this.action));
		}
		this.addHints(org);
		const all: INodeExecutionData[][] = Array.from({ length: this.action.outputs }, () => []);
		for (const [index, result] of this.results.entries()) {
			await this.giveWay();
			this.put(all, index, result);
		}
		return all;
	}

	/** Shows what a person should know of the items, once each and the first few of many, and of the org's calls. */
	private addHints({ usage }: Org): void {
		for (const result of this.results) if (result?.ok && result.hint !== undefined) this.hints.add(result.hint);
		const shown = [...this.hints].slice(0, MOST_HINTS);
		if (usage !== undefined && percentUsed(usage) > NEARLY_USED_UP) shown.push(usageHint(usage));
		this.host.addExecutionHints(...shown.map((message) => ({ message, location: 'outputPane' as const })));
	}

	/** Puts what earlier tries settled beside what this one did, and keeps it for a next one. */
	private async joinTries(): Promise<void> {
		for (const index of this.items.keys()) {
			await this.giveWay();
			const now = this.results[index] ?? this.earlier.outcome(index);
			if (now !== undefined) this.results[index] = this.action.readsOnly === true ? now : this.earlier.join(index, now);
		}
	}

	private put(all: INodeExecutionData[][], index: number, result: Outcome): void {
		const item = this.items[index] as INodeExecutionData;
		const pairedItem = { item: index };
		if (!result.ok) {
			const json = { ...kept(this.host, item), ...failure(this.host, result, index) };
			all[this.action.failedOutput ?? 0]?.push({ ...item, json, pairedItem });
			return;
		}
		for (const { json, output = 0, ownItem = !this.action.extendsItem } of result.records) {
			all[output]?.push(ownItem ? { json, pairedItem } : { ...item, json: { ...item.json, ...json }, pairedItem });
		}
	}
}

/** What nobody foresaw while something was written: whatever it was, it may have been carried out. */
function unforeseen(error: Error): OrgError {
	return new OrgError('UNEXPECTED', error.message, 'Look in Salesforce what was done before you run again.', {
		cause: error,
	});
}

function usageHint(usage: ApiUsage): string {
	const percent = Math.floor(percentUsed(usage));
	return `The org has used ${usage.used} of its ${usage.most} API calls of 24 hours (${percent} percent). The option API Calls to Keep Free leaves some to others.`;
}

/**
 * What a failed item keeps of the input. An item for the error output may hold `error` and `details` only: n8n tells
 * it by that, and lays it over the input item itself.
 */
function kept(host: IExecuteFunctions, item: INodeExecutionData): IDataObject {
	return host.getNode().onError === 'continueErrorOutput' ? {} : item.json;
}

/** As data and not as the item's own `error`, for which n8n would throw away everything but the message. */
function failure(host: IExecuteFunctions, { error, undo }: Outcome & { ok: false }, index: number): IDataObject {
	const { remedy, code, fields, kind, retry } = readable(error);
	return {
		error: nodeError(host.getNode(), error, index).message,
		details: { remedy, ...(code === '' ? {} : { code, fields }), kind, retry, ...(undo === undefined ? {} : { undo }) },
	};
}
