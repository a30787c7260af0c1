import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { CaseFieldNames } from '../caseFields';
import type { Difference } from '../differences';
import { moveNamed, planPrefix } from '../externalId';
import type { MoveName } from '../externalId';
import { standingOfDuplicate, standingOfMove, standingOfStray } from '../reconcile';
import type { Standing } from '../reconcile';
import { historyOf, historyQueries, nameIn } from './caseHistory';
import type { HistoryEntry } from './caseHistory';
import type { CaseMaker, CasePlan } from './caseMaker';
import { CaseStatuses } from './caseStatuses';
import { externalIdOf, findPlanCases, visitMoveCases } from './moveCases';
import type { FoundCase } from './moveCases';

/** A move as it should be. */
export interface MoveToCompare extends CasePlan {
	/** Whether its date has come, or it has none. */
	isDue: boolean;
	/** Whether it gets in the way of another move. */
	isInConflict: boolean;
}

/** How moves are compared. */
export interface ReconcileRules {
	/** Prefixes of plans that are known to have no moves left. */
	emptyPlans: readonly string[];
	/** Whether the moves are all that the planner has of their plans; otherwise no Case is known to be stale. */
	isComplete: boolean;
	/** Whether the field history of Cases is read. */
	history: boolean;
	parallel: number;
}

/** A Case as it is in the org. */
export interface ComparedCase {
	id: string;
	number: string;
	status: string;
	isClosed: boolean;
	closedDate?: string;
	owner: string;
	lastModifiedDate: string;
	lastModifiedBy: string;
	/** From the newest change to the oldest. */
	history?: HistoryEntry[];
}

/** How a move or a Case stands. */
export interface Reconciled extends Standing {
	externalId: string;
	/** The move that the Case's external ID names; undefined where it names none. */
	name?: MoveName;
	differences: Difference[];
	case?: ComparedCase;
}

/** How moves and the Cases of their plans stand to each other. */
export interface Reconciliation {
	/** One for each move, in their order. */
	moves: Reconciled[];
	/** Further Cases of moves, by the moves' places. */
	duplicates: Map<number, Reconciled[]>;
	/** Cases without a move, by the prefixes of their plans. */
	strays: Map<string, Reconciled[]>;
}

const STATE = [
	'CaseNumber',
	'Status',
	'IsClosed',
	'ClosedDate',
	'Owner.Name',
	'LastModifiedDate',
	'LastModifiedBy.Name',
];

/**
 * Compares moves with the Cases of their plans. Reads only: a call for every thousand moves, one for the plans, and one
 * for the history.
 *
 * @param moves each move once
 * @throws OrgError
 */
export async function reconcileMoves(
	org: Org,
	moves: readonly MoveToCompare[],
	maker: CaseMaker,
	rules: ReconcileRules,
): Promise<Reconciliation> {
	const search = { names: maker.names, fields: STATE, parallel: rules.parallel };
	const seen = new Map<number, Seen[]>();
	const places = new Map(moves.map(({ externalId }, place) => [externalId, place]));
	const fields = [...STATE, ...(await maker.fieldsToCompare(moves))];
	await visitMoveCases(org, [...places.keys()], { ...search, fields }, (externalId, cases) => {
		const place = places.get(externalId) as number;
		const move = moves[place] as MoveToCompare;
		seen.set(
			place,
			cases.map((found, age) => ({
				case: comparedCase(found),
				// Only the oldest is the move's; what the others hold does not matter.
				differences: age === 0 ? maker.differences(move, found).filter((one) => isTold(one, found)) : [],
			})),
		);
	});
	const strays = await findStrays(org, moves, places, rules, search);
	const reopened = rules.history ? await readHistories(org, seen, strays) : new Set<string>();
	return {
		moves: moves.map((move, place) => standing(move, seen.get(place)?.[0], reopened)),
		duplicates: new Map(
			[...seen].flatMap(([place, cases]) => {
				const others = cases.slice(1).map((one) => duplicate(moves[place] as MoveToCompare, one));
				return others.length === 0 ? [] : [[place, others]];
			}),
		),
		strays: new Map([...strays].map(([prefix, cases]) => [prefix, cases.map((one) => stray(one, rules.isComplete))])),
	};
}

/** The prefix of moves without a plan, of whose Cases nobody can say what else belongs to them. */
const NO_PLAN = planPrefix('');

/** A Case that was found, and where it is not as its move says. */
interface Seen {
	case: ComparedCase;
	differences: Difference[];
}

