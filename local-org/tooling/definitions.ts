import { mintId } from '../ids';
import type { Org } from '../org';

/** Whether a query reads definitions. */
export const readsDefinitions = (soql: string): boolean => /\b(Entity|Field)Definition\b/i.test(soql);

/** Fills EntityDefinition and FieldDefinition from the org's schema, as the user sees it. */
export function refreshDefinitions(org: Org): void {
	const { storage } = org;
	storage.run('DELETE FROM "EntityDefinition"');
	storage.run('DELETE FROM "FieldDefinition"');
	let made = 0;
	for (const object of org.catalog.objects()) {
		storage.insert('EntityDefinition', {
			// Fields name their object by its name, so that is the ID here.
			Id: object.name,
			DurableId: object.name,
			QualifiedApiName: object.name,
			DeveloperName: object.name,
			Label: object.label,
			PluralLabel: object.labelPlural,
			KeyPrefix: object.keyPrefix,
			IsQueryable: Number(object.queryable),
		});
		for (const field of object.fields) {
			storage.insert('FieldDefinition', {
				Id: mintId('4fe', ++made),
				DurableId: `${object.name}.${field.name}`,
				QualifiedApiName: field.name,
				DeveloperName: field.name.replace(/__c$/, ''),
				Label: field.label,
				DataType: field.type,
				Length: field.length ?? null,
				EntityDefinitionId: object.name,
				IsIndexed: Number(Boolean(field.externalId || field.unique || field.idLookup)),
				IsNillable: Number(Boolean(field.nillable)),
			});
		}
	}
}
