import type { INodeProperties } from 'n8n-workflow';

import type { DeleteRules } from '../../changes/org/deleteRecords';
import type { Withheld } from '../../changes/withhold';
import { bulkAboveField, bulkApiField, bulkFrom } from '../shared/bulkApi';
import { dryRunField, parallelCalls, parallelCallsField, recordsPerCallField, writesTogether } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { optionsCollection } from '../shared/optionsCollection';
import { objectField } from '../shared/pickers';
import { readRecordName, recordNameFields } from '../shared/recordName';
import type { RecordName } from '../shared/recordName';
import { readUndoRecord, undoRecordFields } from '../shared/undoRecord';

const chosenObjectField = objectField('searchObjects');

const writeNothingField: INodeProperties = {
	...dryRunField,
	default: true,
	description: 'Whether to show only what would be deleted. Nothing is deleted while this is on.',
};

const atMostField: INodeProperties = {
	displayName: 'At Most',
	name: 'atMost',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 200,
	description: 'How many records one run may delete. When there are more, the run stops before the first of them.',
};

/** The options of Salesforce Delete Record. */
const optionsField = optionsCollection(
	[bulkApiField, bulkAboveField, parallelCallsField, recordsPerCallField, ...undoRecordFields],
	'How records are deleted, and what is kept of them',
);

/** The parameters of Salesforce Delete Record. */
export const properties: INodeProperties[] = [
	chosenObjectField,
	...recordNameFields('={{ $json.Id }}'),
	writeNothingField,
	atMostField,
	optionsField,
];

/** What is asked for one item. */
export interface DeletePlan {
	/** API name. */
	object: string;
	record: RecordName;
	dryRun: boolean;
	atMost: number;
	/** What is not kept of the records; undefined where nothing is kept. */
	undo?: Withheld;
	rules: DeleteRules;
}

/**
 * Reads what an item asks for.
 * @throws InputError
 */
export function readPlan(input: ItemInput): DeletePlan {
	const options = input.collection(optionsField);
	const object = input.requiredLocator(chosenObjectField);
	const undo = readUndoRecord(input, options);
	return {
		object,
		record: readRecordName(input, object),
		...(undo === undefined ? {} : { undo }),
		dryRun: input.flag(writeNothingField),
		atMost: input.wholeNumber(atMostField),
		rules: { parallel: parallelCalls(options), together: writesTogether(options), bulkFrom: bulkFrom(options) },
	};
}
