import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { asError } from '../../salesforce/asError';
import { OrgError } from '../../salesforce/errors';
import { InputError } from '../../salesforce/inputError';
import type { Action, Outcome } from './action';
import { connectOrg } from './connectOrg';
import { account, cause } from './failures';
import { ItemInput } from './input';
import type { ReadingOfParameters } from './input';
import { nodeError, readable } from './nodeError';

/**
 * The one loop over items: plans each, runs all plans at once, and gives every item its outcome.
 *
 * A bad item stops the run before anything is sent, unless the node continues on fail. When something fails after
 * something was saved, the error says what was saved.
 *
 * @returns the node's outputs; every item is paired with the one it came from
 * @throws NodeApiError or NodeOperationError of the first item that failed, unless the node continues on fail
 */
export async function runAction<Plan>(host: IExecuteFunctions, action: Action<Plan>): Promise<INodeExecutionData[][]> {
	const items = host.getInputData();
	const results: Outcome[] = [];
	const ready: Array<Ready<Plan>> = [];
	planned(host, action, items.length).forEach((outcome, index) => {
		if ('plan' in outcome) ready.push({ plan: outcome.plan, index });
		else results[index] = { ok: false, error: outcome.error };
	});
	if (ready.length > 0) await runAll(host, action, ready, results);

	if (!host.continueOnFail()) throwFirstFailure(host, action, results);
	return outputs(host, action, items, results);
}

type Planned<Plan> = { plan: Plan } | { error: Error };

/** A plan and the item that it was made of. */
interface Ready<Plan> {
	plan: Plan;
	index: number;
}

function planned<Plan>(host: IExecuteFunctions, action: Action<Plan>, count: number): Array<Planned<Plan>> {
	const now = DateTime.now().setZone(host.getTimezone());
	const readings: ReadingOfParameters = new Map();
	const results: Array<Planned<Plan>> = [];
	for (let index = 0; index < count; index++) {
		try {
			results.push({ plan: action.plan(new ItemInput(host, index, now, readings)) });
		} catch (error) {
			results.push({ error: asError(error) });
		}
	}
	const good = results.flatMap((result, index) => ('plan' in result ? [{ plan: result.plan, index }] : []));
	action.conflicts?.(good.map(({ plan }) => plan)).forEach((error, position) => {
		if (error !== undefined) results[good[position]?.index as number] = { error };
	});
	if (!host.continueOnFail()) {
		results.forEach((result, index) => {
			if ('error' in result) throw nodeError(host.getNode(), result.error, index, `Nothing was ${action.done}.`);
		});
	}
	return results;
}

/** Checks and runs plans, and puts their outcomes where their items are. */
async function runAll<Plan>(
	host: IExecuteFunctions,
	action: Action<Plan>,
	ready: Array<Ready<Plan>>,
	results: Outcome[],
): Promise<void> {
	const org = connectOrg(host);
	const note = (of: Array<Ready<Plan>>, outcomes: Array<Outcome | Error | undefined>): void => {
		of.forEach(({ index }, position) => {
			const outcome = outcomes[position];
			if (outcome !== undefined) results[index] = outcome instanceof Error ? { ok: false, error: outcome } : outcome;
		});
	};
	const plans = ready.map(({ plan }) => plan);
	note(
		ready,
		await attempt(
			host,
			action,
			plans,
			async () => (await action.check?.(org, plans, host.getInputData().length)) ?? [],
		),
	);
	const left = ready.filter(({ index }) => results[index] === undefined);
	const refused = cause(results);
	if (refused !== undefined && !host.continueOnFail()) {
		throw nodeError(host.getNode(), refused.error, refused.index, `Nothing was ${action.done}.`);
	}
	const rest = left.map(({ plan }) => plan);
	if (rest.length > 0) note(left, await attempt(host, action, rest, async () => await action.run(org, rest)));
}

/** What `work` gives for each plan; an error that concerns all of them, for each. */
async function attempt<Plan, T>(
	host: IExecuteFunctions,
	action: Action<Plan>,
	plans: Plan[],
	work: () => Promise<T[]>,
): Promise<Array<T | Error>> {
	try {
		return await work();
	} catch (error) {
		const isForeseen = error instanceof OrgError || error instanceof InputError;
		const soFar =
			isForeseen || action.readsOnly === true
				? `Nothing was ${action.done}.`
				: `What was ${action.done} before is not known.`;
		if (!host.continueOnFail()) throw nodeError(host.getNode(), asError(error), undefined, soFar);
		return plans.map(() => asError(error));
	}
}

function throwFirstFailure<Plan>(host: IExecuteFunctions, action: Action<Plan>, results: Outcome[]): void {
	const first = cause(results);
	if (first !== undefined) throw nodeError(host.getNode(), first.error, first.index, account(results, action));
}

function outputs<Plan>(
	host: IExecuteFunctions,
	action: Action<Plan>,
	items: INodeExecutionData[],
	results: Outcome[],
): INodeExecutionData[][] {
	const all: INodeExecutionData[][] = Array.from({ length: action.outputs }, () => []);
	results.forEach((result, index) => {
		const item = items[index] as INodeExecutionData;
		const pairedItem = { item: index };
		if (!result.ok) {
			all[0]?.push({ ...item, json: { ...kept(host, item), ...failure(host, result.error, index) }, pairedItem });
			return;
		}
		for (const { json, output = 0, ownItem = !action.extendsItem } of result.records) {
			all[output]?.push(ownItem ? { json, pairedItem } : { ...item, json: { ...item.json, ...json }, pairedItem });
		}
	});
	return all;
}

/**
 * What a failed item keeps of the input. An item for the error output may hold `error` and `details` only: n8n tells
 * it by that, and lays it over the input item itself.
 */
function kept(host: IExecuteFunctions, item: INodeExecutionData): IDataObject {
	return host.getNode().onError === 'continueErrorOutput' ? {} : item.json;
}

/** As data and not as the item's own `error`, for which n8n would throw away everything but the message. */
function failure(host: IExecuteFunctions, error: Error, index: number): IDataObject {
	const { remedy, code, fields } = readable(error);
	return {
		error: nodeError(host.getNode(), error, index).message,
		details: { remedy, ...(code === '' ? {} : { code, fields }) },
	};
}
