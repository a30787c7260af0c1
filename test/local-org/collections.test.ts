import { useOrg } from './support/client';

interface Element {
	id?: string;
	success: boolean;
	errors: { statusCode: string; message: string; fields: string[] }[];
	created?: boolean;
}

const at = useOrg();
const PATH = 'composite/sobjects';
const moves = (...keys: string[]) =>
	keys.map((key) => ({ attributes: { type: 'Case' }, ExternalID__c: key, Subject: `Move ${key}` }));
const create = (records: unknown[], allOrNone = false) => at.call<Element[]>('POST', PATH, { allOrNone, records });
const upsert = (records: unknown[], allOrNone = false) =>
	at.call<Element[]>('PATCH', `${PATH}/Case/ExternalID__c`, { allOrNone, records });

it('creates in the order sent', async () => {
	const { status, text, body } = await create(moves('a', 'b'));
	expect(status).toBe(200);
	expect(text).toBe(
		`[{"id":"${body[0]?.id}","success":true,"errors":[]},{"id":"${body[1]?.id}","success":true,"errors":[]}]`,
	);
	expect(at.org.rows('Case').map(({ ExternalID__c }) => ExternalID__c)).toEqual(['a', 'b']);
});

it('lets one bad record fail alone, without an ID and with a statusCode', async () => {
	const bad = { attributes: { type: 'Case' }, Subject: 'x'.repeat(256) };
	const { text, body } = await create([...moves('a'), bad]);
	expect(body[0]?.success).toBe(true);
	expect(text.slice(text.indexOf(',{"success":false') + 1, -1)).toBe(
		`{"success":false,"errors":[{"statusCode":"STRING_TOO_LONG","message":"Subject: data value too large: ${'x'.repeat(256)} (max length=255)","fields":["Subject"]}]}`,
	);
	expect(at.org.rows('Case')).toHaveLength(1);
});

it('creates no record of an ID that it is given', async () => {
	const id = await at.create('Case', {});
	const { body } = await at.call('POST', 'composite/sobjects', { records: [{ attributes: { type: 'Case' }, id }] });
	expect(body).toEqual([
		{
			success: false,
			errors: [
				{
					statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
					message: 'cannot specify Id in an insert call',
					fields: ['Id'],
				},
			],
		},
	]);
});

it('undoes all with allOrNone', async () => {
	const { body } = await create([...moves('a'), { attributes: { type: 'Case' }, Nope: 1 }], true);
	expect(body.map(({ errors }) => errors[0]?.statusCode)).toEqual([
		'ALL_OR_NONE_OPERATION_ROLLED_BACK',
		'INVALID_FIELD',
	]);
	expect(body[0]).not.toHaveProperty('id');
	expect(at.org.rows('Case')).toEqual([]);
});

it('refuses 201 records, and 11 runs of types', async () => {
	const many = await create(moves(...Array.from({ length: 201 }, (_, index) => String(index))));
	expect(many.status).toBe(400);
	expect(many.body).toEqual([
		{
			message: 'record limit reached. cannot submit more than 200 records into this call',
			errorCode: 'EXCEEDED_ID_LIMIT',
		},
	]);
	const mixed = Array.from({ length: 11 }, (_, index) => ({
		attributes: { type: index % 2 ? 'Account' : 'Case' },
		...(index % 2 ? { Name: 'A' } : {}),
	}));
	expect((await create(mixed)).status).toBe(400);
	expect((await create(mixed.slice(1))).status).toBe(200);
});

it('updates by ID', async () => {
	const id = await at.create('Case', { Subject: 'a' });
	const missing = '500Lo0000zzzzzzAAA';
	const { body } = await at.call<Element[]>('PATCH', PATH, {
		records: [
			{ attributes: { type: 'Case' }, id, Subject: 'b' },
			{ attributes: { type: 'Case' }, Id: '500Lo00000000ZZ', Subject: 'b' },
			{ attributes: { type: 'Case' }, Id: missing, Subject: 'b' },
			{ attributes: { type: 'Case' }, Subject: 'b' },
		],
	});
	expect(body[0]).toEqual({ id, success: true, errors: [] });
	expect(body.slice(1).map(({ errors }) => errors[0]?.statusCode)).toEqual([
		'INVALID_CROSS_REFERENCE_KEY',
		'MALFORMED_ID',
		'MISSING_ARGUMENT',
	]);
	expect(at.org.rows('Case')).toMatchObject([{ Subject: 'b' }]);
});

it('upserts, and says which it created', async () => {
	const first = await upsert(moves('a', 'b'));
	expect(first.body.map(({ created }) => created)).toEqual([true, true]);
	const second = await upsert(moves('b', 'c'));
	expect(second.body.map(({ created }) => created)).toEqual([false, true]);
	expect(Object.keys(second.body[0] ?? {})).toEqual(['id', 'success', 'errors', 'created']);
	expect(at.org.rows('Case')).toHaveLength(3);
});

it('fails every record that shares a key with another of the call', async () => {
	const { body } = await upsert(moves('a', 'b', 'a'));
	const shared = {
		success: false,
		errors: [
			{ statusCode: 'DUPLICATE_VALUE', message: 'Duplicate external id specified: a', fields: ['ExternalID__c'] },
		],
		created: false,
	};
	expect(body).toEqual([shared, { id: expect.any(String), success: true, errors: [], created: true }, shared]);
});

