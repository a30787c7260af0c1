import { recordsPerQuery } from '../../changes/org/readCurrent';
import { writtenField } from '../../changes/written';
import { nameKey } from '../../salesforce/apiName';
import { asError } from '../../salesforce/asError';
import { holdsNothing } from '../../salesforce/describe';
import type { FieldDescribe, ObjectDescribe } from '../../salesforce/describe';
import { ambiguous, fieldOf } from '../../salesforce/described';
import { OrgError } from '../../salesforce/errors';
import { holdsValue } from '../../salesforce/fieldValue';
import { findRecords } from '../../salesforce/findRecords';
import type { Found, KeyValue, Search } from '../../salesforce/findRecords';
import type { Org } from '../../salesforce/org';
import type { QueriedRecord } from '../../salesforce/query';
import type { RecordBody } from '../../salesforce/recordBody';
import type { RecordWrite } from '../../salesforce/records';
import { STAMP_FIELDS } from '../../salesforce/stamp';
import { ExactNumber } from '../../salesforce/values/number';
import { bodyFor, sameRecord } from './prepare';
import type { Prepared } from './prepare';

/** What is to be done with a record: to write it, to leave it, or nothing because something is wrong. */
export type Decision =
	| (RecordBody & { how: RecordWrite; /** The record as it was read before, where it was. */ before?: QueriedRecord })
	| { unchanged: string; leftOut: string[] }
	| { error: Error };

/**
 * Decides how each record is written, reading the records that may exist where that depends on them: five queries of
 * 400 records a call.
 *
 * @param keeps whether it is read what takes the writes back, of records that may exist
 * @throws OrgError when they cannot be read
 */
export async function decide(org: Org, records: readonly Prepared[], keeps: boolean): Promise<Decision[]> {
	const found = await readCurrent(org, records, keeps);
	const written = new Set<unknown>();
	return records.map((record, index) => {
		try {
			const decision = decideOne(record, found[index], keeps);
			if (!('how' in decision) || decision.how.kind !== 'update') return decision;
			// One may be named by its ID and found by a match as well.
			if (written.has(decision.fields.id)) throw sameRecord();
			written.add(decision.fields.id);
			return decision;
		} catch (error) {
			return { error: asError(error) };
		}
	});
}

/** A search that is put together. */
type Searching = Omit<Search, 'values' | 'fields'> & { of: ObjectDescribe; values: KeyValue[]; fields: Set<string> };

/** What the org holds of each record; undefined where that is not asked for. */
async function readCurrent(org: Org, records: readonly Prepared[], keeps: boolean): Promise<Array<Found | undefined>> {
	const searches = new Map<string, Searching>();
	const seen = new Set<string>();
	for (const record of records) {
		const wanted = searchOf(record, keeps);
		if (wanted === undefined) continue;
		const { object } = record;
		const search: Searching = searches.get(wanted.id) ?? {
			of: object,
			object: object.name,
			key: wanted.key,
			values: [],
			fields: new Set<string>(),
		};
		search.values.push(wanted.value);
		searches.set(wanted.id, search);
		// Most records of a run have the same fields; a reference is told from a value by what it holds.
		const form = `${wanted.id} ${formOf(record)}`;
		if (seen.has(form)) continue;
		seen.add(form);
		if (record.plan.rules.onlyChanges) for (const name of comparedFields(record)) search.fields.add(name);
		if (keeps) for (const name of keptFields(record)) search.fields.add(name);
	}
	const unique = [...searches.values()].map(({ of: object, ...search }) => {
		const fields = [...search.fields];
		return { ...search, fields, perQuery: recordsPerQuery({ object, fields }) };
	});
	const found = unique.length === 0 ? [] : await findRecords(org, unique);
	const byId = new Map([...searches.keys()].map((id, index) => [id, found[index] as Found]));
	return records.map((record) => byId.get(searchOf(record, keeps)?.id ?? ''));
}

function searchOf(record: Prepared, keeps: boolean): { id: string; key: Search['key']; value: KeyValue } | undefined {
	const { plan, object, key } = record;
	const { operation, recordId, rules } = plan;
	if (recordId !== undefined) {
		return rules.onlyChanges || keeps
			? { id: `${object.name} Id`, key: fieldOf(object, 'Id'), value: recordId }
			: undefined;
	}
	if (key === undefined || (operation === 'upsert' && !rules.onlyChanges && !keeps)) return undefined;
	return { id: `${object.name} ${key.field.name}`, key: key.field, value: key.value };
}

/**
 * What is read of a record to be put back: the fields that are written, and who changed it last. What a field that holds
 * nothing has made is not put back by it.
 */
