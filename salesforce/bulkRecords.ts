import { describeObject } from './describe';
import type { FieldDescribe } from './describe';
import type { Org } from './org';
import type { QueriedRecord } from './query';

/** Where the fields of a record stand in a row of CSV: a place and how to read it, or a parent's fields. */
type Layout = Map<string, { place: number; read: (text: string) => unknown } | Layout>;

const NUMBER_TYPES = ['int', 'long', 'double', 'currency', 'percent'];

/**
 * The records of a Bulk query's CSV as REST would give them: numbers and booleans by the fields' types, parents nested,
 * a parent without any value null, as is every empty value. What has no type in describe stays text.
 *
 * @param object API name of what was queried
 * @param header the names of the columns, `Owner.Name` for a parent's field
 * @throws OrgError when an object cannot be described
 */
export async function bulkRecords(
	org: Org,
	object: string,
	header: string[],
	rows: string[][],
): Promise<QueriedRecord[]> {
	const layout: Layout = new Map();
	for (const [place, column] of header.entries()) {
		const path = column.split('.');
		let parent = layout;
		for (const name of path.slice(0, -1)) {
			const inner = parent.get(name) ?? new Map();
			parent.set(name, inner);
			parent = inner as Layout;
		}
		parent.set(path.at(-1) ?? '', { place, read: reader((await fieldAt(org, object, path))?.type) });
	}
	return rows.map((row) => recordOf(layout, row).record);
}

/** The field at the end of a path; undefined where describe does not lead to it. */
async function fieldAt(org: Org, object: string, path: string[]): Promise<FieldDescribe | undefined> {
	const [name = '', ...further] = path;
	const described = await describeObject(org, object);
	if (further.length === 0) return described.fieldsByName.get(name.toLowerCase());
	const targets = described.fieldsByRelationship.get(name.toLowerCase())?.referenceTo ?? [];
	// A parent of several kinds has the fields that all of them share, and users have those (assumed).
	const target = targets.length === 1 ? targets[0] : targets.find((kind) => kind === 'User');
	return target === undefined ? undefined : await fieldAt(org, target, further);
}

function reader(type: string | undefined): (text: string) => unknown {
	if (type === 'boolean') return (text) => text === 'true';
	if (type !== undefined && NUMBER_TYPES.includes(type)) return Number;
	if (type === 'datetime') return (text) => text.replace(/Z$/, '+0000');
	return (text) => text;
}

function recordOf(layout: Layout, row: string[]): { record: QueriedRecord; isEmpty: boolean } {
	const record: QueriedRecord = {};
	let isEmpty = true;
	for (const [name, field] of layout) {
		if (field instanceof Map) {
			const parent = recordOf(field, row);
			record[name] = parent.isEmpty ? null : parent.record;
		} else {
			const text = row[field.place] ?? '';
			record[name] = text === '' ? null : field.read(text);
		}
		if (record[name] !== null) isEmpty = false;
	}
	return { record, isEmpty };
}
