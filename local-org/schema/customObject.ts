import { fieldFromMetadata } from '../tooling/customField';
import type { CustomObject } from '../options';
import { AUDIT, IS_DELETED, recordId, reference, text, VIEWED } from './fields';
import type { FieldSchema, ObjectSchema } from './types';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const OWNER = reference('OwnerId', 'Owner ID', ['Group', 'User'], {
	nillable: false,
	defaultedOnCreate: true,
	permissionable: false,
});

/** What makes the name of records a number that the org gives them. */
const numbered = (autoNumberFormat: string): Partial<FieldSchema> => ({
	autoNumber: true,
	autoNumberFormat,
	startingNumber: 1,
	createable: false,
	updateable: false,
	length: 30,
});

/**
 * A custom object as Salesforce makes it: with an owner, a name, the fields of every record, and its own, which are
 * shown to everyone.
 *
 * @param name API name, `Invoice__c`
 * @param number its place among the org's custom objects; the first one's records have IDs that begin with `a00`
 * @throws ApiError FIELD_INTEGRITY_EXCEPTION for a field that Salesforce would not make
 */
export function customObject(
	name: string,
	{ label, pluralLabel = label, fields = {}, nameField }: CustomObject,
	number: number,
): ObjectSchema {
	return {
		name,
		label,
		labelPlural: pluralLabel,
		keyPrefix: `a${DIGITS[Math.floor(number / 62)]}${DIGITS[number % 62]}`,
		custom: true,
		fields: [
			recordId('Record ID'),
			// Details belong to whom their masters belong to.
			...(Object.values(fields).some(({ type }) => type === 'MasterDetail') ? [] : [OWNER]),
			IS_DELETED,
			text('Name', nameField?.label ?? `${label} Name`, 80, {
				nameField: true,
				idLookup: true,
				defaultedOnCreate: true,
				permissionable: false,
				...(nameField === undefined ? {} : numbered(nameField.displayFormat)),
			}),
			...AUDIT,
			...VIEWED,
			...Object.entries(fields).map(([field, metadata]) => ({
				...fieldFromMetadata(field, metadata),
				needsPermission: false,
			})),
		],
	};
}
