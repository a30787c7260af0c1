import type { SQLInputValue } from 'node:sqlite';
import type { Org } from '../org';
import { describeBriefly } from '../schema/describe';
import { byteLength } from '../schema/describeField';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import type { Row, Storage } from '../storage';
import { uiType } from './uiType';

/** Objects and relationships that name definitions in a query. */
const DEFINITIONS = /\b(EntityDefinition|FieldDefinition|EntityParticle)\b/i;
const PARTICLES = /\b(EntityParticle|Particles)\b/i;

/** Whether a query reads definitions. */
export const readsDefinitions = (soql: string): boolean => DEFINITIONS.test(soql);

/** The version whose flags definitions tell; they change little. */
const VERSION = 66;

/** What an org's definitions were made of when they were filled last, and the mark that stands in its storage since. */
interface Filled {
	made: unknown[];
	mark: number;
	/** Whether EntityParticle was filled as well. */
	particles: boolean;
}

const filled = new WeakMap<Org, Filled>();

/**
 * Fills EntityDefinition and FieldDefinition from the org's schema, and EntityParticle where the query reads it, unless
 * they tell of it already: each has some thousand rows.
 */
export function refreshDefinitions(org: Org, soql: string): void {
	const { storage, catalog, settings } = org;
	const [seen, whole] = [catalog.objects(), catalog.all()];
	const made = [...seen, whole, settings.trackedFields.join()];
	const last = filled.get(org);
	const isSame =
		last?.made.length === made.length &&
		last.made.every((one, index) => one === made[index]) &&
		// What a transaction undid took its mark along.
		storage.mark === last.mark;
	const particles = PARTICLES.test(soql);
	if (isSame && (last.particles || !particles)) return;
	const tracked = new Set(settings.trackedFields.map((name) => name.toLowerCase()));
	if (!isSame) fillDefinitions(storage, seen, whole, tracked);
	if (particles) fillParticles(storage, seen, tracked);
	storage.mark++;
	filled.set(org, { made, mark: storage.mark, particles });
}

function fillDefinitions(
	storage: Storage,
	seen: ObjectSchema[],
	all: readonly ObjectSchema[],
	tracked: Set<string>,
): void {
	for (const name of ['EntityDefinition', 'FieldDefinition']) storage.run(`DELETE FROM "${name}"`);
	const whole = new Map(all.map((object) => [object.name, object]));
	for (const object of seen) {
		storage.insert('EntityDefinition', entityRow(object));
		// FieldDefinition goes with the metadata of a field, EntityParticle with what describe shows of it (docs:tooling-api).
		for (const field of whole.get(object.name)?.fields ?? []) {
			storage.insert('FieldDefinition', {
				...fieldRow(object, field, tracked),
				DataType: uiType(field),
				...indexed(field),
			});
		}
	}
}

function fillParticles(storage: Storage, seen: ObjectSchema[], tracked: Set<string>): void {
	storage.run('DELETE FROM "EntityParticle"');
	for (const object of seen) {
		for (const field of object.fields) storage.insert('EntityParticle', particleRow(object, field, tracked));
	}
}

/** A name taken apart: `acme__Team__c` is Team of the namespace acme. */
export function nameParts(name: string): { namespace: string | null; developerName: string } {
	const [, namespace = null, developerName = name] = /^(?:([A-Za-z]\w*?)__)?(\w+?)__[a-z]+$/.exec(name) ?? [];
	return { namespace, developerName };
}

const flag = (value: unknown) => Number(Boolean(value));
const indexed = (field: FieldSchema) => ({ IsIndexed: flag(field.externalId || field.unique || field.idLookup) });

function entityRow(object: ObjectSchema): Row {
	const brief = describeBriefly(object, VERSION);
	const { namespace, developerName } = nameParts(object.name);
	return {
		// Fields name their object by its name, so that is the ID here.
		Id: object.name,
		DurableId: object.name,
		QualifiedApiName: object.name,
		NamespacePrefix: namespace,
		DeveloperName: developerName,
		MasterLabel: object.label,
		Label: object.label,
		PluralLabel: object.labelPlural,
		KeyPrefix: object.keyPrefix,
		IsCustomizable: flag(!object.setup),
		IsApexTriggerable: flag(brief.triggerable),
		IsTriggerable: flag(brief.triggerable),
		IsWorkflowEnabled: flag(brief.triggerable),
		IsQueryable: flag(object.queryable),
		IsRetrieveable: flag(brief.retrieveable),
		IsSearchable: flag(object.searchable),
		IsReplicateable: flag(brief.replicateable),
		IsLayoutable: flag(brief.layoutable),
		IsEverCreatable: flag(object.createable),
		IsEverUpdatable: flag(object.updateable),
		IsEverDeletable: flag(object.deletable),
	};
}

function fieldRow(object: ObjectSchema, field: FieldSchema, tracked: Set<string>): Record<string, SQLInputValue> {
	const { namespace, developerName } = nameParts(field.name);
	const durableId = `${object.name}.${field.name}`;
	return {
		Id: durableId,
		DurableId: durableId,
		QualifiedApiName: field.name,
		NamespacePrefix: namespace,
		DeveloperName: developerName,
		MasterLabel: field.label,
		Label: field.label,
		Length: field.length ?? 0,
		Precision: field.precision ?? 0,
		Scale: field.scale ?? 0,
		ExtraTypeInfo: field.extraTypeInfo ?? null,
		RelationshipName: field.relationshipName ?? null,
		EntityDefinitionId: object.name,
		IsNillable: flag(field.nillable),
		IsCalculated: flag(field.calculated),
		IsNameField: flag(field.nameField),
		IsFieldHistoryTracked: flag(tracked.has(durableId.toLowerCase())),
	};
}

function particleRow(object: ObjectSchema, field: FieldSchema, tracked: Set<string>): Row {
	return {
		...fieldRow(object, field, tracked),
		Name: field.name,
		DataType: field.type,
		ByteLength: byteLength(field),
		FieldDefinitionId: `${object.name}.${field.name}`,
		IsUnique: flag(field.unique),
		IsCaseSensitive: flag(field.caseSensitive),
		IsIdLookup: flag(field.idLookup),
		IsCreatable: flag(field.createable),
		IsUpdatable: flag(field.updateable),
		IsPermissionable: flag(field.permissionable),
		IsAutonumber: flag(field.autoNumber),
		IsDefaultedOnCreate: flag(field.defaultedOnCreate),
		IsApiFilterable: flag(field.filterable),
		IsApiSortable: flag(field.sortable),
		IsApiGroupable: flag(field.groupable),
	};
}
