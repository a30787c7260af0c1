import { ok } from '../http';
import type { Action } from './action';

const NAMES = [
	'tooling',
	'query',
	'queryAll',
	'search',
	'parameterizedSearch',
	'sobjects',
	'composite',
	'limits',
	'recent',
	'jobs',
];

/** GET /services/data/vNN.0: what the version offers. */
export const resources: Action = (org, { version, userId }) =>
	ok({
		...Object.fromEntries(
			NAMES.filter((name) => org.router.offers(name, version)).map((name) => [
				name,
				`/services/data/v${version}.0/${name}`,
			]),
		),
		identity: `${org.url}/id/${org.organizationId}/${userId}`,
	});
