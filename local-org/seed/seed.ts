import { ApiError } from '../errors';
import type { Org } from '../org';
import type { Seed } from '../options';
import { seedContext } from '../records/context';
import { recount } from '../records/rules/licenses';
import { createRecord } from '../records/save';

/**
 * Writes records as the API would, except that fields which only Salesforce sets may be set too, and that a parent may
 * be named by any of its fields: `{ Profile: { Name: 'Standard User' } }`. Objects and records are written in the order
 * given.
 *
 * @throws Error with the object, the record's place and Salesforce's message
 */
export function plant(org: Org, seed: Seed): void {
	const context = seedContext(org);
	org.storage.transaction(() => {
		for (const [name, records] of Object.entries(seed)) {
			const object = org.catalog.stored(name);
			records.forEach((record, index) => {
				try {
					createRecord(record, object, context);
				} catch (error) {
					if (!(error instanceof ApiError)) throw error;
					throw new Error(`${name} number ${index + 1} of the seed: ${error.message}`, { cause: error });
				}
			});
		}
		if ('User' in seed || 'PermissionSetLicenseAssign' in seed || 'UserPackageLicense' in seed) recount(org);
	});
}
