import type { INodeProperties } from 'n8n-workflow';

import { apiName, nameKey } from '../../salesforce/apiName';
import { InputError } from '../../salesforce/inputError';
import { readMembers } from '../../salesforce/values/members';
import { asText } from './reading';
import type { Declared, Reading } from './reading';

/** A field of the object, or of a parent up to five levels up (Salesforce's limit). */
const FIELD_PATH = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*){0,5}$/;

/** Fields that are chosen from the list. */
export const fieldsField: INodeProperties = {
	displayName: 'Field Names or IDs',
	name: 'fields',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: ['object.value'] },
	default: [],
	placeholder: 'e.g. CaseNumber',
	description:
		'What to read. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** Fields that are typed, those of parents among them. */
export const furtherFieldsField: INodeProperties = {
	displayName: 'Further Fields',
	name: 'furtherFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. Owner.Email, Account.Name',
	description: 'More fields by API name, separated by commas; fields of a parent as in Owner.Email',
};

/**
 * Reads which fields to return: chosen and typed ones, each once.
 *
 * @throws InputError when there are none, or one cannot be the name of a field
 */
export function readFields(input: Reading): string[] {
	const names = readFieldNames(input, [fieldsField, furtherFieldsField]);
	if (names.length > 0) return names;
	throw new InputError('No field is chosen', 'Choose one from the list, or type its API name.');
}

/**
 * Reads the names of fields from parameters that list them, each name once.
 *
 * @throws InputError when one cannot be the name of a field
 */
export function readFieldNames(input: Reading, fields: readonly Declared[]): string[] {
	const names = fields.flatMap((field) => namesIn(input.value(field), field.displayName));
	const bad = names.filter((name) => !FIELD_PATH.test(name));
	if (bad.length > 0) {
		throw new InputError(
			`Not the name of a field: ${bad.join(', ')}`,
			'Write names like Status or Owner.Email, separated by commas.',
		);
	}
	return [...new Map(names.map((name) => [nameKey(name), name])).values()];
}

function namesIn(value: unknown, label: string): string[] {
	if (value === undefined || value === null) return [];
	const read = readMembers(value, 'automatic');
	if ('wants' in read) throw new InputError(`${label} is not ${read.wants}`, 'Separate the names by commas.');
	return read.value.members.map((name) => apiName(asText(name, label)));
}
