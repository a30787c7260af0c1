import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { errorFromFaults, errorFromNetwork } from '../../salesforce/errors';
import type { SalesforceFault } from '../../salesforce/salesforceFault';

const RECORDED = join(__dirname, '..', '..', '..', 'shared', 'recorded', 'errors.json');

describe('an error of Salesforce', () => {
	it('keeps its code, fields and status, and says what to do next', () => {
		expect(
			errorFromFaults(
				[{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] }],
				400,
			),
		).toMatchObject({
			code: 'REQUIRED_FIELD_MISSING',
			message: 'Required fields are missing: [Name] (REQUIRED_FIELD_MISSING)',
			remedy: 'Give these fields a value.',
			fields: ['Name'],
			status: 400,
		});
	});

	it('tells all that is wrong with a record, each once', () => {
		const faults = [
			{ statusCode: 'STRING_TOO_LONG', message: 'Team: data value too large: x (max length=255)', fields: ['Team__c'] },
			{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No seat', fields: ['NewSeat__c'] },
			{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No seat', fields: ['NewSeat__c'] },
		];
		expect(errorFromFaults(faults)).toMatchObject({
			code: 'STRING_TOO_LONG',
			message: 'The text is too long: Team__c (at most 255 characters); No seat (STRING_TOO_LONG)',
			fields: ['Team__c', 'NewSeat__c'],
		});
	});

	it.each<[string, SalesforceFault]>([
		['STRING_TOO_LONG', { message: 'Subject: data value too large: SECRET (max length=255)', fields: ['Subject'] }],
		[
			'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
			{ message: 'bad value for restricted picklist field: SECRET', fields: ['Type'] },
		],
		['INVALID_EMAIL_ADDRESS', { message: 'Email: invalid email address: SECRET', fields: ['Email'] }],
		['MALFORMED_ID', { message: 'Owner ID: id value of incorrect type: SECRET', fields: ['OwnerId'] }],
		[
			'JSON_PARSER_ERROR',
			{
				message:
					'Cannot deserialize instance of date from VALUE_STRING value SECRET or request may be missing a required field',
			},
		],
		[
			'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
			{ message: 'insufficient access rights on cross-reference id: SECRET' },
		],
		[
			'INVALID_QUERY_FILTER_OPERATOR',
			{ message: "\nOwnerId = 'SECRET'\n^\nERROR at Row:1:Column:27\ninvalid ID field: SECRET" },
		],
		['MALFORMED_QUERY', { message: "\nSubject = SECRET\n^\nERROR at Row:1:Column:37\nunexpected token: 'SECRET'" }],
		['MALFORMED_QUERY', { message: "unexpected token: 'SECRET'" }],
		['MALFORMED_QUERY', { message: "unexpected token: ''SECRET''" }],
		['MALFORMED_QUERY', { message: "unexpected token: ''a\nSECRET''" }],
		['MALFORMED_QUERY', { message: 'unexpected token: \'"SECRET"\'' }],
		[
			'MALFORMED_QUERY',
			{ message: "\nSECRET\n^\nERROR at Row:1:Column:3\nexpecting a right parentheses, found 'SECRET'" },
		],
		[
			'INVALID_CROSS_REFERENCE_KEY',
			{ message: "Record Type ID: this ID value isn't valid for the user: SECRET", fields: ['RecordTypeId'] },
		],
	])('of code %s does not repeat the value that Salesforce echoes', (errorCode, fault) => {
		const error = errorFromFaults([{ errorCode, ...fault }], 400);
		expect(`${error.message} ${error.remedy}`).not.toContain('SECRET');
		for (const field of fault.fields ?? []) expect(error.message).toContain(field);
		expect(error.remedy).not.toBe('');
	});

	it.each(['FROM', 'limit', '<EOF>', ')', ',', '*', '>='])(
		'of a query shows the word of SOQL or the punctuation that Salesforce did not expect: %s',
		(token) => {
			const message = `\nSECRET\n^\nERROR at Row:1:Column:37\nunexpected token: '${token}'`;
			const error = errorFromFaults([{ errorCode: 'MALFORMED_QUERY', message }]);
			expect(error.message).toContain(`At row 1, column 37 of the query: unexpected token: '${token}'`);
			expect(error.message).not.toContain('SECRET');
		},
	);

	it('of a query keeps the names that Salesforce does not know', () => {
		const message = "Didn't understand relationship 'Foo' in FROM part of query call.";
		expect(errorFromFaults([{ errorCode: 'MALFORMED_QUERY', message }]).message).toContain("'Foo'");
	});

	it('of an OFFSET that is too large does not speak of digits', () => {
		const message = 'Maximum SOQL offset allowed is 2000';
		const error = errorFromFaults([{ errorCode: 'NUMBER_OUTSIDE_VALID_RANGE', message }]);
		expect(error).toMatchObject({ code: 'FIELD_MISUSED', shownCode: 'NUMBER_OUTSIDE_VALID_RANGE' });
		expect(error.message).toContain('Maximum SOQL offset');
		expect(error.remedy).toContain('WHERE Id > :last');
	});

	it('without words of its own is still a sentence', () => {
		expect(errorFromFaults([], 418)).toMatchObject({
			code: 'REFUSED',
			status: 418,
			message: 'Salesforce refused it without saying why',
		});
	});

	it('tells too many calls at once from too many calls a day', () => {
		const limit = (message: string) => errorFromFaults([{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message }]);
		const concurrent = limit('ConcurrentRequests (Concurrent API Requests) Limit exceeded.');
		expect(concurrent.message).toMatch(/^Too many long API calls/);
		expect(concurrent.remedy).not.toContain('24 hours');
		const daily = limit('TotalRequests Limit exceeded.');
		expect(daily.message).toMatch(/^The org has no API calls left/);
		expect(daily.remedy).toContain('24 hours');
	});

	it.each([
		["No such column 'X__c' on sobject of type Case", 'field-level security'],
		["field 'EmployeeNotes__c' can not be filtered in a query call", 'Filter by another field'],
		['duplicate field selected: Id', 'once only'],
		[
			"value of filter criterion for field 'IsClosed' must be of type boolean and should not be enclosed in quotes",
			'of its own type',
		],
		['Foreign key external ID: a not found for field Key__c in entity Account', 'exactly one such record'],
	])('of a field says what helps: %j', (message, remedy) => {
		expect(errorFromFaults([{ errorCode: 'INVALID_FIELD', message }]).remedy).toContain(remedy);
	});
});

(existsSync(RECORDED) ? it : it.skip)('of every recorded answer is a sentence with its code', () => {
	const { rest } = JSON.parse(readFileSync(RECORDED, 'utf8')) as { rest: Array<{ body: unknown }> };
	let checked = 0;
	for (const { body } of rest) {
		for (const part of Array.isArray(body) ? (body as Array<SalesforceFault & { errors?: SalesforceFault[] }>) : []) {
			const faults = part.errors ?? (part.errorCode === undefined ? [] : [part]);
			if (faults.length === 0) continue;
			const error = errorFromFaults(faults);
			expect(error.shownCode).toBe(faults[0]?.errorCode ?? faults[0]?.statusCode);
			expect(error.message).toMatch(/^\S.*\S \([A-Z_]+\)$/s);
			checked++;
		}
	}
	expect(checked).toBeGreaterThan(30);
});

describe('a call that brought no answer', () => {
	it.each([
		['ENOTFOUND', 'UNREACHABLE', false],
		['ECONNREFUSED', 'UNREACHABLE', false],
		['ECONNRESET', 'NO_ANSWER', true],
		['ETIMEDOUT', 'NO_ANSWER', true],
		[undefined, 'NO_ANSWER', true],
		['ERR_CANCELED', 'STOPPED', true],
	])('for %s is %s', (network, code, inDoubt) => {
		const error = errorFromNetwork(network);
		expect(error).toMatchObject({ code, inDoubt });
		expect(error.remedy).not.toBe('');
	});
});
