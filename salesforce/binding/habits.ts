import { InputError } from '../inputError';
import { isWord } from '../soqlTokens';
import type { SoqlToken } from '../soqlTokens';

/** The most records that OFFSET skips (SOQL and SOSL reference, OFFSET). */
const MOST_SKIPPED = 2_000;

/** What people bring along from elsewhere, and what to write in its place. */
interface Habit {
	/** Whether it stands here: a token with those before and behind it. */
	is(token: SoqlToken, before: SoqlToken | undefined, next: SoqlToken | undefined): boolean;
	says: string;
	remedy: string;
}

const isSign = (token: SoqlToken | undefined, ...signs: string[]): boolean =>
	token?.kind === 'other' && signs.includes(token.text);

/** Whether two tokens stand side by side, without a blank. */
const touch = (token: SoqlToken, next: SoqlToken | undefined): boolean => token.end === next?.start;

const HABITS: Habit[] = [
	{
		is: (token, _before, next) =>
			touch(token, next) &&
			((isSign(token, '/') && isSign(next, '*', '/')) || (isSign(token, '-') && isSign(next, '-'))),
		says: 'SOQL has no comments',
		remedy: 'Remove it. Notes belong in the settings of the node.',
	},
	{
		is: (token, before, next) =>
			before === undefined && next?.kind === 'word' && isWord(token, 'UPDATE', 'INSERT', 'UPSERT', 'DELETE', 'MERGE'),
		says: 'SOQL only reads',
		remedy: 'Salesforce Create or Update Record writes records, and Salesforce Delete Record deletes them.',
	},
	{
		is: (token, before) => isSign(token, '*') && isWord(before, 'SELECT'),
		says: 'SOQL has no *',
		remedy: 'Name the fields. FIELDS(ALL) with LIMIT 200 gives those of 200 records at most.',
	},
	{
		is: (token) => isSign(token, '*'),
		says: 'SOQL has no *',
		remedy: 'COUNT() counts records, and COUNT(Id) within groups.',
	},
	{
		is: (token, before) => isWord(token, 'DISTINCT') && isWord(before, 'SELECT'),
		says: 'SOQL has no DISTINCT',
		remedy: 'Group by the field instead: SELECT Field FROM Object GROUP BY Field.',
	},
	{
		is: (token, before, next) => isWord(token, 'TOP') && isWord(before, 'SELECT') && /^\d/.test(next?.text ?? ''),
		says: 'SOQL has no TOP',
		remedy: 'Write LIMIT and the number at the end of the query.',
	},
	{
		is: (token, before) => isWord(before, 'OFFSET') && Number(token.text) > MOST_SKIPPED,
		says: `OFFSET skips ${MOST_SKIPPED} records at most`,
		remedy: 'Switch on Return All, or sort by Id and go on after the last one: WHERE Id > :last ORDER BY Id.',
	},
	{
		is: (token, before) => isWord(before, 'IS') && isWord(token, 'NULL', 'NOT'),
		says: 'SOQL has no IS NULL',
		remedy: 'Write Field = null, or Field != null.',
	},
	{
		is: (token, before) => isWord(before, 'NOT') && isWord(token, 'LIKE'),
		says: 'SOQL has no NOT LIKE',
		remedy: 'Write (NOT Field LIKE :text).',
	},
	{
		is: (token, before, next) => isWord(token, 'BETWEEN') && before?.kind === 'word' && next !== undefined,
		says: 'SOQL has no BETWEEN',
		remedy: 'Write Field >= :from AND Field <= :to.',
	},
	{
		is: (token, _before, next) => isWord(token, 'JOIN') && next?.kind === 'word' && token.depth === 0,
		says: 'SOQL has no JOIN',
		remedy:
			"Name a parent's fields as Account.Name, or select child records as (SELECT Id FROM Contacts) among the fields.",
	},
	{
		is: (token, _before, next) => touch(token, next) && isSign(token, '=') && isSign(next, '='),
		says: 'SOQL has no ==',
		remedy: 'Write one =.',
	},
	{
		is: (token, _before, next) => isWord(token, 'NOW', 'GETDATE', 'CURRENT_DATE', 'SYSDATE') && isSign(next, '('),
		says: 'SOQL has no function for the time',
		remedy: 'Write a date such as TODAY or LAST_N_DAYS:7, or :now, and add now under Query Parameters with {{ $now }}.',
	},
	{
		is: (token) => isSign(token, '"'),
		says: 'SOQL has no double quotes',
		remedy: "Write text in single quotes: 'text'. A query parameter takes any text.",
	},
	{
		is: (token) => isSign(token, '‘', '’', '“', '”', '„', '‚', '´', '`'),
		says: 'SOQL has no quotes of this kind',
		remedy: "Write text in straight single quotes: 'text'. A query parameter takes any text.",
	},
	{
		is: (token, _before, next) => isSign(token, ';') && next === undefined,
		says: 'SOQL has no semicolon at its end',
		remedy: 'Remove it; a node runs one query.',
	},
];

/**
 * Refuses what people bring along from SQL, and what Salesforce refuses in words that do not help.
 * @throws InputError with what to write in its place
 */
export function checkHabits(tokens: readonly SoqlToken[]): void {
	for (const { is, says, remedy } of HABITS) {
		if (tokens.some((token, index) => is(token, tokens[index - 1], tokens[index + 1]))) {
			throw new InputError(says, remedy);
		}
	}
}
