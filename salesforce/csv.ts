/**
 * The rows of a CSV text as Salesforce writes it: commas, quotes doubled inside quotes, any line ending; RFC 4180.
 *
 * @returns each row's values, the header's first; an empty value is empty text. A last line without values is no row.
 *   What stands behind a last comma, or has no closing quote, is no value: Salesforce ends every line, so that the text
 *   was cut there, and its last row has fewer values than the header.
 */
export function parseCsv(text: string): string[][] {
	return [...csvRows(text)];
}

/** As `parseCsv`, but row by row, so that they need not all be there at once. */
export function* csvRows(text: string): Generator<string[]> {
	let row: string[] = [];
	let at = 0;
	while (at < text.length) {
		const quoted = text[at] === '"';
		const end = quoted ? endOfQuoted(text, at) : endOfBare(text, at);
		if (end === undefined) break;
		row.push(quoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end));
		at = end;
		if (text[at] === ',') at++;
		else {
			yield row;
			row = [];
			at += text.startsWith('\r\n', at) ? 2 : 1;
		}
	}
	if (row.length > 0) yield row;
}

/** The offset after the closing quote, where there is one. */
function endOfQuoted(text: string, from: number): number | undefined {
	for (let quote = text.indexOf('"', from + 1); quote >= 0; quote = text.indexOf('"', quote + 2)) {
		if (text[quote + 1] !== '"') return quote + 1;
	}
	return undefined;
}

function endOfBare(text: string, from: number): number {
	let at = from;
	while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at++;
	return at;
}

/** A CSV text of the same kind: every value in quotes, lines ended by `\n`. */
export function csvText(rows: ReadonlyArray<readonly string[]>): string {
	return rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`).join('');
}
