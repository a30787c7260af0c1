/**
 * A moment as Salesforce writes it, `2026-05-01T07:25:37.000+0000`, whose offset has no colon.
 * @returns milliseconds since 1970; NaN for anything else
 */
export function readMoment(moment: unknown): number {
	return Date.parse(String(moment).replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}
