import { isObject } from '../../http';
import type { Org } from '../../org';
import { refuseMixed } from '../mixedSetup';
import { checkChunks } from './element';
import type { Sent } from './element';

/**
 * @throws when a call's records change their type too often, or mix setup objects with others
 */
export function checkTypes(org: Org, records: Sent[]): void {
	const names = records.map(({ attributes }) => (isObject(attributes) ? String(attributes.type) : ''));
	checkChunks(names.map((name) => name.toLowerCase()));
	refuseMixed([...new Set(names)].flatMap((name) => org.catalog.object(name) ?? []));
}
