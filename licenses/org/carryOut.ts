import { append } from '../../salesforce/append';
import type { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { createRecords, deleteRecords, updateRecords } from '../../salesforce/records';
import type { SaveResult } from '../../salesforce/records';
import type { LicenseObject, Step } from '../step';

/** One call after the other: users share roles, groups and sharing rules, which Salesforce locks while it recomputes them. */
const OPTIONS = { parallel: 1 };

/** Whether a refusal means that a step is done already: somebody else came first, or Salesforce did it along with another. */
function isDoneAlready(kind: Step['kind'], error: OrgError): boolean {
	return kind === 'delete' ? error.isGone : kind === 'create' && error.code === 'DUPLICATE_VALUE';
}

/** Why an act was not carried out to its end, and at which of its steps. */
export interface Refusal {
	error: OrgError;
	step: number;
}

/** A step that was sent, and what became of each of its records. */
export interface SentStep extends ActStep {
	results: SaveResult[];
}

/** What came of acts. */
export interface CarriedOut {
	/** For each act why it was refused, and at which of its steps; undefined when it was carried out. */
	refused: Array<Refusal | undefined>;
	/** All steps that were sent, in the order in which they were. */
	sent: SentStep[];
}

/**
 * Carries out the steps of many acts, as few calls as there are kinds of step: all first steps, then the second steps
 * of those whose first was not refused. No call holds two objects.
 *
 * @param acts the steps of each act, in order; of several that update one record the later one's values count
 */
async function carryOut(org: Org, acts: ReadonlyArray<readonly Step[]>): Promise<CarriedOut> {
	const refused: Array<Refusal | undefined> = acts.map(() => undefined);
	const sent: SentStep[] = [];
	for (const group of groupsOf(acts, (act) => refused[act] !== undefined)) {
		const saved = await write(
			org,
			group.map(({ step }) => step),
		);
		group.forEach(({ act, step }, index) => {
			const results = saved[index] as SaveResult[];
			sent.push({ act, step, results });
			const error = refusalOf(step.kind, results);
			if (error !== undefined) refused[act] = { error, step: acts[act]?.indexOf(step) ?? 0 };
		});
	}
	return { refused, sent };
}

/** Why a step is not done. */
function refusalOf(kind: Step['kind'], results: readonly SaveResult[]): OrgError | undefined {
	const failed = results.find((result) => !result.ok && !isDoneAlready(kind, result.error));
	return failed?.ok === false ? failed.error : undefined;
}

/** Whether a step of an act, which is named by its place, is seen to be done. */
export type IsSeen = (act: number, step: Step) => boolean;

/**
 * As `carryOut`, and what a gateway left in doubt is looked at: a step that is seen to be done is done, and those after
 * it are carried out as well. One that is not seen may still come, and is not sent a second time.
 *
 * @param look reads again what the acts of these places are about
 */
export async function carryOutAndLook(
	org: Org,
	acts: ReadonlyArray<readonly Step[]>,
	look: (open: readonly number[]) => Promise<IsSeen>,
): Promise<CarriedOut> {
	const refused: Array<Refusal | undefined> = acts.map(() => undefined);
	const sent: SentStep[] = [];
	const done = acts.map(() => 0);
	for (let left = [...acts.keys()]; left.length > 0;) {
		const results = await carryOut(
			org,
			left.map((act) => acts[act]?.slice(done[act]) ?? []),
		);
		sent.push(...results.sent.map((step) => ({ ...step, act: left[step.act] as number })));
		left.forEach((act, index) => {
			const result = results.refused[index];
			refused[act] = result && { ...result, step: result.step + (done[act] ?? 0) };
		});
		const open = left.filter((act) => refused[act]?.error.inDoubt);
		if (open.length === 0) break;
		const isSeen = await look(open);
		left = open.filter((act) => {
			const at = refused[act]?.step ?? 0;
			const step = acts[act]?.[at];
			if (step === undefined || !isSeen(act, step)) return false;
			refused[act] = undefined;
			done[act] = at + 1;
			return true;
		});
	}
	return { refused, sent };
}

/** A step, and the place of its act. */
export interface ActStep {
	act: number;
	step: Step;
}

/**
 * The steps of many acts, in the groups in which they are sent: those of one kind and object together, all first steps
 * before the second ones.
 *
 * @param isOut whether an act has ended, asked when the step before it is done
 */
export function* groupsOf(
	acts: ReadonlyArray<readonly Step[]>,
	isOut: (act: number) => boolean,
): Generator<ActStep[], void> {
	const most = Math.max(0, ...acts.map((steps) => steps.length));
	for (let round = 0; round < most; round++) {
		const groups = new Map<string, ActStep[]>();
		acts.forEach((steps, act) => {
			const step = steps[round];
			if (step === undefined || isOut(act)) return;
			append(groups, `${step.kind} ${step.object}`, { act, step });
		});
		yield* groups.values();
	}
}

/** Carries out steps of one kind and object; for each what became of its records. */
async function write(org: Org, steps: Step[]): Promise<SaveResult[][]> {
	const [first] = steps;
	if (first === undefined) return [];
	const { records, positions } = written(steps);
	const saved = await save(org, first.kind, first.object, records);
	return positions.map((own) => own.map((position) => saved[position] as SaveResult));
}

/** A record of a write: its fields, or of one to be deleted the ID. */
type Written = Record<string, unknown>;

/** The records of a write, and for each step at which positions its own stand: no call takes one record twice. */
export function written(steps: readonly Step[]): { records: Written[]; positions: number[][] } {
	const records: Written[] = [];
	const updated = new Map<string, number>();
	const add = (record: Written): number => records.push(record) - 1;
	const positions = steps.map((step) => {
		if (step.kind === 'create') return step.records.map(add);
		if (step.kind === 'delete') return step.ids.map((id) => add({ id }));
		const position = updated.get(step.id) ?? add({ id: step.id });
		updated.set(step.id, position);
		Object.assign(records[position] as Written, step.fields);
		return [position];
	});
	return { records, positions };
}

async function save(org: Org, kind: Step['kind'], object: LicenseObject, records: Written[]): Promise<SaveResult[]> {
	switch (kind) {
		case 'update':
			return await updateRecords(org, object, records as Array<Written & { id: string }>, OPTIONS);
		case 'create':
			return await createRecords(org, object, records, OPTIONS);
		case 'delete':
			return await deleteRecords(
				org,
				records.map(({ id }) => String(id)),
				OPTIONS,
			);
	}
}
