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
export type LineEnding = keyof typeof LINE_ENDINGS;

/** Data that fails its job as a whole; the message is the job's error message. */
export class InvalidData extends Error {
	override readonly name = 'InvalidData';
}

const unparsable = (why: string) => new InvalidData(`InvalidBatch : Failed to parse CSV. ${why}`);

/**
 * Reads CSV as RFC 4180 has it: a quoted value may hold delimiters, line ends and doubled quotes. Empty lines are
 * skipped, and a byte order mark is part of what stands behind it, as Salesforce has it.
 * @throws InvalidData for another line end than the job's (seen in many orgs), and for quotes that are not as they
 *   should be (those of the reader in Salesforce's own Bulk client, of which one is seen in an org)
 */
export function parseCsv(text: string, delimiter: string, lineEnding: LineEnding): Csv {
	const rows: string[][] = [];
	const plainEnd = new RegExp(`["\\${delimiter}]|\r?\n`, 'g');
	let row: string[] = [];
	let at = 0;
	while (at < text.length) {
		const [value, next] = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, plainEnd);
		row.push(value);
		at = next;
		if (text.startsWith(delimiter, at)) {
			at += delimiter.length;
			if (at < text.length) continue;
			row.push('');
		}
		at = pastLineEnd(text, at, lineEnding);
		rows.push(row);
		row = [];
	}
	const [header = [], ...rest] = rows.filter((one) => one.length > 1 || one[0] !== '');
	return { header, rows: rest };
}

function readQuoted(text: string, start: number): [string, number] {
	let value = '';
	for (let at = start + 1; ;) {
		const quote = text.indexOf('"', at);
		if (quote < 0) throw unparsable('EOF reached before closing an opened quote');
		value += text.slice(at, quote);
		if (text[quote + 1] !== '"') return [value, quote + 1];
		value += '"';
		at = quote + 2;
	}
}

function readPlain(text: string, start: number, end: RegExp): [string, number] {
	end.lastIndex = start;
	const found = end.exec(text);
	if (found?.[0] === '"') throw unparsable('Found unescaped quote. A value with quote should be within a quote');
	const stop = found?.index ?? text.length;
	return [text.slice(start, stop), stop];
}

function pastLineEnd(text: string, at: number, wanted: LineEnding): number {
	if (at >= text.length) return at;
	const found = text.startsWith(LINE_ENDINGS.CRLF, at)
		? 'CRLF'
		: text.startsWith(LINE_ENDINGS.LF, at)
			? 'LF'
			: undefined;
	if (!found) throw unparsable('Not expecting more text after end quote');
	if (found === wanted) return at + LINE_ENDINGS[wanted].length;
	throw new InvalidData(
		`ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${wanted}`,
	);
}

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;

/** Writes CSV as Bulk 2.0 does: every value in quotes. */
export function writeCsv(lines: string[][], delimiter: string, lineEnding: LineEnding): string {
	const end = LINE_ENDINGS[lineEnding];
	return lines.map((line) => line.map(quoted).join(delimiter) + end).join('');
}
