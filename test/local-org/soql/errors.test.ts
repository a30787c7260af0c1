import { SoqlError } from '../../../local-org/soql';
import { caseOrg } from './support/cases';

const org = caseOrg();

function failure(soql: string) {
	try {
		org.query(soql);
	} catch (error) {
		if (error instanceof SoqlError) return { code: error.errorCode, message: error.message };
		throw error;
	}
	throw new Error(`ran: ${soql}`);
}

const COLUMN =
	"If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

describe('a query that Salesforce refuses', () => {
	test('for an unknown object answers as recorded', () => {
		expect(failure('select count() from XYZZY')).toEqual({
			code: 'INVALID_TYPE',
			message:
				"\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
		});
	});

	test('for an unknown field shows its place', () => {
		expect(failure('SELECT Id, Nope__c FROM Case')).toEqual({
			code: 'INVALID_FIELD',
			message: `\nSELECT Id, Nope__c FROM Case\n           ^\nERROR at Row:1:Column:12\nNo such column 'Nope__c' on entity 'Case'. ${COLUMN}`,
		});
	});

	test.each([
		['SELECT Id FROM Case WHERE Nope = 1', 'INVALID_FIELD', 27, `No such column 'Nope' on entity 'Case'. ${COLUMN}`],
		['SELECT Id FROM Case ORDER BY Nope', 'INVALID_FIELD', 30, `No such column 'Nope' on entity 'Case'. ${COLUMN}`],
		['SELECT Account.Nope FROM Case', 'INVALID_FIELD', 8, `No such column 'Nope' on entity 'Account'. ${COLUMN}`],
		[
			'SELECT Owner.DeveloperName FROM Case',
			'INVALID_FIELD',
			8,
			`No such column 'DeveloperName' on entity 'Name'. ${COLUMN}`,
		],
		['SELECT Account FROM Case', 'INVALID_FIELD', 8, `No such column 'Account' on entity 'Case'. ${COLUMN}`],
		[
			'SELECT Nope.Name FROM Case',
			'INVALID_FIELD',
			8,
			"Didn't understand relationship 'Nope' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.",
		],
		[
			'SELECT (SELECT Id FROM Nopes) FROM Account',
			'INVALID_TYPE',
			24,
			"Didn't understand relationship 'Nopes' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.",
		],
		[
			"SELECT Id FROM Case WHERE Description = 'x'",
			'INVALID_FIELD',
			27,
			"field 'Description' can not be filtered in a query call",
		],
		[
			'SELECT Id FROM Case ORDER BY Description',
			'MALFORMED_QUERY',
			30,
			"field 'Description' can not be sorted in a query call",
		],
		[
			'SELECT Tags__c FROM Case GROUP BY Tags__c',
			'MALFORMED_QUERY',
			35,
			"field 'Tags__c' can not be grouped in a query call",
		],
		[
			"SELECT Id FROM Account WHERE BillingAddress = 'x'",
			'INVALID_FIELD',
			30,
			'Address fields can only be filtered using Distance expressions',
		],
		[
			'SELECT Id FROM Case WHERE Subject = 5',
			'INVALID_FIELD',
			27,
			"value of filter criterion for field 'Subject' must be of type string and should be enclosed in quotes",
		],
		[
			'SELECT Id FROM Case WHERE Subject LIKE 5',
			'INVALID_FIELD',
			27,
			"value of filter criterion for field 'Subject' must be of type string and should be enclosed in quotes",
		],
		[
			"SELECT Id FROM Case WHERE Amount__c = '5'",
			'INVALID_FIELD',
			27,
			"value of filter criterion for field 'Amount__c' must be of type double and should not be enclosed in quotes",
		],
		[
			"SELECT Id FROM Case WHERE IsClosed = 'true'",
			'INVALID_FIELD',
			27,
			"value of filter criterion for field 'IsClosed' must be of type boolean and should not be enclosed in quotes",
		],
		[
			"SELECT Id FROM Case WHERE CreatedDate > '2026-01-01'",
			'INVALID_FIELD',
			27,
			"value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
		],
		[
			'SELECT Id FROM Case WHERE CreatedDate > 2026-01-01',
			'INVALID_FIELD',
			27,
			"value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
		],
		[
			'SELECT Id FROM Contact WHERE Birthdate = 2026-01-01T00:00:00Z',
			'INVALID_FIELD',
			30,
			"value of filter criterion for field 'Birthdate' must be of type date and should not be enclosed in quotes",
		],
		[
			'SELECT Id FROM Contact WHERE Birthdate = 2026-13-01',
			'INVALID_FIELD',
			30,
			"value of filter criterion for field 'Birthdate' must be of type date and should not be enclosed in quotes",
		],
		["SELECT Id FROM Case WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR', 27, 'invalid ID field: abc'],
		[
			"SELECT Id FROM Case WHERE OwnerId LIKE '005%'",
			'INVALID_QUERY_FILTER_OPERATOR',
			27,
			'invalid operator on reference field',
		],
		[
			'SELECT Id FROM Case WHERE IsClosed > true',
			'INVALID_QUERY_FILTER_OPERATOR',
			27,
			'invalid operator on boolean field',
		],
		[
			"SELECT Id FROM Case WHERE Status INCLUDES ('x')",
			'INVALID_QUERY_FILTER_OPERATOR',
			27,
			'includes/excludes operators only valid on multipicklist field',
		],
		['SELECT Status, COUNT(Id) FROM Case', 'MALFORMED_QUERY', 8, 'Field must be grouped or aggregated: Status'],
		['SELECT Subject FROM Case GROUP BY Status', 'MALFORMED_QUERY', 8, 'Field must be grouped or aggregated: Subject'],
		[
			'SELECT Account.Name, Owner.Name FROM Case GROUP BY Account.Name, Owner.Name',
			'MALFORMED_QUERY',
			22,
			'duplicate alias: Name',
		],
		['SELECT SUM(Subject) FROM Case', 'MALFORMED_QUERY', 8, 'field Subject does not support aggregate operator SUM'],
		[
			'SELECT COUNT(IsClosed) FROM Case',
			'MALFORMED_QUERY',
			8,
			'field IsClosed does not support aggregate operator COUNT',
		],
		[
			'SELECT Id FROM Case WHERE AccountId IN (SELECT Id FROM Contact)',
			'MALFORMED_QUERY',
			27,
			"The selected field 'Id' in the subquery and the left operand field in the where expression in the outer query 'AccountId' should point to the same object type",
		],
		[
			'SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM Account)',
			'MALFORMED_QUERY',
			30,
			'The inner and outer selects should not be on the same object type',
		],
		[
			'SELECT Id FROM Case WHERE NOT AccountId IN (SELECT Id FROM Account)',
			'MALFORMED_QUERY',
			27,
			'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
		],
	])('%s answers %s', (soql, code, column, sentence) => {
		const { code: answered, message } = failure(soql);
		expect([answered, message.split('\n').slice(-2)]).toEqual([code, [`ERROR at Row:1:Column:${column}`, sentence]]);
	});

	test.each([
		['SELECT Id, Id FROM Case', 'INVALID_FIELD', 'duplicate field selected: Id'],
		['SELECT Id, FIELDS(ALL) FROM Case LIMIT 1', 'INVALID_FIELD', 'duplicate field selected: Id'],
		['SELECT Account.Name, account.name FROM Case', 'INVALID_FIELD', 'duplicate field selected: account.name'],
		['SELECT Id x FROM Case', 'MALFORMED_QUERY', 'only aggregate expressions use field aliasing'],
		['SELECT FIELDS(ALL) FROM Case', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
		[
			'SELECT FIELDS(CUSTOM) FROM Case LIMIT 201',
			'MALFORMED_QUERY',
			'The SOQL FIELDS function must have a LIMIT of at most 200',
		],
		['SELECT Id FROM Case OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
		[
			'SELECT COUNT(Id) FROM Case LIMIT 1',
			'MALFORMED_QUERY',
			'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
		],
		[
			'SELECT (SELECT COUNT() FROM Cases) FROM Account',
			'MALFORMED_QUERY',
			'only root queries support aggregate expressions',
		],
		[
			"SELECT Id FROM Case WHERE AccountId IN (SELECT Id FROM Account) OR Status = 'x'",
			'MALFORMED_QUERY',
			"Semi join sub-selects are not allowed with the 'OR' operator",
		],
		[
			'SELECT Id FROM Case WHERE AccountId IN (SELECT Id FROM Account WHERE OwnerId IN (SELECT Id FROM User))',
			'MALFORMED_QUERY',
			'Nesting of semi join sub-selects is not supported',
		],
		[
			'SELECT Id FROM Case WHERE AccountId IN (SELECT Id FROM Account) AND ContactId IN (SELECT Id FROM Contact) AND OwnerId IN (SELECT Id FROM User)',
			'MALFORMED_QUERY',
			'Maximum 2 semi join sub-selects are allowed',
		],
		[
			`SELECT Id FROM Case WHERE Subject = '${'x'.repeat(100_000)}'`,
			'MALFORMED_QUERY',
			'SOQL statements cannot be longer than 100000 characters.',
		],
	])('%.80s answers %s', (soql, code, message) => {
		expect(failure(soql)).toEqual({ code, message });
	});

	test('for a string literal beyond 4,000 characters', () => {
		expect(org.query(`SELECT Id FROM Case WHERE Subject = '${'x'.repeat(4_000)}'`).totalSize).toBe(0);
		expect(failure(`SELECT Id FROM Case WHERE Subject = '${'x'.repeat(4_001)}'`).code).toBe('MALFORMED_QUERY');
	});

	test('for a path of more than five levels', () => {
		const path = (levels: number) => `${'Manager.'.repeat(levels)}Name`;
		expect(org.query(`SELECT ${path(5)} FROM User`).totalSize).toBe(2);
		expect(failure(`SELECT ${path(6)} FROM User`).code).toBe('MALFORMED_QUERY');
	});

	test('for more than one page of groups', () => {
		const ids = Array.from({ length: 2_001 }, (_, index) => `a01${String(index).padStart(12, '0')}AAA`);
		const many = caseOrg();
		const insert = many.database.prepare('INSERT INTO "Profile" ("Id", "IsDeleted", "Name") VALUES (?, 0, ?)');
		for (const id of ids) insert.run(id, id);
		expect(() => many.query('SELECT Name FROM Profile GROUP BY Name')).toThrow(
			'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
		);
		expect(many.query('SELECT Name FROM Profile GROUP BY Name LIMIT 2000').totalSize).toBe(2_000);
	});
});
