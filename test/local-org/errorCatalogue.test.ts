import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useOrg } from './support/client';
import type { Client } from './support/client';
import { describeRecorded, expectShape, hasRecordings, recorded } from './support/recordings';

interface Entry {
	code: string;
	http: number;
	body: unknown;
	context: string;
	grade: string;
}
type Ask = (at: Client) => Promise<{ status: number; body: unknown }>;

const at = useOrg();
const BASE = '/services/data/v66.0';
const entries = hasRecordings ? recorded<{ rest: Entry[] }>('errors.json').rest : [];
const entryOf = (code: string, context: string): Entry => {
	const found = entries.find((entry) => entry.code === code && entry.context.includes(context));
	if (!found) throw new Error(`No entry ${code} about ${context}`);
	return found;
};

const query =
	(soql: string): Ask =>
	async ({ call }) =>
		await call('GET', `query?q=${encodeURIComponent(soql)}`);
const call =
	(...args: Parameters<Client['call']>): Ask =>
	async (client) =>
		await client.call(...args);
const records = (...all: object[]) => all.map((one) => ({ attributes: { type: 'Case' }, ...one }));
/** The element of a Collections answer that failed, alone as the catalogue has it. */
const failedElement =
	(ask: Ask): Ask =>
	async (client) => {
		const { status, body } = await ask(client);
		const failed = (body as { success: boolean }[]).find(({ success }) => !success);
		return { status, body: [failed] };
	};
/** The bodies of a composite answer's sub-requests. */
async function composite(client: Client, allOrNone: boolean, ...compositeRequest: object[]) {
	const { body } = await client.call<{ compositeResponse: { httpStatusCode: number; body: unknown }[] }>(
		'POST',
		'composite',
		{
			allOrNone,
			compositeRequest,
		},
	);
	return body.compositeResponse.map((sub) => ({ status: sub.httpStatusCode, body: sub.body }));
}
const newAccount = (referenceId: string, body: object) => ({
	method: 'POST',
	url: `${BASE}/sobjects/Account`,
	referenceId,
	body,
});

