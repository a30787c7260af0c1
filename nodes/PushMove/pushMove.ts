import type { IDataObject } from 'n8n-workflow';

import { EXTERNAL_ID_FIELD } from '../../moves/externalId';
import { isDue } from '../../moves/move';
import type { Move } from '../../moves/move';
import { moveCase } from '../../moves/moveCase';
import type { MoveCase } from '../../moves/moveCase';
import { findMoveCases } from '../../moves/org/moveCases';
import type { FoundCase } from '../../moves/org/moveCases';
import { sameValue } from '../../moves/sameValue';
import { OrgError } from '../../salesforce/errors';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import { createRecords, updateRecords } from '../../salesforce/records';
import type { SaveResult } from '../../salesforce/records';
import type { Action, Outcome } from '../shared/action';
import { fewestCalls } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { readCaseTemplate, readMove, readRules } from './parameters';

/** One move, checked and turned into its Case. */
export interface PushPlan {
	move: Move;
	due: boolean;
	case: MoveCase;
	/** Whether the org's assignment rules run if the Case is created. */
	assignmentRules: boolean;
	parallelCalls: number;
}

/** What became of a Case. */
type Result = 'created' | 'updated' | 'unchanged';

/** Saves the moves that are due as Cases, one each however often it runs, and passes on the others. */
export const pushMove: Action<PushPlan> = {
	outputs: 2,
	extendsItem: true,
	done: 'pushed',

	plan(input: ItemInput): PushPlan {
		const move = readMove(input);
		return {
			move,
			due: isDue(move, input.now),
			case: moveCase(move, readCaseTemplate(input)),
			...readRules(input),
		};
	},

	conflicts(plans) {
		const seen = new Set<string>();
		return plans.map(({ case: { externalId } }) => {
			if (!seen.has(externalId)) {
				seen.add(externalId);
				return undefined;
			}
			return new InputError(
				'An earlier item of this run has the same Move ID and Move Plan ID',
				"Keep one of the two; n8n's Remove Duplicates node does that.",
			);
		});
	},

	async run(org, plans) {
		const due = plans.filter((plan) => plan.due);
		const outcomes = new Map<PushPlan, Outcome>(await pushAll(org, due));
		return plans.map(
			(plan) =>
				outcomes.get(plan) ?? { ok: true, idle: true, records: [{ json: { case: { result: 'notDue' } }, output: 1 }] },
		);
	},
};

async function pushAll(org: Org, plans: PushPlan[]): Promise<Array<[PushPlan, Outcome]>> {
	if (plans.length === 0) return [];
	const push = new Push(org, plans);
	await push.findExisting();
	await push.createMissing();
	await push.settleUncertain();
	await push.updateChanged();
	return await push.outcomes();
}

/** One run's moves on their way to Salesforce. */
class Push {
	private existing = new Map<string, FoundCase[]>();
	private readonly results = new Map<PushPlan, { id: string; number?: unknown; result: Result } | { error: Error }>();

	constructor(
		private readonly org: Org,
		private readonly plans: PushPlan[],
	) {}

	/** Assignment rules may run for new Cases only, so it must be known which are new before anything is written. */
	async findExisting(): Promise<void> {
		const fields = this.plans.flatMap((plan) =>
			Object.keys(plan.case.fields).filter((name) => !isReference(plan.case.fields[name])),
		);
		this.existing = await this.find(this.plans, ['CaseNumber', ...fields]);
	}

	async createMissing(): Promise<void> {
		const missing = this.plans.filter((plan) => !this.existing.has(plan.case.externalId));
		for (const assignmentRules of [true, false]) {
			const plans = missing.filter((plan) => plan.assignmentRules === assignmentRules);
			const saved = await createRecords(
				this.org,
				'Case',
				plans.map((plan) => plan.case.fields),
				{ parallel: fewestCalls(this.plans), assignmentRules },
			);
			this.note(plans, saved, 'created');
		}
	}

