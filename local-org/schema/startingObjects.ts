import type { LocalOrgOptions } from '../options';
import { withAddressPicklists } from './addressPicklists';
import { currencyTypes, withCurrencies } from './currencies';
import { fieldFromMetadata } from '../tooling/customField';
import { withEveryChild } from './childRelationships';
import { completeObject } from './complete';
import { customObject } from './customObject';
import { STANDARD_OBJECTS } from './objects';
import { platformEvent } from './platformEvent';
import type { FieldSchema, ObjectSchema } from './types';

/** A new org's objects, complete; every org begins with them and none changes them. */
const STANDARD = withEveryChild(STANDARD_OBJECTS.map(completeObject));

/** What an org is told of its objects when it starts. */
export type SchemaOptions = Pick<
	LocalOrgOptions,
	'customObjects' | 'fields' | 'namespace' | 'platformEvents' | 'currencies' | 'countries'
>;

/** Those of every org, and those of this one. */
export interface StartingObjects {
	standard: ObjectSchema[];
	custom: ObjectSchema[];
}

/**
 * The objects with which an org starts: the standard ones, their custom fields with the org's namespace prefix, and the
 * objects and fields of its own.
 * @throws ApiError for a field that Salesforce would not make
 */
export function startingObjects({
	customObjects = {},
	fields = {},
	namespace,
	platformEvents = {},
	currencies,
	countries,
}: SchemaOptions): StartingObjects {
	const ofOrg = (object: ObjectSchema) => withAddressPicklists(withCurrencies(object, currencies), countries);
	const own = Object.entries(fields).map(([fullName, metadata]) => {
		const [object = '', name = ''] = fullName.split('.');
		return { object: object.toLowerCase(), field: { ...fieldFromMetadata(name, metadata), needsPermission: false } };
	});
	const withOwn = (object: ObjectSchema): ObjectSchema => {
		const added = own.filter((one) => one.object === object.name.toLowerCase()).map(({ field }) => field);
		if (added.length === 0) return object;
		const names = new Set(added.map(({ name }) => name.toLowerCase()));
		const others = object.fields.filter(({ name }) => !names.has(name.toLowerCase()));
		return completeObject({ ...object, fields: [...others, ...added] });
	};
	const standard = [...STANDARD, ...currencyTypes(currencies)].map((object) =>
		withOwn(ofOrg(namespace === undefined ? object : prefixed(object, namespace))),
	);
	const custom = Object.entries(customObjects).map(([name, object], number) =>
		withOwn(ofOrg(completeObject(customObject(name, object, number)))),
	);
	const events = Object.entries(platformEvents).map(([name, event]) => completeObject(platformEvent(name, event)));
	return { standard, custom: [...custom, ...events] };
}

function prefixed(object: ObjectSchema, namespace: string): ObjectSchema {
	if (!object.fields.some(({ custom }) => custom)) return object;
	const rename = (field: FieldSchema) => (field.custom ? { ...field, name: `${namespace}__${field.name}` } : field);
	return { ...object, fields: object.fields.map(rename) };
}
