import { useOrg } from './support/client';

const at = useOrg(() => ({
	fields: {
		'Account.Whole__c': { type: 'Number', label: 'Whole', precision: 4, scale: 0 },
		'Account.Price__c': { type: 'Currency', label: 'Price', precision: 5, scale: 2 },
		'Account.Share__c': { type: 'Percent', label: 'Share', precision: 5, scale: 2 },
		'Account.Fine__c': { type: 'Number', label: 'Fine', precision: 18, scale: 17 },
		'Account.Mail__c': { type: 'Email', label: 'Mail' },
		'Account.Call__c': { type: 'Phone', label: 'Call' },
		'Account.Site__c': { type: 'Url', label: 'Site' },
	},
}));

/** What is kept of a value, and what is answered instead of keeping it. */
async function keep(sObject: string, fields: Record<string, unknown>): Promise<unknown> {
	const required = sObject === 'Account' ? { Name: 'A' } : { LastName: 'L' };
	const { body } = await at.call<{ id?: string } | { errorCode: string }[]>('POST', `sobjects/${sObject}`, {
		...required,
		...fields,
	});
	if (Array.isArray(body)) return body[0]?.errorCode;
	const [name = ''] = Object.keys(fields);
	return at.org.rows(sObject).find(({ Id }) => Id === body.id)?.[name];
}

describe('text', () => {
	it.each([
		[' A desk \r\n', 'A desk'],
		['\u00A0A desk\u00A0', '\u00A0A desk\u00A0'],
		['two\n lines', 'two\n lines'],
		['   ', null],
	])('%j is kept as %j', async (sent, kept) => {
		expect(await keep('Account', { Description: sent })).toBe(kept);
	});

	it('of nothing but blanks is no value of a required field', async () => {
		expect(await keep('Account', { Name: '  ' })).toBe('REQUIRED_FIELD_MISSING');
		expect(await keep('Account', { Name: ` ${'x'.repeat(255)} ` })).toBe('x'.repeat(255));
	});
});

// Case.Comments in a recorded describe; docs:object-reference/casecomment.
describe('a comment', () => {
	it.each([
		['é'.repeat(2000), 201],
		[`${'é'.repeat(2000)}.`, 400],
	])('has 4,000 bytes at most', async (comment, status) => {
		const errors = status === 201 ? {} : [{ errorCode: 'STRING_TOO_LONG' }];
		const ParentId = await at.create('Case', {});
		for (const [sObject, fields] of [
			['Case', { Comments: comment }],
			['CaseComment', { ParentId, CommentBody: comment }],
		] as const) {
			const answer = await at.call('POST', `sobjects/${sObject}`, fields);
			expect(answer).toMatchObject({ status, body: errors });
		}
		const found = await at.query("SELECT Id FROM CaseComment WHERE CommentBody LIKE 'é%' ORDER BY CommentBody");
		expect(found).toHaveLength(status === 201 ? 2 : 0);
	});
});

describe('a key', () => {
	it('is found without the blanks around it', async () => {
		for (const created of [true, false]) {
			const { body } = await at.call('PATCH', 'sobjects/Case/ExternalID__c/%20a%20', { Subject: 'S' });
			expect(body).toMatchObject({ created });
		}
		expect(at.org.rows('Case')).toMatchObject([{ ExternalID__c: 'a' }]);
	});

	it('of nothing but blanks is none', async () => {
		const missing = { message: 'ExternalID__c not specified', fields: [] };
		const alone = await at.call('PATCH', 'sobjects/Case/ExternalID__c/%20', { Subject: 'S' });
		expect([alone.status, alone.body]).toEqual([400, [{ ...missing, errorCode: 'MISSING_ARGUMENT' }]]);
		const records = [{ attributes: { type: 'Case' }, ExternalID__c: ' ' }];
		const { body } = await at.call('PATCH', 'composite/sobjects/Case/ExternalID__c', { records });
		expect(body).toEqual([
			{ success: false, errors: [{ ...missing, statusCode: 'MISSING_ARGUMENT' }], created: false },
		]);
		expect(at.org.rows('Case')).toEqual([]);
	});
});

// As the standard fields of these types in recorded describes: Contact.Email, Account.Phone, Account.Website.
describe('fields of a fixed length', () => {
	it.each([
		['Mail__c', `${'x'.repeat(74)}@a.com`],
		['Call__c', '1'.repeat(40)],
		['Site__c', 'x'.repeat(255)],
	])('hold no more: %s', async (name, longest) => {
		expect(await keep('Account', { [name]: longest })).toBe(longest);
		expect(await keep('Account', { [name]: `x${longest}` })).toBe('STRING_TOO_LONG');
		const { body } = await at.call<{ fields: { name: string; length: number }[] }>('GET', 'sobjects/Account/describe');
		expect(body.fields.find((field) => field.name === name)?.length).toBe(longest.length);
	});
});