it('does not choose between two records of one key', async () => {
	const ids = [await at.create('Case', { ExternalID__c: 'x' }), await at.create('Case', { ExternalID__c: 'x' })];
	const { body } = await upsert(moves('x'));
	expect(body).toEqual([
		{
			success: false,
			errors: [
				{
					statusCode: 'DUPLICATE_EXTERNAL_ID',
					message: `ExternalID: more than one record found for external id field: [${ids.join(', ')}]`,
					fields: ['ExternalID__c'],
				},
			],
			created: false,
		},
	]);
});

it('keeps ID and created of an upsert that was rolled back', async () => {
	const { body } = await upsert([...moves('a'), { attributes: { type: 'Case' }, ExternalID__c: 'b', Nope: 1 }], true);
	expect(body[0]).toEqual({
		id: expect.any(String),
		success: false,
		errors: [
			{
				statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
				message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
				fields: [],
			},
		],
		created: true,
	});
	expect(at.org.rows('Case')).toEqual([]);
});

it('deletes by address, and tells malformed IDs from those gone', async () => {
	const [a, b] = [await at.create('Case', {}), await at.create('Case', {})];
	await at.call('DELETE', `sobjects/Case/${b}`);
	const { body } = await at.call<Element[]>('DELETE', `${PATH}?ids=${a},${b},001RM000003oLrB000`);
	expect(body).toEqual([
		{ id: a, success: true, errors: [] },
		{ success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }] },
		{
			success: false,
			errors: [{ statusCode: 'MALFORMED_ID', message: 'malformed id 001RM000003oLrB000', fields: [] }],
		},
	]);
});

it('keeps everything when one delete of all fails', async () => {
	const a = await at.create('Case', {});
	const { body } = await at.call<Element[]>('DELETE', `${PATH}?ids=${a},500Lo0000zzzzzz&allOrNone=true`);
	expect(body[0]).toMatchObject({
		id: a,
		success: false,
		errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }],
	});
	expect(at.org.rows('Case')).toHaveLength(1);
});

it('reads many by ID, null where there is none', async () => {
	const a = await at.create('Case', { Subject: 's' });
	const ids = ['500Lo0000zzzzzz', a];
	const read = { attributes: { type: 'Case', url: `/services/data/v66.0/sobjects/Case/${a}` }, Subject: 's', Id: a };
	expect((await at.call('GET', `${PATH}/Case?ids=${ids}&fields=Subject`)).body).toEqual([null, read]);
	expect((await at.call('POST', `${PATH}/Case`, { ids, fields: ['Subject'] })).body).toEqual([null, read]);
});

it('does not mix setup objects with others', async () => {
	const [user] = at.org.rows('User');
	const { status, body } = await at.call('PATCH', PATH, {
		records: [
			{ attributes: { type: 'Case' }, id: await at.create('Case', {}), Subject: 'x' },
			{ attributes: { type: 'User' }, id: user?.Id, Title: 'x' },
		],
	});
	expect(status).toBe(400);
	expect(body).toMatchObject([{ errorCode: 'MIXED_DML_OPERATION' }]);
});

describe('an update by an ID that is none of the object’s', () => {
	it.each(['001xx000003DGb2999', 'account'])('fails for %s', async (wanted) => {
		const id = wanted === 'account' ? await at.create('Account', { Name: 'A' }) : wanted;
		const error = { message: `Contact ID: id value of incorrect type: ${id}`, fields: ['Id'] };
		const { body } = await at.call('PATCH', 'composite/sobjects', {
			records: [{ attributes: { type: 'Contact' }, Id: id, LastName: 'L' }],
		});
		expect(body).toEqual([{ success: false, errors: [{ statusCode: 'MALFORMED_ID', ...error }] }]);
	});
});

describe('duplicate rules', () => {
	beforeEach(() => {
		at.org.settings.duplicateRules = [{ sObject: 'Contact', name: 'DR', fields: ['LastName'], allowSave: true }];
	});
	const contacts = (...names: string[]) => ({
		records: names.map((LastName) => ({ attributes: { type: 'Contact' }, LastName })),
	});
	const successes = ({ body }: { body: unknown }) => (body as { success: boolean }[]).map(({ success }) => success);

	it('do not compare records that are saved together', async () => {
		expect(successes(await at.call('POST', 'composite/sobjects', contacts('L', 'L')))).toEqual([true, true]);
		expect(successes(await at.call('POST', 'composite/sobjects', contacts('L', 'M')))).toEqual([false, true]);
	});

	it('look at an update only when it changes one of their fields', async () => {
		await at.call('POST', 'composite/sobjects', contacts('L', 'L', 'M'));
		const [first, , third] = at.org.rows('Contact').map(({ Id }) => String(Id));
		expect((await at.call('PATCH', `sobjects/Contact/${first}`, { FirstName: 'F' })).status).toBe(204);
		expect((await at.call('PATCH', `sobjects/Contact/${third}`, { LastName: 'L' })).status).toBe(400);
	});
});
