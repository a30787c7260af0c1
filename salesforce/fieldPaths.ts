import { describeObject } from './describe';
import type { FieldDescribe, ObjectDescribe } from './describe';
import type { Org } from './org';

/**
 * The fields at the ends of paths such as `Account.Owner.Name`, as the org describes them.
 *
 * @param object API name of the object that the paths begin at
 * @param paths in any case
 * @returns by path in lower case; paths to which describe does not lead are missing
 * @throws OrgError when an object cannot be described
 */
export async function fieldsAt(
	org: Org,
	object: string,
	paths: readonly string[],
): Promise<Map<string, FieldDescribe>> {
	const found = new Map<string, FieldDescribe>();
	for (const path of paths) {
		const field = await fieldAt(org, object, path.toLowerCase().split('.'));
		if (field !== undefined) found.set(path.toLowerCase(), field);
	}
	return found;
}

async function fieldAt(
	org: Org,
	object: string,
	[name = '', ...further]: string[],
): Promise<FieldDescribe | undefined> {
	const described = await describeObject(org, object);
	if (further.length === 0) return described.fieldsByName.get(name);
	const target = targetOf(described, name);
	return target === undefined ? undefined : await fieldAt(org, target, further);
}

/** The object that a relationship leads to; a parent of several kinds has the fields of all, and users have those (assumed). */
function targetOf({ fieldsByRelationship }: ObjectDescribe, name: string): string | undefined {
	const targets = fieldsByRelationship.get(name)?.referenceTo ?? [];
	return targets.length === 1 ? targets[0] : targets.find((kind) => kind === 'User');
}
