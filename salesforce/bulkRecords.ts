import type { SoqlOutline } from './soqlOutline';
import type { QueriedRecord } from './query';

/** The types of a query's fields as describe calls them, by their paths in lower case; fields that it lacks are missing. */
export type FieldTypes = ReadonlyMap<string, string>;

/** A field of a record: its place in a row of CSV, and how it is read there. */
interface Column {
	place: number;
	read(text: string): unknown;
}

/** A record's fields and parents by name; a parent is there where its ID is. */
interface Layout {
	fields: Map<string, Column | Layout>;
	/** The place of a parent's ID. */
	id?: number;
}

const NUMBER_TYPES = ['int', 'long', 'double', 'currency', 'percent'];

/** The IDs of the parents of which a query selects something, as paths, less those that it selects itself. */
export function parentIds({ selection }: SoqlOutline): string[] {
	const selected = new Set(selection.fields.map((field) => field.toLowerCase()));
	const ids = new Map<string, string>();
	for (const field of selection.fields) {
		const path = field.split('.').slice(0, -1);
		path.forEach((_name, index) => {
			const id = [...path.slice(0, index + 1), 'Id'].join('.');
			if (!selected.has(id.toLowerCase())) ids.set(id.toLowerCase(), id);
		});
	}
	return [...ids.values()];
}

/**
 * Makes records of a Bulk query's rows as REST would give them: numbers and booleans by the fields' types, parents
 * nested, a parent without an ID null, as is every empty value. What has no type in describe stays text.
 *
 * @param header the names of the columns, `Owner.Name` for a parent's field
 * @param added paths of columns that tell only whether a parent is there
 */
export function recordMaker(
	header: readonly string[],
	types: FieldTypes,
	added: readonly string[],
): (row: readonly string[]) => QueriedRecord {
	const hidden = new Set(added.map((path) => path.toLowerCase()));
	const layout: Layout = { fields: new Map() };
	header.forEach((column, place) => {
		const path = column.split('.');
		const name = path.at(-1) ?? '';
		const owner = parentLayout(layout, path.slice(0, -1));
		if (path.length > 1 && name.toLowerCase() === 'id') owner.id = place;
		if (!hidden.has(column.toLowerCase()))
			owner.fields.set(name, { place, read: reader(types.get(column.toLowerCase())) });
	});
	return (row) => recordOf(layout, row);
}

function parentLayout(layout: Layout, path: readonly string[]): Layout {
	let parent = layout;
	for (const name of path) {
		const known = parent.fields.get(name);
		const inner: Layout = known !== undefined && 'fields' in known ? known : { fields: new Map() };
		parent.fields.set(name, inner);
		parent = inner;
	}
	return parent;
}

function reader(type: string | undefined): (text: string) => unknown {
	if (type === 'boolean') return (text) => text === 'true';
	if (type !== undefined && NUMBER_TYPES.includes(type)) return Number;
	if (type === 'datetime') return (text) => text.replace(/Z$/, '+0000');
	return (text) => text;
}

function recordOf({ fields }: Layout, row: readonly string[]): QueriedRecord {
	const record: QueriedRecord = {};
	for (const [name, field] of fields) {
		if ('fields' in field) record[name] = isThere(field, row) ? recordOf(field, row) : null;
		else {
			const text = row[field.place] ?? '';
			record[name] = text === '' ? null : field.read(text);
		}
	}
	return record;
}

function isThere({ id }: Layout, row: readonly string[]): boolean {
	return id === undefined || row[id] !== '';
}
