/**
 * Which rooms a room may import from, and that no imports run in circles, types included; see docs/architecture.md.
 * oxlint keeps the packages where they belong: jsforce in salesforce/, n8n in nodes/ and credentials/.
 */

/** The rooms of a domain: pure rules, and below them `org/`, the same with an org in hand. */
const domains = ['moves', 'licenses', 'changes', 'readiness', 'receiving'];

/** Which other rooms a room may import from; one that is not here may import from any. */
const arrows = {
	credentials: ['salesforce'],
	nodes: [...domains, 'salesforce'],
	...Object.fromEntries(domains.map((domain) => [domain, ['salesforce']])),
	salesforce: [],
	// Two sides that share a helper share its bugs.
	'local-org': [],
};

const rooms = [...Object.keys(arrows), 'demo', 'bench', 'prove', 'test'];

/** What of salesforce/ the pure rules of a domain may use beside its types: no file that speaks to an org. */
const pureHelpers = [
	'apiName',
	'append',
	'asError',
	'batches',
	'giveWay',
	'inputError',
	'listed',
	'moment',
	'recordId',
	'soql',
	'soqlTokens',
	'stamp',
	'\\w*Value',
	'values/\\w+',
];

module.exports = {
	forbidden: [
		{ name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
		...Object.entries(arrows).map(([room, allowed]) => ({
			name: `arrows-of-${room}`,
			comment: `${room} may import from ${allowed.join(', ') || 'no other room'}.`,
			severity: 'error',
			from: { path: `^${room}/` },
			to: { path: `^(${rooms.filter((other) => other !== room && !allowed.includes(other)).join('|')})/` },
		})),
		{
			name: 'no-node-imports-another',
			comment: 'What two nodes share belongs to nodes/shared, or to the room of their domain.',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/', pathNot: '^nodes/shared/' },
			to: { path: '^nodes/', pathNot: '^nodes/($1|shared)/' },
		},
		{
			name: 'shared-knows-no-node',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^nodes/', pathNot: '^nodes/shared/' },
		},
		{
			name: 'pure-rules',
			comment: 'The rules of a domain see types and pure helpers of salesforce/ only; what needs an org is in org/.',
			severity: 'error',
			from: { path: `^(${domains.join('|')})/[^/]+\\.ts$` },
			to: {
				path: `^((${domains.join('|')})/org/|salesforce/)`,
				pathNot: `^salesforce/(values/|(${pureHelpers.join('|')})\\.ts$)`,
				dependencyTypesNot: ['type-only'],
			},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)(node_modules|dist|coverage|\\.cache)/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};
