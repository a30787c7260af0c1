import { requestError } from '../errors';
import type { Org } from '../org';
import type { Action } from './action';
import { DEFAULT_LIMIT, everywhere, noSearchTerm, scopeOf, searchRecords, type SearchScope } from './parameterizedSearch';

/** `FIND {text} IN … FIELDS RETURNING … LIMIT n`; the groups in FIELDS are all searched alike here. */
const SOSL = /^\s*FIND\s*\{((?:\\.|[^\\}])+)\}(?:\s+IN\s+(?:ALL|NAME|EMAIL|PHONE)\s+FIELDS)?(?:\s+RETURNING\s+(.+?))?(?:\s+LIMIT\s+(\d+))?\s*$/is;
/** `Account(Id, Name WHERE Name LIKE 'A%' LIMIT 5)` */
const OBJECT = /^\s*(\w+)\s*(?:\(([\w\s.,]*?)(?:\s+WHERE\s+(.+?))?(?:\s+LIMIT\s+(\d+))?\s*\))?\s*$/is;

/** GET search?q=FIND {…}: finds what contains the text. Anything more than that this org refuses and writes down. */
export const search: Action = (org, request) => {
	const sosl = request.query.get('q') ?? '';
	if (!/\{.+\}/s.test(sosl)) throw noSearchTerm();
	const [, term = '', returning, limit] = SOSL.exec(sosl) ?? [];
	if (term === '' || /\s(AND|OR|NOT)\s/i.test(term)) throw unsupported(org, sosl);
	const most = Number(limit ?? DEFAULT_LIMIT);
	const scopes = returning === undefined ? everywhere(org, most) : objectsIn(returning).map((text) => scopeIn(org, text, most, sosl));
	return searchRecords(org, request, term.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/gs, '$1'), scopes, most);
};

function unsupported(org: Org, sosl: string) {
	org.refuse(`SOSL: ${sosl}`);
	return requestError('MALFORMED_SEARCH', 'The local org does not know this search.');
}

/** Text in quotes, and text in parentheses with at most one more pair inside. */
const QUOTED = "'(?:\\\\.|[^'\\\\])*'";
const INNER = `\\((?:${QUOTED}|[^'()])*\\)`;
const PARENTHESES = `\\((?:${QUOTED}|${INNER}|[^'()])*\\)`;

/** The objects of RETURNING: a comma parts them unless it stands in parentheses. */
function objectsIn(returning: string): string[] {
	return returning.match(new RegExp(`(?:${PARENTHESES}|[^,(])+`, 'g')) ?? [];
}

function scopeIn(org: Org, text: string, most: number, sosl: string): SearchScope {
	const [, name, fields = '', where, limit] = OBJECT.exec(text) ?? [];
	if (name === undefined || /\b(ORDER\s+BY|USING|OFFSET)\b/i.test(`${fields} ${where ?? ''}`)) throw unsupported(org, sosl);
	const names = fields.trim() === '' ? undefined : fields.split(',');
	return scopeOf(org, name, names, Number(limit ?? most), where);
}
