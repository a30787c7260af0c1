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

/**
 * Carries out the steps of many acts, as few calls as there are kinds of step: all first steps, then the second steps
 * of those whose first was not refused. No call holds two objects.
 *
 * @param acts the steps of each act, in order
 * @returns for each act why it was refused; undefined when it was carried out
 */
export async function carryOut(org: Org, acts: ReadonlyArray<readonly Step[]>): Promise<Array<OrgError | undefined>> {
	const refused: Array<OrgError | undefined> = acts.map(() => undefined);
	const most = Math.max(0, ...acts.map((steps) => steps.length));
	for (let round = 0; round < most; round++) {
		const groups = new Map<string, Array<{ act: number; step: Step }>>();
		acts.forEach((steps, act) => {
			const step = steps[round];
			if (step === undefined || refused[act] !== undefined) return;
			const key = `${step.kind} ${step.object}`;
			groups.set(key, [...(groups.get(key) ?? []), { act, step }]);
		});
		for (const group of groups.values()) {
			const results = await write(
				org,
				group.map(({ step }) => step),
			);
			results.forEach((error, index) => {
				refused[group[index]?.act ?? 0] = error;
			});
		}
	}
	return refused;
}

/** Carries out steps of one kind and object; one result for each. */
async function write(org: Org, steps: Step[]): Promise<Array<OrgError | undefined>> {
	const [first] = steps;
	if (first === undefined) return [];
	const counts = steps.map((step) =>
		step.kind === 'update' ? 1 : step.kind === 'create' ? step.records.length : step.ids.length,
	);
	const saved = await save(org, first.kind, first.object, steps);
	let next = 0;
	return counts.map((count) => {
		const own = saved.slice(next, next + count);
		next += count;
		const failed = own.find((result) => !result.ok && !isDoneAlready(first.kind, result.error));
		return failed?.ok === false ? failed.error : undefined;
	});
}

async function save(org: Org, kind: Step['kind'], object: LicenseObject, steps: Step[]): Promise<SaveResult[]> {
	switch (kind) {
		case 'update':
			return await updateRecords(
				org,
				object,
				steps.flatMap((step) => (step.kind === 'update' ? [{ id: step.id, ...step.fields }] : [])),
				OPTIONS,
			);
		case 'create':
			return await createRecords(
				org,
				object,
				steps.flatMap((step) => (step.kind === 'create' ? step.records : [])),
				OPTIONS,
			);
		case 'delete':
			return await deleteRecords(
				org,
				steps.flatMap((step) => (step.kind === 'delete' ? step.ids : [])),
				OPTIONS,
			);
	}
}
