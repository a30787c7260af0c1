import type { INodeProperties } from 'n8n-workflow';

import { choices } from '../shared/choices';
import type { ItemInput } from '../shared/input';
import { includeDeletedField } from '../shared/fields';
import { optionsCollection } from '../shared/optionsCollection';
import { objectField } from '../shared/pickers';
import { recordNameFields } from '../shared/recordName';
import { fieldsField, furtherFieldsField } from '../shared/recordFields';

/** What becomes of an item whose record is not there: name in the panel, and what it says. */
const MISSING_RECORD = {
	fail: ['Fail', 'The item fails'],
	flag: ['Flag', 'Every item says in <i>found</i> whether its record is there'],
} as const;

/** What becomes of an item whose record is not there. */
export type MissingRecord = keyof typeof MISSING_RECORD;

const missingRecordField: INodeProperties = {
	displayName: 'Missing Record',
	name: 'missingRecord',
	type: 'options',
	options: choices(MISSING_RECORD),
	default: 'fail',
	description: 'What to do with an item whose record does not exist or cannot be seen',
};

/** The options of Salesforce Get Record Fields. */
const optionsField = optionsCollection(
	[includeDeletedField, missingRecordField],
	'Which records are found, and what becomes of items without one',
);

const chosenObjectField = objectField('searchObjects');

/** The parameters of Salesforce Get Record Fields. */
export const properties: INodeProperties[] = [
	chosenObjectField,
	...recordNameFields(''),
	fieldsField,
	furtherFieldsField,
	optionsField,
];

/** Reads the object of an item's record. @throws InputError when none is chosen */
export function readObject(input: ItemInput): string {
	return input.requiredLocator(chosenObjectField);
}

/** Reads whether deleted and archived records are found too. */
export function readIncludeDeleted(input: ItemInput): boolean {
	return input.collection(optionsField).flag(includeDeletedField);
}

/** Reads what becomes of an item whose record is not there. */
export function readMissingRecord(input: ItemInput): MissingRecord {
	return input.collection(optionsField).oneOf(missingRecordField, MISSING_RECORD);
}