	/**
	 * Reads back what was created, for the Case numbers, and settles what only the org knows: a call that brought no
	 * answer may have saved its Cases, and a duplicate value means that another run came first.
	 */
	async settleUncertain(): Promise<void> {
		const asked = this.plans.filter(
			(plan) => !this.existing.has(plan.case.externalId) && !failedForGood(this.results.get(plan)),
		);
		if (asked.length === 0) return;
		// The Cases are saved, or known to be in doubt: that they cannot be read now changes neither.
		const found = await this.find(asked, ['CaseNumber']).catch(() => new Map<string, FoundCase[]>());
		for (const plan of asked) {
			const [saved] = found.get(plan.case.externalId) ?? [];
			const result = this.results.get(plan);
			if (saved === undefined || result === undefined) continue;
			if (!('error' in result)) result.number = saved.CaseNumber;
			else if (isUnanswered(result.error))
				this.results.set(plan, { id: saved.Id, number: saved.CaseNumber, result: 'created' });
			else this.existing.set(plan.case.externalId, found.get(plan.case.externalId) ?? []);
		}
	}

	async updateChanged(): Promise<void> {
		const changed: PushPlan[] = [];
		for (const plan of this.plans) {
			const [existing, ...others] = this.existing.get(plan.case.externalId) ?? [];
			if (existing === undefined) continue;
			if (others.length > 0) this.results.set(plan, { error: ambiguous(existing, others) });
			else if (isUnchanged(plan, existing)) {
				this.results.set(plan, { id: existing.Id, number: existing.CaseNumber, result: 'unchanged' });
			} else changed.push(plan);
		}
		const records = changed.map((plan) => ({ ...plan.case.fields, id: this.existingCase(plan)?.Id ?? '' }));
		const saved = await updateRecords(this.org, 'Case', records, {
			parallel: fewestCalls(this.plans),
			assignmentRules: false,
		});
		this.note(changed, saved, 'updated');
	}

	async outcomes(): Promise<Array<[PushPlan, Outcome]>> {
		const outcomes: Array<[PushPlan, Outcome]> = [];
		for (const plan of this.plans) {
			const result = this.results.get(plan) ?? { error: new Error('Salesforce did not say what became of this move') };
			if ('error' in result) {
				outcomes.push([plan, { ok: false, error: result.error }]);
				continue;
			}
			const json: IDataObject = {
				id: result.id,
				...(typeof result.number === 'string' ? { number: result.number } : {}),
				link: await this.org.recordLink('Case', result.id),
				externalId: plan.case.externalId,
				result: result.result,
				...(plan.case.cut.length > 0 ? { cut: plan.case.cut } : {}),
			};
			outcomes.push([plan, { ok: true, idle: result.result === 'unchanged', records: [{ json: { case: json } }] }]);
		}
		return outcomes;
	}

	private async find(plans: PushPlan[], fields: string[]): Promise<Map<string, FoundCase[]>> {
		return await findMoveCases(
			this.org,
			plans.map((plan) => plan.case.externalId),
			fields,
		);
	}

	private existingCase(plan: PushPlan): FoundCase | undefined {
		return this.existing.get(plan.case.externalId)?.[0];
	}

	private note(plans: PushPlan[], saved: SaveResult[], result: Result): void {
		plans.forEach((plan, index) => {
			const outcome = saved[index];
			if (outcome === undefined) return;
			const number = this.existingCase(plan)?.CaseNumber;
			this.results.set(plan, outcome.ok ? { id: outcome.id, number, result } : { error: outcome.error });
		});
	}
}

/** Whether a value names another record by its external ID (`{ "ExternalKey__c": "A-1" }`), which cannot be read back. */
function isReference(value: unknown): boolean {
	return typeof value === 'object' && value !== null;
}

function isUnanswered(error: Error): boolean {
	return error instanceof OrgError && error.inDoubt;
}

/** Whether a failed creation leaves no doubt that the org holds no Case of this move by this run or another. */
function failedForGood(result: { error: Error } | object | undefined): boolean {
	if (result === undefined || !('error' in result)) return false;
	return !isUnanswered(result.error) && !(result.error instanceof OrgError && result.error.code === 'DUPLICATE_VALUE');
}

function isUnchanged(plan: PushPlan, existing: FoundCase): boolean {
	return Object.entries(plan.case.fields).every(
		([name, value]) => name === EXTERNAL_ID_FIELD || sameValue(name, value, existing[name]),
	);
}

function ambiguous(first: FoundCase, others: FoundCase[]): OrgError {
	const ids = [first, ...others].map(({ Id }) => Id).join(', ');
	return new OrgError(
		'DUPLICATE_EXTERNAL_ID',
		`${others.length + 1} Cases carry the external ID of this move: ${ids}`,
		`Delete all but one of them. Ticking Unique on ${EXTERNAL_ID_FIELD} keeps it from happening again.`,
		{ fields: [EXTERNAL_ID_FIELD] },
	);
}
