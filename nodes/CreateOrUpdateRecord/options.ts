import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { InputError } from '../../salesforce/inputError';
import type { BodyRules } from '../../salesforce/recordBody';
import { parallelCalls, parallelCallsField } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { timeZone, timeZoneField } from '../shared/timeZone';

/** How a run's records reach the org. */
export interface WriteRules {
	/** For which records the org's assignment rules run. */
	assignmentRules: 'always' | 'never' | 'new';
	allowDuplicates: boolean;
	/** One transaction for all records of the run. */
	allOrNone: boolean;
	/** From how many records on Bulk API is used; Infinity for never. */
	bulkFrom: number;
	/** What becomes of a record whose matching field is blank. */
	emptyMatch: 'create' | 'fail';
	/** Whether the fields that already hold their value are left alone. */
	onlyChanges: boolean;
	/** Whether everything is done but the write. */
	dryRun: boolean;
	parallelCalls: number;
}

/** Above this many records Salesforce recommends Bulk API. */
const RECOMMENDED_FOR_BULK = 2_000;

/** The options of Salesforce Create or Update Record. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	description: 'How values become records, and how they are sent',
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
				{
					name: 'Run for New Records',
					value: 'new',
					description: 'For those that are created; not for upserts, of which Salesforce decides',
				},
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
				{
					name: 'Allow Duplicates',
					value: 'allow',
					description: 'Save nevertheless, where the rule lets itself be overruled',
				},
				{ name: 'Report Duplicates', value: 'report', description: 'A record that a rule sees as a duplicate fails' },
			],
			default: 'report',
			description: "What the org's duplicate rules may do",
		},
		{
			displayName: 'Empty Match Value',
			name: 'emptyMatch',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Create', value: 'create', description: 'The record is new' },
				{ name: 'Fail', value: 'fail', description: 'The item fails before anything is sent' },
			],
			default: 'fail',
			description:
				'What becomes of an item whose Matching Field is among its values and blank. One without the field fails in any case.',
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
			description:
				'Whether to read the records first and send only what differs; a record without a difference is not sent',
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
};

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
		emptyMatch: options.emptyMatch === 'create' ? 'create' : 'fail',
		onlyChanges: options.onlyChanges === true,
		dryRun: options.dryRun === true,
		parallelCalls: parallelCalls(input),
	};
	if (rules.bulkFrom === Infinity) return rules;
	if (rules.allOrNone) {
		throw new InputError('All or None is not possible with Bulk API', 'Switch one of the two off.');
	}
	if (rules.allowDuplicates) {
		throw new InputError(
			'Bulk API cannot overrule duplicate rules',
			'Set Duplicate Rules to Report Duplicates, or Bulk API to Never.',
		);
	}
	return rules;
}

function bulkFrom({ bulkApi, bulkAbove }: IDataObject): number {
	if (bulkApi === 'always') return 1;
	return bulkApi === 'above' ? Number(bulkAbove ?? RECOMMENDED_FOR_BULK) + 1 : Infinity;
}
