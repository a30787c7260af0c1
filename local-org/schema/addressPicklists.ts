import type { OrgCountry } from '../options';
import { completeObject } from './complete';
import { field } from './fields';
import type { FieldSchema, ObjectSchema, PicklistValue } from './types';

/**
 * The object of an org with state and country picklists: each of its addresses has codes beside the names (recorded
 * describe of Account).
 */
export function withAddressPicklists(object: ObjectSchema, countries: OrgCountry[] | undefined): ObjectSchema {
	if (!countries || !object.fields.some(({ type }) => type === 'address')) return object;
	const others = object.fields.filter(({ name }) => !/(State|Country)Code$/.test(name));
	const fields = others.flatMap((one) =>
		one.name.endsWith('Country') && one.compoundFieldName ? [one, ...codes(one, countries)] : [one],
	);
	return completeObject({ ...object, fields });
}

/** Whether a field is the code of a state or a country, which goes by rules of its own. */
export const isAddressCode = ({ name, type, compoundFieldName }: FieldSchema): boolean =>
	type === 'picklist' && compoundFieldName !== undefined && /(State|Country)Code$/.test(name);

/** The codes of an address, with the rights of its country's name. */
function codes(country: FieldSchema, countries: OrgCountry[]): FieldSchema[] {
	const { compoundFieldName, createable, updateable, permissionable } = country;
	const prefix = country.name.slice(0, -'Country'.length);
	const label = prefix === '' ? '' : `${prefix} `;
	const code = (name: string, named: string, picklistValues: PicklistValue[], more: Partial<FieldSchema> = {}) =>
		field(`${prefix}${name}`, `${label}${named} Code`, 'picklist', {
			length: 10,
			restrictedPicklist: true,
			picklistValues,
			compoundFieldName,
			createable,
			updateable,
			permissionable,
			...more,
		});
	const states = countries
		.flatMap(({ states = {} }, index) =>
			Object.entries(states).map(([value, label]) => ({ value, label, validFor: [index] })),
		)
		.sort((a, b) => (a.label < b.label ? -1 : 1));
	const named = countries.map(({ code: value, name }) => ({ value, label: name }));
	return [
		code('StateCode', 'State/Province', states, { controllerName: `${prefix}CountryCode` }),
		code('CountryCode', 'Country', named),
	];
}
