import { append } from '../../salesforce/append';
import { carriersOf, plannedWrites } from '../../salesforce/records';
import type { PlannedCall, PlannedWrite } from '../../salesforce/records';
import type { Step } from '../step';
import { groupsOf, written } from './carryOut';

/** What would be written to one record. */
export interface PlannedRecord {
	kind: Step['kind'];
	object: Step['object'];
	/** Undefined of a record that would be created. */
	id?: string;
	/** The fields that it would get; undefined of one that would be deleted. */
	values?: Record<string, unknown>;
	call: PlannedCall;
}

const METHODS = { create: 'POST', update: 'PATCH', delete: 'DELETE' } as const;

/**
 * What `carryOut` would write where nothing is refused, without a call.
 *
 * @param lots acts that are carried out one lot after the other, each as its steps
 * @returns by an act's steps what it would write, record by record; the calls are numbered across all lots
 */
export function planWrites(lots: ReadonlyArray<ReadonlyArray<readonly Step[]>>): Map<readonly Step[], PlannedRecord[]> {
	const calls: PlannedWrite[] = [];
	const planned: Array<{ steps: readonly Step[]; record: Omit<PlannedRecord, 'call'>; place: number }> = [];
	let sent = 0;
	for (const acts of lots) {
		for (const group of groupsOf(acts, () => false)) {
			const { records, positions } = written(group.map(({ step }) => step));
			for (const [index, { act, step }] of group.entries()) {
				const own = recordsOf(step);
				const steps = acts[act] as readonly Step[];
				own.forEach((record, nth) =>
					planned.push({ steps, record, place: sent + (positions[index]?.[nth] as number) }),
				);
			}
			calls.push(...plannedWrites(METHODS[(group[0]?.step as Step).kind], records.length, {}));
			sent += records.length;
		}
	}
	const carriers = carriersOf(calls);
	const byAct = new Map<readonly Step[], PlannedRecord[]>();
	for (const { steps, record, place } of planned) {
		append(byAct, steps, { ...record, call: carriers[place] as PlannedCall });
	}
	return byAct;
}

function recordsOf(step: Step): Array<Omit<PlannedRecord, 'call'>> {
	const { kind, object } = step;
	if (kind === 'create') return step.records.map((values) => ({ kind, object, values }));
	if (kind === 'delete') return step.ids.map((id) => ({ kind, object, id }));
	return [{ kind, object, id: step.id, values: step.fields }];
}
