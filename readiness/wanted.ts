import type { FieldKind, FieldRight, ObjectRight, UserPermission } from './job';
import type { Requirement } from './requirements';

/** What requirements come to, of all that can be made in an org. */
export interface Wanted {
	/** Custom fields of Case by API name. */
	fields: Array<{ name: string; as: FieldKind }>;
	permissions: UserPermission[];
	objects: Array<{ object: string; rights: ObjectRight[] }>;
	fieldRights: Array<{ object: string; field: string; right: FieldRight }>;
}

/** Everything that requirements ask for and that can be made, each once. */
export function wantedBy(requirements: readonly Requirement[]): Wanted {
	const objects = new Map<string, { object: string; rights: ObjectRight[] }>();
	const fieldRights = new Map<string, { object: string; field: string; right: FieldRight }>();
	const fields: Wanted['fields'] = [];
	const permissions: UserPermission[] = [];
	const wantRight = (name: string, right: ObjectRight): void => {
		const key = name.toLowerCase();
		const { object, rights } = objects.get(key) ?? { object: name, rights: [] };
		objects.set(key, { object, rights: [...new Set([...rights, right])] });
	};
	for (const one of requirements) {
		if (one.kind === 'field') fields.push(one);
		else if (one.kind === 'permission') permissions.push(one.permission);
		else if (one.kind === 'objectRight') wantRight(one.object, one.right);
		// It is given whatever the org-wide default says today, which somebody may narrow tomorrow.
		else if (one.kind === 'seeAllCases') wantRight('Case', 'viewAll');
		else if (one.kind === 'fieldRight') {
			const { object, field, right } = one;
			const key = `${object}.${field}`.toLowerCase();
			if (right === 'edit' || !fieldRights.has(key)) fieldRights.set(key, { object, field, right });
		}
	}
	return {
		fields: fields.map(({ name, as }) => ({ name, as })),
		permissions,
		objects: [...objects.values()],
		fieldRights: [...fieldRights.values()],
	};
}
