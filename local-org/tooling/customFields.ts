import type { Org } from '../org';
import { seedContext } from '../records/context';
import { addBySystem } from '../records/system';
import { metadataOf } from './customField';
import { nameParts } from './definitions';

/** Whether a query reads custom fields as data. */
export const readsCustomFields = (soql: string): boolean => /\bCustomField\b/i.test(soql);

/** Gives every custom field of the org its record, and takes those away whose field is not there any more. */
export function refreshCustomFields(org: Org): void {
	const { storage } = org;
	const known = new Map(storage.all('SELECT "Id", "FullName" FROM "CustomField"').map((row) => [row.FullName, row.Id]));
	for (const object of org.catalog.all()) {
		for (const field of object.fields) {
			const FullName = `${object.name}.${field.name}`;
			if (!field.custom || known.delete(FullName)) continue;
			const { namespace, developerName } = nameParts(field.name);
			addBySystem(
				'CustomField',
				{
					DeveloperName: developerName,
					NamespacePrefix: namespace,
					TableEnumOrId: object.name,
					EntityDefinitionId: object.name,
					FullName,
					Metadata: JSON.stringify(metadataOf(field)),
				},
				seedContext(org),
			);
		}
	}
	for (const id of known.values()) storage.erase('CustomField', String(id));
}
