import { dataError, insufficientAccess, resourceNotFound, unknownType } from '../../errors';
import { noContent, objectBody, ok } from '../../http';
import type { Org } from '../../org';
import { seedContext } from '../../records/context';
import { showRecord } from '../../records/show';
import { addBySystem } from '../../records/system';
import { fieldFromMetadata, splitFullName } from '../../tooling/customField';
import type { Row } from '../../storage';
import type { Action } from '../action';
import { idOf } from '../recordOf';

function requireCustomize(org: Org): void {
	if (!org.settings.canCustomize || !org.catalog.userHas('CustomizeApplication')) throw insufficientAccess();
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
	const { object: objectName, field: fieldName } = splitFullName(FullName);
	const object = org.catalog.object(objectName);
	if (!object) throw unknownType(objectName);
	const fullName = `${object.name}.${fieldName}`;
	const isMissing = org.settings.missingFields.some((name) => name.toLowerCase() === fullName.toLowerCase());
	if (org.catalog.hasField(object.name, fieldName) && !isMissing) {
		// Assumed: the code for a second field of one name.
		throw dataError(
			'DUPLICATE_DEVELOPER_NAME',
			`There is already a field named ${fieldName.replace(/__c$/, '')} on ${object.name}.`,
			['FullName'],
		);
	}
	org.catalog.setField(object.name, fieldFromMetadata(fieldName, Metadata));
	nowThere(org, fullName);
	const id = addBySystem(
		'CustomField',
		{
			DeveloperName: fieldName.replace(/__c$/, ''),
			TableEnumOrId: object.name,
			FullName: fullName,
			Metadata: JSON.stringify(Metadata),
		},
		{ ...seedContext(org), userId: request.userId },
	);
	return { status: 201, body: { id, success: true, errors: [], warnings: [], infos: [] }, records: 1 };
};

function customFieldRow(org: Org, id: string | undefined): Row {
	const row = org.storage.find('CustomField', idOf(id));
	if (!row) throw resourceNotFound();
	return row;
}

/** GET tooling/sobjects/CustomField/:id */
export const getCustomField: Action = (org, { version }, { id }) => {
	const row = customFieldRow(org, id);
	const url = `/services/data/v${version}.0/tooling/sobjects/CustomField/${String(row.Id)}`;
	return ok({ attributes: { type: 'CustomField', url }, ...showRecord(row, org.catalog.stored('CustomField')) }, 1);
};

/** PATCH tooling/sobjects/CustomField/:id with the whole metadata. */
export const updateCustomField: Action = (org, request, { id }) => {
	requireCustomize(org);
	const row = customFieldRow(org, id);
	const { object, field } = splitFullName(row.FullName);
	const { Metadata } = objectBody(request);
	org.catalog.setField(object, fieldFromMetadata(field, Metadata));
	org.storage.update('CustomField', String(row.Id), {
		Metadata: JSON.stringify(Metadata),
		LastModifiedDate: org.now(),
	});
	return noContent();
};
