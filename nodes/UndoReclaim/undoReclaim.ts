import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { UndoResult } from '../../licenses/org/undoReclaims';
import { InputError } from '../../salesforce/inputError';
import { readRecord } from '../../salesforce/signature';
import type { Action, Outcome } from '../shared/action';
import { dryRunField } from '../shared/fields';
import { giveBack } from '../shared/givenBack';
import type { ItemInput } from '../shared/input';
import { orgNameField } from '../shared/licenseFields';
import { optionsCollection } from '../shared/optionsCollection';
import { shownWrite } from '../shared/shownWrite';
import { undoOfAll } from '../shared/undoRecord';

const NODE = 'Salesforce Undo Reclaim';

/** What is asked for one item. */
export interface UndoReclaimPlan {
	/** What is said to undo an act, or why there is nothing of the kind. */
	record: Record<string, unknown> | NoRecord;
	acceptOtherSecret: boolean;
	restoreChanged: boolean;
	dryRun: boolean;
	/** ISO 8601. */
	now: string;
	/** Empty for the organization's own name. */
	orgName: string;
}

type NoRecord = 'nothingToUndo' | 'noRecord';

const reclaimField: INodeProperties = {
	displayName: 'Reclaim',
	name: 'reclaim',
	type: 'json',
	default: '={{ $json.reclaim }}',
	required: true,
	description:
		'What Salesforce Reclaim License added to the item, or the undo record in it, each as an object or as text. Items whose user was left alone pass through.',
};

const acceptOtherSecretField: INodeProperties = {
	displayName: 'Accept Records of an Earlier Secret',
	name: 'acceptOtherSecret',
	type: 'boolean',
	default: false,
	description:
		'Whether to undo also records that were signed with another secret of the credential. Switch it on only after a secret was changed, and only for records that nobody else could write: their signature proves nothing.',
};

const restoreChangedField: INodeProperties = {
	displayName: 'Restore What Was Changed Since',
	name: 'restoreChanged',
	type: 'boolean',
	default: false,
	description:
		'Whether to undo an act although somebody changed the user since, as long as what the act wrote is still so. Otherwise such users are left alone.',
};

/** The options of Salesforce Undo Reclaim. */
const optionsField = optionsCollection([acceptOtherSecretField, dryRunField, restoreChangedField]);

/** The parameters of Salesforce Undo Reclaim. */
export const properties: INodeProperties[] = [reclaimField, orgNameField, optionsField];

/** Takes back what Salesforce Reclaim License did, from what it added to its items. */
export const undoReclaim: Action<UndoReclaimPlan> = {
	outputs: 1,
	extendsItem: true,
	done: 'undone',

	plan(input: ItemInput): UndoReclaimPlan {
		const options = input.collection(optionsField);
		return {
			record: readUndo(input.value(reclaimField)),
			acceptOtherSecret: options.flag(acceptOtherSecretField),
			restoreChanged: options.flag(restoreChangedField),
			dryRun: options.flag(dryRunField),
			now: input.now.toUTC().toISO() ?? '',
			orgName: input.text(orgNameField),
		};
	},

	conflicts(plans) {
		// One bad record among many is left alone; a run of nothing else was given the wrong parameter.
		const fault = new InputError(
			'Reclaim is not what Salesforce Reclaim License adds to an item',
			'Give it all of that: {{ $json.reclaim }}.',
		);
		const isWrong = plans.every(({ record }) => record === 'noRecord');
		return plans.map(() => (isWrong ? fault : undefined));
	},

	async run(org, plans) {
		const undoable = plans.filter(({ record }) => typeof record === 'object');
		const { org: known, results } = await giveBack(org, {
			records: undoable.map(({ record, acceptOtherSecret, restoreChanged }) => ({
				record: record as Record<string, unknown>,
				acceptOtherSecret,
				restoreChanged,
			})),
			now: plans[0]?.now ?? '',
			// One item that is to be tried only is enough for nothing to be written.
			dryRun: plans.some(({ dryRun }) => dryRun),
			node: NODE,
		});
		const byPlan = new Map(undoable.map((plan, index) => [plan, results[index]]));
		return plans.map((plan): Outcome => {
			const one = byPlan.get(plan) ?? {
				result: 'skipped',
				reason: plan.record as NoRecord,
				message: NO_RECORD[plan.record as NoRecord],
				changes: [],
			};
			const undo = undoOfAll(one.changes);
			if (one.result === 'failed') return { ok: false, error: one.error, partlyDone: one.partlyDone, ...undo };
			const json = { org: plan.orgName.trim() || known.name, orgId: known.orgId, ...shown(one) };
			return { ok: true, idle: one.result !== 'undone', records: [{ json: { undoReclaim: json, ...undo } }] };
		});
	},
};

const NO_RECORD: Record<NoRecord, string> = {
	nothingToUndo: 'Nothing was done to the user',
	noRecord: 'This is not what Salesforce Reclaim License adds to an item, nor the undo record in it',
};

type Shown = Exclude<UndoResult, { result: 'failed' }> | { result: 'skipped'; reason: NoRecord; message: string };

function shown(one: Shown): IDataObject {
	if (one.result !== 'skipped') {
		const note = one.note === '' ? {} : { message: one.note };
		if (one.result === 'undone') return { result: 'undone', ...note };
		return { result: 'notSent', would: 'undo', ...note, writes: one.writes.map(shownWrite) };
	}
	if (one.reason === 'alreadyUndone') return { result: 'alreadyUndone' };
	return { result: 'skipped', reason: one.reason, message: one.message };
}

/** The undo record in what Reclaim License added to an item, or by itself. */
function readUndo(value: unknown): UndoReclaimPlan['record'] {
	const given = readRecord(value);
	if (given === undefined) return 'noRecord';
	if ('changes' in given) return given;
	if ('undo' in given) return readRecord(given.undo) ?? {};
	return 'result' in given ? 'nothingToUndo' : 'noRecord';
}