function keptFields({ object, body }: Prepared): string[] {
	const stamps = STAMP_FIELDS.filter((name) => object.fieldsByName.has(name.toLowerCase()));
	const written = Object.keys(body.fields).flatMap((name) => writtenField(object, name));
	return [...written.filter((name) => !holdsNothing(object.name, name)), ...stamps];
}

/** Which fields a record has, and which of them are references by external ID. */
function formOf({ body }: Prepared): string {
	let form = '';
	for (const name in body.fields) form += isReference(body.fields[name]) ? `@${name} ` : `${name} `;
	return form;
}

/** References by external ID, and what holds nothing, cannot be compared with what is held, so they are always sent. */
function comparedFields({ object, body }: Prepared): string[] {
	return Object.keys(body.fields).filter((name) => !isReference(body.fields[name]) && !holdsNothing(object.name, name));
}

function isReference(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
}

function decideOne(record: Prepared, found: Found | undefined, keeps: boolean): Decision {
	const { plan, object, key, use, body } = record;
	if (found?.ok === false) throw found.error;
	const matches = found?.of(plan.recordId ?? key?.value ?? '') ?? [];
	const [match] = matches;
	if (key !== undefined && matches.length > 1) throw ambiguous(object, key.field, matches);
	// Salesforce itself decides what an upsert is, and to say it again does no harm.
	const isLeftToSalesforce = plan.operation === 'upsert' && !plan.rules.onlyChanges;
	const before = keeps && match !== undefined ? { before: match } : {};
	// The body is an update's already.
	if (plan.recordId !== undefined && (match === undefined || !plan.rules.onlyChanges)) {
		return { ...update(object, plan.recordId, body), ...before };
	}
	if (match !== undefined && !isLeftToSalesforce) return { ...updated(record, match), ...before };
	if (plan.operation === 'upsert' && key !== undefined) {
		const how: RecordWrite = { kind: 'upsert', sObject: object.name, externalIdField: key.field.name };
		return { how, ...body, ...(match === undefined ? {} : { before: match }) };
	}
	if (key !== undefined && plan.operation === 'update') throw nothingToUpdate(object, key.field);
	if (key !== undefined && !key.field.createable) throw unmatched(object, key.field);
	const how: RecordWrite = { kind: 'create', sObject: object.name };
	// A blank match value says that the record is new; Salesforce may be the one to fill it, as with the number of a Case.
	const created = key === undefined ? withoutKey(plan, plan.keyField) : plan;
	return { how, ...(use === 'create' ? body : bodyFor(record, created, 'create')) };
}

/** No record has the value, and none is to be created. */
function nothingToUpdate(object: ObjectDescribe, field: FieldDescribe): OrgError {
	return new OrgError(
		'NOT_FOUND',
		`No ${object.name} that the API user can see has this ${field.name}, so there was nothing to update`,
		'Correct the value. To create missing records, choose the operation Create or Update.',
		{ fields: [field.name] },
	);
}

/** No record has the value, and Salesforce alone gives new ones theirs, such as a Case its number. */
function unmatched(object: ObjectDescribe, field: FieldDescribe): OrgError {
	return new OrgError(
		'NOT_FOUND',
		`No ${object.name} that the API user can see has this ${field.name}, and Salesforce gives new records their own`,
		'Correct the value, or leave it empty to create a record.',
		{ fields: [field.name] },
	);
}

/** How a record that was read is brought up to date. */
function updated(record: Prepared, match: QueriedRecord): Decision {
	const { plan, object, key } = record;
	const body = bodyFor(record, withoutKey(plan, key?.field.name), 'update');
	const { fields, leftOut } = body;
	const changed = plan.rules.onlyChanges
		? Object.fromEntries(Object.entries(fields).filter(([name, value]) => !isHeld(object, name, value, match)))
		: fields;
	const id = String(match.Id);
	if (Object.keys(changed).length === 0) return { unchanged: id, leftOut };
	return update(object, id, { ...body, fields: changed });
}

function isHeld(object: ObjectDescribe, name: string, value: unknown, match: QueriedRecord): boolean {
	const field = object.fieldsByName.get(name.toLowerCase());
	if (value === null && holdsNothing(object.name, name)) return true;
	return field !== undefined && field.name in match && holdsValue(field, value, match[field.name]);
}

/** The key found the record, so it holds its value already. */
function withoutKey(plan: Prepared['plan'], key: string | undefined): Prepared['plan'] {
	if (key === undefined) return plan;
	const values = Object.entries(plan.values).filter(([name]) => nameKey(name) !== nameKey(key));
	return { ...plan, values: Object.fromEntries(values) };
}

function update(object: ObjectDescribe, id: string, body: RecordBody): Decision {
	return { ...body, how: { kind: 'update', sObject: object.name }, fields: { id, ...body.fields } };
}
