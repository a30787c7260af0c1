import { soqlOutline } from '../../salesforce/soqlOutline';
import { soqlTokens } from '../../salesforce/soqlTokens';

describe('soqlTokens', () => {
	it.each<[string, string[]]>([
		['SELECT Id FROM Case WHERE Id = :id', ['id']],
		["WHERE A = ':text' AND B = :b", ['b']],
		["WHERE A = 'it\\'s :text' AND B=:b", ['b']],
		["WHERE A = '\\\\' AND B=:b", ['b']],
		['WHERE A = 2026-05-01T09:30:00Z AND B = LAST_N_DAYS:5 AND C = LAST_N_DAYS:days', ['days']],
		["$ don't :a\nWHERE B = :b", ['b']],
		["WHERE A = 'never ends :a", []],
		['LIMIT :most OFFSET :from', ['most', 'from']],
	])('finds the parameters of %j', (soql, names) => {
		const parameters = soqlTokens(soql).filter(({ kind }) => kind === 'parameter');
		expect(parameters.map(({ text }) => text)).toEqual(names);
		expect(parameters.map(({ start, end }) => soql.slice(start, end))).toEqual(names.map((name) => `:${name}`));
	});
});

describe('soqlOutline', () => {
	const plain = {
		countsOnly: false,
		aggregated: false,
		ordered: false,
		limited: false,
		hasOffset: false,
		hasChildren: false,
		hasOpenFields: false,
		hasOr: false,
		parentFields: [],
	};

	it.each<[string, object]>([
		['SELECT Id, Count__c FROM Case', {}],
		['select count() from Case', { countsOnly: true, aggregated: true }],
		['SELECT COUNT(Id) FROM Case', { aggregated: true }],
		['SELECT Status FROM Case GROUP BY Status', { aggregated: true }],
		['SELECT Id FROM Case ORDER BY Id LIMIT 5 OFFSET 1', { ordered: true, limited: true, hasOffset: true }],
		['SELECT Id, (SELECT Id FROM Cases ORDER BY Id LIMIT 1) FROM Account', { hasChildren: true }],
		['SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Case LIMIT 5)', {}],
		['SELECT FIELDS(ALL) FROM Case LIMIT 200', { hasOpenFields: true, limited: true }],
		['SELECT TYPEOF Owner WHEN User THEN Email END FROM Case', { hasOpenFields: true }],
		['SELECT Owner.Name, toLabel(Status) FROM Case c WHERE c.Owner.Alias = 1', { parentFields: ['Owner.Name'] }],
		['SELECT c.Owner.Name, C.Subject FROM Case c', { parentFields: ['Owner.Name'] }],
		['SELECT c.owner.name FROM Case AS c LIMIT 1', { parentFields: ['owner.name'], limited: true }],
		['SELECT Case.Owner.Name, Case.Subject FROM Case WHERE Id = null', { parentFields: ['Owner.Name'] }],
		["SELECT Id FROM Case WHERE A = 'a OR b' AND (B = 1 OR C = 2)", {}],
		['SELECT Id FROM Case WHERE A = 1 or B = 2', { hasOr: true }],
		['', {}],
	])('of %j', (soql, outline) => {
		expect(soqlOutline(soqlTokens(soql))).toEqual({ ...plain, ...outline });
	});
});
