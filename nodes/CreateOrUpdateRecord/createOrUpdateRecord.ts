import { ChangeRecorder } from '../../changes/org/changeRecorder';
import { checkByDescribe, describeEach } from '../../salesforce/described';
import type { Described, ParentsOf } from '../../salesforce/described';
import { OrgError } from '../../salesforce/errors';
import { inTurns } from '../../salesforce/giveWay';
import { parentNames } from '../../salesforce/recordBody';
import type { Action, Outcome } from '../shared/action';
import type { ItemInput } from '../shared/input';
import { decide } from './decide';
import type { Decision } from './decide';
import { keepingOf } from './kept';
import { readBodyRules, readWriteRules } from './options';
import type { WriteRules } from './options';
import { dryOutcome, writtenOutcome } from './outcome';
import { readId, readKeyField, readObject, readOperation, readValues, withoutId } from './parameters';
import { NamedRecords, prepare } from './prepare';
import type { SavePlan } from './prepare';
import { inRounds } from './rounds';
import { plannedCalls, writeRecords } from './write';
import type { Write } from './write';

/** The objects that a plan's record refers to by an external ID. */
const parentsOf: ParentsOf<SavePlan> = (object, { values }) => parentNames(object, values);

/** What is to be known of creating; the panel shows it while *Create* is chosen. */
export const CREATES_ANEW =
	'Create makes new records each time it runs. If an execution may be retried, use Upsert by an external ID, which creates no duplicates.';

/** Creates, updates and upserts records of any object, 200 a call. */
export const createOrUpdateRecord: Action<SavePlan> = {
	outputs: 1,
	extendsItem: false,
	done: 'saved',

	plan(input: ItemInput): SavePlan {
		const operation = readOperation(input);
		const values = readValues(input);
		const keyField = readKeyField(input, operation);
		const takesId = operation === 'update' || operation === 'createOrUpdate';
		return {
			operation,
			object: readObject(input),
			recordId: readId(input, values, operation, keyField),
			keyField,
			values: takesId ? withoutId(values) : values,
			body: readBodyRules(input),
			rules: readWriteRules(input),
		};
	},

	repeated({ operation }) {
		return operation === 'create' ? CREATES_ANEW : undefined;
	},

	async check(org, plans, items) {
		const seen = new NamedRecords();
		const errors = await checkByDescribe(
			org,
			plans,
			(described, plan) => seen.add(prepare(described, plan)),
			parentsOf,
		);
		return plans.some(({ rules }) => rules.allOrNone) ? allOrNone(errors, items) : errors;
	},

	async run(org, plans) {
		const objects = await describeEach(org, plans, parentsOf);
		const rules = rulesOfRun(plans);
		const keeping = keepingOf(plans, rules);
		const prepared = plans.map((plan, index) => prepare(objects[index] as Described, plan));
		const decisions = inRounds(await decide(org, prepared, keeping === 'all'));
		if (rules.allOrNone && decisions.some((decision) => 'error' in decision)) {
			const errors = allOrNone(
				decisions.map((decision) => ('error' in decision ? decision.error : undefined)),
				plans.length,
			);
			return errors.map((error) => ({ ok: false, error: error as Error }));
		}
		const writes = decisions.filter((decision): decision is Write & Decision => 'how' in decision);
		const positions = new Map(writes.map((write, index) => [write as Decision, index]));
		const calls = plannedCalls(writes, rules);
		const recorder = keeping === 'nothing' ? undefined : await ChangeRecorder.for(org, rules.undo);
		const saved = rules.dryRun ? [] : await writeRecords(org, writes, rules);
		return await inTurns(decisions, (decision, index): Outcome | Promise<Outcome> => {
			const position = positions.get(decision) ?? -1;
			const { object } = objects[index] as Described;
			return rules.dryRun
				? dryOutcome(object.name, decision, calls[position])
				: writtenOutcome(org, object, decision, saved[position], { recorder, keeping });
		});
	},
};

/** The panel takes no expressions for these options but the number of calls, of which the lowest counts. */
function rulesOfRun(plans: readonly SavePlan[]): WriteRules {
	return plans
		.map(({ rules }) => rules)
		.reduce((first, { parallelCalls }) => ({ ...first, parallelCalls: Math.min(first.parallelCalls, parallelCalls) }));
}

/** When one record of a run cannot be saved, none is. */
function allOrNone(errors: Array<Error | undefined>, items: number): Array<Error | undefined> {
	const first = errors.find((error) => error !== undefined);
	if (first === undefined && errors.length === items) return errors;
	const because = first === undefined ? 'another item cannot be sent' : `of another item: ${first.message}`;
	// When it may be sent follows from that item: alone it would be saved without it.
	const facts = first instanceof OrgError ? first : ({ kind: 'input', retry: 'afterChange' } as const);
	return errors.map(
		(error) =>
			error ??
			new OrgError(
				'NOT_SENT',
				`Not sent with All or None on, because ${because}`,
				'Correct that item, then run again.',
				{ kind: facts.kind, retry: facts.retry },
			),
	);
}
