import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { listLiteral, textLiteral } from '../../salesforce/soql';
import type { ObjectFacts, UserFacts } from '../facts';
import { OBJECT_RIGHTS } from '../job';
import type { ObjectRight } from '../job';
import type { Requirement } from '../requirements';
import { describeAnswer } from './describeAnswer';

const RIGHTS = Object.keys(OBJECT_RIGHTS) as ObjectRight[];

/**
 * What a user may do with the objects of requirements: by description for whoever is signed in, and by the records of
 * all permission sets for another user and for what descriptions do not tell.
 *
 * @returns by name in lower case
 */
export async function readObjects(
	org: Org,
	requirements: readonly Requirement[],
	user: UserFacts,
	isSignedIn: boolean,
): Promise<Map<string, ObjectFacts>> {
	const names = [
		...new Set(
			requirements.flatMap((one) => (one.kind === 'objectRight' || one.kind === 'fieldRight' ? [one.object] : [])),
		),
	];
	if (names.length === 0) return new Map();
	const list = listLiteral(names.map(textLiteral));
	const sets = `(SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${textLiteral(user.id)})`;
	const [objects, fields] = (await queryEach(org, [
		`SELECT SobjectType, ${RIGHTS.map((right) => OBJECT_RIGHTS[right].field).join(', ')} FROM ObjectPermissions WHERE SobjectType IN ${list} AND ParentId IN ${sets}`,
		`SELECT SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE SobjectType IN ${list} AND ParentId IN ${sets}`,
	])) as [QueryOutcome, QueryOutcome];
	const found = new Map<string, ObjectFacts>();
	for (const name of names) {
		const described = await describeAnswer(org, name);
		const granted = objects.ok ? rightsIn(of(objects.records, name), user) : undefined;
		const open = new Set(
			(described?.fields ?? []).flatMap((field) => (field.permissionable ? [] : [field.name.toLowerCase()])),
		);
		if (!isSignedIn) {
			found.set(name.toLowerCase(), {
				rights: granted ?? {},
				fields: fields.ok ? fieldsIn(of(fields.records, name)) : undefined,
				open,
			});
			continue;
		}
		found.set(name.toLowerCase(), {
			rights: {
				read: described !== undefined,
				create: described?.createable === true,
				edit: described?.updateable === true,
				delete: described?.deletable === true,
				viewAll: described === undefined ? false : granted?.viewAll,
				modifyAll: described === undefined ? false : granted?.modifyAll,
			},
			fields: new Map(
				(described?.fields ?? []).map((field) => [
					field.name.toLowerCase(),
					{ read: true, edit: field.createable && field.updateable },
				]),
			),
			open,
		});
	}
	return found;
}

function of(records: readonly QueriedRecord[], object: string): QueriedRecord[] {
	return records.filter(({ SobjectType }) => String(SobjectType).toLowerCase() === object.toLowerCase());
}

/** Rights add up: none takes away what another gives. */
function rightsIn(records: readonly QueriedRecord[], { permissions }: UserFacts): Record<ObjectRight, boolean> {
	const all = permissions?.has('ModifyAllData') === true;
	const reads = all || permissions?.has('ViewAllData') === true;
	const has = (right: ObjectRight): boolean => records.some((record) => record[OBJECT_RIGHTS[right].field] === true);
	return {
		read: reads || has('read'),
		create: all || has('create'),
		edit: all || has('edit'),
		delete: all || has('delete'),
		viewAll: reads || has('viewAll') || has('modifyAll'),
		modifyAll: all || has('modifyAll'),
	};
}

function fieldsIn(records: readonly QueriedRecord[]): Map<string, { read: boolean; edit: boolean }> {
	const fields = new Map<string, { read: boolean; edit: boolean }>();
	for (const { Field, PermissionsRead, PermissionsEdit } of records) {
		const name = String(Field).split('.').slice(1).join('.').toLowerCase();
		const before = fields.get(name);
		const edit = before?.edit === true || PermissionsEdit === true;
		fields.set(name, { read: edit || before?.read === true || PermissionsRead === true, edit });
	}
	return fields;
}
