import { holdsValue } from '../salesforce/fieldValue';

/** A field of a Case that does not hold what it should. */
export interface Difference {
	/** API name; a parent that is named by an external ID, as `Account.ExternalKey__c`. */
	field: string;
	is: unknown;
	should: unknown;
}

/** How a value that is to be written is read back. */
export interface ReadBack {
	/** What to select in a query; undefined for a value that cannot be read. */
	path?: string;
	/** The value itself, which a reference by external ID holds inside. */
	value: unknown;
}

/**
 * How a field's value is read back: by its own name, or, for a parent that is named by its external ID
 * (`Account: { ExternalKey__c: 'A-1' }`), by the parent's field. Of a parent that may be of several objects, only some
 * fields can be read, and the external ID is not among them.
 */
export function readBack(field: string, value: unknown): ReadBack {
	if (!isReference(value)) return { path: field, value };
	const [key, ...others] = Object.entries(value);
	if (key === undefined || others.length > 0) return { value };
	return { path: `${field}.${key[0]}`, value: key[1] };
}

/** Whether a value names another record by its external ID; a number with many digits is an object too. */
function isReference(value: unknown): value is object {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * Where a Case does not hold what it should.
 *
 * @param fields what it should hold, by API name
 * @param held the Case as a query returned it, with all that `readBack` names
 * @param typeOf describe's type of what `readBack` names, where it is known; by default what the name says
 */
export function differences(
	fields: Readonly<Record<string, unknown>>,
	held: Readonly<Record<string, unknown>>,
	typeOf: (path: string) => string | undefined = () => undefined,
): Difference[] {
	const found: Difference[] = [];
	for (const field in fields) {
		const { path, value: should } = readBack(field, fields[field]);
		const is = path === undefined ? undefined : valueAt(held, path);
		if (path === undefined || !holdsValue({ type: typeOf(path) ?? typeByName(path) }, should, is)) {
			found.push({ field: path ?? field, is: is ?? null, should });
		}
	}
	return found;
}

/** The fields of Case that are no text and that the node fills by itself are references. */
function typeByName(name: string): string {
	return name.endsWith('Id') ? 'reference' : 'string';
}

/** A record's value by its name, or a parent's as `Account.ExternalKey__c`. */
export function valueAt(record: Readonly<Record<string, unknown>>, path: string): unknown {
	if (!path.includes('.')) return record[path];
	let value: unknown = record;
	for (const step of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[step];
	return value;
}
