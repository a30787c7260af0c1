import type { SQLInputValue } from 'node:sqlite';
import { dataError, noAttributesFirst } from '../errors';
import { isObject } from '../http';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import { findOnce } from './context';
import type { WriteContext } from './context';
import { fieldNamed } from './fieldIndex';
import { checkRecordType } from './rules/recordType';
import { readValue } from './values';

/**
 * The ID of the parent that a nested object names by an external ID: `{"Account": {"ExternalID__c": "a-1"}}`. Seeds may
 * name it by any field. `child` is the object being written.
 * @throws ApiError when no record, or more than one, has that value
 */
export function findReferenced(
	value: Record<string, unknown>,
	field: FieldSchema,
	child: ObjectSchema,
	context: WriteContext,
): SQLInputValue {
	const { org, seeding } = context;
	const attributes = value.attributes;
	if (!seeding && (field.referenceTo?.length ?? 0) > 1 && Object.keys(value)[0] !== 'attributes')
		throw noAttributesFirst();
	const typeName =
		isObject(attributes) && typeof attributes.type === 'string' ? attributes.type : field.referenceTo?.[0];
	const object = org.catalog.object(typeName ?? '');
	const keys = Object.entries(value).filter(([one]) => one !== 'attributes');
	const [name, key] = keys[0] ?? [];
	// In the words of Apex; that REST and Bulk answer alike is assumed.
	if (keys.length > 1)
		throw dataError(
			'INVALID_FIELD',
			`More than 1 field provided in an external foreign key reference in entity: ${typeName}`,
		);
	const keyField = object && name ? fieldNamed(object, name) : undefined;
	if (!object || !keyField || !(keyField.externalId || keyField.idLookup || seeding)) {
		throw dataError(
			'INVALID_FIELD',
			`Foreign key external ID: ${String(key)} not found for field ${name} in entity ${typeName}`,
		);
	}
	const row = findOnce(context, `${object.name} ${keyField.name} ${String(key)}`, () => {
		const rows = org.storage
			.findBy(
				object.name,
				keyField.name,
				readValue(key, keyField, () => '[line:1, column:1]'),
			)
			.filter((one) => one.IsDeleted !== 1);
		return rows.length === 1 ? rows[0] : undefined;
	});
	// One object's records are saved together: none of them is there for another (Apex guide, foreign keys).
	const isUnderWay = object === child && context.saved.has(String(row?.Id));
	if (row && (seeding || !isUnderWay)) return row.Id ?? null;
	// Salesforce answers INVALID_FIELD here (documented for nested records); more than one match is assumed alike.
	throw dataError(
		'INVALID_FIELD',
		`Foreign key external ID: ${String(key).toLowerCase()} not found for field ${keyField.name} in entity ${object.name}`,
	);
}

/**
 * @throws when a reference points to the wrong object, or to a record that is not there
 */
export function checkReferences(row: Row, object: ObjectSchema, context: WriteContext): void {
	const { org, seeding, isAdmin, automated } = context;
	checkRecordType(row, object, context);
	for (const [name, id] of Object.entries(row)) {
		if (typeof id !== 'string') continue;
		const field = fieldNamed(object, name);
		// Where nothing that a field points to is there, its IDs are taken as they are.
		if (field?.type !== 'reference' || !field.referenceTo?.length || name === 'RecordTypeId') continue;
		const target = org.catalog.ofId(id);
		if (!target || !field.referenceTo.includes(target.name)) {
			throw dataError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
		}
		// Seeds may name users that stand further down in the same seed.
		if (seeding) continue;
		// The user who writes is there: three fields of every record name them.
		const isOpen = isAdmin || org.catalog.rightsTo(target).read;
		const isSeen = () => isAdmin || automated === true || org.catalog.sees(target, id);
		if (id !== context.userId && !(isOpen && org.storage.isLiving(target, id) && isSeen())) {
			throw dataError(
				'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
				`insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
			);
		}
	}
}
