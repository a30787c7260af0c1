/** A CSV's first line and those after it. */
export interface Csv {
	header: string[];
	rows: string[][];
}

/** The column delimiters that Bulk 2.0 knows, by name. */
export const DELIMITERS: Record<string, string> = {
	BACKQUOTE: '`',
	CARET: '^',
	COMMA: ',',
	PIPE: '|',
	SEMICOLON: ';',
	TAB: '\t',
};

/** The line ends that Bulk 2.0 knows, by name. */
export const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' };

/**
 * Reads CSV as RFC 4180 has it: a quoted value may hold delimiters, line ends and doubled quotes. Throws Error when
 * a quote is left open.
 */
export function parseCsv(text: string, delimiter: string, lineEnding: keyof typeof LINE_ENDINGS): Csv {
	const end = LINE_ENDINGS[lineEnding];
	const rows: string[][] = [];
	let row: string[] = [];
	let at = text.startsWith('\uFEFF') ? 1 : 0;
	while (at < text.length) {
		const [value, next] = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, delimiter, end);
		row.push(value);
		at = next;
		if (text.startsWith(delimiter, at)) {
			at += delimiter.length;
			if (at < text.length) continue;
			row.push('');
		}
		if (at < text.length && !text.startsWith(end, at)) throw new Error(`Unexpected character behind a quoted value`);
		at += end.length;
		rows.push(row);
		row = [];
	}
	const [header = [], ...rest] = rows.filter((one) => one.length > 1 || one[0] !== '');
	return { header, rows: rest };
}

function readQuoted(text: string, start: number): [string, number] {
	let value = '';
	for (let at = start + 1; ; ) {
		const quote = text.indexOf('"', at);
		if (quote < 0) throw new Error('A quoted value is not closed');
		value += text.slice(at, quote);
		if (text[quote + 1] !== '"') return [value, quote + 1];
		value += '"';
		at = quote + 2;
	}
}

function readPlain(text: string, start: number, delimiter: string, end: string): [string, number] {
	const stops = [text.indexOf(delimiter, start), text.indexOf(end, start)].filter((at) => at >= 0);
	const stop = stops.length > 0 ? Math.min(...stops) : text.length;
	return [text.slice(start, stop), stop];
}

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;

/** Writes CSV as Bulk 2.0 does: every value in quotes. */
export function writeCsv(lines: string[][], delimiter: string, lineEnding: keyof typeof LINE_ENDINGS): string {
	const end = LINE_ENDINGS[lineEnding];
	return lines.map((line) => line.map(quoted).join(delimiter) + end).join('');
}
