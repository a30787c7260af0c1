import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { BodyRules } from '../../salesforce/recordBody';
import { readRecordId } from '../shared/described';
import { parallelCalls, parallelCallsField } from '../shared/fields';
import { asText, InputError } from '../shared/input';
import type { ItemInput } from '../shared/input';
import { keyField, objectField } from '../shared/pickers';
import { timeZone, timeZoneField } from '../shared/timeZone';

/** What can be done with an item's record: name in the panel, and what it says. */
const OPERATIONS = {
	create: ['Create', 'Create a new record'],
	createOrUpdate: ['Create or Update', 'Update the record that an ID or a matching field names, or create one where there is none'],
	update: ['Update', 'Update the record with an ID'],
	upsert: ['Upsert', 'Update the record with an external ID, or create it; Salesforce itself decides which'],
} as const;

/** What is done with an item's record. */
export type Operation = keyof typeof OPERATIONS;

/** How a run's records reach the org. */
export interface WriteRules {
	/** For which records the org's assignment rules run. */
	assignmentRules: 'always' | 'never' | 'new';
	allowDuplicates: boolean;
	/** One transaction for all records of the run. */
	allOrNone: boolean;
	/** From how many records on Bulk API is used; Infinity for never. */
	bulkFrom: number;
	/** Whether the fields that already hold their value are left alone. */
	onlyChanges: boolean;
	/** Whether everything is done but the write. */
	dryRun: boolean;
	parallelCalls: number;
}

/** Above this many records Salesforce recommends Bulk API. */
const RECOMMENDED_FOR_BULK = 2_000;

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

/** The parameters of Salesforce Create or Update Record. */
export const properties: INodeProperties[] = [
	{
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
	},
	objectField('searchWritableObjects'),
	{
		displayName: 'Record ID',
		name: 'recordId',
		type: 'string',
		default: '={{ $json.Id }}',
		displayOptions: { show: { operation: ['update', 'createOrUpdate'] } },
		placeholder: 'e.g. 5005g00000AbCdEAAV',
		description: 'ID of the record to update, 15 or 18 characters; where it may be created, empty for those without',
	},
	{
		...keyField(
			'External ID Field',
			'externalIdField',
			'searchExternalIdFields',
			'The field that identifies the record. Its value stands among the fields.',
		),
		required: true,
		displayOptions: { show: { operation: ['upsert'] } },
	},
	{
		...keyField(
			'Matching Field',
			'matchField',
			'searchMatchFields',
			'A field that only the wanted record has the value of; the value stands among the fields. Empty to go by the Record ID alone.',
		),
		displayOptions: { show: { operation: ['createOrUpdate'] } },
	},
	{
		displayName: 'Values From',
		name: 'valuesFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Fields Below', value: 'columns', description: 'Choose fields and give each a value' },
			{ name: 'JSON', value: 'json', description: 'An object of values by API name' },
			{ name: 'Whole Item', value: 'item', description: "All of the item's values, by API name" },
		],
		default: 'columns',
		description: 'Where the values of the record come from',
	},
	{ ...columnsField, displayOptions: { show: { valuesFrom: ['columns'] } } },
	{
		displayName: 'Record',
		name: 'record',
		type: 'json',
		default: '{}',
		required: true,
		displayOptions: { show: { valuesFrom: ['json'] } },
		placeholder: 'e.g. { "Subject": "New chair", "Account": { "ExternalKey__c": "A-1" } }',
		description: 'Values by API name; a record that is referred to by its ID, or as an object with its external ID',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'All or None',
				name: 'allOrNone',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description: 'Whether nothing is saved when one record of the run is refused; for 1,000 records at most',
			},
			{
				displayName: 'Assignment Rules',
				name: 'assignmentRules',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Run for All Records', value: 'always', description: 'For those too that are updated or upserted' },
					{ name: 'Run for New Records', value: 'new', description: 'For those that are created; not for upserts, of which Salesforce decides' },
					{ name: 'Do Not Run', value: 'never', description: 'The owner stays as given' },
				],
				default: 'new',
				description: "When the org's assignment rules choose the owner of Cases and Leads",
			},
			{
				displayName: 'Bulk API',
				name: 'bulkApi',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Above a Number of Records', value: 'above', description: 'Only where a run has many' },
					{ name: 'Always', value: 'always', description: 'However many there are' },
					{ name: 'Never', value: 'never', description: '200 records a call' },
				],
				default: 'never',
				description:
					'Whether records go through Bulk API 2.0: fewer calls, and Salesforce saves in its own time. Assignment rules do not run there.',
			},
			{
				displayName: 'Bulk API Above',
				name: 'bulkAbove',
				type: 'number',
				noDataExpression: true,
				typeOptions: { minValue: 1 },
				default: RECOMMENDED_FOR_BULK,
				description: 'The number of records of a run above which Bulk API is used, where it is set so',
			},
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description: 'Whether to do everything but the write; items tell what would be sent, and by which call',
			},
			{
				displayName: 'Duplicate Rules',
				name: 'duplicateRules',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Allow Duplicates', value: 'allow', description: 'Save nevertheless, where the rule lets itself be overruled' },
					{ name: 'Report Duplicates', value: 'report', description: 'A record that a rule sees as a duplicate fails' },
				],
				default: 'report',
				description: "What the org's duplicate rules may do",
			},
			{
				displayName: 'Empty Text',
				name: 'emptyText',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Blanks the Field', value: 'blank', description: 'The field is emptied' },
					{ name: 'Is Left Out', value: 'leaveOut', description: 'The field stays as it is' },
				],
				default: 'leaveOut',
				description: 'What a value of empty text does. Null always blanks the field.',
			},
			{
				displayName: 'Only Changed Fields',
				name: 'onlyChanges',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description: 'Whether to read the records first and send only what differs; a record without a difference is not sent',
			},
			parallelCallsField,
			{
				displayName: 'Read-Only Fields',
				name: 'readOnlyFields',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Fail', value: 'fail', description: 'The item fails before anything is sent, and names them' },
					{ name: 'Leave Out', value: 'leaveOut', description: 'The item lists them' },
				],
				default: 'fail',
				description: 'What to do with values of fields that the API user cannot write',
			},
			timeZoneField("Zone of dates and times that name none; the workflow's by default"),
		],
	},
];

