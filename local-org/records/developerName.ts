import { dataError } from '../errors';
import { indexOf } from './fieldIndex';
import type { Change } from './rules/types';

/** A letter, then letters, digits and single underscores, none of them last. */
const API_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
/** Setup objects whose name for the API has another name than `DeveloperName`. */
const NAMED: Record<string, string> = { PermissionSet: 'Name' };

/**
 * What Setup calls the API name of a record.
 * @throws FIELD_INTEGRITY_EXCEPTION for one that is none (the rule as Setup words it, in the object reference too; the
 *   code is assumed), and DUPLICATE_DEVELOPER_NAME for one that another record has, of record types one of the same object
 */
export function checkDeveloperName({ object, row, before, id, context: { org } }: Change): void {
	if (!object.setup) return;
	const field = indexOf(object).byName.get(NAMED[object.name] ?? 'DeveloperName');
	const name = field && row[field.name];
	if (!field || typeof name !== 'string' || name === before?.[field.name]) return;
	if (!API_NAME.test(name)) {
		throw dataError(
			'FIELD_INTEGRITY_EXCEPTION',
			`${field.label}: The API name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.`,
			[field.name],
		);
	}
	const others = org.storage.findBy(object.name, field.name, name).filter((other) => other.Id !== id);
	const sObject = row.SobjectType ?? before?.SobjectType;
	if (!others.some((other) => object.name !== 'RecordType' || other.SobjectType === sObject)) return;
	// The wording is assumed.
	throw dataError(
		'DUPLICATE_DEVELOPER_NAME',
		`The API name is already in use by another ${object.label.toLowerCase()}.`,
		[field.name],
	);
}
