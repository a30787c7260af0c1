import { InputError } from '../inputError';
import { isWord } from '../soqlTokens';
import type { SoqlToken } from '../soqlTokens';

/** The most records that OFFSET skips (SOQL and SOSL reference, OFFSET). */
const MOST_SKIPPED = 2_000;

/**
 * Refuses what people bring along from SQL, and what Salesforce refuses in words that do not help.
 * @throws InputError with what to write in its place
 */
export function checkHabits(tokens: readonly SoqlToken[]): void {
	tokens.forEach((token, index) => {
		const before = tokens[index - 1];
		if (token.kind === 'other' && token.text === '*') {
			throw isWord(before, 'SELECT')
				? new InputError(
						'SOQL has no *',
						'Name the fields. FIELDS(ALL) with LIMIT 200 gives those of 200 records at most.',
					)
				: new InputError('SOQL has no *', 'COUNT() counts records, and COUNT(Id) within groups.');
		}
		if (isWord(token, 'DISTINCT') && isWord(before, 'SELECT')) {
			throw new InputError(
				'SOQL has no DISTINCT',
				'Group by the field instead: SELECT Field FROM Object GROUP BY Field.',
			);
		}
		if (isWord(before, 'OFFSET') && Number(token.text) > MOST_SKIPPED) {
			throw new InputError(
				`OFFSET skips ${MOST_SKIPPED} records at most`,
				'Switch on Return All, or sort by Id and go on behind the last one: WHERE Id > :last ORDER BY Id.',
			);
		}
		if (isWord(before, 'IS') && (isWord(token, 'NULL') || isWord(token, 'NOT'))) {
			throw new InputError('SOQL has no IS NULL', 'Write Field = null, or Field != null.');
		}
	});
	const last = tokens.at(-1);
	if (last?.text === ';') throw new InputError('Query ends in a semicolon', 'Take it away; a node runs one query.');
	if (tokens.some(({ kind, text }) => kind === 'other' && text === '"')) {
		throw new InputError(
			'Query has double quotes',
			"Text stands in single quotes: 'text'. A query parameter takes any text.",
		);
	}
}
