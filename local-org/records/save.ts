import {
	ApiError,
	entityCannot,
	entityIsDeleted,
	insufficientAccess,
	invalidCrossReference,
	lockedRow,
	mayNot,
	wrongIdType,
} from '../errors';
import { captureChange } from '../events/capture';
import { EVENT_ID, isPlatformEvent, publish } from '../events/platformEvents';
import type { ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import { keepAuditTrail } from './auditTrail';
import { keepAddressesInStep } from './addressPicklists';
import { runAutomations } from './automations';
import type { Writers } from './automations';
import { applyComputed, rollUp, rollUpAnew } from './computed';
import type { WriteContext } from './context';
import { applyCurrency } from './currency';
import { checkDeveloperName } from './developerName';
import { checkDuplicates } from './duplicates';
import { indexOf } from './fieldIndex';
import { checkHierarchies } from './hierarchy';
import { keepHistory } from './history';
import { readRecord, requireFields } from './input';
import { checkOwner } from './owner';
import { checkRecordTypePicklists } from './recordTypePicklists';
import { checkReferences } from './references';
import { rulesOf } from './rules';
import { valueOf } from './rules/types';
import type { Change } from './rules/types';
import { checkUnique } from './unique';
import { checkValidationRules } from './validationRules';

/** Writes that share one of these parents wait for each other in Salesforce. */
const LOCKED_PARENTS = ['AccountId', 'ContactId', 'ParentId'];

/**
 * Creates a record from a request's JSON and returns its ID. `object` is as the user sees it.
 * @throws ApiError with Salesforce's code and wording for whatever is wrong with the record; nothing is stored then
 */
export function createRecord(body: Record<string, unknown>, object: ObjectSchema, context: WriteContext): string {
	const { org, seeding, userId, now } = context;
	if (!object.createable && !seeding) throw entityCannot('inserted', object);
	const row = withoutDefaults(readRecord(body, object, 'create', context), object);
	if (isPlatformEvent(object)) {
		requireFields(row, object, 'create');
		publish(object, row, context);
		return EVENT_ID;
	}
	const twin = rulesOf(object.name).twin?.(row, context);
	if (twin) {
		updateRecord(String(twin.Id), changeable(row, object), object, context);
		return String(twin.Id);
	}
	const id = typeof row.Id === 'string' ? row.Id : org.storage.nextId(object.name, object.keyPrefix ?? '000');
	const change: Change = { object, id, row, context };
	const stamped: Row = { Id: id, ...stamps(object, context), CreatedDate: now, CreatedById: userId, OwnerId: userId };
	for (const [name, value] of Object.entries(stamped)) {
		if (row[name] === undefined && indexOf(object).byName.has(name)) row[name] = value;
	}
	// A custom object's record without a name is named after its ID (salesforce.stackexchange 139392).
	if (object.custom && !indexOf(object).byName.get('Name')?.autoNumber) row.Name ??= id.slice(0, 15);
	applyCurrency(change);
	check(change);
	applyComputed(change);
	org.storage.insert(object.name, row);
	if (row.IsDeleted === 1)
		org.bin.put({ object: object.name, id, root: id, at: String(row.SystemModstamp), restorable: true });
	context.saved.add(id);
	keepHistory(change);
	keepAuditTrail({ object: object.name, row, context });
	captureChange('CREATE', change);
	rulesOf(object.name).afterSave?.(change);
	rollUp(org, object.name, row);
	runAutomations('create', change, WRITERS);
	return id;
}

/**
 * Changes a record. `id` has 18 characters.
 * @throws ApiError as createRecord does, and when the record is gone
 */
export function updateRecord(
	id: string,
	body: Record<string, unknown>,
	object: ObjectSchema,
	context: WriteContext,
): void {
	const { org } = context;
	if (!object.updateable) throw mayNot('updated', org.catalog.stored(object.name));
	if (org.catalog.ofId(id)?.name !== object.name) throw wrongIdType(id, object);
	const row = readRecord(body, object, 'update', context);
	const before = findLiving(id, object, context);
	requireEdit(id, object, context);
	const change: Change = { object, id, row, before, context };
	Object.assign(row, stamps(object, context));
	check(change);
	applyComputed(change);
	org.storage.update(object.name, id, row);
	context.saved.add(id);
	keepHistory(change);
	keepAuditTrail({ object: object.name, row, before, context });
	captureChange('UPDATE', change);
	rulesOf(object.name).afterSave?.(change);
	rollUp(org, object.name, before, row);
	if (row.CurrencyIsoCode !== undefined) rollUpAnew(org, object.name, id);
	runAutomations('update', change, WRITERS);
}

/** How automations write. */
export const WRITERS: Writers = { create: createRecord, update: updateRecord };

/** The record, which must exist and not lie in the recycle bin. */
export function findLiving(id: string, object: ObjectSchema, context: WriteContext): Row {
	const { org } = context;
	const row = org.catalog.ofId(id)?.name === object.name ? org.storage.find(object.name, id) : undefined;
	// Assumed: what the user may not see is answered as what is not there.
	if (!row || !(isAbove(context) || org.catalog.sees(object, id))) throw invalidCrossReference();
	if (row.IsDeleted === 1) throw entityIsDeleted();
	return row;
}

/** Whether sharing does not hold who writes: an administrator, the org's own automation, a seed. */
const isAbove = ({ isAdmin, automated, seeding }: WriteContext): boolean => isAdmin || automated === true || seeding;

/**
 * @throws INSUFFICIENT_ACCESS_OR_READONLY for a record that the user sees and may not change
 */
function requireEdit(id: string, object: ObjectSchema, context: WriteContext): void {
	if (!isAbove(context) && !context.org.catalog.mayEdit(object, id)) throw insufficientAccess();
}

/** Who changes a record, and when, as far as its object has fields for it. */
export function stamps(object: ObjectSchema, { now, userId }: WriteContext): Row {
	const { byName } = indexOf(object);
	const row: Row = {};
	if (byName.has('LastModifiedDate')) row.LastModifiedDate = now;
	if (byName.has('LastModifiedById')) row.LastModifiedById = userId;
	if (byName.has('SystemModstamp')) row.SystemModstamp = now;
	return row;
}

function check(change: Change): void {
	const { object, row, before, context } = change;
	lockRows(change);
	rulesOf(object.name).beforeSave?.(change);
	keepAddressesInStep(change);
	requireFields(row, object, before ? 'update' : 'create');
	checkReferences(row, object, context);
	checkUnique(context.org, row, object, before ? change.id : undefined);
	if (context.seeding) return;
	checkOwner(change);
	checkRecordTypePicklists(change);
	checkHierarchies(change);
	checkDeveloperName(change);
	checkValidationRules(change);
	checkDuplicates(change);
	if (!before) checkStorage(change);
}

function lockRows(change: Change): void {
	const { org, locks } = change.context;
	if (locks.toRefuse > 0) {
		locks.toRefuse--;
		throw lockedRow(change.id);
	}
	if (!org.settings.rowLocks || change.object.name !== 'Case') return;
	for (const name of LOCKED_PARENTS) {
		const parent = valueOf(change, name);
		if (typeof parent === 'string') org.lock(parent, locks);
	}
}

function checkStorage({ object, context: { org } }: Change): void {
	if (object.setup || org.settings.maxRecords === Infinity) return;
	const stored = org.catalog.objects().filter(({ setup }) => !setup);
	const count = stored
		.map(({ name }) => Number(org.storage.all(`SELECT count(*) AS n FROM "${name}"`)[0]?.n))
		.reduce((sum, n) => sum + n, 0);
	if (count < org.settings.maxRecords) return;
	throw new ApiError(400, [{ message: 'storage limit exceeded', errorCode: 'STORAGE_LIMIT_EXCEEDED', fields: [] }]);
}

/** What may be changed of a record that is there already. */
const changeable = (row: Row, object: ObjectSchema): Row =>
	Object.fromEntries(Object.entries(row).filter(([name]) => indexOf(object).byName.get(name)?.updateable !== false));

/** A field that Salesforce fills when it is left out is filled as well when it is sent empty. */
function withoutDefaults(row: Row, object: ObjectSchema): Row {
	const entries = Object.entries(row).filter(
		([name, value]) => value !== null || !indexOf(object).byName.get(name)?.defaultedOnCreate,
	);
	return Object.fromEntries(entries);
}
