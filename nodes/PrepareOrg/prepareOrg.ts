import type { IDataObject } from 'n8n-workflow';

import { checkOrg } from '../../readiness/org/check';
import type { Readiness } from '../../readiness/org/check';
import type { Made } from '../../readiness/org/makeThing';
import { prepareOrg as prepare } from '../../readiness/org/prepare';
import { asError } from '../../salesforce/asError';
import type { Org } from '../../salesforce/org';
import type { Action, Outcome } from '../shared/action';
import { undoOf, undoOfAll } from '../shared/undoRecord';
import { Keeper } from './kept';
import { readPlan } from './parameters';
import type { PreparePlan } from './parameters';

const GUIDE_PAGE =
	'https://github.com/n8n-nodes-salesforce-ops/n8n-nodes-salesforce-ops/blob/main/docs/salesforce-setup.md#';

/** Says what jobs need of an org, and makes what is missing. */
export const prepareOrg: Action<PreparePlan> = {
	outputs: 1,
	extendsItem: false,
	done: 'prepared',

	plan: readPlan,

	async run(org, plans) {
		const outcomes: Outcome[] = [];
		for (const plan of plans) {
			try {
				outcomes.push(plan.operation === 'check' ? await checked(org, plan) : await prepared(org, plan));
			} catch (error) {
				outcomes.push({ ok: false, error: asError(error) });
			}
		}
		return outcomes;
	},
};

async function checked(org: Org, { choice, rules }: PreparePlan): Promise<Outcome> {
	const jobs = await checkOrg(org, choice, rules.username);
	const items = await Promise.all(jobs.map(async (one) => await itemsOf(org, one)));
	return { ok: true, idle: true, records: items.flat().map((json) => ({ json })) };
}

/** An item for each requirement of a job, and one that sums them up. */
async function itemsOf(org: Org, { job, ready, findings }: Readiness): Promise<IDataObject[]> {
	const items = findings.map(async ({ setup, guide, ...finding }) => ({
		kind: 'requirement',
		job,
		...finding,
		link: await org.setupLink(setup),
		guide: `${GUIDE_PAGE}${guide}`,
	}));
	const count = (state: string): number => findings.filter((one) => one.state === state).length;
	const counts = { met: count('met'), missing: count('missing'), different: count('different') };
	return [...(await Promise.all(items)), { kind: 'summary', job, ready, ...counts, unknown: count('unknown') }];
}

async function prepared(org: Org, { choice, rules, undo }: PreparePlan): Promise<Outcome> {
	const keeper = rules.dryRun || !undo ? undefined : await Keeper.for(org);
	const { made, error } = await prepare(org, choice, rules);
	const changes = keeper?.changesOf(made);
	const idle = !made.some(({ result }) => result === 'created');
	if (error !== undefined) {
		return { ok: false, error, partlyDone: !idle, ...undoOfAll([...(changes?.values() ?? [])]) };
	}
	const records = made.map(async (one) => ({ json: { ...(await itemOf(org, one)), ...undoOf(changes?.get(one)) } }));
	return { ok: true, idle, records: await Promise.all(records) };
}

async function itemOf(org: Org, { name, sObject, result, id, differs, setup, guide }: Made): Promise<IDataObject> {
	const isDifferent = differs.length > 0;
	return {
		name,
		sObject,
		result,
		...(id === undefined || id === '' ? {} : { id }),
		detail: isDifferent ? `It is there, but ${differs.join(', and ')}.` : '',
		remedy: isDifferent ? 'Change it by hand in Setup: what exists is never changed by this node.' : '',
		link: await org.setupLink(setup),
		guide: `${GUIDE_PAGE}${guide}`,
	};
}
