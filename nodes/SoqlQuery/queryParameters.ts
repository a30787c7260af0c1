import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../salesforce/inputError';
import { choices } from '../shared/choices';
import type { ItemInput } from '../shared/input';
import type { Options } from '../shared/reading';
import type { Binding } from './binding';
import { valueLiteral } from './queryValue';
import type { ValueType } from './queryValue';

/** The kinds of value, as the panel shows them. */
const TYPES: Record<ValueType, { name: string; description: string }> = {
	boolean: { name: 'Boolean', description: 'True or false' },
	date: { name: 'Date', description: 'A day, for fields without a time' },
	dateTime: { name: 'Date and Time', description: 'A moment, for fields such as CreatedDate' },
	id: { name: 'ID', description: 'The ID of a record, with 15 or 18 characters' },
	null: { name: 'Null', description: 'No value: Field = :name finds records whose field is empty' },
	number: { name: 'Number', description: 'A number, with a point before decimals' },
	text: { name: 'Text', description: 'Any text. Behind LIKE, % and _ in it are wildcards.' },
	contains: {
		name: 'Text for LIKE: Contains',
		description: 'Finds texts that hold this one; % and _ stand for themselves',
	},
	endsWith: {
		name: 'Text for LIKE: Ends With',
		description: 'Finds texts that end with this one; % and _ stand for themselves',
	},
	startsWith: {
		name: 'Text for LIKE: Starts With',
		description: 'Finds texts that begin with this one; % and _ stand for themselves',
	},
};

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. since',
	description: 'The name as it stands in the query, without the colon',
};

const typeField: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	noDataExpression: true,
	options: choices(TYPES),
	default: 'text',
	description: 'What kind of value it is',
};

const listField: INodeProperties = {
	displayName: 'List',
	name: 'list',
	type: 'boolean',
	default: false,
	displayOptions: { hide: { type: ['null'] } },
	description: 'Whether it is a list, for IN and NOT IN: an array, or text with commas between its members',
};

const valueField: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
	displayOptions: { hide: { type: ['null'] } },
	placeholder: 'e.g. 2026-05-01',
	description: 'The value. Dates and times without a zone are in the time zone of the workflow.',
};

/** The named values of a query. */
export const queryParametersField: INodeProperties = {
	displayName: 'Query Parameters',
	name: 'queryParameters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Parameter',
	default: {},
	description:
		'Values that stand in the query as <code>:name</code>. Whatever a value holds, it stays a value and cannot change the query.',
	options: [
		{
			displayName: 'Parameter',
			name: 'parameter',
			values: [nameField, typeField, listField, valueField],
		},
	],
};

/**
 * Reads the named values of a query as literals. A list's members are there once each.
 *
 * @throws InputError for a value that is not of its type, a name that is none, and a name given twice
 */
export function readBindings(input: ItemInput): Map<string, Binding> {
	const bindings = new Map<string, Binding>();
	for (const entry of input.rows(queryParametersField)) {
		const name = entry.text(nameField).trim().replace(/^:/, '');
		if (!/^[a-z_]\w*$/i.test(name)) {
			throw new InputError(
				'A query parameter has a name that the query cannot use',
				'Names are letters, digits and underscores, with a letter first.',
			);
		}
		if (bindings.has(name)) throw new InputError(`Query Parameters has :${name} twice`, 'Take one of the two away.');
		bindings.set(name, binding(entry, `:${name}`, input.now.zoneName ?? 'UTC'));
	}
	return bindings;
}

function binding(row: Options, label: string, zone: string): Binding {
	const type = row.oneOf({ ...typeField, displayName: `Type of ${label}` }, TYPES);
	const value = row.value(valueField);
	const literal = (member: unknown, name: string): string => valueLiteral(member, type, name, zone);
	if (type === 'null' || !row.flag(listField)) return literal(value, label);
	return [...new Set(members(value).map((member, index) => literal(member, `Member ${index + 1} of ${label}`)))];
}

function members(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return value === undefined || value === null ? [undefined] : [value];
	return value.trim() === '' ? [] : value.split(',').map((member) => member.trim());
}
