import type { FieldDescribe, ObjectDescribe } from '../../salesforce/describe';
import { ambiguous, checkByDescribe, checkIdOf, describeEach, externalIdOf, fieldOf } from '../../salesforce/described';
import type { Described, ParentsOf } from '../../salesforce/described';
import { OrgError } from '../../salesforce/errors';
import { readFieldValue } from '../../salesforce/fieldValue';
import { findRecords } from '../../salesforce/findRecords';
import type { Found, KeyValue, Search } from '../../salesforce/findRecords';
import { InputError } from '../../salesforce/inputError';
import type { QueriedRecord } from '../../salesforce/query';
import { ExactNumber } from '../../salesforce/values/number';
import type { Action, Outcome } from '../shared/action';
import type { ItemInput } from '../shared/input';
import { readFields } from '../shared/recordFields';
import { RecordShaper } from '../shared/recordShape';
import { checkLinks, readRecordName } from '../shared/recordName';
import type { RecordName } from '../shared/recordName';
import { nearMisses } from './nearMiss';
import { readIncludeDeleted, readMissingRecord, readObject } from './parameters';
import type { MissingRecord } from './parameters';
import { kindsOf, selectFields } from './selection';
import type { FieldSelection } from './selection';

/** One record to read. */
export interface GetPlan {
	/** API name of its object. */
	object: string;
	record: RecordName;
	/** API names, those of parents as `Owner.Email`. */
	fields: string[];
	missing: MissingRecord;
	/** Whether the record may be deleted or archived. */
	includeDeleted: boolean;
}

/** A plan in terms of what the org has. */
interface Lookup {
	object: ObjectDescribe;
	key: FieldDescribe;
	value: KeyValue;
	fields: FieldSelection;
}

const shaper = new RecordShaper({ attributes: false, columns: false, isoDates: false });

/** The kinds of parents whose fields a plan names. */
const parentsOf: ParentsOf<GetPlan> = (object, { fields }) => kindsOf(object, fields);

/** Reads fields of one record for each item, 2,000 records a call, by ID and by external ID alike. */
export const getRecordFields: Action<GetPlan> = {
	outputs: 1,
	extendsItem: false,
	readsOnly: true,
	done: 'read',

	plan(input: ItemInput): GetPlan {
		const object = readObject(input);
		return {
			object,
			record: readRecordName(input, object),
			fields: readFields(input),
			missing: readMissingRecord(input),
			includeDeleted: readIncludeDeleted(input),
		};
	},

	async check(org, plans) {
		const errors = await checkByDescribe(org, plans, (described, plan) => void lookUp(described, plan), parentsOf);
		return await checkLinks(org, plans, errors);
	},

	async run(org, plans) {
		const objects = await describeEach(org, plans, parentsOf);
		const lookups = plans.map((plan, index) => lookUp(objects[index] as Described, plan));
		const searches = new Map<string, Search & { values: KeyValue[] }>();
		const keys = lookups.map((lookup, index) => searchKey(lookup, plans[index] as GetPlan));
		lookups.forEach(({ object, key, fields, value }, index) => {
			const { includeDeleted } = plans[index] as GetPlan;
			const name = keys[index] as string;
			const search = searches.get(name) ?? {
				object: object.name,
				key,
				fields: fields.selected,
				values: [],
				includeDeleted,
			};
			search.values.push(value);
			searches.set(name, search);
		});
		const found = await findRecords(org, [...searches.values()]);
		const foundBy = new Map([...searches.keys()].map((key, index) => [key, found[index] as Found]));
		const results = lookups.map((lookup, index) => ({
			...lookup,
			plan: plans[index] as GetPlan,
			found: foundBy.get(keys[index] as string) as Found,
		}));
		const lost = results.filter(
			({ plan, found: one, value }) => plan.missing === 'fail' && one.ok && one.of(value).length === 0,
		);
		const near = new Map<unknown, string | undefined>();
		(await nearMisses(org, lost)).forEach((sentence, index) => near.set(lost[index], sentence));
		return results.map((result) => outcome(result, near.get(result)));
	},
};

/** Lookups of one key are one search. */
function searchKey({ object, key, fields }: Lookup, { includeDeleted }: GetPlan): string {
	return [object.name, key.name, includeDeleted, ...fields.selected].join(' ');
}

/**
 * @throws OrgError or InputError when the object has no such field, or the plan names no record of it
 */
function lookUp({ object, parents }: Described, { record, fields: names }: GetPlan): Lookup {
	const fields = selectFields(object, names, parents);
	if ('id' in record) {
		checkIdOf(object, record.id);
		return { object, key: fieldOf(object, 'Id'), value: record.id, fields };
	}
	const key = externalIdOf(object, record.externalIdField);
	const read = readFieldValue(key, record.value, 'UTC');
	if ('wants' in read) {
		throw new InputError(
			`External ID is not ${read.wants}`,
			read.remedy ?? `${key.name} takes no other value; correct it.`,
		);
	}
	return { object, key, value: read.value as KeyValue, fields };
}

function outcome(
	{ plan, object, key, value, fields, found }: Lookup & { plan: GetPlan; found: Found },
	near: string | undefined,
): Outcome {
	if (!found.ok) return { ok: false, error: found.error };
	const [record, ...others] = found.of(value);
	if (record !== undefined && others.length > 0) {
		return { ok: false, error: ambiguous(object, key, [record, ...others]) };
	}
	const flag = plan.missing === 'flag' ? { found: record !== undefined } : {};
	if (record !== undefined) {
		const json = { ...flag, ...shaper.item(withAllFields(record, fields)) };
		return { ok: true, records: [{ json }] };
	}
	if (plan.missing === 'flag') {
		const shown = value instanceof ExactNumber ? value.digits : value;
		return { ok: true, records: [{ json: { ...flag, [key.name]: shown } }] };
	}
	return {
		ok: false,
		error: new OrgError(
			'NOT_FOUND',
			`No ${object.name} that the API user can see has this ${'id' in plan.record ? 'Record ID' : key.name}`,
			`${near ?? 'Check the value; the record may be deleted, or not shared with the API user.'} The option Missing Record can let such items through.`,
		),
	};
}

/** A record with null for the fields that only another kind of its parent has. */
function withAllFields(record: QueriedRecord, { byKind }: FieldSelection): QueriedRecord {
	if (byKind.size === 0) return record;
	const parents = [...byKind].map(([relationship, names]): [string, unknown] => {
		const parent = record[relationship];
		if (typeof parent !== 'object' || parent === null) return [relationship, null];
		return [relationship, { ...Object.fromEntries(names.map((name) => [name, null])), ...parent }];
	});
	return { ...record, ...Object.fromEntries(parents) };
}
