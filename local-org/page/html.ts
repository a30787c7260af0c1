const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A piece of HTML that is safe to stand in a page. */
export class Html {
	constructor(readonly text: string) {}
}

/** A text as it may stand in HTML, inside and outside of attributes. */
export function escapeHtml(text: unknown): string {
	return String(text ?? '').replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

function escaped(value: unknown): string {
	if (value instanceof Html) return value.text;
	return Array.isArray(value) ? value.map(escaped).join('') : escapeHtml(value);
}

/** HTML from a template: whatever is put in is escaped, unless it is HTML itself, or a list of such. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
	return new Html(String.raw({ raw: parts }, ...values.map(escaped)));
}

/** So many of something: `1 record`, `2 records`. */
export function counted(number: number, one: string): string {
	return `${number} ${one}${number === 1 ? '' : 's'}`;
}
