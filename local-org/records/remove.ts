import { dataError, insufficientAccess, mayNot } from '../errors';
import type { ChildRelationship, ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import { runAutomations } from './automations';
import type { WriteContext } from './context';
import { rulesOf } from './rules';
import { findLiving, WRITERS } from './save';

/**
 * Deletes a record: into the recycle bin where its object has one, for good otherwise. Its details go with it, a
 * restricted lookup refuses, any other lookup to it is emptied. Throws ApiError.
 */
export function deleteRecord(id: string, object: ObjectSchema, context: WriteContext): void {
	const { org } = context;
	if (!object.deletable) throw mayNot('deleted', org.catalog.stored(object.name));
	if (!org.settings.canDelete && !object.setup) throw insufficientAccess();
	const row = findLiving(id, object, context);
	// Where everyone may change everyone's records, still only their owners, and those with Modify All, delete them.
	const isOwn = row.OwnerId === undefined || row.OwnerId === context.userId;
	if (!isOwn && !org.catalog.rightsTo(object).modifyAll) throw insufficientAccess();
	remove(id, row, object, context);
}

/** Deletes a record that may be deleted. */
function remove(id: string, row: Row, object: ObjectSchema, context: WriteContext): void {
	const { org } = context;
	rulesOf(object.name).beforeDelete?.(row, context);
	// Children that the user may not see are let go all the same.
	for (const child of org.catalog.stored(object.name).childRelationships ?? [])
		releaseChildren(id, object, child, context);
	if (hasRecycleBin(object)) {
		org.storage.update(object.name, id, {
			IsDeleted: 1,
			LastModifiedDate: context.now,
			LastModifiedById: context.userId,
			SystemModstamp: context.now,
		});
	} else {
		org.storage.erase(object.name, id);
	}
	rulesOf(object.name).afterDelete?.(row, context);
	runAutomations('delete', { object, id, row: {}, before: row, context }, WRITERS);
}

const hasRecycleBin = (object: ObjectSchema) => object.fields.some(({ name }) => name === 'IsDeleted');

function releaseChildren(id: string, object: ObjectSchema, link: ChildRelationship, context: WriteContext): void {
	const { org } = context;
	const children = org.storage.findBy(link.childSObject, link.field, id).filter((row) => row.IsDeleted !== 1);
	if (children.length === 0) return;
	if (link.restrictedDelete) {
		const child = org.catalog.stored(link.childSObject);
		throw dataError(
			'DELETE_FAILED',
			`Your attempt to delete ${object.label} could not be completed because it is associated with the following ${child.labelPlural.toLowerCase()}.: ${children.map((row) => String(row.Id)).join(', ')}\n`,
		);
	}
	for (const child of children) {
		const childId = String(child.Id);
		if (link.cascadeDelete) remove(childId, child, org.catalog.stored(link.childSObject), context);
		else org.storage.update(link.childSObject, childId, { [link.field]: null });
	}
}
