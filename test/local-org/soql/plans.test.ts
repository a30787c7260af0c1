import { bulkColumns, explainSoql } from '../../../local-org/soql';
import { OBJECTS } from './support/cases';
import { smallOrg } from './support/org';
import { mintId } from '../../../local-org/ids';

const org = smallOrg(OBJECTS, {
	Case: Array.from({ length: 500 }, (_, index) => ({
		Id: mintId('500', index + 1),
		ExternalID__c: `plan-${index % 10}:${index}`,
		AccountId: mintId('001', index % 50),
	})),
});

describe('explain', () => {
	const plan = (soql: string) => explainSoql(soql, org.context).plans[0];

	test.each([
		[`Id = '${mintId('500', 7)}'`, 'Id', 1],
		["ExternalID__c = 'plan-3:13'", 'ExternalID__c', 1],
		["ExternalID__c IN ('plan-3:13', 'plan-4:14')", 'ExternalID__c', 2],
		["ExternalID__c LIKE 'plan-3:%'", 'ExternalID__c', 50],
		[`AccountId = '${mintId('001', 7)}'`, 'AccountId', 10],
	])('%s uses the index of %s', (where, field, cardinality) => {
		expect(plan(`SELECT Id, Account.Name FROM Case WHERE ${where} ORDER BY CreatedDate LIMIT 1`)).toEqual({
			cardinality,
			fields: expect.arrayContaining([field]),
			leadingOperationType: 'Index',
			notes: [],
			relativeCost: cardinality / 500,
			sobjectCardinality: 500,
			sobjectType: 'Case',
		});
	});

	test('says when the whole table is read', () => {
		expect(plan("SELECT Id FROM Case WHERE Subject LIKE '%x'")).toMatchObject({
			leadingOperationType: 'TableScan',
			fields: [],
		});
		expect(explainSoql('SELECT COUNT() FROM Case', org.context).sourceQuery).toBe('SELECT COUNT() FROM Case');
	});
});

describe('Bulk queries', () => {
	test('have the paths of their fields as columns', () => {
		expect(bulkColumns('SELECT id, account.owner.name, toLabel(status) FROM case', org.context)).toEqual([
			{ name: 'Id', type: 'id' },
			{ name: 'Account.Owner.Name', type: 'string' },
			{ name: 'Status', type: 'picklist' },
		]);
	});

	test.each([
		'SELECT COUNT() FROM Case',
		'SELECT COUNT(Id) FROM Case',
		'SELECT Status FROM Case GROUP BY Status',
		'SELECT Id FROM Case OFFSET 1',
		'SELECT TYPEOF Owner WHEN User THEN Name END FROM Case',
		'SELECT (SELECT Id FROM Contacts) FROM Account',
		'SELECT BillingAddress FROM Account',
		'SELECT FIELDS(ALL) FROM Case LIMIT 1',
	])('refuse %s', (soql) => {
		expect(() => bulkColumns(soql, org.context)).toThrow('not supported in Bulk Query');
	});
});
