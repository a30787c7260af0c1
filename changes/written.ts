import type { ObjectDescribe } from '../salesforce/describe';
import { ExactNumber } from '../salesforce/values/number';
import type { Values } from './change';

/** What is to be known of an object whose records are written. */
export type WrittenObject = Pick<ObjectDescribe, 'name' | 'fieldsByName' | 'fieldsByRelationship'>;

/** The field that a body's name writes: of a parent by its external ID, the reference to it. None for an unknown one. */
export function writtenField({ fieldsByName, fieldsByRelationship }: WrittenObject, name: string): string[] {
	const field = fieldsByName.get(name.toLowerCase()) ?? fieldsByRelationship.get(name.toLowerCase());
	return field === undefined || field.type === 'id' ? [] : [field.name];
}

/** What was written, as JSON gives it back; a parent that was named by its external ID is known to Salesforce alone. */
export function writtenValues({ fieldsByName }: WrittenObject, fields: Readonly<Record<string, unknown>>): Values {
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, value]): Array<[string, unknown]> => {
			const field = fieldsByName.get(name.toLowerCase());
			if (field === undefined || field.type === 'id') return [];
			if (value instanceof ExactNumber) return [[field.name, Number(value.digits)]];
			return typeof value === 'object' && value !== null ? [] : [[field.name, value]];
		}),
	);
}
