import { requestError } from '../../errors';
import { ok } from '../../http';
import type { Action } from '../action';
import { runSoql } from '../query';

/** Columns that are put together for one row at a time (docs:tooling-api, Metadata and FullName). */
const SELECTS_METADATA = /^\s*SELECT\b[^(]*?\b(Metadata|FullName)\b.*?\bFROM\b/is;

/** GET tooling/query?q=…: as query, in an envelope of its own. */
export const toolingQuery: Action = (org, request) => {
	const soql = request.query.get('q');
	if (soql === null) throw requestError('MALFORMED_QUERY', 'A query string has to be specified');
	const { totalSize, records, objectName } = runSoql(org, request, soql, false, org.catalog.tooling);
	if (records.length > 1 && SELECTS_METADATA.test(soql)) {
		throw requestError(
			'MALFORMED_QUERY',
			`When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: ${records.length}`,
		);
	}
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
