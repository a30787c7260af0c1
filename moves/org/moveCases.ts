import { atOnce, batches } from '../../salesforce/batches';
import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { queryAtOnce, QUERIES_PER_CALL } from '../../salesforce/query';
import type { QueriedRecord, Query } from '../../salesforce/query';
import { RECORDS_PER_CALL } from '../../salesforce/records';
import { likePattern, listLiteral, textLiteral } from '../../salesforce/soql';
import { FIELD_HIDDEN } from '../../salesforce/errorCodes';
import type { CaseFieldNames } from '../caseFields';
import { byAge } from '../duplicates';

/** A move's Case as far as it was read; what was selected beside stands under its own name. */
export interface FoundCase extends QueriedRecord {
	Id: string;
}

/** What is read of Cases. */
export interface CaseSearch {
	names: CaseFieldNames;
	/** API names to read beside Id and the external ID. */
	fields: readonly string[];
	/** Whether Cases in the recycle bin are found too. */
	includeDeleted?: boolean;
	/** Whether of a Case only what is not empty is kept, for those that are held while others are read. */
	filledOnly?: boolean;
	/** Calls in flight at once. */
	parallel: number;
}

/** External IDs of one query: Salesforce gives pages of 200 when two long text fields are selected. */
const IDS_PER_QUERY = RECORDS_PER_CALL;

/** Characters of one list of external IDs, each of which may have 255: a query may have 100,000. */
const PREFIXES_PER_QUERY = 100;

/** What a Case may lack for the API user without harm. */
const DISPENSABLE = 'ClosedDate';

/**
 * Finds the Cases that carry external IDs, to the letter; SOQL itself compares without regard to case. A thousand IDs
 * a call, and of what was read nothing is kept.
 *
 * @param externalIds each once
 * @param visit called for every external ID, with its Cases from the oldest to the newest, or none
 * @throws OrgError; `INVALID_FIELD` names the set-up guide when a field of a move is missing or hidden
 */
export async function visitMoveCases(
	org: Org,
	externalIds: readonly string[],
	search: CaseSearch,
	visit: (externalId: string, cases: FoundCase[]) => void,
): Promise<void> {
	await atOnce(batches(externalIds, IDS_PER_QUERY * QUERIES_PER_CALL), search.parallel, async (ids) => {
		const found = new Map<string, FoundCase[]>(ids.map((id) => [id, []]));
		const conditions = batches(ids, IDS_PER_QUERY).map(
			(some) => `${search.names.externalId} IN ${listLiteral(some.map(textLiteral))}`,
		);
		for (const record of await queryCases(org, search, conditions)) {
			found.get(externalIdOf(record, search.names))?.push(record);
		}
		for (const [id, cases] of found) visit(id, byAge(cases));
	});
}

/**
 * All Cases of plans, by the prefixes of their external IDs.
 * @throws OrgError as `visitMoveCases`
 */
export async function findPlanCases(
	org: Org,
	prefixes: readonly string[],
	search: CaseSearch,
): Promise<Map<string, FoundCase[]>> {
	const conditions = batches(prefixes, PREFIXES_PER_QUERY).map((some) =>
		some.map((prefix) => `${search.names.externalId} LIKE ${likePattern(prefix, 'startsWith')}`).join(' OR '),
	);
	const found = new Map<string, FoundCase[]>(prefixes.map((prefix) => [prefix, []]));
	for (const record of await queryCases(org, search, conditions)) {
		const id = externalIdOf(record, search.names);
		// LIKE compares without regard to case; only what begins with the prefix to the letter is of this plan.
		found.get(id.slice(0, id.indexOf(':') + 1))?.push(record);
	}
	return found;
}

/** The external ID of a Case that was found by it. */
export function externalIdOf(found: QueriedRecord, names: CaseFieldNames): string {
	return String(found[names.externalId]);
}

/** The Cases that meet one of some conditions. */
export async function queryCases(org: Org, search: CaseSearch, conditions: readonly string[]): Promise<FoundCase[]> {
	const { names, fields, includeDeleted, filledOnly } = search;
	const selected = [...new Set(['Id', names.externalId, ...fields])];
	const queries = conditions.map((condition): Query => ({
		soql: `SELECT ${selected.join(', ')} FROM Case WHERE ${condition}`,
		includeDeleted,
		...(filledOnly === true ? { keep: filled } : {}),
	}));
	try {
		return (await queryAtOnce(org, queries)).flat() as FoundCase[];
	} catch (error) {
		if (!(error instanceof OrgError) || error.code !== 'INVALID_FIELD') throw error;
		if (error.fields.includes(DISPENSABLE) && fields.includes(DISPENSABLE)) {
			return await queryCases(org, { ...search, fields: fields.filter((name) => name !== DISPENSABLE) }, conditions);
		}
		throw explained(error, names);
	}
}

/** What a record holds, without its type and address. Most of the fields that a Case is made again from are empty. */
function filled(record: QueriedRecord): QueriedRecord {
	const held: QueriedRecord = {};
	for (const name in record) if (record[name] !== null && name !== 'attributes') held[name] = record[name];
	return held;
}

/** A field that is missing or hidden, explained by what people have to set up. */
function explained(error: OrgError, names: CaseFieldNames): OrgError {
	const [field = 'of a move'] = error.fields;
	const isOfMove = Object.values(names).includes(field);
	return error.with({
		message: `Case has no field ${field} that the API user can see`,
		remedy: isOfMove
			? 'Let Salesforce Prepare Org make the seven Case fields and show them to the API user, or do it by hand after the set-up guide: a hidden field looks the same as a missing one. Where they have other names, say so in Case Field Names.'
			: FIELD_HIDDEN,
	});
}
