import { givingWay, inTurns } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import { STAMP_FIELDS } from '../../salesforce/stamp';
import type { CaseFieldNames } from '../caseFields';
import { externalIdOf, findPlanCases, visitMoveCases } from './moveCases';
import type { CaseSearch, FoundCase } from './moveCases';

/** What is to be undone. */
export interface UndoTarget {
	/**
	 * A move by its external ID, of whose Cases only one may be meant, by its ID of 18 characters; or a plan by the
	 * prefix of its moves' external IDs.
	 */
	of: { externalId: string; caseId?: string } | { planPrefix: string };
	/** The closed status that the Cases get, by value or label; undefined when they are deleted. */
	status?: string;
}

/** How moves are undone. */
export interface UndoRules {
	names: CaseFieldNames;
	/** Calls in flight at once. */
	parallel: number;
	/** Whether a call carries a thousand Cases. */
	together: boolean;
	/** Whether everything is done but the writes. */
	dryRun: boolean;
	/** API names of what is read of Cases that are deleted, so that they can be put back; undefined where nothing is kept. */
	keep?: readonly string[];
}

/** A Case that may be undone. */
export interface CaseToUndo {
	id: string;
	number: string;
	externalId: string;
	status: string;
	/** What the Case held, where that is kept, without empty fields; of one that is closed, the status and who changed it last. */
	held?: FoundCase;
}

/** The Cases of a target. */
export interface FoundToUndo {
	cases: CaseToUndo[];
	/** Where it has none: they lie in the recycle bin, or there never was one; undefined where another target has them. */
	none?: 'alreadyUndone' | 'notFound';
}

const FIELDS = ['Status', 'CaseNumber', 'IsDeleted'];

/** The Cases of each target. Of several targets of one plan, only the first has its Cases. */
export async function findCasesToUndo(
	org: Org,
	targets: readonly UndoTarget[],
	{ names, parallel, keep }: UndoRules,
): Promise<FoundToUndo[]> {
	const fields = keep === undefined ? FIELDS : [...FIELDS, ...STAMP_FIELDS];
	const search: CaseSearch = { names, fields, parallel, filledOnly: true };
	const isDeleting = targets.some(({ status }) => status === undefined);
	/** With what Cases that are deleted are made again from. */
	const whole: CaseSearch = { ...search, fields: isDeleting ? [...fields, ...(keep ?? [])] : fields };
	const ids = new Set<string>();
	const prefixes = new Set<string>();
	const giveWay = givingWay();
	for (const { of } of targets) {
		await giveWay();
		if ('externalId' in of) ids.add(of.externalId);
		else prefixes.add(of.planPrefix);
	}
	const byId = new Map<string, CaseToUndo[]>();
	const deleted = new Map<string, string[]>();
	await visitMoveCases(org, [...ids], { ...whole, includeDeleted: true }, (id, cases) => {
		byId.set(
			id,
			cases.filter(isThere).map((found) => toUndo(found, whole, keep !== undefined)),
		);
		const gone = cases.filter((found) => !isThere(found)).map(({ Id }) => Id);
		if (gone.length > 0) deleted.set(id, gone);
	});
	const byPrefix = await findPlans(org, [...prefixes], search, keep !== undefined);
	if (keep !== undefined && isDeleting) await readWhole(org, byPrefix, whole);
	return await inTurns(targets, ({ of }): FoundToUndo => {
		if ('planPrefix' in of) {
			const found = byPrefix.get(of.planPrefix) as FoundToUndo;
			// A plan of ten thousand moves may be named by each of them.
			byPrefix.set(of.planPrefix, { cases: [] });
			return found;
		}
		const { externalId, caseId } = of;
		const isMeant = (id: string): boolean => caseId === undefined || id === caseId;
		return {
			cases: (byId.get(externalId) ?? []).filter(({ id }) => isMeant(id)),
			none: (deleted.get(externalId) ?? []).some(isMeant) ? 'alreadyUndone' : 'notFound',
		};
	});
}

async function findPlans(
	org: Org,
	prefixes: readonly string[],
	search: CaseSearch,
	keeps: boolean,
): Promise<Map<string, FoundToUndo>> {
	const living = await findPlanCases(org, prefixes, search);
	const empty = prefixes.filter((prefix) => living.get(prefix)?.length === 0);
	const secondLook = await findPlanCases(org, empty, { ...search, includeDeleted: true });
	return new Map(
		prefixes.map((prefix) => {
			const seen = secondLook.get(prefix) ?? [];
			// A plan that is being pushed may have Cases by now.
			const cases = [...(living.get(prefix) ?? []), ...seen.filter(isThere)];
			return [
				prefix,
				{
					cases: cases.map((found) => toUndo(found, search, keeps)),
					none: seen.length > 0 ? 'alreadyUndone' : 'notFound',
				},
			];
		}),
	);
}

function isThere({ IsDeleted }: FoundCase): boolean {
	return IsDeleted !== true;
}

function toUndo(found: FoundCase, { names }: CaseSearch, keeps: boolean): CaseToUndo {
	const { Id, CaseNumber, Status } = found;
	const held = keeps ? { held: found } : {};
	return {
		id: Id,
		number: String(CaseNumber),
		externalId: externalIdOf(found, names),
		status: String(Status),
		...held,
	};
}

/**
 * Reads what is kept of the Cases of plans. Salesforce gives pages of 200 when long texts are selected, so that a thousand
 * take one call by their external IDs, and five by their plan.
 */
async function readWhole(org: Org, plans: ReadonlyMap<string, FoundToUndo>, search: CaseSearch): Promise<void> {
	const cases = new Map([...plans.values()].flatMap((plan) => plan.cases.map((one) => [one.id, one] as const)));
	const ids = new Set([...cases.values()].map(({ externalId }) => externalId));
	await visitMoveCases(org, [...ids], search, (_id, found) => {
		for (const whole of found) {
			const one = cases.get(whole.Id);
			if (one !== undefined) one.held = whole;
		}
	});
}
