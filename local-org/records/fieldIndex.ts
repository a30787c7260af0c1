import type { FieldSchema, ObjectSchema } from '../schema/types';

/** An object's fields, sorted out once for the checks that every write makes. */
export interface FieldIndex {
	byName: Map<string, FieldSchema>;
	/** Fields and, for writing by a parent's external ID, relationships, by lower-case name. */
	written: Map<string, FieldSchema>;
	required: FieldSchema[];
	unique: FieldSchema[];
	formulas: FieldSchema[];
	summaries: FieldSchema[];
	/** Standard lookups to the object's own records. */
	hierarchies: FieldSchema[];
	/** Custom automatic numbers; those of standard objects are given by their rules. */
	autoNumbers: FieldSchema[];
}

const known = new WeakMap<ObjectSchema, FieldIndex>();

function build({ name, fields }: ObjectSchema): FieldIndex {
	const written = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
	for (const field of fields) {
		const relationship = field.relationshipName?.toLowerCase();
		if (relationship && !written.has(relationship)) written.set(relationship, field);
	}
	return {
		byName: new Map(fields.map((field) => [field.name, field])),
		written,
		required: fields.filter(({ nillable }) => !nillable),
		unique: fields.filter(({ unique }) => unique),
		summaries: fields.filter(({ summary }) => summary !== undefined),
		hierarchies: fields.filter(
			({ custom, updateable, referenceTo = [] }) => !custom && updateable && referenceTo.join() === name,
		),
		formulas: fields.filter(({ formula }) => formula !== undefined),
		autoNumbers: fields.filter(({ autoNumberFormat }) => autoNumberFormat !== undefined),
	};
}

/** The index of an object as a user sees it. */
export function indexOf(object: ObjectSchema): FieldIndex {
	let index = known.get(object);
	if (!index) known.set(object, (index = build(object)));
	return index;
}

/** The field of this name in any case, as the user sees the object. */
export function fieldNamed(object: ObjectSchema, name: string): FieldSchema | undefined {
	const field = indexOf(object).written.get(name.toLowerCase());
	return field?.name.toLowerCase() === name.toLowerCase() ? field : undefined;
}
