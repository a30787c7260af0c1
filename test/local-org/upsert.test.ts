import { useOrg } from './support/client';

const at = useOrg();
const upsert = (key: string, body: unknown, query = '') =>
	at.call<{ id: string }>('PATCH', `sobjects/Case/ExternalID__c/${encodeURIComponent(key)}${query}`, body);

it('creates with 201 and updates with 200', async () => {
	const created = await upsert('a-1', { Subject: 'x' });
	expect(created.status).toBe(201);
	expect(created.text).toBe(`{"id":"${created.body.id}","success":true,"errors":[],"created":true}`);
	const updated = await upsert('a-1', { Subject: 'y' });
	expect(updated.status).toBe(200);
	expect(updated.text).toBe(`{"id":"${created.body.id}","success":true,"errors":[],"created":false}`);
	expect(at.org.rows('Case')).toMatchObject([{ Subject: 'y', ExternalID__c: 'a-1' }]);
});

it.each(["O'Brien/5", '100%', 'a_b', 'plan:1', 'back\\slash', '🪑', 'a"b', 'ü ü'])(
	'keeps the key %s whole',
	async (key) => {
		await upsert(key, { Subject: 'x' });
		expect(at.org.rows('Case')).toMatchObject([{ ExternalID__c: key }]);
		const read = await at.call<{ ExternalID__c: string }>(
			'GET',
			`sobjects/Case/ExternalID__c/${encodeURIComponent(key)}`,
		);
		expect(read.body.ExternalID__c).toBe(key);
	},
);

it('tells capital letters apart unless the field is unique', async () => {
	await upsert('a-1', {});
	expect((await upsert('A-1', {})).status).toBe(201);
	at.org.settings.uniqueExternalId = true;
	await upsert('b-1', {});
	expect((await upsert('B-1', {})).status).toBe(200);
});

it('answers 300 with the addresses when several records match', async () => {
	const ids = [await at.create('Case', { ExternalID__c: 'x' }), await at.create('Case', { ExternalID__c: 'x' })];
	const { status, body } = await upsert('x', { Subject: 'y' });
	expect(status).toBe(300);
	expect(body).toEqual(ids.map((id) => `/services/data/v66.0/sobjects/Case/${id}`));
});

it('refuses a second record of a unique value', async () => {
	at.org.settings.uniqueExternalId = true;
	const id = await at.create('Case', { ExternalID__c: 'x' });
	const { body } = await at.call('POST', 'sobjects/Case', { ExternalID__c: 'X' });
	expect(body).toEqual([
		{
			message: `duplicate value found: ExternalID__c duplicates value on record with id: ${id.slice(0, 15)}`,
			errorCode: 'DUPLICATE_VALUE',
			fields: [],
		},
	]);
});

it('refuses the key among the fields', async () => {
	const { body } = await upsert('x', { ExternalID__c: 'x' });
	expect(body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
});

it('only updates when told so', async () => {
	expect((await upsert('x', {}, '?updateOnly=true')).status).toBe(404);
	expect(at.org.rows('Case')).toEqual([]);
});

it('needs View All Data where the external ID is not unique', async () => {
	at.org.settings.viewAllData = false;
	const { status, body } = await upsert('x', {});
	expect(status).toBe(404);
	expect(body).toEqual([
		{
			message: 'Provided external ID field does not exist or is not accessible: ExternalID__c',
			errorCode: 'NOT_FOUND',
		},
	]);
	at.org.settings.uniqueExternalId = true;
	expect((await upsert('x', {})).status).toBe(201);
});

it('forgets a key that lies in the recycle bin', async () => {
	const { body } = await upsert('x', {});
	expect((await at.call('DELETE', 'sobjects/Case/ExternalID__c/x')).status).toBe(204);
	const again = await upsert('x', {});
	expect(again.status).toBe(201);
	expect(again.body.id).not.toBe(body.id);
});

it('finds a Contact by its e-mail address', async () => {
	const first = await at.call('PATCH', 'sobjects/Contact/Email/a%40example.com', { LastName: 'A' });
	expect(first.status).toBe(201);
	expect((await at.call('PATCH', 'sobjects/Contact/Email/A%40example.com', { LastName: 'B' })).status).toBe(200);
	expect(at.org.rows('Contact')).toMatchObject([{ Name: 'B', Email: 'a@example.com' }]);
});
