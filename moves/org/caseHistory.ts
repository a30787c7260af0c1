import { batches } from '../../salesforce/batches';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { listLiteral, textLiteral } from '../../salesforce/soql';

/** Who changed what of a Case, and when. */
export interface HistoryEntry {
	/** As Salesforce writes it, in UTC. */
	date: string;
	by: string;
	/** API name, or `created`; a lookup without its `Id`. */
	field: string;
	/** Null where Salesforce keeps no values, as of long texts. */
	from: unknown;
	to: unknown;
}

/** Case IDs of one query. */
const IDS_PER_QUERY = 1_000;

/** Rows of one query: a page. */
const ROWS_PER_QUERY = 2_000;

/** The newest changes of a Case that an item tells. */
const ENTRIES = 20;

/** Cases, and whether all their changes are wanted, or those of their status alone. */
export interface HistoryWish {
	ids: readonly string[];
	onlyStatus: boolean;
}

/** The queries for the field history of Cases; at most a page for every thousand Cases, the newest changes first. */
export function historyQueries(wishes: readonly HistoryWish[]): string[] {
	return wishes.flatMap(({ ids, onlyStatus }) =>
		batches(ids, IDS_PER_QUERY).map((some) => {
			const which = `CaseId IN ${listLiteral(some.map(textLiteral))}${onlyStatus ? " AND Field = 'Status'" : ''}`;
			return `SELECT CaseId, Field, OldValue, NewValue, CreatedDate, CreatedBy.Name FROM CaseHistory WHERE ${which} ORDER BY CreatedDate DESC, Id DESC LIMIT ${ROWS_PER_QUERY}`;
		}),
	);
}

/**
 * What those queries found, by Case ID, from the newest change to the oldest.
 * @returns undefined where the org keeps no history that the API user can see
 */
export function historyOf(outcomes: readonly QueryOutcome[]): Map<string, HistoryEntry[]> | undefined {
	const history = new Map<string, HistoryEntry[]>();
	for (const outcome of outcomes) {
		if (!outcome.ok) return undefined;
		for (const row of outcome.records) {
			const entries = history.get(String(row.CaseId)) ?? [];
			if (entries.length < ENTRIES) entries.push(entryOf(row));
			history.set(String(row.CaseId), entries);
		}
	}
	return history;
}

function entryOf({ Field, OldValue, NewValue, CreatedDate, CreatedBy }: QueriedRecord): HistoryEntry {
	return {
		date: String(CreatedDate),
		by: nameIn(CreatedBy),
		field: String(Field),
		from: OldValue ?? null,
		to: NewValue ?? null,
	};
}

/** The name of a person or queue that a Case refers to; empty where nobody may see it. */
export function nameIn(parent: unknown): string {
	const { Name } = (parent ?? {}) as { Name?: unknown };
	return typeof Name === 'string' ? Name : '';
}
