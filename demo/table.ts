/**
 * Rows as text in columns, under their headings.
 *
 * @param headings one for each column
 * @param rows each with a cell for each heading
 * @returns lines without trailing blanks, the second one a rule
 */
export function table(headings: string[], rows: string[][]): string {
	const all = [headings, ...rows];
	const widths = headings.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
	const line = (row: string[]) =>
		widths
			.map((wide, column) => padded(row[column] ?? '', wide))
			.join('  ')
			.trimEnd();
	return [line(headings), widths.map((wide) => '─'.repeat(wide)).join('  '), ...rows.map(line)].join('\n');
}

/** Characters as a reader counts them: an accent written apart or an emoji of several parts is one. */
function width(text: string): number {
	return [...new Intl.Segmenter().segment(text)].length;
}

function padded(text: string, wide: number): string {
	return text + ' '.repeat(wide - width(text));
}
