import type { FieldDescribe, ObjectDescribe } from '../../salesforce/describe';
import { ambiguous, checkByDescribe, checkIdOf, describeEach, externalIdOf, fieldOf } from '../../salesforce/described';
import type { Described } from '../../salesforce/described';
import { FIELD_HIDDEN } from '../../salesforce/errorCodes';
import { OrgError } from '../../salesforce/errors';
import { readFieldValue } from '../../salesforce/fieldValue';
import { findRecords } from '../../salesforce/findRecords';
import type { Found, KeyValue, Search } from '../../salesforce/findRecords';
import { InputError } from '../../salesforce/inputError';
import type { Action, Outcome } from '../shared/action';
import type { ItemInput } from '../shared/input';
import { ExactNumber } from '../../salesforce/values/number';
import { readFields } from '../shared/recordFields';
import { RecordShaper } from '../shared/recordShape';
import { readRecordName } from '../shared/recordName';
import type { RecordName } from '../shared/recordName';
import { readMissingRecord, readObject } from './parameters';
import type { MissingRecord } from './parameters';

/** One record to read. */
export interface GetPlan {
	/** API name of its object. */
	object: string;
	record: RecordName;
	/** API names, those of parents as `Owner.Email`. */
	fields: string[];
	missing: MissingRecord;
}

/** A plan in terms of what the org has. */
interface Lookup {
	object: ObjectDescribe;
	key: FieldDescribe;
	value: KeyValue;
	/** In the org's own spelling. */
	fields: string[];
}

const shaper = new RecordShaper({ attributes: false, columns: false, isoDates: false });

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
		};
	},

	async check(org, plans) {
		return await checkByDescribe(org, plans, ({ object }, plan) => void lookUp(object, plan));
	},

	async run(org, plans) {
		const objects = await describeEach(org, plans);
		const lookups = plans.map((plan, index) => lookUp((objects[index] as Described).object, plan));
		const searches = new Map<string, Search & { values: KeyValue[] }>();
		for (const lookup of lookups) {
			const { object, key, fields, value } = lookup;
			const search = searches.get(searchKey(lookup)) ?? { object: object.name, key, fields, values: [] };
			search.values.push(value);
			searches.set(searchKey(lookup), search);
		}
		const found = await findRecords(org, [...searches.values()]);
		const foundBy = new Map([...searches.keys()].map((key, index) => [key, found[index] as Found]));
		return lookups.map((lookup, index) =>
			outcome(plans[index] as GetPlan, lookup, foundBy.get(searchKey(lookup)) as Found),
		);
	},
};

/** Lookups of one key are one search. */
function searchKey({ object, key, fields }: Lookup): string {
	return [object.name, key.name, ...fields].join(' ');
}

/**
 * @throws OrgError or InputError when the object has no such field, or the plan names no record of it
 */
function lookUp(object: ObjectDescribe, { record, fields }: GetPlan): Lookup {
	const selected = ownSpelling(object, fields);
	if ('id' in record) {
		checkIdOf(object, record.id);
		return { object, key: fieldOf(object, 'Id'), value: record.id, fields: selected };
	}
	const key = externalIdOf(object, record.externalIdField);
	const read = readFieldValue(key, record.value, 'UTC');
	if ('wants' in read) {
		throw new InputError(
			`External ID is not ${read.wants}`,
			read.remedy ?? `${key.name} takes no other value; correct it.`,
		);
	}
	return { object, key, value: read.value as KeyValue, fields: selected };
}

/** Fields as the org spells them. A parent's are left to Salesforce, as they are of another object. */
function ownSpelling(object: ObjectDescribe, names: readonly string[]): string[] {
	const fields = names.map((name) => {
		const parent = /^(\w+)\./.exec(name)?.[1];
		if (parent === undefined) return object.fieldsByName.get(name.toLowerCase())?.name;
		return object.fieldsByRelationship.has(parent.toLowerCase()) ? name : undefined;
	});
	const unknown = names.filter((_name, index) => fields[index] === undefined);
	if (unknown.length === 0) return fields as string[];
	const parent = unknown.find((name) => object.fieldsByRelationship.has(name.toLowerCase()));
	throw new OrgError(
		'INVALID_FIELD',
		`${object.name} has no field ${unknown.join(', ')} that the API user can see`,
		parent === undefined ? FIELD_HIDDEN : `${parent} is a parent; name one of its fields, such as ${parent}.Id.`,
		{ fields: unknown },
	);
}

function outcome(plan: GetPlan, { object, key, value }: Lookup, found: Found): Outcome {
	if (!found.ok) return { ok: false, error: found.error };
	const [record, ...others] = found.of(value);
	if (record !== undefined && others.length > 0) {
		return {
			ok: false,
			error: ambiguous(object, key, [record, ...others]),
		};
	}
	const flag = plan.missing === 'flag' ? { found: record !== undefined } : {};
	if (record !== undefined) return { ok: true, records: [{ json: { ...flag, ...shaper.item(record) } }] };
	if (plan.missing === 'flag')
		return {
			ok: true,
			records: [{ json: { ...flag, [key.name]: value instanceof ExactNumber ? value.digits : value } }],
		};
	return {
		ok: false,
		error: new OrgError(
			'NOT_FOUND',
			`No ${object.name} that the API user can see has this ${'id' in plan.record ? 'Record ID' : key.name}`,
			'Check the value; the record may be deleted, or not shared with the API user. The option Missing Record can let such items through.',
		),
	};
}
