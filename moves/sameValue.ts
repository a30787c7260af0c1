/**
 * Whether a field already holds what would be written to it.
 *
 * Salesforce keeps text without blanks at its ends, empty text as null, and IDs with 18 characters where 15 were
 * given. Values that it keeps in yet other forms, such as date-times, count as different: they are written again.
 *
 * @param name the field's API name
 * @param written the value to write
 * @param held the value that Salesforce returned
 */
export function sameValue(name: string, written: unknown, held: unknown): boolean {
	return comparable(name, written) === comparable(name, held);
}

function comparable(name: string, value: unknown): unknown {
	if (value === undefined || value === null) return null;
	if (typeof value !== 'string') return value;
	const text = value.replace(/\r\n?/g, '\n').trim();
	if (text === '') return null;
	return name.endsWith('Id') && text.length === 18 ? text.slice(0, 15) : text;
}
