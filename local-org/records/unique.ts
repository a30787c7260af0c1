import { dataError } from '../errors';
import type { ObjectSchema } from '../schema/types';
import type { Org } from '../org';
import type { Row } from '../storage';
import { indexOf } from './fieldIndex';

/** Throws DUPLICATE_VALUE when a unique field's value belongs to another record that is not deleted. */
export function checkUnique(org: Org, row: Row, object: ObjectSchema, id?: string): void {
	for (const field of indexOf(object).unique) {
		const value = row[field.name];
		if (value === null || value === undefined) continue;
		const other = org.storage
			.findBy(object.name, field.name, value, field.caseSensitive)
			.find((one) => one.Id !== id && one.IsDeleted !== 1);
		if (!other) continue;
		throw dataError(
			'DUPLICATE_VALUE',
			`duplicate value found: ${field.name} duplicates value on record with id: ${String(other.Id).slice(0, 15)}`,
		);
	}
}
