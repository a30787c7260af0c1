import { nameKey } from './apiName';
import { asError } from './asError';
import { describeObject, isExternalId } from './describe';
import type { FieldDescribe, ObjectDescribe } from './describe';
import { FIELD_HIDDEN } from './errorCodes';
import { OrgError } from './errors';
import { InputError } from './inputError';
import type { Org } from './org';
import type { Parents } from './reference';
import { readId } from './values/id';

/** A plan's object as the org describes it, and the other objects that the plan asks for. */
export interface Described {
	object: ObjectDescribe;
	/** By name in lower case; those that the API user cannot see are missing. */
	parents: Parents;
}

const NO_PARENTS: Parents = new Map();

/** Which other objects a plan asks for, by name; by default none. */
export type ParentsOf<Plan> = (object: ObjectDescribe, plan: Plan) => readonly string[];

/**
 * The object of each plan as the org describes it.
 *
 * @throws OrgError when one cannot be read
 */
export async function describeEach<Plan extends { object: string }>(
	org: Org,
	plans: readonly Plan[],
	parentsOf: ParentsOf<Plan> = () => [],
): Promise<Described[]> {
	const objects = new KnownObjects(org);
	const described: Described[] = [];
	for (const plan of plans) described.push(await objects.of(plan, parentsOf));
	return described;
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
	check: (described: Described, plan: Plan) => void,
	parentsOf: ParentsOf<Plan> = () => [],
): Promise<Array<Error | undefined>> {
	const start = Date.now();
	let objects = new KnownObjects(org);
	const attempt = async (plan: Plan): Promise<Error | undefined> => {
		try {
			check(await objects.of(plan, parentsOf), plan);
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
		objects = objects.notBefore(start);
		errors.push(await attempt(plan));
	}
	return errors;
}

/** The objects that a run has asked for: looking up what is kept takes longer than a check. */
class KnownObjects {
	private readonly known = new Map<string, Promise<ObjectDescribe>>();

	/** @param earliest as `notBefore` of `describeObject` */
	constructor(
		private readonly org: Org,
		private readonly earliest = 0,
	) {}

	/** The same, but with nothing that was read before a time. */
	notBefore(time: number): KnownObjects {
		return this.earliest >= time ? this : new KnownObjects(this.org, time);
	}

	async of<Plan extends { object: string }>(plan: Plan, parentsOf: ParentsOf<Plan>): Promise<Described> {
		const object = await this.named(plan.object);
		const names = parentsOf(object, plan);
		if (names.length === 0) return { object, parents: NO_PARENTS };
		const parents = new Map<string, ObjectDescribe>();
		for (const name of names) {
			const parent = await this.named(name).catch((error: unknown) => {
				if (error instanceof OrgError && error.code === 'INVALID_TYPE') return undefined;
				throw error;
			});
			if (parent !== undefined) parents.set(name.toLowerCase(), parent);
		}
		return { object, parents };
	}

	private async named(name: string): Promise<ObjectDescribe> {
		const key = name.toLowerCase();
		const asked = this.known.get(key) ?? describeObject(this.org, name, this.earliest);
		this.known.set(key, asked);
		return await asked;
	}
}

/**
 * A record ID in its form of 18 characters.
 *
 * @param label the parameter's name in the panel
 * @throws InputError when the value is none
 */
export function readRecordId(value: unknown, label = 'Record ID'): string {
	const read = readId(value);
	if ('value' in read) return read.value;
	throw new InputError(`${label} is not ${read.wants}`, `${read.remedy}`);
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
	const field = object.fieldsByName.get(nameKey(name));
	if (field !== undefined) return field;
	throw new OrgError('INVALID_FIELD', `${object.name} has no field ${name} that the API user can see`, FIELD_HIDDEN, {
		fields: [name],
	});
}

/** How many records a message names. */
const NAMED = 5;

/** Several records have the value that is to name one. */
export function ambiguous(
	object: ObjectDescribe,
	field: FieldDescribe,
	records: ReadonlyArray<Record<string, unknown>>,
): OrgError {
	const ids = records.slice(0, NAMED).map(({ Id }) => String(Id));
	const more = records.length > NAMED ? ` and ${records.length - NAMED} more` : '';
	return new OrgError(
		'DUPLICATE_EXTERNAL_ID',
		`${records.length} records of ${object.name} have this ${field.name}: ${ids.join(', ')}${more}`,
		`Delete or change all but one of them. Ticking Unique on ${field.name} keeps it from happening again.`,
		{ fields: [field.name] },
	);
}
