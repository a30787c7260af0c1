import type { FieldDescribe, ObjectDescribe } from '../../salesforce/describe';
import { OrgError } from '../../salesforce/errors';
import type { FieldValue } from '../../salesforce/fieldValue';
import { holdsValue } from '../../salesforce/fieldValue';
import type { Org } from '../../salesforce/org';
import type { Change, Values } from '../change';
import type { Current } from '../decideUndo';
import { findCurrent } from './readCurrent';
import type { FoundCurrent } from './readCurrent';

/** Types of fields whose values tell records apart and can be looked for. */
const TEXTS = new Set(['string', 'email', 'phone', 'url']);

/** A record that is to be made anew. */
export interface Anew {
	change: Change;
	/** Its values, as they would be sent. */
	body: Values;
}

/**
 * Looks whether records that are to be made anew are there already, because their deletion was undone before: nothing
 * in Salesforce leads from a deleted record to the one that was made in its place. Such a record has been created since
 * the deletion and holds every value; each stands for one deleted record. One that somebody has changed since is not
 * known again, nor is one without any text.
 *
 * @returns for each the ID of the record that is there, undefined where there is none, or why nobody could look
 */
export async function findMadeAnew(
	org: Org,
	object: ObjectDescribe,
	records: readonly Anew[],
): Promise<Array<string | OrgError | undefined>> {
	const keys = records.map(({ body }) => keyOf(object, body));
	const fields = [...new Set(records.flatMap(({ body }) => Object.keys(body)))];
	const searches = [...new Set(keys.flatMap((key) => key?.by ?? []))].map((by) => {
		const values = keys.flatMap((key) => (key?.by === by ? [key.value] : []));
		return { object, by, values, fields };
	});
	const found = await findCurrent(org, searches).catch((error: unknown): FoundCurrent[] => {
		if (error instanceof OrgError) return searches.map(() => ({ ok: false, error }));
		throw error;
	});
	const byField = new Map(searches.map(({ by }, index) => [by, found[index] as FoundCurrent]));
	const taken = new Set<string>();
	return records.map((record, index) => {
		const key = keys[index];
		if (key === undefined) return undefined;
		const one = byField.get(key.by) as FoundCurrent;
		if (!one.ok) return one.error;
		const twin = one.of(key.value).find((candidate) => !taken.has(candidate.id) && isTwin(object, record, candidate));
		if (twin !== undefined) taken.add(twin.id);
		return twin?.id;
	});
}

/** The field by whose value a record is looked for: a key where it has one, otherwise its longest text. */
function keyOf({ fieldsByName }: ObjectDescribe, body: Values): { by: string; value: string } | undefined {
	const texts = Object.entries(body).flatMap(([name, value]) => {
		const field = fieldsByName.get(name.toLowerCase());
		const isText =
			field?.filterable === true && TEXTS.has(field.type) && typeof value === 'string' && value.trim() !== '';
		return isText ? [{ by: field.name, value, isKey: isKey(field) }] : [];
	});
	return texts.sort(
		(one, other) => Number(other.isKey) - Number(one.isKey) || other.value.length - one.value.length,
	)[0];
}

const isKey = ({ externalId, unique }: FieldDescribe): boolean => externalId || unique;

function isTwin({ fieldsByName }: ObjectDescribe, { change, body }: Anew, { isDeleted, values }: Current): boolean {
	if (isDeleted || !(Date.parse(String(values.CreatedDate)) >= Date.parse(change.stamp))) return false;
	return Object.entries(body).every(([name, value]) => {
		const field = fieldsByName.get(name.toLowerCase());
		return field !== undefined && holdsValue(field, value as FieldValue, values[field.name]);
	});
}
