import { isObject } from '../../http';
import type { Sent } from './element';

/** The type that each record says it has. */
export function typeNames(records: Sent[]): (string | undefined)[] {
	return records.map(({ attributes }) => (isObject(attributes) ? String(attributes.type).toLowerCase() : undefined));
}
