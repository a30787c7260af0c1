import { apiName, nameKey } from './apiName';
import type { FieldDescribe, ObjectDescribe } from './describe';
import { FIELD_HIDDEN } from './errorCodes';
import { OrgError } from './errors';
import { readFieldValue } from './fieldValue';
import { readReference, referenceOf, targetsOf } from './reference';
import type { Parents, ReadReference, Reference, ReferredRecord } from './reference';
import { isBlank, isBlankText } from './values/blank';
import type { Refusal } from './values/readValue';

/** How values become a record. */
export interface BodyRules {
	/** What the record may be used for: which fields may be written depends on it. */
	writes: 'create' | 'update' | 'either';
	/** API name of a field that may be given though it cannot be written, since it only finds the record. */
	key?: string;
	/** What empty text means, blanks alone included: a field to blank, or one to leave as it is. */
	emptyText: 'blank' | 'leaveOut';
	/**
	 * What to do with values that the API user may see but not write: read-only fields, and what a query returns beside a
	 * record's own fields, such as its child records.
	 */
	readOnlyFields: 'fail' | 'leaveOut';
	/** What the panel calls the option by which a person chooses that; undefined where there is none. */
	readOnlyOption?: string;
	/** IANA name; the zone of dates and times that say none. */
	timeZone: string;
}

/** A record as it is sent: values by API name, and `{ Account: { ExternalKey__c: 'A-1' } }` for references. */
export interface RecordBody {
	fields: Record<string, unknown>;
	/** Names of what was left out because it cannot be written. */
	leftOut: string[];
	/** The records that it refers to by an external ID; absent where there are none. */
	refersTo?: ReferredRecord[];
}

/** Something that cannot be written: how the item names it, and what to do about it where that is known. */
interface Unwritable {
	name: string;
	says?: string;
	remedy?: string;
}

/** What is wrong with an item's values. */
interface Faults {
	unknown: string[];
	unwritable: Unwritable[];
	wrong: Array<Refusal & { name: string }>;
}

/**
 * Brings a person's values to what the object's fields want. A record as a query returned it may be given too.
 *
 * References are IDs (`AccountId`), or objects with one external ID under the relationship's name; the dotted form
 * `Account.ExternalKey__c` means the same. `attributes`, which Salesforce puts on records that it returns, is ignored.
 *
 * @param values by API name in any case, also with blanks that nobody sees; undefined counts as absent
 * @param parents the objects that the values refer to, as `parentNames` names them
 * @throws OrgError naming every field that is unknown, read-only, or has a value it cannot take
 */
export function recordBody(
	object: ObjectDescribe,
	values: Record<string, unknown>,
	rules: BodyRules,
	parents: Parents = new Map(),
): RecordBody {
	const body = new BodyInTheMaking(object, rules, parents);
	for (const [name, value] of Object.entries(values)) {
		if (value !== undefined && nameKey(name) !== 'attributes') body.take(apiName(name), value);
	}
	return body.finished();
}

/** The objects whose describes `recordBody` wants to see for these values, by name. */
export function parentNames(object: ObjectDescribe, values: Record<string, unknown>): string[] {
	const names: string[] = [];
	for (const name in values) {
		const value = values[name];
		// Most values are neither objects nor dotted, and there may be millions.
		if (typeof value !== 'object' && !name.includes('.')) continue;
		const reference = referenceOf(object, name, value);
		if (reference !== undefined) names.push(...targetsOf(reference));
	}
	return names;
}

class BodyInTheMaking {
	private readonly fields: Record<string, unknown> = {};
	private readonly leftOut: string[] = [];
	private readonly faults: Faults = { unknown: [], unwritable: [], wrong: [] };
	private readonly given = new Set<FieldDescribe>();
	private readonly refersTo: ReferredRecord[] = [];
	/** What is done about parents that a query may have returned, unless the ID beside them says which they are. */
	private readonly asides: Array<{ field: FieldDescribe; take: () => void }> = [];

	constructor(
		private readonly object: ObjectDescribe,
		private readonly rules: BodyRules,
		private readonly parents: Parents,
	) {}

	/** @param name without what nobody sees */
	take(name: string, value: unknown): void {
		const reference = referenceOf(this.object, name, value);
		const field = reference?.field ?? this.fieldOf(name, value);
		if (field === undefined) this.takeUnknown(name);
		else if (!this.isWritable(field)) this.leaveOut(this.unwritable(name, field));
		else if (reference !== undefined)
			this.takeReference(name, reference, readReference(reference, this.parents, this.rules.timeZone));
		else if (value === null) this.blank(name, field);
		else if (isBlank(value)) this.takeEmptyText(name, field);
		else this.takeValue(name, field, value);
	}

	/** @throws OrgError when anything was wrong */
	finished(): RecordBody {
		for (const { field, take } of this.asides) if (!this.given.has(field)) take();
		refuse(this.object, this.faults, this.rules);
		return {
			fields: this.fields,
			leftOut: this.leftOut,
			...(this.refersTo.length > 0 ? { refersTo: this.refersTo } : {}),
		};
	}

	/** A field by its name, or by its relationship's where no record is referred to. */
	private fieldOf(name: string, value: unknown): FieldDescribe | undefined {
		const own = this.object.fieldsByName.get(name.toLowerCase());
		return own ?? (isBlank(value) ? this.object.fieldsByRelationship.get(name.toLowerCase()) : undefined);
	}

