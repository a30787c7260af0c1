import { requestError } from '../../errors';
import { ok } from '../../http';
import type { Action } from '../action';
import { runSoql } from '../query';

/** GET tooling/query?q=…: as query, in an envelope of its own. */
export const toolingQuery: Action = (org, request) => {
	const soql = request.query.get('q');
	if (soql === null) throw requestError('MALFORMED_QUERY', 'A query string has to be specified');
	const { totalSize, records, objectName } = runSoql(org, request, soql, false, org.catalog.tooling);
	const shown = records.map(({ attributes, ...fields }) => ({
		attributes: {
			...attributes,
			...(attributes.url === undefined ? {} : { url: attributes.url.replace('/sobjects/', '/tooling/sobjects/') }),
		},
		...fields,
	}));
	return ok(
		{ size: shown.length, totalSize, done: true, queryLocator: null, entityTypeName: objectName, records: shown },
		shown.length,
	);
};
