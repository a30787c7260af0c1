import type { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import type { Binding } from '../../salesforce/binding/binding';
import { noValue, valueLiteral } from '../../salesforce/binding/queryValue';
import type { ValueType } from '../../salesforce/binding/queryValue';
import { InputError } from '../../salesforce/inputError';
import { readMembers } from '../../salesforce/values/members';
import type { ListSeparator } from '../../salesforce/values/members';
import { choices } from './choices';
import type { Options, Reading } from './reading';

/** The kinds of value, as the panel shows them. */
const TYPES: Record<ValueType, { name: string; description: string }> = {
	boolean: { name: 'Boolean', description: 'True or false' },
	date: { name: 'Date', description: 'A day, for fields without a time' },
	dateTime: { name: 'Date and Time', description: 'A moment, for fields such as CreatedDate' },
	id: { name: 'ID', description: 'The ID of a record, with 15 or 18 characters' },
	null: { name: 'Null', description: 'No value: Field = :name finds records whose field is empty' },
	number: { name: 'Number', description: 'A number, with a point before decimals' },
	text: { name: 'Text', description: 'Any text. After LIKE, % and _ in it are wildcards.' },
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
	time: { name: 'Time', description: 'A time of day, such as 09:30, for fields of that type' },
};

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. since',
	description: 'The name as in the query, without the colon',
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
	description: 'Whether it is a list, for IN and NOT IN: an array, or text that holds several members',
};

/** What stands between the members of a list, as the panel shows it. */
const SEPARATORS: Record<ListSeparator, { name: string; description?: string }> = {
	automatic: { name: 'Automatic', description: 'Whichever the text has; a text with two kinds is refused' },
	comma: { name: 'Comma' },
	json: { name: 'JSON', description: 'An array such as ["a", "b"]' },
	line: { name: 'Line', description: 'One member per line' },
	semicolon: { name: 'Semicolon' },
};

const separatorField: INodeProperties = {
	displayName: 'List Separator',
	name: 'separator',
	type: 'options',
	options: choices(SEPARATORS),
	default: 'automatic',
	displayOptions: { show: { list: [true] }, hide: { type: ['null'] } },
	description: 'What separates the members of a list that is text. An array needs none.',
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
	description: 'The value of each <code>:name</code> in the query. Whatever a value holds, it cannot change the query.',
	options: [
		{
			displayName: 'Parameter',
			name: 'parameter',
			values: [nameField, typeField, listField, separatorField, valueField],
		},
	],
};

/** The named values of a query, as literals. */
export interface Bindings {
	byName: Map<string, Binding>;
	/** How many empty members were left out of lists, by the names of these. */
	dropped: Map<string, number>;
}

/**
 * Reads the named values of a query. A list's members are there once each, and none is empty.
 *
 * @throws InputError for a value that is not of its type, a name that the query cannot use, and a name given twice
 */
export function readBindings(input: Reading & { readonly now: DateTime }): Bindings {
	const bindings: Bindings = { byName: new Map(), dropped: new Map() };
	for (const row of input.rows(queryParametersField)) {
		const name = row.text(nameField).trim().replace(/^:/, '');
		if (!/^[a-z_]\w*$/i.test(name)) {
			throw new InputError(
				'A query parameter has a name that the query cannot use',
				'Names are letters, digits and underscores, with a letter first.',
			);
		}
		if (bindings.byName.has(name)) {
			throw new InputError(`Query Parameters has :${name} twice`, 'Remove one of the two.');
		}
		bind(bindings, name, row, input.now.zoneName ?? 'UTC');
	}
	return bindings;
}

function bind({ byName, dropped }: Bindings, name: string, row: Options, zone: string): void {
	const label = `:${name}`;
	const type = row.oneOf({ ...typeField, displayName: `Type of ${label}` }, TYPES);
	const value = row.value(valueField);
	if (type === 'null' || !row.flag(listField)) {
		byName.set(name, valueLiteral(value, type, label, zone));
		return;
	}
	if (value === undefined || value === null) throw noValue(label);
	const separator = row.oneOf({ ...separatorField, displayName: `List Separator of ${label}` }, SEPARATORS);
	const read = readMembers(value, separator);
	if ('wants' in read) throw new InputError(`${label} is not ${read.wants}`, read.remedy ?? '');
	const literals = read.value.members.map((member, index) =>
		valueLiteral(member, type, `Member ${index + 1} of ${label}`, zone),
	);
	byName.set(name, [...new Set(literals)]);
	if (read.value.dropped > 0) dropped.set(name, read.value.dropped);
}