/** Makes the API user one who may read Contacts and no more. */
async function onlyReadContacts({ create, call: ask, org }: Client): Promise<void> {
	const ParentId = await create('PermissionSet', { Name: 'Readers', Label: 'Readers' });
	for (const SobjectType of ['Account', 'Contact'])
		await create('ObjectPermissions', { ParentId, SobjectType, PermissionsRead: true });
	const user = org.rows('User').find(({ Username }) => Username === org.username);
	await create('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: user?.Id });
	const profile = org.rows('Profile').find(({ Name }) => Name === 'Minimum Access - API Only Integrations');
	await ask('PATCH', `sobjects/User/${String(user?.Id)}`, { ProfileId: profile?.Id });
}

/** Entries that come about here word for word. */
const EXACT: [string, string, Ask][] = [
	['NOT_FOUND', 'unknown sObject in URL', call('GET', 'sobjects/Whizbang')],
	['NOT_FOUND', 'malformed id', call('GET', 'sobjects/Case/23foo')],
	['NOT_FOUND', 'Bulk 2.0 job id', call('GET', 'jobs/ingest/7500000000000AAAAA')],
	[
		'ENTITY_IS_DELETED',
		'recycle bin',
		async (client) => {
			const id = await client.create('Case', {});
			await client.call('DELETE', `sobjects/Case/${id}`);
			return await client.call('PATCH', `sobjects/Case/${id}`, {});
		},
	],
	['INVALID_CROSS_REFERENCE_KEY', 'PATCH/DELETE well-formed id', call('DELETE', 'sobjects/Case/500Lo0000zzzzzz')],
	[
		'INVALID_CROSS_REFERENCE_KEY',
		'sObject Collections PATCH',
		failedElement(call('PATCH', 'composite/sobjects', { records: records({ Id: '500Lo0000zzzzzz' }) })),
	],
	[
		'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
		'user lacks object Create permission',
		async (client) => {
			await onlyReadContacts(client);
			return await client.call('POST', 'sobjects/Contact', { LastName: 'L' });
		},
	],
	[
		'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
		'15-char',
		call('POST', 'sobjects/Case', { AccountId: '0015e00000tW1f0' }),
	],
	[
		'INSUFFICIENT_ACCESS_OR_READONLY',
		'no record access',
		async (client) => {
			client.org.settings.canDelete = false;
			return await client.call('DELETE', `sobjects/Case/${await client.create('Case', {})}`);
		},
	],
	['INVALID_FIELD_FOR_INSERT_UPDATE', '', call('POST', 'sobjects/Contact', { LastName: 'L', Name: 'N' })],
	['INVALID_FIELD', 'unknown field in DML', call('POST', 'sobjects/Contact', { FirstName1: 'x' })],
	['INVALID_FIELD', 'Id inside', call('POST', 'sobjects/Contact', { Id: '003Lo0000000001' })],
	['INVALID_FIELD', 'SELECT Id, Id', query('SELECT Id, Id FROM Case')],
	['INVALID_TYPE', 'SOQL unknown object', query('select count() from XYZZY')],
	['MALFORMED_QUERY', 'starts with garbage', query('invalid')],
	['INVALID_QUERY_LOCATOR', '', call('GET', 'query/0r8xxxxxxxxxxxx-2000')],
	['REQUIRED_FIELD_MISSING', '', call('POST', 'sobjects/Account', {})],
	[
		'DUPLICATE_VALUE',
		'same external id twice',
		failedElement(
			call('PATCH', 'composite/sobjects/Case/ExternalID__c', {
				records: records({ ExternalID__c: 'a-1' }, { ExternalID__c: 'a-1' }),
			}),
		),
	],
	[
		'ALL_OR_NONE_OPERATION_ROLLED_BACK',
		'',
		failedElement(call('POST', 'composite/sobjects', { allOrNone: true, records: records({}, { Nope: 1 }) })),
	],
	[
		'PROCESSING_HALTED',
		'allOrNone=true',
		async (client) => (await composite(client, true, newAccount('a', { Name: 'A' }), newAccount('b', {})))[0] as never,
	],
	[
		'PROCESSING_HALTED',
		'dependent subrequest',
		async (client) =>
			(
				await composite(
					client,
					false,
					newAccount('refNewAccount', { Name: 'A' }),
					newAccount('b', { Name: '@{refNewAccount[1].id}' }),
				)
			)[1] as never,
	],
	['MALFORMED_ID', 'collections delete', call('DELETE', 'composite/sobjects?ids=001RM000003oLrB000')],
	[
		'EXCEEDED_ID_LIMIT',
		'',
		call('POST', 'composite/sobjects', { records: records(...Array.from({ length: 201 }, () => ({}))) }),
	],
	['JSON_PARSER_ERROR', 'empty body', call('POST', 'sobjects/Case', '')],
	[
		'JSON_PARSER_ERROR',
		'collections record without',
		failedElement(call('PATCH', 'composite/sobjects/Case/ExternalID__c', { records: [{ ExternalID__c: 'x' }] })),
	],
	['INVALID_EMAIL_ADDRESS', '', call('POST', 'sobjects/Contact', { LastName: 'L', Email: 'not an email' })],
	[
		'REQUEST_LIMIT_EXCEEDED',
		'daily',
		async (client) => {
			client.org.settings.dailyApiRequests = 0;
			return await client.call('GET', 'limits');
		},
	],
	[
		'INVALID_SESSION_ID',
		'',
		async (client) => {
			client.org.expireSessions();
			return await client.call('GET', 'limits');
		},
	],
	['INVALID_AUTH_HEADER', '', call('GET', 'limits', undefined, { authorization: 'Bearer' })],
];

/** Texts that differ between two answers of one kind: IDs, values, columns. */
const anonymous = (body: unknown): unknown =>
	JSON.parse(
		JSON.stringify(body)
			.replaceAll(/\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b/g, 'ID')
			.replaceAll(/column:\d+/g, 'column:N'),
	);

/** Entries that come about with other names in them: what in ours stands for what in theirs. */
const ALIKE: [string, string, Ask, [string, string][]][] = [
	[
		'INVALID_CROSS_REFERENCE_KEY',
		'record type',
		async (client) => {
			client.org.seed({
				RecordType: [
					{ Name: 'A', DeveloperName: 'A', SobjectType: 'Account' },
					{ Name: 'C', DeveloperName: 'C', SobjectType: 'Case' },
				],
			});
			return await client.call('POST', 'sobjects/Case', { RecordTypeId: client.org.rows('RecordType')[0]?.Id });
		},
		[],
	],
	[
		'STRING_TOO_LONG',
		'',
		call('POST', 'sobjects/Account', { Name: 'A', Sic: '123456789012345678901' }),
		[
			[
				'SIC Code: data value too large: 123456789012345678901 (max length=20)',
				'Topic Name: data value too large: NOWELLPOINT_OPPORTUNITY_PUSH_TOPIC (max length=25)',
			],
			['Sic', 'Name'],
		],
	],
	[
		'DUPLICATE_VALUE',
		'unique field',
		async (client) => {
			client.org.settings.uniqueExternalId = true;
			await client.create('Case', { ExternalID__c: 'x' });
			return await client.call('POST', 'sobjects/Case', { ExternalID__c: 'x' });
		},
		[['ExternalID__c', 'AffirmId__c']],
	],
	[
		'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
		'',
		call('POST', 'sobjects/Account', { Name: 'A', BillingGeocodeAccuracy: 'x' }),
		[
			[
				'Billing Geocode Accuracy: bad value for restricted picklist field: x',
				'Job Category: bad value for restricted picklist field: NURSE PRACTITIONER, SUPERVISING(NP,S)',
			],
			['BillingGeocodeAccuracy', 'Job_Category__c'],
		],
	],
	[
		'UNABLE_TO_LOCK_ROW',
		'',
		async (client) => {
			client.org.addFault({ path: 'sobjects/Case', lockRows: 1 });
			return await client.call('POST', 'sobjects/Case', {});
		},
		[],
	],
	['JSON_PARSER_ERROR', 'broken JSON', call('POST', 'sobjects/Case', '{"Subject" j}'), []],
	[
		'JSON_PARSER_ERROR',
		'wrong JSON type',
		call('POST', 'sobjects/Event', { StartDateTime: '2013-08-12T15:20:00+0000' }),
		[],
	],
];

/** Entries that are not compared, by how they begin, and why. The org answers those that nobody verified just so. */
const NOT_JUDGED: [string, string][] = [
	['MALFORMED_QUERY example of object specific restriction', 'the org has no ContentDocumentLink'],
	['API_DISABLED_FOR_ORG', 'nobody verified it'],
	['API_CURRENTLY_DISABLED', 'nobody verified it'],
	['LICENSE_LIMIT_EXCEEDED', 'nobody verified it'],
	['user deactivation refused', 'nobody verified it'],
];

describeRecorded('the catalogue of errors', () => {
	it.each(EXACT)('%s (%s), word for word', async (code, context, ask) => {
		const entry = entryOf(code, context);
		const { status, body } = await ask(at);
		expect(body).toEqual(entry.body);
		expect(status).toBe(entry.http);
	});

	it.each(ALIKE)('%s (%s), but for the names', async (code, context, ask, names) => {
		const entry = entryOf(code, context);
		const { status, body } = await ask(at);
		const renamed = names.reduce((text, [ours, theirs]) => text.replaceAll(ours, theirs), JSON.stringify(body));
		expect(anonymous(JSON.parse(renamed))).toEqual(anonymous(entry.body));
		expect(status).toBe(entry.http);
	});

	it('DUPLICATES_DETECTED has the keys of a real one, misspelt as there', async () => {
		at.org.settings.duplicateRules = [
			{ sObject: 'Contact', name: 'Contacts_DR', fields: ['LastName'], allowSave: true },
		];
		await at.create('Contact', { LastName: 'L' });
		const { body } = await at.call('POST', 'sobjects/Contact', { LastName: 'L' });
		expectShape(body, entryOf('DUPLICATES_DETECTED', 'single create').body);
	});

	it('is judged to its last entry, or an entry is known not to come about', () => {
		const tests = ['errorCatalogue', 'recorded']
			.map((name) => readFileSync(join(__dirname, `${name}.test.ts`), 'utf8'))
			.join('');
		const pairs = [...tests.matchAll(/'([A-Z_]{5,}|HTTP 300)',\s*'([^']*)'/g)];
		const judged = new Set(
			pairs.flatMap(
				([, code, context = '']) => entries.find((one) => one.code === code && one.context.includes(context)) ?? [],
			),
		);
		const left = entries.filter((entry) => !judged.has(entry)).map(({ code, context }) => `${code} ${context}`);
		expect(left.filter((name) => !NOT_JUDGED.some(([known]) => name.startsWith(known)))).toEqual([]);
		expect(NOT_JUDGED.filter(([known]) => !left.some((name) => name.startsWith(known)))).toEqual([]);
	});
});
