import { dataError, insufficientAccess, resourceNotFound, unknownType } from '../../errors';
import { UnsupportedFormula } from '../../formulas/parse';
import { found, isObject, noContent, objectBody } from '../../http';
import type { Org } from '../../org';
import { computeAll } from '../../records/computed';
import { seedContext } from '../../records/context';
import { showRecord } from '../../records/show';
import { addBySystem } from '../../records/system';
import {
	checkMetadata,
	checkName,
	checkPlace,
	fieldFromMetadata,
	metadataOf,
	splitFullName,
} from '../../tooling/customField';
import type { FieldSchema, ObjectSchema } from '../../schema/types';
import { refreshCustomFields } from '../../tooling/customFields';
import { nameParts } from '../../tooling/definitions';
import type { Row } from '../../storage';
import type { Action } from '../action';
import { idOf } from '../recordOf';

function requireCustomize(org: Org): void {
	if (!org.allows('canCustomize') || !org.catalog.userHas('CustomizeApplication')) throw insufficientAccess();
}

/** A field that the org was said not to have is there from now on, hidden until a permission set shows it. */
function nowThere(org: Org, fullName: string): void {
	const { settings } = org;
	settings.missingFields = settings.missingFields.filter((name) => name.toLowerCase() !== fullName.toLowerCase());
}

/** POST tooling/sobjects/CustomField: a new field, which nobody sees until FieldPermissions shows it. */
export const createCustomField: Action = (org, request) => {
	requireCustomize(org);
	const { FullName, Metadata } = objectBody(request);
	const { object: objectName, field } = splitFullName(FullName);
	const object = org.catalog.object(objectName);
	if (!object) throw unknownType(objectName);
	const fieldName = withNamespace(org, field);
	const fullName = `${object.name}.${fieldName}`;
	const { namespace, developerName } = nameParts(fieldName);
	const isMissing = org.settings.missingFields.some((name) => name.toLowerCase() === fullName.toLowerCase());
	if (org.catalog.hasField(object.name, fieldName) && !isMissing) {
		// Assumed: the code for a second field of one name.
		throw dataError('DUPLICATE_DEVELOPER_NAME', `There is already a field named ${developerName} on ${object.label}.`, [
			'DeveloperName',
		]);
	}
	checkName(developerName, namespace, org.namespace);
	const made = fieldFor(org, object, fieldName, Metadata);
	refreshCustomFields(org);
	org.catalog.setField(object.name, made);
	computeAll(org, object.name, made);
	nowThere(org, fullName);
	const id = addBySystem(
		'CustomField',
		{
			DeveloperName: developerName,
			NamespacePrefix: namespace,
			TableEnumOrId: object.name,
			EntityDefinitionId: object.name,
			FullName: fullName,
			Metadata: JSON.stringify({ ...metadataOf(made), ...(isObject(Metadata) ? Metadata : {}) }),
		},
		{ ...seedContext(org), userId: request.userId },
	);
	return { status: 201, body: { id, success: true, errors: [], warnings: [], infos: [] }, records: 1 };
};

/** The field that metadata makes for an object; what Salesforce would make and this org cannot is written down. */
function fieldFor(org: Org, object: ObjectSchema, name: string, metadata: unknown): FieldSchema {
	try {
		checkMetadata(metadata);
		const field = fieldFromMetadata(name, metadata);
		checkPlace(field, org.catalog.stored(object.name));
		return field;
	} catch (error) {
		if (!(error instanceof UnsupportedFormula)) throw error;
		org.refuse(`${object.name}.${name}: ${error.message}`);
		throw dataError('FIELD_INTEGRITY_EXCEPTION', `Error: ${error.message}`);
	}
}

/** In an org with a namespace every new field is in it, whether or not its name says so. */
function withNamespace({ namespace }: Org, field: string): string {
	if (namespace === undefined || nameParts(field).namespace !== null) return field;
	return `${namespace}__${field}`;
}

function customFieldRow(org: Org, id: string | undefined): Row {
	const row = org.storage.find('CustomField', idOf(id, org.catalog.stored('CustomField')));
	if (!row) throw resourceNotFound();
	return row;
}

/** GET tooling/sobjects/CustomField/:id */
export const getCustomField: Action = (org, { version }, { id }) => {
	const row = customFieldRow(org, id);
	const url = `/services/data/v${version}.0/tooling/sobjects/CustomField/${String(row.Id)}`;
	return found({ attributes: { type: 'CustomField', url }, ...showRecord(row, org.catalog.stored('CustomField')) }, 1);
};

/** PATCH tooling/sobjects/CustomField/:id with the whole metadata. */
export const updateCustomField: Action = (org, request, { id }) => {
	requireCustomize(org);
	const row = customFieldRow(org, id);
	const { object, field } = splitFullName(row.FullName);
	const { Metadata } = objectBody(request);
	const changed = fieldFor(org, org.catalog.stored(object), field, Metadata);
	org.catalog.setField(object, changed);
	computeAll(org, object, changed);
	org.storage.update('CustomField', String(row.Id), {
		Metadata: JSON.stringify(Metadata),
		LastModifiedDate: org.now(),
	});
	return noContent();
};

/**
 * DELETE tooling/sobjects/CustomField/:id: the field is gone with its values and with every right to it. Not documented;
 * other connectors do it so (simstudioai/sim#5209).
 */
export const deleteCustomField: Action = (org, _request, { id }) => {
	requireCustomize(org);
	const row = customFieldRow(org, id);
	const { object, field } = splitFullName(row.FullName);
	const { settings, storage } = org;
	settings.missingFields = [...settings.missingFields, String(row.FullName)];
	storage.run(`UPDATE "${object}" SET "${field}" = NULL`);
	storage.run('DELETE FROM "FieldPermissions" WHERE "Field" = ?', String(row.FullName));
	storage.erase('CustomField', String(row.Id));
	org.catalog.changed();
	return noContent();
};
