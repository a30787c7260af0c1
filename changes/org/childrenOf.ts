import { append } from '../../salesforce/append';
import { batches } from '../../salesforce/batches';
import { listObjects } from '../../salesforce/describe';
import type { Cascade, ObjectDescribe } from '../../salesforce/describe';
import type { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { textLiteral } from '../../salesforce/soql';

/** A record that Salesforce would delete along with the one that it belongs to. */
export interface Child extends Cascade {
	id: string;
	/** When it was changed last; of the few objects that do not say it, such as EntitySubscription, when it was made. */
	at: string;
}

/** Parents of a query: their IDs take some 21,000 characters. */
const PARENTS_PER_QUERY = 1_000;

/** Objects whose records say who sees a record, which Salesforce keeps by itself: `CaseShare`, `Invoice__Share`. */
const SHARES = /Share$/;

/** Records of an object whose children are asked for. */
export interface Parents {
	object: ObjectDescribe;
	/** 18 characters each. */
	ids: readonly string[];
}

/** A query for child records of one kind. */
interface Asked {
	of: Parents;
	kind: Cascade;
	ids: readonly string[];
}

/**
 * The child records that would be deleted along with records: those that people and programs make, not what Salesforce
 * keeps by itself, such as the history of fields. It costs a call for every five kinds of them.
 *
 * @returns for each object its children by the parent's ID; or why they cannot be read: what may have such records is
 *   not deleted
 * @throws OrgError when a call is refused as a whole
 */
export async function childrenOf(
	org: Org,
	parents: readonly Parents[],
): Promise<Array<Map<string, Child[]> | OrgError>> {
	if (parents.length === 0) return [];
	const made = new Set((await listObjects(org)).filter(isMade).map(({ name }) => name));
	const asked = parents.flatMap((of): Asked[] =>
		of.object.cascades
			.filter(({ object }) => made.has(object))
			.flatMap((kind) => batches(of.ids, PARENTS_PER_QUERY).map((ids) => ({ of, kind, ids }))),
	);
	const outcomes = await queryEach(
		org,
		asked.map((one) => query(one, 'SystemModstamp')),
	);
	const others = asked.filter((_one, index) => lacksField(outcomes[index]));
	const again = await queryEach(
		org,
		others.map((one) => query(one, 'CreatedDate')),
	);
	const results = new Map(parents.map((one) => [one, new Map<string, Child[]>() as Map<string, Child[]> | OrgError]));
	asked.forEach((one, index) => {
		const outcome = (lacksField(outcomes[index]) ? again[others.indexOf(one)] : outcomes[index]) as QueryOutcome;
		const children = results.get(one.of);
		if (!outcome.ok) results.set(one.of, notToBeRead(one.kind, outcome.error));
		else if (children instanceof Map) {
			for (const record of outcome.records) append(children, String(record[one.kind.field]), child(one.kind, record));
		}
	});
	return [...results.values()];
}

/** Why it cannot be told whether a record may be deleted. */
function notToBeRead({ object }: Cascade, error: OrgError): OrgError {
	return error.with({
		message: `The ${object} records that would be deleted along cannot be read: ${error.message}`,
		remedy: `Let the API user read ${object}. To delete without looking at them, set When Changed Since to Restore All the Same.`,
	});
}

function isMade({ name, queryable, createable }: { name: string; queryable: boolean; createable: boolean }): boolean {
	return queryable && createable && !SHARES.test(name);
}

function query({ kind: { object, field }, ids }: Asked, stamp: string): string {
	return `SELECT Id, ${field}, ${stamp} FROM ${object} WHERE ${field} IN (${ids.map(textLiteral).join(',')})`;
}

function lacksField(outcome: QueryOutcome | undefined): boolean {
	return outcome?.ok === false && outcome.error.code === 'INVALID_FIELD';
}

function child(kind: Cascade, { Id, SystemModstamp, CreatedDate }: QueriedRecord): Child {
	return { ...kind, id: String(Id), at: String(SystemModstamp ?? CreatedDate) };
}
