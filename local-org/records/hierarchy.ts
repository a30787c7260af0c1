import { dataError } from '../errors';
import { indexOf } from './fieldIndex';
import type { Change } from './rules/types';

/**
 * The standard hierarchies have no circles: of accounts, assets, cases, contacts, roles, users.
 * @throws CIRCULAR_DEPENDENCY for a record that would stand above itself (docs:api, status codes; which of its codes it
 *   is, and the wording, are assumed)
 */
export function checkHierarchies({ object, row, before, id, context: { org } }: Change): void {
	if (!before) return;
	for (const { name, label } of indexOf(object).hierarchies) {
		const seen = new Set<unknown>();
		let above = row[name];
		while (typeof above === 'string' && above !== id && !seen.has(above)) {
			seen.add(above);
			above = org.storage.find(object.name, above)?.[name];
		}
		if (above === id) throw dataError('CIRCULAR_DEPENDENCY', `${label}: the record would stand above itself`, [name]);
	}
}
