import { dataError, insufficientAccess, invalidCrossReference } from '../errors';
import { captureChange } from '../events/capture';
import { isUndeletable } from '../schema/describe';
import type { ObjectSchema } from '../schema/types';
import { runAutomations } from './automations';
import type { Deleted, Emptied } from './bin';
import { rollUp } from './computed';
import type { WriteContext } from './context';
import { requireOwner } from './remove';
import { stamps, WRITERS } from './save';
import { checkUnique } from './unique';

/** Lookups of standard objects that come back with the record they pointed to; of custom ones all do (Help, recycle bin). */
const RESTORED_LOOKUPS = ['Account.ParentId', 'Case.ParentId', 'Contact.ReportsToId'];

/** Purged, or deleted before its parent was, or gone with a parent that is still deleted (help 000386040). */
const notInBin = () => dataError('UNDELETE_FAILED', 'Entity is not in the recycle bin');

/** Wording recorded by salesforce.stackexchange 138077. */
const notUndeletable = () => dataError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'Entity type is not undeletable');

/**
 * Takes a record out of the recycle bin under its old ID, with the records that its deletion took along, and fills the
 * lookups to it that nobody has filled since. REST has no resource for it: SOAP's undelete(), Apex and the pages of
 * Salesforce do it.
 *
 * @throws ApiError
 */
export function undeleteRecord(id: string, object: ObjectSchema, context: WriteContext): void {
	const { org } = context;
	const stored = org.catalog.stored(object.name);
	if (!isUndeletable(stored)) throw notUndeletable();
	if (!object.deletable || (!org.allows('canDelete') && !context.isAdmin)) throw insufficientAccess();
	const row = org.storage.find(object.name, id);
	const deleted = org.bin.find(id);
	if (!row && !deleted) throw invalidCrossReference();
	if (row?.IsDeleted !== 1 || !deleted?.restorable || deleted.root !== id) throw notInBin();
	requireOwner(row, object, context);
	const emptied = org.bin.emptiedWith(id);
	for (const one of org.bin.with(id)) if (one.restorable) restore(one, context);
	org.bin.restored(id);
	for (const one of emptied) fill(one, context);
}

function restore({ object: name, id }: Deleted, context: WriteContext): void {
	const { org } = context;
	const row = org.storage.find(name, id);
	if (!row) return;
	const object = org.catalog.stored(name);
	// Another record may have taken the value meanwhile.
	checkUnique(org, row, object, id);
	org.storage.update(name, id, { IsDeleted: 0, ...stamps(object, context) });
	rollUp(org, name, row);
	captureChange('UNDELETE', { object, id, row, context });
	runAutomations('undelete', { object, id, row: {}, before: row, context }, WRITERS);
}

function fill({ object, id, field, value }: Emptied, { org }: WriteContext): void {
	const isCustom = field.endsWith('__c');
	if (!isCustom && !RESTORED_LOOKUPS.includes(`${object}.${field}`)) return;
	const row = org.storage.find(object, id);
	if (row && row[field] === null) org.storage.update(object, id, { [field]: value });
}
