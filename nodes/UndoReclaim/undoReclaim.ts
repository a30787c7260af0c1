import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { carryOut } from '../../licenses/org/carryOut';
import { IDS_PER_QUERY, ORGANIZATION, orgStamp } from '../../licenses/org/licenseQueries';
import { readUserStates } from '../../licenses/org/readUserStates';
import { actExplained } from '../../licenses/org/reclaimErrors';
import { decideUndo } from '../../licenses/undoReclaim';
import type { UndoRecord, UndoSkipReason } from '../../licenses/undoReclaim';
import { asError } from '../../salesforce/asError';
import { batches } from '../../salesforce/batches';
import { InputError } from '../../salesforce/inputError';
import { queryAtOnce } from '../../salesforce/query';
import type { Action, Outcome } from '../shared/action';
import type { ItemInput } from '../shared/input';
import { orgNameField } from '../shared/licenseFields';

const NODE = 'Salesforce Undo Reclaim';

/** What is asked for one item. */
export interface UndoReclaimPlan {
	/** Undefined for an item to whose user nothing was done. */
	undo?: UndoRecord;
	/** Empty for the organization's own name. */
	orgName: string;
}

type Failed = Extract<Outcome, { ok: false }>;

const reclaimField: INodeProperties = {
	displayName: 'Reclaim',
	name: 'reclaim',
	type: 'json',
	default: '={{ $json.reclaim }}',
	required: true,
	description: 'What Salesforce Reclaim License added to the item. Items to whose users nothing was done pass through.',
};

/** The parameters of Salesforce Undo Reclaim. */
export const properties: INodeProperties[] = [reclaimField, orgNameField];

/** Takes back what Salesforce Reclaim License did, from what it added to its items. */
export const undoReclaim: Action<UndoReclaimPlan> = {
	outputs: 1,
	extendsItem: true,
	done: 'undone',

	plan(input: ItemInput): UndoReclaimPlan {
		return { undo: readUndo(input.value(reclaimField)), orgName: input.text(orgNameField) };
	},

	async run(org, plans) {
		const [organization = []] = await queryAtOnce(org, [ORGANIZATION]);
		const { orgId } = orgStamp(organization, '');
		const results = new Map<UndoReclaimPlan, Failed | UndoSkipReason | 'nothingToUndo' | 'undone'>();
		const undoable = plans.flatMap((plan) => (plan.undo === undefined ? [] : [{ plan, undo: plan.undo }]));
		for (const batch of batches(undoable, IDS_PER_QUERY)) {
			try {
				const states = await readUserStates(org, [...new Set(batch.map(({ undo }) => undo.userId))], {
					acts: [...new Set(batch.map(({ undo }) => undo.action))],
					permissionSets: false,
					node: NODE,
				});
				const decisions = batch.map(({ undo }) => decideUndo(undo, states.get(undo.userId.slice(0, 15)), { orgId }));
				const refused = await carryOut(
					org,
					decisions.map((decision) => ('skip' in decision ? [] : decision.steps)),
				);
				batch.forEach(({ plan, undo }, index) => {
					const decision = decisions[index];
					const error = refused[index];
					// Of several steps the first may be done.
					const partlyDone = decision !== undefined && 'steps' in decision && decision.steps.length > 1;
					if (error !== undefined)
						results.set(plan, { ok: false, error: actExplained(error, undo.action, NODE), partlyDone });
					else results.set(plan, decision !== undefined && 'skip' in decision ? decision.skip : 'undone');
				});
			} catch (error) {
				for (const { plan } of batch) results.set(plan, { ok: false, error: asError(error) });
			}
		}
		return plans.map((plan): Outcome => {
			const result = results.get(plan) ?? 'nothingToUndo';
			if (typeof result === 'object') return result;
			const json: IDataObject = { ...orgStamp(organization, plan.orgName), ...shown(result) };
			return { ok: true, idle: result !== 'undone', records: [{ json: { undoReclaim: json } }] };
		});
	},
};

/** What each result says, beside its name. */
const MESSAGES: Record<UndoSkipReason | 'nothingToUndo', string> = {
	otherOrg: 'The item is of another org than the one that the credential opens',
	notFound: 'The org has no such user',
	alreadyUndone: 'It is as it was before already',
	changedSince: 'Somebody gave the user yet another profile since',
	nothingToUndo: 'Nothing was done to the user',
};

function shown(result: keyof typeof MESSAGES | 'undone'): IDataObject {
	if (result === 'undone' || result === 'alreadyUndone') return { result };
	return { result: 'skipped', reason: result, message: MESSAGES[result] };
}

/**
 * The undo record in what Reclaim License added to an item.
 * @throws InputError when it is nothing of the kind
 */
function readUndo(value: unknown): UndoRecord | undefined {
	const reclaim = typeof value === 'string' ? parsed(value) : value;
	if (typeof reclaim !== 'object' || reclaim === null || !('result' in reclaim)) {
		throw new InputError(
			'Reclaim is not what Salesforce Reclaim License adds to an item',
			'Give it the whole of it, {{ $json.reclaim }}.',
		);
	}
	return 'undo' in reclaim ? (reclaim.undo as UndoRecord) : undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
