/** Whether a value is nothing, or text that is empty or only blanks. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || isBlankText(value);
}

/** Whether a value is text that is empty or only blanks. */
export function isBlankText(value: unknown): boolean {
	return typeof value === 'string' && value.trim() === '';
}