	private isWritable(field: FieldDescribe): boolean {
		const { writes, key } = this.rules;
		if (key !== undefined && nameKey(key) === field.name.toLowerCase()) return true;
		if (writes === 'either') return field.createable || field.updateable;
		return writes === 'create' ? field.createable : field.updateable;
	}

	private takeUnknown(name: string): void {
		const reference = this.object.fieldsByRelationship.get(name.toLowerCase());
		if (reference !== undefined) {
			const remedy = `Give ${reference.name} the ID of the record, or ${name} an object with an external ID of it.`;
			this.faults.wrong.push({ name, wants: `an object that names the record of ${reference.name}`, remedy });
		} else if (this.object.childRelationships.has(name.toLowerCase())) {
			this.leaveOut({
				name,
				says: `${name} holds child records`,
				remedy: 'Child records are saved as items of their own.',
			});
		} else this.faults.unknown.push(name);
	}

	private unwritable(name: string, field: FieldDescribe): Unwritable {
		if (field.type === 'id') {
			return { name, remedy: 'The operations Update and Create or Update write to the record that has this Id.' };
		}
		const parts = this.object.fields.filter((one) => one.compoundFieldName === field.name && this.isWritable(one));
		if (parts.length === 0) return { name };
		return {
			name,
			says: `${field.name} is made of several fields`,
			remedy: `Write its parts: ${parts.map((part) => part.name).join(', ')}.`,
		};
	}

	private leaveOut(unwritable: Unwritable): void {
		if (this.rules.readOnlyFields === 'leaveOut') this.leftOut.push(unwritable.name);
		else this.faults.unwritable.push(unwritable);
	}

	private takeReference(name: string, { field }: Reference, read: ReadReference): void {
		if ('namesNone' in read) {
			const { readOnlyOption: option } = this.rules;
			const aside = `Where it only came along with a query's record, the option ${option} can leave it out.`;
			const remedy = option === undefined ? read.remedy : `${read.remedy} ${aside}`;
			const unwritable = { name, says: `${name} is not ${read.wants}`, remedy };
			this.asides.push({ field, take: () => this.leaveOut(unwritable) });
		} else if ('wants' in read) this.faults.wrong.push({ ...read, name });
		else if ('name' in read) {
			const take = (): void => {
				this.put(name, field, read.name, read.value);
				if (read.refersTo !== undefined) this.refersTo.push(read.refersTo);
			};
			if (read.aside === true) this.asides.push({ field, take });
			else take();
		} else if (read.blank === 'null') this.blank(name, field);
		else this.takeEmptyText(name, field);
	}

	/** Salesforce keeps no blanks at the ends of a text, so that blanks alone would blank the field. */
	private takeEmptyText(name: string, field: FieldDescribe): void {
		if (this.rules.emptyText === 'blank') this.blank(name, field);
	}

	private blank(name: string, field: FieldDescribe): void {
		this.takeValue(name, field, null);
	}

	private takeValue(name: string, field: FieldDescribe, value: unknown): void {
		const read = readFieldValue(field, value, this.rules.timeZone);
		if ('wants' in read) this.faults.wrong.push({ ...read, name });
		else if (isBlankText(read.value)) this.takeEmptyText(name, field);
		else this.put(name, field, field.name, read.value);
	}

	private put(name: string, field: FieldDescribe, key: string, value: unknown): void {
		if (this.given.has(field) && JSON.stringify(this.fields[key]) !== JSON.stringify(value)) {
			this.faults.wrong.push({ name, wants: `the only value for ${field.name}` });
		} else this.fields[key] = value;
		this.given.add(field);
	}
}

function refuse(object: ObjectDescribe, { unknown, unwritable, wrong }: Faults, { readOnlyOption }: BodyRules): void {
	const hidden = unwritable.filter(({ says }) => says === undefined).map(({ name }) => name);
	const sentences = [
		...(unknown.length > 0 ? [`${object.name} has no field ${shown(unknown)} that the API user can see`] : []),
		...(hidden.length > 0 ? [`The API user cannot write ${hidden.join(', ')} of ${object.name}`] : []),
		...unwritable.flatMap(({ says }) => says ?? []),
		...wrong.map(({ name, wants }) => `${name} is not ${wants}`),
	];
	if (sentences.length === 0) return;
	const ownRemedies = [...unwritable, ...wrong].flatMap(({ remedy }) => remedy ?? []);
	const remedies = [
		...(unknown.length > 0 ? [FIELD_HIDDEN] : []),
		...(unwritable.some(({ remedy }) => remedy === undefined)
			? [
					readOnlyOption === undefined
						? 'Leave them out, or let a permission set of the API user edit them.'
						: `Leave them out, let a permission set of the API user edit them, or set the option ${readOnlyOption} to Leave Out.`,
				]
			: []),
		...ownRemedies,
		...(wrong.some(({ remedy }) => remedy === undefined)
			? ['Correct the values, or the expressions that give them.']
			: []),
	];
	throw new OrgError(
		unknown.length > 0 ? 'INVALID_FIELD' : unwritable.length > 0 ? 'INVALID_FIELD_FOR_INSERT_UPDATE' : 'INVALID_VALUE',
		sentences.join('; '),
		[...new Set(remedies)].join(' '),
		{ fields: [...unknown, ...[...unwritable, ...wrong].map(({ name }) => name)] },
	);
}

/** Names of fields in a sentence; one may be empty. */
function shown(names: readonly string[]): string {
	return names.map((name) => (name === '' ? "''" : name)).join(', ');
}
