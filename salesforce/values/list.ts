import { isRead } from './readValue';
import type { ReadValue } from './readValue';
import { readText } from './text';

/** The values of a multi-select picklist: a list, or text with semicolons between them. Null where there is none. */
export function readChoices(value: unknown): ReadValue<string | null> {
	if (!Array.isArray(value)) return readText(value);
	const chosen = value.map(readText);
	const texts = chosen.filter(isRead).map((one) => one.value);
	// Salesforce separates the values by semicolons, so none can hold one.
	if (texts.length < chosen.length || texts.some((text) => text.includes(';'))) {
		return { wants: 'a list of texts without semicolons' };
	}
	// An empty text would blank the field by REST, but leave it as it is by Bulk API.
	return { value: texts.length === 0 ? null : texts.join(';') };
}