describe('an e-mail address', () => {
	it.each([
		['Ada.Lovelace@Example.com', 'ada.lovelace@example.com'],
		['a..a@example.com', 'a..a@example.com'],
		['a..@example.com', 'a..@example.com'],
		['.a@example.com', 'INVALID_EMAIL_ADDRESS'],
		['a@b', 'INVALID_EMAIL_ADDRESS'],
		['a b@example.com', 'INVALID_EMAIL_ADDRESS'],
	])('%s becomes %s', async (sent, kept) => {
		expect(await keep('Contact', { Email: sent })).toBe(kept);
	});
});

describe('a number', () => {
	it.each([
		['12', 12],
		[99_999_999, 99_999_999],
		[100_000_000, 'NUMBER_OUTSIDE_VALID_RANGE'],
		['0x10', 'JSON_PARSER_ERROR'],
		[1.5, 'JSON_PARSER_ERROR'],
		[true, 'JSON_PARSER_ERROR'],
	])('without decimals: %j gives %j', async (sent, kept) => {
		expect(await keep('Account', { NumberOfEmployees: sent })).toBe(kept);
	});

	it.each([
		['1.5e3', 1500],
		['Infinity', 'JSON_PARSER_ERROR'],
		['1,5', 'JSON_PARSER_ERROR'],
	])('with decimals: %j gives %j', async (sent, kept) => {
		expect(await keep('Account', { AnnualRevenue: sent })).toBe(kept);
	});
});

describe('a number with more digits than its field is said to have', () => {
	// Length and decimal places bind people in the user interface; the API keeps what it is sent (help 000387302).
	it.each([
		['Whole__c', 1001.5, 1001.5],
		['Whole__c', '1001.5', 1001.5],
		['Whole__c', 0.125, 0.125],
		['Price__c', 237.631, 237.631],
		['Share__c', -12.3456, -12.3456],
		['Fine__c', 1.123_456_789_012_345_6, 1.123_456_789_012_345_6],
	])('behind the point is kept: %s %j', async (name, sent, kept) => {
		expect(await keep('Account', { [name]: sent })).toBe(kept);
		expect(await at.query(`SELECT ${name} FROM Account WHERE ${name} = ${kept}`)).toMatchObject([{ [name]: kept }]);
	});

	it.each([
		['Whole__c', 'Whole', [9999.9, -9999], 10_000],
		['Price__c', 'Price', [999.999, -999.999], -1000],
		['Share__c', 'Share', [999.999, 0], 1e3],
		['Fine__c', 'Fine', [9.5, -9.5], 10],
		['AnnualRevenue', 'Annual Revenue', [999_999_999_999_999, 0.5], 1e18],
	])('before the point is refused: %s', async (name, label, fit, beyond) => {
		for (const sent of fit) expect(await keep('Account', { [name]: sent })).toBe(sent);
		const { status, body } = await at.call('POST', 'sobjects/Account', { Name: 'A', [name]: beyond });
		expect([status, body]).toEqual([
			400,
			[
				{
					message: `${label}: value outside of valid range on numeric field: ${beyond}`,
					errorCode: 'NUMBER_OUTSIDE_VALID_RANGE',
					fields: [name],
				},
			],
		]);
	});
});

describe('a date', () => {
	it.each([
		['1700-01-01', '1700-01-01'],
		['1699-12-31', 'JSON_PARSER_ERROR'],
		['4001-01-01', 'JSON_PARSER_ERROR'],
		['2026-02-30', 'JSON_PARSER_ERROR'],
		['20.02.2026', 'JSON_PARSER_ERROR'],
	])('%s gives %s', async (sent, kept) => {
		expect(await keep('Contact', { Birthdate: sent })).toBe(kept);
	});
});

describe('a checkbox', () => {
	it('cannot be empty', async () => {
		const id = await at.create('Case', { IsEscalated: 'true' });
		const refusal = [
			{
				message: 'Escalated: value not of required type: ',
				errorCode: 'INVALID_TYPE_ON_FIELD_IN_RECORD',
				fields: ['IsEscalated'],
			},
		];
		expect((await at.call('POST', 'sobjects/Case', { IsEscalated: null })).body).toEqual(refusal);
		expect((await at.call('PATCH', `sobjects/Case/${id}`, { IsEscalated: null })).body).toEqual(refusal);
		expect(at.org.rows('Case')).toMatchObject([{ IsEscalated: true }]);
	});
});
