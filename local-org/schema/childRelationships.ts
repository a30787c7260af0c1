import type { ChildRelationship, ObjectSchema } from './types';

/**
 * The objects with a child relationship for every reference to them: describe lists them all, those that no query can
 * follow without a name (recorded describes).
 */
export function withEveryChild(objects: ObjectSchema[]): ObjectSchema[] {
	const children = new Map<string, ChildRelationship[]>();
	for (const { name: childSObject, fields, toolingOnly } of objects) {
		if (toolingOnly) continue;
		for (const { name: field, referenceTo = [] } of fields)
			for (const parent of referenceTo)
				children.set(parent, [...(children.get(parent) ?? []), { childSObject, field, relationshipName: null }]);
	}
	return objects.map((object) => {
		const own = object.childRelationships ?? [];
		const named = new Set(own.map(({ childSObject, field }) => `${childSObject}.${field}`));
		const others = (children.get(object.name) ?? []).filter((one) => !named.has(`${one.childSObject}.${one.field}`));
		return others.length === 0 ? object : { ...object, childRelationships: [...own, ...others] };
	});
}
