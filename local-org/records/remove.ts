import { dataError, insufficientAccess, mayNot } from '../errors';
import { captureChange } from '../events/capture';
import type { ChildRelationship, ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import { keepAuditTrail } from './auditTrail';
import { runAutomations } from './automations';
import { rollUp } from './computed';
import type { WriteContext } from './context';
import { rulesOf } from './rules';
import { findLiving, stamps, WRITERS } from './save';

/**
 * Deletes a record: into the recycle bin where its object has one, for good otherwise. Its details go with it, a
 * restricted lookup refuses, any other lookup to it is emptied.
 * @throws ApiError
 */
export function deleteRecord(id: string, object: ObjectSchema, context: WriteContext): void {
	const { org } = context;
	if (!object.deletable) throw mayNot('deleted', org.catalog.stored(object.name));
	if (!org.allows('canDelete') && !object.setup && !context.isAdmin) throw insufficientAccess();
	const row = findLiving(id, object, context);
	requireOwner(row, object, context);
	remove(id, row, object, context, id);
}

/** Where everyone may change everyone's records, still only their owners, and those with Modify All, delete and restore them. */
export function requireOwner(row: Row, object: ObjectSchema, { org, userId, isAdmin }: WriteContext): void {
	const isOwn = row.OwnerId === undefined || row.OwnerId === userId;
	if (!isOwn && !isAdmin && !org.catalog.rightsTo(object).modifyAll) throw insufficientAccess();
}

/** Deletes a record that may be deleted; `root` is the one whose deletion takes it along. */
function remove(id: string, row: Row, object: ObjectSchema, context: WriteContext, root: string): void {
	const { org } = context;
	rulesOf(object.name).beforeDelete?.(row, context, id !== root);
	// Children that the user may not see are let go all the same.
	for (const child of org.catalog.stored(object.name).childRelationships ?? [])
		releaseChildren(row, object, child, context, root);
	const restorable = hasRecycleBin(object);
	// What has no recycle bin is in the log of what was deleted all the same (docs:rest-api/resources-getdeleted).
	org.bin.put({ object: object.name, id, root, at: context.now, restorable });
	if (restorable) {
		org.storage.update(object.name, id, { IsDeleted: 1, ...stamps(object, context) });
	} else {
		org.storage.erase(object.name, id);
	}
	keepAuditTrail({ object: object.name, before: row, context });
	captureChange('DELETE', { object, id, row, context });
	rulesOf(object.name).afterDelete?.(row, context);
	rollUp(org, object.name, row);
	runAutomations('delete', { object, id, row: {}, before: row, context }, WRITERS);
}

/** Whether deleted records of an object stay, marked, and can be found by queryAll. */
const hasRecycleBin = (object: ObjectSchema) => object.fields.some(({ name }) => name === 'IsDeleted');

/** Removes for good what lies in the recycle bin, with what its deletion took along. That it was deleted stays known. */
export function erase(id: string, { org }: WriteContext): void {
	for (const gone of org.bin.with(id)) {
		org.storage.erase(gone.object, gone.id);
		org.bin.lose(gone.id);
	}
}

/** What a record is called. */
const nameOf = (row: Row, { fields }: ObjectSchema) => String(row[fields.find((one) => one.nameField)?.name ?? 'Id']);

function releaseChildren(
	row: Row,
	object: ObjectSchema,
	link: ChildRelationship,
	context: WriteContext,
	root: string,
): void {
	const { org } = context;
	const id = String(row.Id);
	const all = org.storage.findBy(link.childSObject, link.field, id);
	const children = all.filter((one) => one.IsDeleted !== 1);
	if (link.cascadeDelete) {
		// What was deleted before its parent cannot be restored any more (help 000386040).
		for (const child of all) if (child.IsDeleted === 1) org.bin.lose(String(child.Id));
	}
	if (children.length === 0) return;
	if (link.restrictedDelete) {
		const child = org.catalog.stored(link.childSObject);
		throw dataError(
			'DELETE_FAILED',
			`Your attempt to delete ${nameOf(row, object)} could not be completed because it is associated with the following ${child.labelPlural.toLowerCase()}.: ${children.map((one) => nameOf(one, child)).join(', ')}\n`,
		);
	}
	for (const child of children) {
		const childId = String(child.Id);
		if (link.cascadeDelete) {
			remove(childId, child, org.catalog.stored(link.childSObject), context, root);
			continue;
		}
		org.bin.empty(root, { object: link.childSObject, id: childId, field: link.field, value: id });
		org.storage.update(link.childSObject, childId, { [link.field]: null });
	}
}
