import { dataError } from '../errors';
import type { Org } from '../org';
import type { FieldSchema, ObjectSchema, PicklistValue } from '../schema/types';
import { valueOf } from './rules/types';
import type { Change } from './rules/types';

/** The values of a picklist that records of a record type may take; all of them where the org says nothing. */
export function valuesFor(org: Org, object: ObjectSchema, recordTypeId: unknown, field: FieldSchema): PicklistValue[] {
	const all = field.picklistValues ?? [];
	const type = typeof recordTypeId === 'string' ? org.storage.find('RecordType', recordTypeId) : undefined;
	const own = org.settings.recordTypePicklists[`${object.name}.${String(type?.DeveloperName)}`]?.[field.name];
	return own ? all.filter(({ value }) => own.includes(value)) : all;
}

/**
 * Throws INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST for a value that a record's type does not take; only restricted
 * picklists are held to it (help, restricted picklists and record types).
 */
export function checkRecordTypePicklists(change: Change): void {
	const { object, row, context } = change;
	if (Object.keys(context.org.settings.recordTypePicklists).length === 0) return;
	const recordTypeId = valueOf(change, 'RecordTypeId');
	for (const field of object.fields) {
		const value = row[field.name];
		if (!field.restrictedPicklist || typeof value !== 'string') continue;
		const allowed = valuesFor(context.org, object, recordTypeId, field).map((one) => one.value);
		const chosen = field.type === 'multipicklist' ? value.split(';') : [value];
		if (chosen.every((one) => allowed.includes(one))) continue;
		throw dataError(
			'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
			`${field.label}: bad value for restricted picklist field: ${value}`,
			[field.name],
		);
	}
}
