import type { Org } from '../org';
import { recordsAmong, unknownObjectAt } from '../soql';
import type { Query } from '../soql/grammar/ast';
import { parseSosl } from '../sosl/parser';
import { readSearchText } from '../sosl/searchText';
import type { Action } from './action';
import { idsOf } from './parameterizedSearch';
import { MAX_FOUND, searchFailure, searchRecords, searchedEverywhere } from './searchRecords';
import type { Searched } from './searchRecords';

/** GET search?q=FIND {…} IN … FIELDS RETURNING … LIMIT n */
export const search: Action = (org, request) => {
	const sosl = request.query.get('q') ?? '';
	try {
		const { text, group, returning, limit = MAX_FOUND } = parseSosl(sosl);
		const searched = returning?.map((query) => returned(org, sosl, query)) ?? searchedEverywhere(org).map(idsOf);
		return searchRecords(org, request, { expression: readSearchText(text), group, searched, limit });
	} catch (error) {
		throw searchFailure(org, error);
	}
};

function returned(org: Org, sosl: string, query: Query): Searched {
	const path = query.from[0]?.path ?? { text: '', at: query.at };
	const object = org.catalog.object(path.text);
	// Assumed: an object that cannot be searched is answered as one that is not there.
	if (!object?.searchable) throw unknownObjectAt(sosl, path);
	return { object, records: (context, found) => recordsAmong(query, sosl, context, found) };
}
