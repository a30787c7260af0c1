import type { FieldSchema, FieldType, ObjectSchema } from './types';

const NOT_GROUPABLE: FieldType[] = [
	'datetime',
	'double',
	'currency',
	'percent',
	'time',
	'address',
	'multipicklist',
	'base64',
	'anyType',
];
const NOT_SORTABLE: FieldType[] = ['address', 'base64', 'anyType'];
const NOT_AGGREGATABLE: FieldType[] = ['address', 'boolean', 'base64', 'anyType'];

/** The field with every flag that describe shows spelt out, from what its type usually has. */
function completeField(field: FieldSchema): FieldSchema {
	const writeable = !field.calculated && !field.autoNumber;
	return {
		createable: writeable,
		updateable: writeable,
		nillable: true,
		defaultedOnCreate: false,
		filterable: field.type !== 'base64' && field.type !== 'anyType',
		sortable: !NOT_SORTABLE.includes(field.type),
		groupable: !NOT_GROUPABLE.includes(field.type),
		aggregatable: !NOT_AGGREGATABLE.includes(field.type),
		permissionable: true,
		unique: false,
		externalId: false,
		idLookup: false,
		caseSensitive: false,
		nameField: false,
		autoNumber: false,
		calculated: false,
		custom: false,
		restrictedPicklist: false,
		...field,
	};
}

/** The object with every flag of it and of its fields spelt out. */
export function completeObject(object: ObjectSchema): ObjectSchema {
	return {
		childRelationships: [],
		createable: true,
		updateable: true,
		deletable: true,
		queryable: true,
		searchable: true,
		custom: false,
		setup: false,
		...object,
		fields: object.fields.map(completeField),
	};
}
