import { InputError } from '../inputError';
import { CLAUSES } from '../soqlSelection';
import { isWord, soqlTokens } from '../soqlTokens';
import { checkHabits } from './habits';

/**
 * Refuses what would be more than a condition behind WHERE, so that it stays one when it is put in parentheses.
 *
 * @param label what messages call it
 * @throws InputError
 */
export function checkCondition(condition: string, label: string): void {
	const tokens = soqlTokens(condition);
	checkHabits(tokens);
	const clause = tokens.find((token) => token.depth === 0 && isWord(token, 'SELECT', ...CLAUSES));
	if (clause !== undefined) {
		throw new InputError(
			`${label} has ${clause.text.toUpperCase()}`,
			"Write only what would follow WHERE, such as Status = 'Closed' AND Priority = :priority.",
		);
	}
	const opened = tokens.filter(({ text }) => text === '(').length;
	const closed = tokens.filter(({ text }) => text === ')').length;
	if (opened !== closed || tokens.some(({ depth }) => depth < 0)) {
		throw new InputError(`The parentheses in ${label} do not match`, 'Close each one that is opened.');
	}
	const last = tokens.at(-1);
	if (last?.kind === 'text' && !/^'(?:[^'\\]|\\.)*'$/s.test(last.text)) {
		throw new InputError(`A text in ${label} has no end`, 'Close its quotes.');
	}
}
