import { dataError } from '../errors';
import type { ChildRelationship, FieldSchema, ObjectSchema } from './types';

/**
 * The objects that a custom lookup points to, each with the child relationship that the lookup gives it; none for
 * other fields.
 *
 * @param object the lookup's own object, by API name
 * @param find the org's object of a name in any case
 * @throws ApiError FIELD_INTEGRITY_EXCEPTION for an object that is not there, DUPLICATE_DEVELOPER_NAME (assumed code)
 * for a relationship that another field has
 */
export function linkedParents(
	object: string,
	{ name: field, referenceTo = [], child }: FieldSchema,
	find: (name: string) => ObjectSchema | undefined,
): ObjectSchema[] {
	if (!child) return [];
	return referenceTo.map((name) => {
		const parent = find(name);
		if (!parent)
			throw dataError(
				'FIELD_INTEGRITY_EXCEPTION',
				`referenceTo value of '${name}' does not resolve to a valid sObject type`,
			);
		return withChild(parent, { childSObject: object, field, ...child });
	});
}

function withChild(parent: ObjectSchema, child: ChildRelationship): ObjectSchema {
	const others = (parent.childRelationships ?? []).filter(
		({ childSObject, field }) => childSObject !== child.childSObject || field !== child.field,
	);
	const name = child.relationshipName?.toLowerCase();
	if (name !== undefined && others.some(({ relationshipName }) => relationshipName?.toLowerCase() === name)) {
		throw dataError(
			'DUPLICATE_DEVELOPER_NAME',
			`There is already a Child Relationship named ${child.relationshipName?.replace(/__r$/, '')} on ${parent.label}.`,
		);
	}
	return { ...parent, childRelationships: [...others, child] };
}

/**
 * The object without the child relationships whose object or field the user may not see.
 *
 * @param isThere whether the org has an object of this name, seen or not
 * @param seen the user's objects by lower-case name
 */
export function withSeenChildren(
	object: ObjectSchema,
	isThere: (name: string) => boolean,
	seen: Map<string, ObjectSchema>,
): ObjectSchema {
	const isSeen = ({ childSObject, field }: ChildRelationship) =>
		!isThere(childSObject) || seen.get(childSObject.toLowerCase())?.fields.some(({ name }) => name === field);
	const all = object.childRelationships ?? [];
	return all.every(isSeen) ? object : { ...object, childRelationships: all.filter(isSeen) };
}
