import type { FieldDescribe, ObjectDescribe } from '../../salesforce/describe';
import { findRecords } from '../../salesforce/findRecords';
import type { Found, KeyValue } from '../../salesforce/findRecords';
import type { Org } from '../../salesforce/org';

/** A value that no record has. */
export interface Missing {
	object: ObjectDescribe;
	key: FieldDescribe;
	value: KeyValue;
	/** What the search for the value found. */
	found: Found;
}

/** The longest number that is looked for with zeros before it. */
const LONGEST_NUMBER = 18;

/** Values for which near ones are looked up: each costs as many values as a number may have zeros. */
const MOST_LOOKED_UP = 100;

const DIGITS = /^\d+$/;

/**
 * What stands near values that no record has, as a sentence for each, without the value: records whose value has other
 * capitals, and records whose value has zeros before it, which spreadsheets and numbers lose.
 *
 * @returns undefined where nothing is near
 * @throws OrgError when Salesforce cannot be asked
 */
export async function nearMisses(org: Org, missing: readonly Missing[]): Promise<Array<string | undefined>> {
	const digits = missing.filter(({ key, value }) => isText(key) && typeof value === 'string' && DIGITS.test(value));
	const found = new Map<Missing, Found>();
	const asked = digits.slice(0, MOST_LOOKED_UP);
	const searches = asked.map(({ object, key, value }) => ({
		object: object.name,
		key,
		values: withZeros(String(value)),
		fields: [],
	}));
	(await findRecords(org, searches)).forEach((one, index) => found.set(asked[index] as Missing, one));
	return missing.map((one) => {
		if (one.found.ok && one.found.near(one.value)) {
			return `A record has it in other capitals, and ${one.key.name} is case-sensitive.`;
		}
		const other = found.get(one);
		const hasZeros = other?.ok === true && withZeros(String(one.value)).some((value) => other.of(value).length > 0);
		return hasZeros
			? 'A record has it with leading zeros. Keep the value as text, so that no zero is lost.'
			: undefined;
	});
}

function isText({ type }: FieldDescribe): boolean {
	return type === 'string' || type === 'textarea' || type === 'phone';
}

/** A number in digits with fewer zeros before it, and with more. */
function withZeros(digits: string): string[] {
	const bare = digits.replace(/^0+(?=\d)/, '');
	const lengths = Array.from(
		{ length: Math.max(0, LONGEST_NUMBER - bare.length + 1) },
		(_none, more) => bare.length + more,
	);
	return lengths.map((length) => bare.padStart(length, '0')).filter((other) => other !== digits);
}
