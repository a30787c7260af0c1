import type { FieldSchema, ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import { showValue } from '../records/values';

/** Fields of a record as a change event has them; the parts of a name or an address stand inside their compound. */
export interface ChangedFields {
	fields: Record<string, unknown>;
	/** Their names, those of parts as `BillingAddress.City`. That parts are named so is assumed. */
	names: string[];
}

/** Fields that no change event has: the ID stands in the header, and these are not changes of the record. */
const NEVER = ['Id', 'IsDeleted', 'SystemModstamp', 'LastViewedDate', 'LastReferencedDate'];

/** A value as events write it: date-times end in Z there (assumed to have milliseconds). */
function shown(row: Row, field: FieldSchema): unknown {
	const value = showValue(row[field.name], field);
	return field.type === 'datetime' && typeof value === 'string' ? value.replace('+0000', 'Z') : value;
}

const partKey = ({ name }: FieldSchema, compound: string) => {
	const prefix = compound.endsWith('Address') ? compound.slice(0, -'Address'.length) : '';
	return name.startsWith(prefix) ? name.slice(prefix.length) : name;
};

/** The fields of a record for which `isWanted` holds. */
function collect(row: Row, object: ObjectSchema, isWanted: (field: FieldSchema) => boolean): ChangedFields {
	const fields: Record<string, unknown> = {};
	const names: string[] = [];
	const isCompound = new Set(
		object.fields.flatMap(({ name, compoundFieldName: of }) => (of && of !== name ? [of] : [])),
	);
	for (const field of object.fields) {
		if (NEVER.includes(field.name) || isCompound.has(field.name) || !isWanted(field)) continue;
		const compound = field.compoundFieldName;
		if (compound === undefined || compound === field.name) {
			fields[field.name] = shown(row, field);
			names.push(field.name);
			continue;
		}
		const key = partKey(field, compound);
		fields[compound] = { ...(fields[compound] as object | undefined), [key]: shown(row, field) };
		names.push(`${compound}.${key}`);
	}
	return { fields, names };
}

/** What the event of a new or restored record has: every field that is not empty (docs:change-data-capture). */
export const fieldsOfRecord = (row: Row, object: ObjectSchema): ChangedFields =>
	collect(row, object, ({ name }) => row[name] !== null && row[name] !== undefined);

/** What the event of an update has: the fields that have another value now (docs:change-data-capture). */
export const fieldsOfUpdate = (row: Row, before: Row, object: ObjectSchema): ChangedFields =>
	collect(
		row,
		object,
		({ name }) => row[name] !== undefined && (row[name] !== before[name] || name === 'LastModifiedDate'),
	);
