import { SOQLParser } from '@salesforce/soql-common/lib/soql-parser';

import { firstBy, withCondition, withFields } from '../../salesforce/soqlText';

const parser = SOQLParser({ isApex: false, isMultiCurrencyEnabled: true, apiVersion: 66 });

describe('a query', () => {
	it.each([
		['SELECT Id FROM Case', 'SELECT Id FROM Case WHERE Id > 1'],
		['SELECT Id FROM Case c', 'SELECT Id FROM Case c WHERE Id > 1'],
		['SELECT Id FROM Case WHERE A = 1', 'SELECT Id FROM Case WHERE (A = 1) AND Id > 1'],
		['SELECT Id FROM Case WHERE A = 1 OR B = 2', 'SELECT Id FROM Case WHERE (A = 1 OR B = 2) AND Id > 1'],
		['select Id from Case where(A = 1)order by Id', 'select Id from Case where ((A = 1)) AND Id > 1 order by Id'],
		['SELECT Id FROM Case ORDER BY Id DESC', 'SELECT Id FROM Case WHERE Id > 1 ORDER BY Id DESC'],
		[
			'SELECT Id FROM Case USING SCOPE mine WHERE A = 1 WITH SECURITY_ENFORCED ORDER BY Id',
			'SELECT Id FROM Case USING SCOPE mine WHERE (A = 1) AND Id > 1 WITH SECURITY_ENFORCED ORDER BY Id',
		],
		['SELECT Id FROM Case USING SCOPE mine', 'SELECT Id FROM Case USING SCOPE mine WHERE Id > 1'],
		[
			"SELECT Id FROM Case WHERE A IN (SELECT B FROM C WHERE D = 1 ORDER BY E) AND F = ' WHERE ORDER '\n",
			"SELECT Id FROM Case WHERE (A IN (SELECT B FROM C WHERE D = 1 ORDER BY E) AND F = ' WHERE ORDER ') AND Id > 1",
		],
	])('with a further condition: %s', (soql, expected) => {
		expect(withCondition(soql, 'Id > 1')).toBe(expected);
		if (!/SECURITY_ENFORCED|ORDER BY E/.test(soql)) expect(parser.parseQuery(expected).getSuccess()).toBe(true);
	});

	it.each([
		['SELECT Id FROM Case', 'SELECT Id, A.Id, B.Id FROM Case'],
		['SELECT Id,(SELECT Id FROM Cases) FROM Account', 'SELECT Id,(SELECT Id FROM Cases), A.Id, B.Id FROM Account'],
		['select Id\nfrom Case', 'select Id, A.Id, B.Id from Case'],
	])('with further fields: %s', (soql, expected) => {
		expect(withFields(soql, ['A.Id', 'B.Id'])).toBe(expected);
		expect(withFields(soql, [])).toBe(soql);
	});

	it.each([
		['SELECT Id, Name FROM Case', 'SELECT Id FROM Case ORDER BY Id DESC LIMIT 1'],
		["SELECT A FROM Case WHERE B = 'c' ORDER BY Id", "SELECT Id FROM Case WHERE B = 'c' ORDER BY Id DESC LIMIT 1"],
	])('for its last record: %s', (soql, expected) => {
		expect(firstBy(soql, 'Id', 'DESC')).toBe(expected);
	});
});