/** A Case without a move. */
interface Stray {
	externalId: string;
	case: ComparedCase;
}

/** That a closed Case has another status than it began with is what being closed means. */
function isTold({ field }: Difference, { IsClosed }: FoundCase): boolean {
	return IsClosed !== true || field !== 'Status';
}

async function findStrays(
	org: Org,
	moves: readonly MoveToCompare[],
	places: ReadonlyMap<string, number>,
	{ emptyPlans }: ReconcileRules,
	search: { names: CaseFieldNames; fields: readonly string[]; parallel: number },
): Promise<Map<string, Stray[]>> {
	const prefixes = new Set(emptyPlans);
	for (const { move } of moves) {
		const prefix = planPrefix(move.movePlanId);
		if (prefix !== NO_PLAN) prefixes.add(prefix);
	}
	const strays = new Map<string, Stray[]>();
	for (const [prefix, cases] of await findPlanCases(org, [...prefixes], search)) {
		const own = cases
			.map((found) => ({ externalId: externalIdOf(found, search.names), case: comparedCase(found) }))
			.filter(({ externalId }) => !places.has(externalId));
		strays.set(prefix, own);
	}
	return strays;
}

/**
 * Gives Cases their history, as far as the org keeps one: all of it where something is to be told, else the changes of
 * the status, which tell whether a Case was closed before.
 *
 * @returns IDs of open Cases that were closed before
 */
async function readHistories(
	org: Org,
	seen: ReadonlyMap<number, Seen[]>,
	strays: ReadonlyMap<string, Stray[]>,
): Promise<Set<string>> {
	const told: ComparedCase[] = [...strays.values()].flat().map((one) => one.case);
	const quiet: ComparedCase[] = [];
	for (const cases of seen.values()) {
		for (const [age, { case: one, differences }] of cases.entries()) {
			(age > 0 || one.isClosed || differences.length > 0 ? told : quiet).push(one);
		}
	}
	if (told.length + quiet.length === 0) return new Set();
	const wishes = [
		{ ids: told.map(({ id }) => id), onlyStatus: false },
		{ ids: quiet.map(({ id }) => id), onlyStatus: true },
	];
	const [ofStatuses, ...ofHistory] = await queryEach(org, [CaseStatuses.query, ...historyQueries(wishes)]);
	const history = historyOf(ofHistory);
	if (history === undefined || ofStatuses?.ok !== true) return new Set();
	const statuses = CaseStatuses.from(ofStatuses.records);
	for (const one of told) one.history = history.get(one.id) ?? [];
	const reopened = new Set<string>();
	for (const one of [...told, ...quiet]) {
		const entries = history.get(one.id) ?? [];
		const wasClosed = entries.some(({ field, from }) => field === 'Status' && statuses.isClosed(from));
		if (one.isClosed || !wasClosed) continue;
		one.history = entries;
		reopened.add(one.id);
	}
	return reopened;
}

function standing(move: MoveToCompare, found: Seen | undefined, reopened: ReadonlySet<string>): Reconciled {
	const facts = found && {
		isClosed: found.case.isClosed,
		differs: found.differences.length > 0,
		wasReopened: reopened.has(found.case.id),
	};
	return { ...standingOfMove(move, facts), externalId: move.externalId, differences: [], ...found };
}

function duplicate({ externalId }: MoveToCompare, { case: found }: Seen): Reconciled {
	return {
		...standingOfDuplicate(found.isClosed),
		externalId,
		name: moveNamed(externalId),
		differences: [],
		case: found,
	};
}

function stray({ externalId, case: found }: Stray, isComplete: boolean): Reconciled {
	const name = moveNamed(externalId);
	// What nobody can name, nobody can undo.
	return {
		...standingOfStray(found.isClosed, isComplete && name !== undefined),
		externalId,
		name,
		differences: [],
		case: found,
	};
}

function comparedCase(found: FoundCase): ComparedCase {
	const { Id, CaseNumber, Status, IsClosed, ClosedDate, Owner, LastModifiedDate, LastModifiedBy } = found;
	return {
		id: Id,
		number: String(CaseNumber),
		status: String(Status),
		isClosed: IsClosed === true,
		...(typeof ClosedDate === 'string' ? { closedDate: ClosedDate } : {}),
		owner: nameIn(Owner),
		lastModifiedDate: String(LastModifiedDate),
		lastModifiedBy: nameIn(LastModifiedBy),
	};
}
