import type { FieldSchema, FieldType } from './types';

/** What a field may say beyond its name, label and type. */
export type Extra = Partial<FieldSchema>;

/** For fields that Salesforce fills itself. */
export const READ_ONLY: Extra = { createable: false, updateable: false, permissionable: false };

/** A field of any type. */
export function field(name: string, label: string, type: FieldType, extra: Extra = {}): FieldSchema {
	return { name, label, type, ...extra };
}

/** A text field of at most `length` characters. */
export function text(name: string, label: string, length: number, extra: Extra = {}): FieldSchema {
	return field(name, label, 'string', { length, ...extra });
}

/** A text area short enough to be filtered, such as a street. */
export function textArea(name: string, label: string, length: number, extra: Extra = {}): FieldSchema {
	return field(name, label, 'textarea', { length, extraTypeInfo: 'plaintextarea', ...extra });
}

/** A long text area: it can be read and written, but not filtered, sorted, grouped or aggregated. */
export function longText(name: string, label: string, length: number, extra: Extra = {}): FieldSchema {
	return textArea(name, label, length, {
		filterable: false,
		sortable: false,
		groupable: false,
		aggregatable: false,
		...extra,
	});
}

/** A picklist; the value that ends in `*` is its default. */
export function picklist(name: string, label: string, values: string[], extra: Extra = {}): FieldSchema {
	const picklistValues = values.map((text) => ({
		value: text.replace(/\*$/, ''),
		...(text.endsWith('*') ? { defaultValue: true } : {}),
	}));
	return field(name, label, 'picklist', { length: 255, picklistValues, ...extra });
}

/** A lookup; the relationship's name is the field's name without its `Id` unless given. */
export function reference(name: string, label: string, to: string | string[], extra: Extra = {}): FieldSchema {
	return field(name, label, 'reference', {
		length: 18,
		referenceTo: Array.isArray(to) ? to : [to],
		relationshipName: name.replace(/Id$/, ''),
		...extra,
	});
}

/** A checkbox; false unless `defaultValue` says otherwise. */
export function checkbox(name: string, label: string, extra: Extra = {}): FieldSchema {
	return field(name, label, 'boolean', { nillable: false, defaultedOnCreate: true, defaultValue: false, ...extra });
}

/** The record's own ID. */
export function recordId(label: string): FieldSchema {
	return field('Id', label, 'id', {
		length: 18,
		nillable: false,
		defaultedOnCreate: true,
		idLookup: true,
		...READ_ONLY,
	});
}

/** A date and time that Salesforce sets. */
export function stamp(name: string, label: string, extra: Extra = {}): FieldSchema {
	return field(name, label, 'datetime', { ...READ_ONLY, ...extra });
}

/** The mark of a record that lies in the recycle bin. */
export const IS_DELETED = checkbox('IsDeleted', 'Deleted', READ_ONLY);

const ALWAYS: Extra = { nillable: false, defaultedOnCreate: true };

/** Who made and last changed a record, and when. */
export const AUDIT: FieldSchema[] = [
	stamp('CreatedDate', 'Created Date', ALWAYS),
	reference('CreatedById', 'Created By ID', 'User', { ...READ_ONLY, ...ALWAYS }),
	stamp('LastModifiedDate', 'Last Modified Date', ALWAYS),
	reference('LastModifiedById', 'Last Modified By ID', 'User', { ...READ_ONLY, ...ALWAYS }),
	stamp('SystemModstamp', 'System Modstamp', ALWAYS),
];

/** The time stamp that even objects without an audit trail have. */
export const MODSTAMP = stamp('SystemModstamp', 'System Modstamp', ALWAYS);

/** When the connected user last saw the record or something about it. */
export const VIEWED: FieldSchema[] = [
	stamp('LastViewedDate', 'Last Viewed Date'),
	stamp('LastReferencedDate', 'Last Referenced Date'),
];

const GEOCODE_ACCURACY = [
	'Address',
	'NearAddress',
	'Block',
	'Street',
	'ExtendedZip',
	'Zip',
	'Neighborhood',
	'City',
	'County',
	'State',
	'Unknown',
];

/** A compound address and its parts; `prefix` is `Billing` for BillingStreet … BillingAddress, or empty. */
export function address(prefix: string, extra: Extra = {}): FieldSchema[] {
	const label = prefix === '' ? '' : `${prefix} `;
	const part = { compoundFieldName: `${prefix}Address`, ...extra };
	return [
		textArea(`${prefix}Street`, `${label}Street`, 255, part),
		text(`${prefix}City`, `${label}City`, 40, part),
		text(`${prefix}State`, `${label}State/Province`, 80, part),
		text(`${prefix}PostalCode`, `${label}Zip/Postal Code`, 20, part),
		text(`${prefix}Country`, `${label}Country`, 80, part),
		field(`${prefix}Latitude`, `${label}Latitude`, 'double', { precision: 18, scale: 15, ...part }),
		field(`${prefix}Longitude`, `${label}Longitude`, 'double', { precision: 18, scale: 15, ...part }),
		picklist(`${prefix}GeocodeAccuracy`, `${label}Geocode Accuracy`, GEOCODE_ACCURACY, {
			length: 40,
			restrictedPicklist: true,
			...part,
		}),
		field(`${prefix}Address`, `${label}Address`, 'address', { createable: false, updateable: false }),
	];
}