/**
 * Reads which record an item names by ID, as a parameter or as `Id` among its values.
 *
 * @returns 18 characters; undefined when it names none
 * @throws InputError when it is mistyped, missing where a record is to be updated, or given twice
 */
export function readId(input: ItemInput, values: IDataObject, operation: Operation): string | undefined {
	if (operation !== 'update' && operation !== 'createOrUpdate') return undefined;
	const given = input.text('recordId', 'Record ID').trim();
	const ids = [given, asText(values.Id, 'Id').trim()].filter((id) => id !== '').map(readRecordId);
	if (ids.length === 0 && operation === 'update') {
		throw new InputError('Record ID is empty', 'Give it a value, or check the expression that fills it.');
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
	switch (input.choice<'columns' | 'json' | 'item'>('valuesFrom')) {
		case 'columns':
			return readColumns(input);
		case 'json':
			return readJson(input.value('record'));
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
	const typed = (input.typed('columns') as { value?: IDataObject | null } | null)?.value ?? {};
	const filled = Object.keys(typed).filter((name) => typed[name] !== null);
	return Object.fromEntries(filled.map((name) => [name, input.value(`columns.value.${name}`)])) as IDataObject;
}

function readJson(value: unknown): IDataObject {
	const record: unknown = typeof value === 'string' ? parsedJson(value) : value;
	if (typeof record === 'object' && record !== null && !Array.isArray(record)) return record as IDataObject;
	throw new InputError('Record is not a JSON object', 'Write it like { "Subject": "New chair" }.');
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Reads how an item's values become a record. */
export function readBodyRules(input: ItemInput): Omit<BodyRules, 'writes'> {
	const { emptyText, readOnlyFields } = input.collection('options');
	return {
		emptyText: emptyText === 'blank' ? 'blank' : 'leaveOut',
		readOnlyFields: readOnlyFields === 'leaveOut' ? 'leaveOut' : 'fail',
		timeZone: timeZone(input),
	};
}

/** Reads how the run's records are written. @throws InputError when two options exclude each other */
export function readWriteRules(input: ItemInput): WriteRules {
	const options = input.collection('options');
	const rules: WriteRules = {
		assignmentRules: (options.assignmentRules ?? 'new') as WriteRules['assignmentRules'],
		allowDuplicates: options.duplicateRules === 'allow',
		allOrNone: options.allOrNone === true,
		bulkFrom: bulkFrom(options),
		onlyChanges: options.onlyChanges === true,
		dryRun: options.dryRun === true,
		parallelCalls: parallelCalls(input),
	};
	if (rules.bulkFrom === Infinity) return rules;
	if (rules.allOrNone) {
		throw new InputError('All or None is not possible with Bulk API', 'Switch one of the two off.');
	}
	if (rules.allowDuplicates) {
		throw new InputError('Bulk API cannot overrule duplicate rules', 'Set Duplicate Rules to Report Duplicates, or Bulk API to Never.');
	}
	return rules;
}

function bulkFrom({ bulkApi, bulkAbove }: IDataObject): number {
	if (bulkApi === 'always') return 1;
	return bulkApi === 'above' ? Number(bulkAbove ?? RECOMMENDED_FOR_BULK) + 1 : Infinity;
}
