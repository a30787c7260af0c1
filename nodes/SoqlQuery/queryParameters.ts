import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { InputError } from '../../salesforce/inputError';
import { asText } from '../shared/input';
import type { ItemInput } from '../shared/input';
import type { Binding } from './binding';
import { valueLiteral } from './queryValue';
import type { ValueType } from './queryValue';

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
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. since',
					description: 'The name as it stands in the query, without the colon',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					noDataExpression: true,
					options: [
						{ name: 'Boolean', value: 'boolean', description: 'True or false' },
						{ name: 'Date', value: 'date', description: 'A day, for fields without a time' },
						{ name: 'Date and Time', value: 'dateTime', description: 'A moment, for fields such as CreatedDate' },
						{ name: 'ID', value: 'id', description: 'The ID of a record, with 15 or 18 characters' },
						{ name: 'Null', value: 'null', description: 'No value: Field = :name finds records whose field is empty' },
						{ name: 'Number', value: 'number', description: 'A number, with a point before decimals' },
						{ name: 'Text', value: 'text', description: 'Any text. Behind LIKE, % and _ in it are wildcards.' },
						{
							name: 'Text for LIKE: Contains',
							value: 'contains',
							description: 'Finds texts that hold this one; % and _ stand for themselves',
						},
						{
							name: 'Text for LIKE: Ends With',
							value: 'endsWith',
							description: 'Finds texts that end with this one; % and _ stand for themselves',
						},
						{
							name: 'Text for LIKE: Starts With',
							value: 'startsWith',
							description: 'Finds texts that begin with this one; % and _ stand for themselves',
						},
					],
					default: 'text',
					description: 'What kind of value it is',
				},
				{
					displayName: 'List',
					name: 'list',
					type: 'boolean',
					default: false,
					displayOptions: { hide: { type: ['null'] } },
					description: 'Whether it is a list, for IN and NOT IN: an array, or text with commas between its members',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					displayOptions: { hide: { type: ['null'] } },
					placeholder: 'e.g. 2026-05-01',
					description: 'The value. Dates and times without a zone are in the time zone of the workflow.',
				},
			],
		},
	],
};

/**
 * Reads the named values of a query as literals. A list's members are there once each.
 *
 * @throws InputError for a value that is not of its type, a name that is none, and a name given twice
 */
export function readBindings(input: ItemInput): Map<string, Binding> {
	const entries = (input.collection('queryParameters').parameter ?? []) as IDataObject[];
	const bindings = new Map<string, Binding>();
	for (const entry of entries) {
		const name = asText(entry.name, 'Name of a query parameter').trim().replace(/^:/, '');
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

function binding({ type, list, value }: IDataObject, label: string, zone: string): Binding {
	const literal = (member: unknown, name: string): string => valueLiteral(member, type as ValueType, name, zone);
	if (list !== true || type === 'null') return literal(value, label);
	return [...new Set(members(value).map((member, index) => literal(member, `Member ${index + 1} of ${label}`)))];
}

function members(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return value === undefined || value === null ? [undefined] : [value];
	return value.trim() === '' ? [] : value.split(',').map((member) => member.trim());
}
