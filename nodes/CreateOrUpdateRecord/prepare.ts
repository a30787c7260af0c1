import type { IDataObject } from 'n8n-workflow';

import { nameKey } from '../../salesforce/apiName';
import type { FieldDescribe, ObjectDescribe } from '../../salesforce/describe';
import { checkIdOf, externalIdOf, fieldOf } from '../../salesforce/described';
import type { Described } from '../../salesforce/described';
import { OrgError } from '../../salesforce/errors';
import { InputError } from '../../salesforce/inputError';
import { matchForm } from '../../salesforce/fieldValue';
import { isKeyValue } from '../../salesforce/findRecords';
import type { KeyValue } from '../../salesforce/findRecords';
import { recordBody } from '../../salesforce/recordBody';
import type { BodyRules, RecordBody } from '../../salesforce/recordBody';
import { isMatchable } from '../shared/pickers';
import type { WriteRules } from './options';
import type { Operation } from './parameters';

/** One record to save, as its item says. */
export interface SavePlan {
	operation: Operation;
	/** API name of the object. */
	object: string;
	/** 18 characters; of the record to update. */
	recordId?: string;
	/** API name of the field that finds the record: the external ID of an upsert, or the field to match. */
	keyField?: string;
	/** By API name, as the item has them. */
	values: IDataObject;
	body: Omit<BodyRules, 'writes' | 'key'>;
	rules: WriteRules;
}

/** A record in terms of what the org has. */
export interface Prepared extends Described {
	plan: SavePlan;
	/** What the body may be used for. */
	use: BodyRules['writes'];
	body: RecordBody;
	key?: { field: FieldDescribe; value: KeyValue };
}

/**
 * Brings a plan to what its object wants. Done for the check and again for the write: to keep what the check made would
 * take more memory than twice that of the items.
 *
 * @throws OrgError or InputError when it does not fit: the object has no such field, or a value is of another type
 */
export function prepare(described: Described, plan: SavePlan): Prepared {
	const { object } = described;
	const { recordId, keyField } = plan;
	if (recordId !== undefined) checkIdOf(object, recordId);
	const use = useOf(plan);
	const prepared: Prepared = { ...described, plan, use, body: bodyFor(described, plan, use) };
	if (recordId === undefined && keyField !== undefined) {
		const field = plan.operation === 'upsert' ? upsertKey(object, keyField) : matchableField(object, keyField);
		const value = prepared.body.fields[field.name];
		if (isKeyValue(value)) prepared.key = { field, value };
		else checkWithoutKey(plan, field);
	}
	if (prepared.key === undefined && Object.keys(prepared.body.fields).length === 0) {
		const { leftOut } = prepared.body;
		throw new InputError(
			leftOut.length === 0 ? 'No field has a value' : `Nothing is left to write without ${leftOut.join(', ')}`,
			'Give the record a field to write, or check the expressions that fill it.',
		);
	}
	return prepared;
}

/**
 * What to do with a record that does not say what finds it.
 * @throws InputError unless it is to be created then
 */
function checkWithoutKey({ operation, values, rules }: SavePlan, field: FieldDescribe): void {
	const isThere = Object.entries(values).some(
		([name, value]) => nameKey(name) === field.name.toLowerCase() && value !== undefined,
	);
	if (operation === 'createOrUpdate' && isThere && rules.emptyMatch === 'create') return;
	throw new InputError(
		`${field.name} has no value, so no record can be found by it`,
		operation === 'createOrUpdate'
			? `Give it one, or check the expression that fills it. The option Empty Match Value can create records where ${field.name} is among the fields and blank.`
			: 'Give it one, or check the expression that fills it.',
	);
}

/**
 * A plan's record for a use that is known by now.
 * @throws OrgError when a field cannot be written so
 */
export function bodyFor({ object, parents }: Described, plan: SavePlan, use: BodyRules['writes']): RecordBody {
	const key = use === 'create' || plan.recordId !== undefined ? undefined : plan.keyField;
	return recordBody(object, plan.values, { ...plan.body, writes: use, key }, parents);
}

/**
 * What tells records of a run from each other. One that is named by its ID also has the match value that its item gives
 * it: another item that is found by this value means the same record, which has it only once it is written.
 */
export class NamedRecords {
	private readonly named = new Set<string>();
	private readonly given = new Set<string>();

	/** @throws InputError when an earlier record is the same; what is created in any case is always another */
	add({ plan, object, key, body }: Prepared): void {
		const isById = plan.recordId !== undefined;
		const field = key?.field ?? object.fieldsByName.get(nameKey(plan.keyField ?? ''));
		const value = key?.value ?? (field === undefined ? undefined : body.fields[field.name]);
		const match =
			field !== undefined && isKeyValue(value)
				? JSON.stringify([object.name, field.name, matchForm(field, value)])
				: undefined;
		const name = isById ? JSON.stringify([object.name, plan.recordId]) : match;
		if (name === undefined) return;
		const isMatchTaken = match !== undefined && (isById ? this.named : this.given).has(match);
		if (this.named.has(name) || isMatchTaken) throw sameRecord();
		this.named.add(name);
		if (isById && match !== undefined) this.given.add(match);
	}
}

/** What is wrong with an item whose record an earlier one names too. */
export function sameRecord(): InputError {
	return new InputError(
		'An earlier item of this run has the same record',
		"Keep one of the two; n8n's Remove Duplicates node does that.",
	);
}

function useOf({ operation, recordId, keyField }: SavePlan): BodyRules['writes'] {
	if (operation === 'create' || operation === 'update') return operation;
	if (recordId !== undefined) return 'update';
	return keyField === undefined ? 'create' : 'either';
}

function upsertKey(object: ObjectDescribe, name: string): FieldDescribe {
	const field = externalIdOf(object, name);
	if (field.createable || field.updateable) return field;
	throw new OrgError(
		'INVALID_FIELD_FOR_INSERT_UPDATE',
		`Records of ${object.name} cannot be upserted by ${field.name}, which the API user cannot write`,
		'Choose the operation Create or Update with this field as Matching Field, or let a permission set of the API user edit the field.',
		{ fields: [field.name] },
	);
}

function matchableField(object: ObjectDescribe, name: string): FieldDescribe {
	const field = fieldOf(object, name);
	if (isMatchable(field)) return field;
	throw new OrgError(
		'INVALID_FIELD',
		`Records of ${object.name} cannot be found by ${field.name}`,
		'Choose a field of text or numbers that can be filtered; long text cannot.',
		{ fields: [field.name] },
	);
}
