import type { Row } from '../storage';
import type { WriteContext } from './context';
import { indexOf } from './fieldIndex';

/** Stores a record that Salesforce makes by itself, with its ID and time stamps, and returns the ID. */
export function addBySystem(
	object: string,
	row: Row,
	{ org, now, userId }: Pick<WriteContext, 'org' | 'now' | 'userId'>,
): string {
	const schema = org.catalog.stored(object);
	const id =
		typeof row.Id === 'string' ? row.Id : org.storage.nextId(object, schema.keyPrefix ?? schema.idPrefix ?? '000');
	const stamps: Row = {
		CreatedDate: now,
		CreatedById: userId,
		LastModifiedDate: now,
		LastModifiedById: userId,
		SystemModstamp: now,
	};
	const own = Object.entries(stamps).filter(([name]) => indexOf(schema).byName.has(name));
	org.storage.insert(object, { ...Object.fromEntries(own), ...row, Id: id });
	return id;
}
