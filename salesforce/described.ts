import { asError } from './asError';
import { describeObject, isExternalId } from './describe';
import type { FieldDescribe, ObjectDescribe } from './describe';
import { FIELD_HIDDEN } from './errorCodes';
import { OrgError } from './errors';
import { InputError } from './inputError';
import type { Org } from './org';
import { isRecordId, longRecordId } from './recordId';

/**
 * The object of each plan as the org describes it.
 *
 * @param notBefore as in `describeObject`
 * @throws OrgError when one cannot be read
 */
export async function describeEach(
	org: Org,
	plans: ReadonlyArray<{ object: string }>,
	notBefore = 0,
): Promise<ObjectDescribe[]> {
	const objects = new Map<string, ObjectDescribe>();
	for (const { object } of plans) {
		if (!objects.has(object)) objects.set(object, await describeObject(org, object, notBefore));
	}
	return plans.map(({ object }) => objects.get(object) as ObjectDescribe);
}

/**
 * What is wrong with plans by what the org says of their objects. An object is asked for anew before a field is said
 * not to be there.
 *
 * @param check throws when a plan does not fit its object
 * @returns an entry for each plan
 */
export async function checkByDescribe<Plan extends { object: string }>(
	org: Org,
	plans: readonly Plan[],
	check: (object: ObjectDescribe, plan: Plan) => void,
): Promise<Array<Error | undefined>> {
	const start = Date.now();
	const objects = new Map<string, Promise<ObjectDescribe | Error>>();
	const describe = async (name: string, notBefore: number): Promise<ObjectDescribe | Error> =>
		await describeObject(org, name, notBefore).catch(asError);
	const attempt = async (plan: Plan): Promise<Error | undefined> => {
		// Asked for once a run: looking up what is kept takes longer than a check.
		const asked = objects.get(plan.object) ?? describe(plan.object, 0);
		objects.set(plan.object, asked);
		const object = await asked;
		if (object instanceof Error) return object;
		try {
			check(object, plan);
			return undefined;
		} catch (error) {
			return asError(error);
		}
	};
	const errors: Array<Error | undefined> = [];
	for (const plan of plans) {
		const error = await attempt(plan);
		if (!(error instanceof OrgError && error.describeMayBeOld)) {
			errors.push(error);
			continue;
		}
		objects.set(plan.object, describe(plan.object, start));
		errors.push(await attempt(plan));
	}
	return errors;
}

/**
 * A record ID in its form of 18 characters.
 * @throws InputError when the text is none
 */
export function readRecordId(text: string): string {
	const id = text.trim();
	if (isRecordId(id)) return id.length === 18 ? id : longRecordId(id);
	throw new InputError(
		'Record ID is not a Salesforce ID',
		'IDs have 15 or 18 letters and digits, and capitals count; copy it from the address of the record.',
	);
}

/**
 * @param id a record ID of 18 characters
 * @throws InputError when the ID is of another object; Salesforce gives each object a prefix of its own
 */
export function checkIdOf({ name, keyPrefix }: ObjectDescribe, id: string): void {
	if (keyPrefix === null || id.startsWith(keyPrefix)) return;
	throw new InputError(`Record ID is of an object other than ${name}`, `IDs of ${name} begin with ${keyPrefix}.`);
}

/**
 * The field by which records are found.
 *
 * @throws OrgError `INVALID_FIELD` when the object has no such field, or it identifies no records
 */
export function externalIdOf(object: ObjectDescribe, name: string): FieldDescribe {
	const field = fieldOf(object, name);
	if (isExternalId(field)) return field;
	throw new OrgError(
		'INVALID_FIELD',
		`${field.name} of ${object.name} is no external ID`,
		'Choose a field marked as External ID, or let an admin mark this one.',
		{ fields: [field.name] },
	);
}

/**
 * A field by its name in any case.
 * @throws OrgError `INVALID_FIELD`
 */
export function fieldOf(object: ObjectDescribe, name: string): FieldDescribe {
	const field = object.fieldsByName.get(name.toLowerCase());
	if (field !== undefined) return field;
	throw new OrgError('INVALID_FIELD', `${object.name} has no field ${name} that the API user can see`, FIELD_HIDDEN, {
		fields: [name],
	});
}

/** Several records have the value that is to name one. */
export function ambiguous(object: ObjectDescribe, field: FieldDescribe, ids: readonly string[]): OrgError {
	return new OrgError(
		'DUPLICATE_EXTERNAL_ID',
		`${ids.length} records of ${object.name} have this ${field.name}: ${ids.join(', ')}`,
		`Delete or change all but one of them. Ticking Unique on ${field.name} keeps it from happening again.`,
		{ fields: [field.name] },
	);
}
