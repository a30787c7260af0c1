import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../salesforce/inputError';
import type { ItemInput } from '../shared/input';
import { optionsCollection } from '../shared/optionsCollection';
import { objectField } from '../shared/pickers';
import { recordNameFields } from '../shared/recordName';
import { asText } from '../shared/reading';

/** What becomes of an item whose record is not there: name in the panel, and what it says. */
const MISSING_RECORD = {
	fail: ['Fail', 'The item fails'],
	flag: ['Flag', 'Every item says in <i>found</i> whether its record is there'],
} as const;

/** What becomes of an item whose record is not there. */
export type MissingRecord = keyof typeof MISSING_RECORD;

/** A field of the object, or of a parent up to five levels up (Salesforce's limit). */
const FIELD_PATH = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*){0,5}$/;

const missingRecordField: INodeProperties = {
	displayName: 'Missing Record',
	name: 'missingRecord',
	type: 'options',
	options: Object.entries(MISSING_RECORD).map(([value, [name, description]]) => ({ name, value, description })),
	default: 'fail',
	description: 'What to do with an item whose record does not exist or cannot be seen',
};

/** The options of Salesforce Get Record Fields. */
const optionsField = optionsCollection([missingRecordField], 'What becomes of items without a record');

const chosenObjectField = objectField('searchObjects');

const fieldsField: INodeProperties = {
	displayName: 'Field Names or IDs',
	name: 'fields',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: ['object.value'] },
	default: [],
	placeholder: 'e.g. CaseNumber',
	description:
		'What to read. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const furtherFieldsField: INodeProperties = {
	displayName: 'Further Fields',
	name: 'furtherFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. Owner.Email, Account.Name',
	description: 'More fields by API name, separated by commas; a field of a parent after its relationship and a point',
};

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

/**
 * Reads which fields to return: chosen and typed ones, each once.
 *
 * @throws InputError when there are none, or one cannot be the name of a field
 */
export function readFields(input: ItemInput): string[] {
	const chosen = input.value(fieldsField);
	const names = [...(Array.isArray(chosen) ? chosen : [chosen]), input.value(furtherFieldsField)]
		.flatMap((part) => asText(part, 'Field').split(','))
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (names.length === 0) throw new InputError('No field is chosen', 'Choose one from the list, or type its API name.');
	const bad = names.filter((name) => !FIELD_PATH.test(name));
	if (bad.length > 0) {
		throw new InputError(
			`Not the name of a field: ${bad.join(', ')}`,
			'Write names like Status or Owner.Email, separated by commas.',
		);
	}
	return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

/** Reads what becomes of an item whose record is not there. */
export function readMissingRecord(input: ItemInput): MissingRecord {
	return input.collection(optionsField).oneOf(missingRecordField, MISSING_RECORD);
}
