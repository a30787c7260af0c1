import { requestError } from '../errors';
import type { Action } from './action';

/** GET search?q=FIND {…}: this org refuses SOSL and writes it down; `parameterizedSearch` does the same work. */
export const search: Action = (org, { query }) => {
	const sosl = query.get('q') ?? '';
	if (/\{.+\}/.test(sosl)) org.refuse(`SOSL: ${sosl}`);
	throw requestError('MALFORMED_SEARCH', 'No search term found. The search term must be enclosed in braces.');
};
