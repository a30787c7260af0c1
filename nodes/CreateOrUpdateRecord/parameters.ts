import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { nameKey } from '../../salesforce/apiName';
import { readRecordId } from '../../salesforce/described';
import { InputError } from '../../salesforce/inputError';
import { isBlank } from '../../salesforce/values/blank';
import { choices } from '../shared/choices';
import type { ItemInput } from '../shared/input';
import { keyField, objectField } from '../shared/pickers';
import { optionsField } from './options';

/** What can be done with an item's record: name in the panel, and what it says. */
const OPERATIONS = {
	create: ['Create', 'Create a new record'],
	createOrUpdate: [
		'Create or Update',
		'Update the record that an ID or a matching field identifies, or create it if there is none',
	],
	update: ['Update', 'Update the record that an ID or a matching field identifies; nothing is ever created'],
	upsert: ['Upsert', 'Update the record with an external ID, or create it; Salesforce itself decides which'],
} as const;

/** What is done with an item's record. */
export type Operation = keyof typeof OPERATIONS;

/** Where the values of a record come from: name in the panel, and what it says. */
const SOURCES = {
	columns: ['Fields Below', 'Choose fields and give each a value'],
	json: ['JSON', 'An object of values by API name'],
	item: ['Whole Item', "All of the item's values, by API name"],
} as const;

const columnsField: INodeProperties = {
	displayName: 'Fields',
	name: 'columns',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	required: true,
	description: 'The fields to write. A field without a value here is left as it is.',
	typeOptions: {
		loadOptionsDependsOn: ['object.value', 'operation'],
		resourceMapper: {
			resourceMapperMethod: 'getColumns',
			mode: 'map',
			valuesLabel: 'Fields',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			multiKeyMatch: false,
			supportAutoMap: false,
		},
	},
};

const chosenObjectField = objectField('searchWritableObjects');

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(OPERATIONS).map(([value, [name, description]]) => ({
		name,
		value,
		action: `${name} records`,
		description,
	})),
	default: 'create',
	description: "What to do with each item's record",
};

const recordIdField: INodeProperties = {
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	default: '={{ $json.Id }}',
	displayOptions: { show: { operation: ['update', 'createOrUpdate'] } },
	placeholder: 'e.g. 5005g00000AbCdEAAV',
	description: 'ID of the record to update, 15 or 18 characters; where it may be created, empty for those without',
};

const externalIdFieldField: INodeProperties = {
	...keyField(
		'External ID Field',
		'externalIdField',
		'searchExternalIdFields',
		'The field that identifies the record. Give its value among the fields.',
	),
	required: true,
	displayOptions: { show: { operation: ['upsert'] } },
};

const matchFieldField: INodeProperties = {
	...keyField(
		'Matching Field',
		'matchField',
		'searchMatchFields',
		'A field whose value no other record has. Give its value among the fields. Leave it empty to use the Record ID alone.',
	),
	displayOptions: { show: { operation: ['createOrUpdate', 'update'] } },
};

const valuesFromField: INodeProperties = {
	displayName: 'Values From',
	name: 'valuesFrom',
	type: 'options',
	noDataExpression: true,
	options: choices(SOURCES),
	default: 'columns',
	description: 'Where the values of the record come from',
};

const recordField: INodeProperties = {
	displayName: 'Record',
	name: 'record',
	type: 'json',
	default: '{}',
	required: true,
	displayOptions: { show: { valuesFrom: ['json'] } },
	placeholder: 'e.g. { "Subject": "New chair", "Account": { "ExternalKey__c": "A-1" } }',
	description: 'Values by API name. Refer to another record by its ID, or by an object with its external ID.',
};

/** The parameters of Salesforce Create or Update Record. */
export const properties: INodeProperties[] = [
	operationField,
	chosenObjectField,
	recordIdField,
	externalIdFieldField,
	matchFieldField,
	valuesFromField,
	{ ...columnsField, displayOptions: { show: { valuesFrom: ['columns'] } } },
	recordField,
	optionsField,
];

/**
 * Reads what is to be done with an item's record.
 * @throws InputError when an expression gave none of the operations
 */
export function readOperation(input: ItemInput): Operation {
	return input.oneOf(operationField, OPERATIONS);
}

/** Reads the object of an item's record. @throws InputError when none is chosen */
export function readObject(input: ItemInput): string {
	return input.requiredLocator(chosenObjectField);
}

/**
 * Reads the field that finds an item's record, where its operation goes by one.
 * @throws InputError when it is missing, or an expression gives none: without it every record would be new
 */
export function readKeyField(input: ItemInput, operation: Operation): string | undefined {
	if (operation === 'upsert') return input.requiredLocator(externalIdFieldField);
	if (operation === 'createOrUpdate' || operation === 'update')
		return input.chosenLocator(matchFieldField) || undefined;
	return undefined;
}

/** The names under which values hold the record's ID. */
function idNames(values: IDataObject): string[] {
	return Object.keys(values).filter((name) => nameKey(name) === 'id');
}

/** Values without the record's ID. */
export function withoutId(values: IDataObject): IDataObject {
	const others = { ...values };
	for (const name of idNames(values)) delete others[name];
	return others;
}

/** Whether an expression gave nothing: no value, no text, or a list of none. */
const isEmpty = (id: unknown): boolean => isBlank(id) || (Array.isArray(id) && id.length === 0);

/**
 * Reads which record an item names by ID, as a parameter or as `Id` among its values.
 *
 * @param keyField the field that finds the record where no ID does
 * @returns 18 characters; undefined when it names none
 * @throws InputError when it is mistyped, missing where a record is to be updated, or given twice
 */
export function readId(
	input: ItemInput,
	values: IDataObject,
	operation: Operation,
	keyField: string | undefined,
): string | undefined {
	if (operation !== 'update' && operation !== 'createOrUpdate') return undefined;
	const ids = [input.value(recordIdField), ...idNames(values).map((name) => values[name])]
		.filter((id) => !isEmpty(id))
		.map((id) => readRecordId(id));
	if (ids.length === 0 && operation === 'update' && keyField === undefined) {
		throw new InputError(
			'Record ID is empty',
			'Give it a value, check the expression that fills it, or choose a Matching Field.',
		);
	}
	if (new Set(ids).size > 1) {
		throw new InputError('Record ID and Id among the values differ', 'Give one of the two only.');
	}
	return ids[0];
}

/**
 * Reads an item's values by field.
 * @throws InputError when they are no object
 */
export function readValues(input: ItemInput): IDataObject {
	switch (input.oneOf(valuesFromField, SOURCES)) {
		case 'columns':
			return readColumns(input);
		case 'json':
			return input.json(recordField);
		case 'item':
			return input.item();
	}
}

/**
 * The mapper keeps null for a field that nobody filled, which is not the null of an expression. Fields are read one by
 * one: n8n would change the values of the whole by the column's type, without the time zone chosen here, and go
 * through the description of every column for every item.
 */
function readColumns(input: ItemInput): IDataObject {
	const typed = (input.typed(columnsField) as { value?: IDataObject | null } | null)?.value ?? {};
	if (typeof typed !== 'object') {
		throw new InputError('Fields is not a list of fields', 'Choose each field, or set Values From to JSON.');
	}
	const filled = Object.keys(typed).filter((name) => typed[name] !== null);
	return Object.fromEntries(
		filled.map((name) => [name, input.value({ name: `${columnsField.name}.value.${name}` })]),
	) as IDataObject;
}
