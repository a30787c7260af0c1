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
		limited: false,
		hasOffset: false,
		hasOr: false,
		isUnusual: false,
	};
	const outline = (soql: string) => {
		const { selection, object, ...flags } = soqlOutline(soqlTokens(soql));
		return { selection, object, flags };
	};

	it.each<[string, object]>([
		['SELECT Id, Count__c FROM Case', {}],
		['select count() from Case', { countsOnly: true, aggregated: true }],
		['SELECT COUNT(Id) FROM Case', { aggregated: true }],
		['SELECT Status FROM Case GROUP BY Status', { aggregated: true }],
		[
			'SELECT Id FROM Case ORDER BY Id LIMIT 5 OFFSET 1',
			{ orderedBy: { field: 'Id', descending: false }, limited: true, hasOffset: true },
		],
		['SELECT Id FROM Case order by CreatedDate desc, Id', { orderedBy: { field: 'CreatedDate', descending: true } }],
		['SELECT Id, (SELECT Id FROM Cases ORDER BY Id LIMIT 1) FROM Account', {}],
		['SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Case LIMIT 5)', {}],
		["SELECT Id FROM Case WHERE A = 'a OR b' AND (B = 1 OR C = 2)", {}],
		['SELECT Id FROM Case WHERE A = 1 or B = 2', { hasOr: true }],
		['SELECT Id FROM Case FOR VIEW', { isUnusual: true }],
		['SELECT Id FROM Case c, c.Owner o', { isUnusual: true }],
		['', {}],
	])('of %j', (soql, flags) => {
		expect(outline(soql).flags).toEqual({ ...plain, ...flags });
	});

	it.each([
		['SELECT Id FROM Case', 'Case'],
		['select Id from case c where Id = null', 'case'],
		['SELECT Id, (SELECT Id FROM Cases) FROM Account', 'Account'],
		['SELECT Id', ''],
	])('knows the object of %j', (soql, object) => {
		expect(outline(soql).object).toBe(object);
	});

	it.each<[string, string[], object?]>([
		['SELECT Id, Owner.Name FROM Case', ['Id', 'Owner.Name']],
		['SELECT owner.NAME, toLabel(Status) FROM Case c WHERE c.Owner.Alias = 1', ['owner.NAME'], { hasFunctions: true }],
		['SELECT c.Owner.Name, C.Subject FROM Case c', ['Owner.Name', 'Subject']],
		['SELECT c.owner.name FROM Case AS c LIMIT 1', ['owner.name']],
		['SELECT Case.Owner.Name, Case.Subject FROM Case WHERE Id = null', ['Owner.Name', 'Subject']],
		[
			'SELECT c.Id, o.Name, p.Email FROM Case c, c.Owner o, o.Profile AS p',
			['Id', 'Owner.Name', 'Owner.Profile.Email'],
		],
		['SELECT FIELDS(ALL) FROM Case LIMIT 200', [], { hasFunctions: true, hasOpenFields: true }],
		[
			'SELECT Id, TYPEOF Owner WHEN User THEN Email, Name WHEN Group THEN Name, Type ELSE Id END, Subject FROM Case',
			['Id', 'Owner.Email', 'Owner.Name', 'Owner.Type', 'Owner.Id', 'Subject'],
			{ hasOpenFields: true },
		],
		['SELECT COUNT(Id) n, Status s FROM Case GROUP BY Status', ['Status'], { hasFunctions: true, hasAliases: true }],
		['SELECT FORMAT(Amount) Amt FROM Opportunity', [], { hasFunctions: true, hasAliases: true }],
		['', []],
	])('knows the fields that %j selects', (soql, fields, more = {}) => {
		expect(outline(soql).selection).toEqual({
			fields,
			children: [],
			hasFunctions: false,
			hasAliases: false,
			hasOpenFields: false,
			...more,
		});
	});

	it('knows what child queries select, each for itself', () => {
		const soql =
			'SELECT Id, (SELECT Id, c.Owner.Name, (SELECT Id FROM Tasks) FROM Account.Contacts c WHERE Id IN (SELECT ContactId FROM Case)), Name FROM Account';
		const { selection } = outline(soql);
		expect(selection.fields).toEqual(['Id', 'Name']);
		expect(selection.children).toMatchObject([
			{ name: 'Contacts', selection: { fields: ['Id', 'Owner.Name'], children: [{ name: 'Tasks' }] } },
		]);
	});
});
