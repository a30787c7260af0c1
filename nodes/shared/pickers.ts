import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { asError } from '../../salesforce/asError';
import { describeObject, isExternalId, listObjects } from '../../salesforce/describe';
import type { FieldDescribe, ObjectDescribe, ObjectSummary } from '../../salesforce/describe';
import { connectOrg } from './connectOrg';
import { nodeError } from './nodeError';

/** Entries of a list that the panel gets at once; it asks for more as one scrolls. */
const LIST_PAGE = 200;

/** The parameter that names the object of a record. */
export function objectField(searchListMethod: 'searchObjects' | 'searchWritableObjects'): INodeProperties {
	return {
		displayName: 'Object',
		name: 'object',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The kind of record',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose an object',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Case, or Invoice__c' },
		],
	};
}

/** A parameter that names a field by which a record is found. */
export function keyField(
	displayName: string,
	name: string,
	searchListMethod: 'searchExternalIdFields' | 'searchMatchFields',
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a field',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. ExternalID__c' },
		],
	};
}

/** Objects whose records can be read. */
export async function searchObjects(
	this: ILoadOptionsFunctions,
	filter?: string,
	from?: string,
): Promise<INodeListSearchResult> {
	return await objects(this, ({ queryable }) => queryable, filter, from);
}

/** The org's own platform events. */
export async function searchPlatformEvents(
	this: ILoadOptionsFunctions,
	filter?: string,
	from?: string,
): Promise<INodeListSearchResult> {
	return await objects(this, ({ name }) => name.endsWith('__e'), filter, from);
}

/** Objects whose records can be created or updated. */
export async function searchWritableObjects(
	this: ILoadOptionsFunctions,
	filter?: string,
	from?: string,
): Promise<INodeListSearchResult> {
	return await objects(this, ({ createable, updateable }) => createable || updateable, filter, from);
}

/** The chosen object's external IDs, and the standard fields that serve as such. */
export async function searchExternalIdFields(
	this: ILoadOptionsFunctions,
	filter?: string,
	from?: string,
): Promise<INodeListSearchResult> {
	return await fields(this, isExternalId, filter, from);
}

/** The chosen object's fields by which a query can find records. */
export async function searchMatchFields(
	this: ILoadOptionsFunctions,
	filter?: string,
	from?: string,
): Promise<INodeListSearchResult> {
	return await fields(this, isMatchable, filter, from);
}

/** The chosen object's fields, for a parameter that takes several. */
export async function getFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return ((await chosenObject(this))?.fields ?? []).map(entry).sort(byName);
}

/** The fields of an object that is not chosen by its parameter, as `getFields` gives them. */
export async function fieldsOf(host: ILoadOptionsFunctions, object: string): Promise<INodePropertyOptions[]> {
	return (await described(host, object)).fields.map(entry).sort(byName);
}

/** The chosen object's writable fields as columns of a resource mapper, for the chosen operation. */
export async function getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const isCreate = this.getNodeParameter('operation') === 'create';
	const object = await chosenObject(this);
	if (object === undefined) return { fields: [], emptyFieldsNotice: 'Choose the object first.' };
	const columns = object.fields
		.filter(({ createable, updateable }) => (isCreate ? createable : createable || updateable))
		.map((field) => column(field, isCreate && isRequired(object, field)))
		.sort((a, b) => Number(b.required) - Number(a.required) || a.displayName.localeCompare(b.displayName));
	return { fields: columns };
}

/** Whether a query can find records by a value of a field that was given before. */
export function isMatchable({ type, filterable }: FieldDescribe): boolean {
	return filterable && MATCHED_TYPES.includes(type);
}

const MATCHED_TYPES = [
	'string',
	'email',
	'phone',
	'url',
	'picklist',
	'combobox',
	'reference',
	'int',
	'long',
	'double',
	'encryptedstring',
];

async function objects(
	host: ILoadOptionsFunctions,
	fits: (object: ObjectSummary) => boolean,
	filter?: string,
	from?: string,
): Promise<INodeListSearchResult> {
	return await explained(host, async () => page((await listObjects(connectOrg(host))).filter(fits), filter, from));
}

async function fields(
	host: ILoadOptionsFunctions,
	fits: (field: FieldDescribe) => boolean,
	filter?: string,
	from?: string,
): Promise<INodeListSearchResult> {
	return page(((await chosenObject(host))?.fields ?? []).filter(fits), filter, from);
}

/** Undefined as long as none is chosen: a list is empty then, since an error would stand in the field of the list. */
async function chosenObject(host: ILoadOptionsFunctions): Promise<ObjectDescribe | undefined> {
	const name = String(host.getNodeParameter('object', undefined, { extractValue: true }) ?? '');
	return name === '' ? undefined : await described(host, name);
}

async function described(host: ILoadOptionsFunctions, object: string): Promise<ObjectDescribe> {
	return await explained(host, async () => await describeObject(connectOrg(host), object));
}

/** The entries that hold the filter's text in label or name, from an offset on. */
function page(all: Array<{ name: string; label: string }>, filter = '', from = '0'): INodeListSearchResult {
	const wanted = filter.toLowerCase();
	const entries = all
		.map(entry)
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort(byName);
	const end = Number(from) + LIST_PAGE;
	return {
		results: entries.slice(Number(from), end),
		...(end < entries.length ? { paginationToken: String(end) } : {}),
	};
}

function entry({ name, label }: { name: string; label: string }): { name: string; value: string } {
	return { name: `${label} (${name})`, value: name };
}

function byName(a: { name: string }, b: { name: string }): number {
	return a.name.localeCompare(b.name);
}

/** What creating a record needs a value for. A business account's name is none that a person account has. */
function isRequired(object: ObjectDescribe, field: FieldDescribe): boolean {
	if (field.nillable || field.defaultedOnCreate || field.type === 'boolean') return false;
	return !(object.fieldsByName.has('ispersonaccount') && field.name === 'Name');
}

const COLUMN_TYPES: Record<string, ResourceMapperField['type']> = {
	boolean: 'boolean',
	int: 'number',
	long: 'number',
	double: 'number',
	currency: 'number',
	percent: 'number',
	date: 'dateTime',
	datetime: 'dateTime',
	picklist: 'options',
};

function column(field: FieldDescribe, required: boolean): ResourceMapperField {
	const type = COLUMN_TYPES[field.type] ?? 'string';
	return {
		id: field.name,
		displayName: `${field.label} (${field.name})`,
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		// An object may have 800 fields; one adds those that are wanted.
		removed: !required,
		type,
		...(type === 'options'
			? {
					options: field.picklistValues
						.filter(({ active }) => active)
						.map(({ label, value }) => ({ name: label ?? value, value })),
				}
			: {}),
	};
}

async function explained<T>(host: ILoadOptionsFunctions, read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (error) {
		throw nodeError(host.getNode(), asError(error));
	}
}
