import type { INodeProperties } from 'n8n-workflow';

import type { Withheld } from '../../changes/withhold';
import { InputError } from '../../salesforce/inputError';
import type { BodyRules } from '../../salesforce/recordBody';
import { bulkAboveField, bulkApiField, bulkFrom } from '../shared/bulkApi';
import { choices } from '../shared/choices';
import { parallelCalls, parallelCallsField } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { optionsCollection } from '../shared/optionsCollection';
import { timeZone, timeZoneField } from '../shared/timeZone';
import { readUndoRecord, undoRecordFields } from '../shared/undoRecord';

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
	emptyMatch: keyof typeof EMPTY_MATCH;
	/** Whether the fields that already hold their value are left alone. */
	onlyChanges: boolean;
	/** Whether everything is done but the write. */
	dryRun: boolean;
	/** What is not kept of the records before the write; undefined where nothing is kept. */
	undo?: Withheld;
	parallelCalls: number;
}

const allOrNoneField: INodeProperties = {
	displayName: 'All or None',
	name: 'allOrNone',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description: 'Whether nothing is saved when one record of the run is refused; for 1,000 records at most',
};

const ASSIGNMENT_RULES = {
	always: { name: 'Run for All Records', description: 'Also for those that are updated or upserted' },
	new: {
		name: 'Run for New Records',
		description: 'For those that are created; not for upserts, since only Salesforce knows which of them are new',
	},
	never: { name: 'Do Not Run', description: 'The owner stays as given' },
} as const;

const assignmentRulesField: INodeProperties = {
	displayName: 'Assignment Rules',
	name: 'assignmentRules',
	type: 'options',
	noDataExpression: true,
	options: choices(ASSIGNMENT_RULES),
	default: 'new',
	description: "When the org's assignment rules choose the owner of Cases and Leads",
};

const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description: 'Whether to check everything and write nothing. Items say what would be sent, and by which call.',
};

const DUPLICATE_RULES = {
	allow: { name: 'Allow Duplicates', description: 'Save anyway, if the rule allows it' },
	report: { name: 'Report Duplicates', description: 'A record that a rule sees as a duplicate fails' },
} as const;

const duplicateRulesField: INodeProperties = {
	displayName: 'Duplicate Rules',
	name: 'duplicateRules',
	type: 'options',
	noDataExpression: true,
	options: choices(DUPLICATE_RULES),
	default: 'report',
	description: "What the org's duplicate rules may do",
};

const EMPTY_MATCH = {
	create: { name: 'Create', description: 'The record is new' },
	fail: { name: 'Fail', description: 'The item fails before anything is sent' },
} as const;

const emptyMatchField: INodeProperties = {
	displayName: 'Empty Match Value',
	name: 'emptyMatch',
	type: 'options',
	noDataExpression: true,
	options: choices(EMPTY_MATCH),
	default: 'fail',
	description:
		'What to do with an item whose Matching Field has a blank value, with the operation Create or Update. An item without the field always fails.',
};

const EMPTY_TEXT = {
	blank: { name: 'Blanks the Field', description: 'The field is emptied' },
	leaveOut: { name: 'Is Left Out', description: 'The field stays as it is' },
} as const;

const emptyTextField: INodeProperties = {
	displayName: 'Empty Text',
	name: 'emptyText',
	type: 'options',
	noDataExpression: true,
	options: choices(EMPTY_TEXT),
	default: 'leaveOut',
	description: 'What a value of empty text does. Null always blanks the field.',
};

const onlyChangesField: INodeProperties = {
	displayName: 'Only Changed Fields',
	name: 'onlyChanges',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to read the records first and send only what differs; a record without a difference is not sent',
};

const READ_ONLY_FIELDS = {
	fail: { name: 'Fail', description: 'The item fails before anything is sent, and names them' },
	leaveOut: { name: 'Leave Out', description: 'The item lists them' },
} as const;

const readOnlyFieldsField: INodeProperties = {
	displayName: 'Read-Only Fields',
	name: 'readOnlyFields',
	type: 'options',
	noDataExpression: true,
	options: choices(READ_ONLY_FIELDS),
	default: 'fail',
	description: 'What to do with values of fields that the API user cannot write',
};

/** The options of Salesforce Create or Update Record. */
export const optionsField = optionsCollection(
	[
		allOrNoneField,
		assignmentRulesField,
		bulkApiField,
		bulkAboveField,
		dryRunField,
		duplicateRulesField,
		emptyMatchField,
		emptyTextField,
		onlyChangesField,
		parallelCallsField,
		readOnlyFieldsField,
		...undoRecordFields,
		timeZoneField("Time zone of dates and times that name none; the workflow's by default"),
	],
	'How values become records, and how they are sent',
);

/** Reads how an item's values become a record. */
export function readBodyRules(input: ItemInput): Omit<BodyRules, 'writes'> {
	const options = input.collection(optionsField);
	return {
		emptyText: options.oneOf(emptyTextField, EMPTY_TEXT),
		readOnlyFields: options.oneOf(readOnlyFieldsField, READ_ONLY_FIELDS),
		readOnlyOption: readOnlyFieldsField.displayName,
		timeZone: timeZone(input, options),
	};
}

/** Reads how the run's records are written. @throws InputError when two options exclude each other */
export function readWriteRules(input: ItemInput): WriteRules {
	const options = input.collection(optionsField);
	const undo = readUndoRecord(input, options);
	const rules: WriteRules = {
		assignmentRules: options.oneOf(assignmentRulesField, ASSIGNMENT_RULES),
		allowDuplicates: options.oneOf(duplicateRulesField, DUPLICATE_RULES) === 'allow',
		allOrNone: options.flag(allOrNoneField),
		bulkFrom: bulkFrom(options),
		emptyMatch: options.oneOf(emptyMatchField, EMPTY_MATCH),
		onlyChanges: options.flag(onlyChangesField),
		dryRun: options.flag(dryRunField),
		parallelCalls: parallelCalls(options),
		...(undo === undefined ? {} : { undo }),
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
