import { isBlankText } from './blank';
import { isRead } from './readValue';
import type { ReadValue } from './readValue';
import { readText } from './text';

/**
 * The values of a multi-select picklist: a list, whose blank members say nothing, or text with semicolons between them.
 * Null for an empty list; empty text for a list of blanks, which is what comes of an empty text that is split.
 */
export function readChoices(value: unknown): ReadValue<string | null> {
	if (!Array.isArray(value)) return readText(value);
	if (value.length === 0) return { value: null };
	const chosen = value.map(readText);
	const texts = chosen.filter(isRead).map((one) => one.value);
	// Salesforce separates the values by semicolons, so none can hold one.
	if (texts.length < chosen.length || texts.some((text) => text.includes(';'))) {
		return { wants: 'a list of texts without semicolons' };
	}
	return { value: texts.filter((text) => !isBlankText(text)).join(';') };
}
