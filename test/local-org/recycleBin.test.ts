import { useOrg, withoutAttributes } from './support/client';

let now = new Date('2026-05-04T08:00:00.700Z');
beforeEach(() => void (now = new Date('2026-05-04T08:00:00.700Z')));
const at = useOrg(() => ({ clock: () => now }));

const remove = (sObject: string, id: string) => at.call('DELETE', `sobjects/${sObject}/${id}`);
const queryAll = async (soql: string) => {
	const { body } = await at.call<{ records: Record<string, unknown>[] }>(
		'GET',
		`queryAll?q=${encodeURIComponent(soql)}`,
	);
	return body.records.map(withoutAttributes);
};
const idsOf = (sObject: string) => at.org.rows(sObject).map(({ Id }) => Id);
const adminId = () => at.org.rows('User').find((row) => row.Username === 'admin@local-org.example')?.Id;
const apiUserId = () => at.org.rows('User').find((row) => row.Username === at.org.username)?.Id;

describe('a deleted record', () => {
	it('lies in the bin, marked with who put it there and when', async () => {
		const id = await at.create('Case', { Subject: 'Desk' });
		now = new Date('2026-05-04T09:30:15.900Z');
		expect((await remove('Case', id)).status).toBe(204);
		expect(await at.query('SELECT Id FROM Case')).toEqual([]);
		const soql = 'SELECT Id, IsDeleted, SystemModstamp, LastModifiedDate, LastModifiedById, CreatedDate FROM Case';
		expect(await queryAll(soql)).toEqual([
			{
				Id: id,
				IsDeleted: true,
				SystemModstamp: '2026-05-04T09:30:15.000+0000',
				LastModifiedDate: '2026-05-04T09:30:15.000+0000',
				LastModifiedById: apiUserId(),
				CreatedDate: '2026-05-04T08:00:00.000+0000',
			},
		]);
	});

	it('can be neither changed nor deleted again, and REST does not restore it', async () => {
		const id = await at.create('Case', {});
		await remove('Case', id);
		const gone = [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] }];
		expect(await at.call('PATCH', `sobjects/Case/${id}`, { Subject: 'x' })).toMatchObject({ status: 404, body: gone });
		expect(await remove('Case', id)).toMatchObject({ status: 404, body: gone });
		const { body } = await at.call('POST', 'sobjects/Case', { Id: id, IsDeleted: false });
		expect(body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
	});

	it('is gone when its fifteen days are over', async () => {
		const id = await at.create('Case', {});
		await remove('Case', id);
		at.org.clock.advance(14.9 * 24 * 60 * 60 * 1000);
		await at.call('GET', 'limits', undefined, {});
		at.org.person().undelete(id);
		at.org.person().delete(id);
		at.org.clock.advance(15.1 * 24 * 60 * 60 * 1000);
		expect(at.org.rows('Case')).toEqual([]);
		expect(() => at.org.person().undelete(id)).toThrow('INVALID_CROSS_REFERENCE_KEY');
	});
});

describe('what goes along', () => {
	it('follows the cascades of the describe, all the way down', async () => {
		const account = await at.create('Account', { Name: 'A' });
		const contact = await at.create('Contact', { LastName: 'B', AccountId: account });
		const opportunity = await at.create('Opportunity', {
			Name: 'O',
			AccountId: account,
			StageName: 'Prospecting',
			CloseDate: '2026-06-01',
		});
		const task = await at.create('Task', { Subject: 'T', WhatId: opportunity });
		const other = await at.create('Contact', { LastName: 'C' });
		await remove('Account', account);
		expect(idsOf('Contact')).toEqual([other]);
		expect([idsOf('Opportunity'), idsOf('Task')]).toEqual([[], []]);
		at.org.person().undelete(account);
		expect(idsOf('Account')).toEqual([account]);
		expect(idsOf('Contact').sort()).toEqual([contact, other].sort());
		expect([idsOf('Opportunity'), idsOf('Task')]).toEqual([[opportunity], [task]]);
	});

	it('is nothing where a child refuses', async () => {
		const account = await at.create('Account', { Name: 'A' });
		await at.create('Case', { AccountId: account });
		expect((await remove('Account', account)).body).toMatchObject([{ errorCode: 'DELETE_FAILED' }]);
		expect(idsOf('Account')).toEqual([account]);
	});

	it('comes back with its parent, but not without it', async () => {
		const id = await at.create('Case', { Comments: 'Note' });
		const [comment] = at.org.rows('CaseComment');
		await remove('Case', id);
		expect(() => at.org.person().undelete(String(comment?.Id))).toThrow(
			'UNDELETE_FAILED: Entity is not in the recycle bin',
		);
		at.org.person().undelete(id);
		expect(idsOf('CaseComment')).toEqual([comment?.Id]);
	});

	it('does not come back when it was deleted before its parent', async () => {
		const id = await at.create('Case', { Comments: 'Note' });
		const comment = String(at.org.rows('CaseComment')[0]?.Id);
		await remove('CaseComment', comment);
		await remove('Case', id);
		at.org.person().undelete(id);
		expect(idsOf('CaseComment')).toEqual([]);
		expect(() => at.org.person().undelete(comment)).toThrow('UNDELETE_FAILED');
	});
});

describe('restoring', () => {
	it('gives the record its ID and a new stamp, and its children the lookup that nobody has filled since', async () => {
		const parent = await at.create('Case', { Subject: 'Parent' });
		const free = await at.create('Case', { ParentId: parent });
		const taken = await at.create('Case', { ParentId: parent });
		await remove('Case', parent);
		expect(at.org.rows('Case').map(({ ParentId }) => ParentId)).toEqual([null, null]);
		await at.call('PATCH', `sobjects/Case/${taken}`, { ParentId: free });
		now = new Date('2026-05-05T10:00:00Z');
		at.org.person().undelete(parent);
		const cases = new Map(at.org.rows('Case').map((row) => [row.Id, row]));
		expect(cases.get(parent)).toMatchObject({
			IsDeleted: false,
			SystemModstamp: '2026-05-05T10:00:00.000+0000',
			LastModifiedById: adminId(),
			CreatedDate: '2026-05-04T08:00:00.000+0000',
		});
		expect(cases.get(free)?.ParentId).toBe(parent);
		expect(cases.get(taken)?.ParentId).toBe(free);
	});

	it('refuses what is not in the bin, what has no bin, and a value that is taken', async () => {
		at.org.settings.uniqueExternalId = true;
		const id = await at.create('Case', { ExternalID__c: 'a' });
		expect(() => at.org.person().undelete(id)).toThrow('UNDELETE_FAILED');
		expect(() => at.org.person().undelete('500Lo0000zzzzzzAAA')).toThrow('INVALID_CROSS_REFERENCE_KEY');
		expect(() => at.org.person().undelete(String(adminId()))).toThrow('Entity type is not undeletable');
		await remove('Case', id);
		await at.create('Case', { ExternalID__c: 'A' });
		expect(() => at.org.person().undelete(id)).toThrow('DUPLICATE_VALUE');
		expect(await at.query('SELECT Id FROM Case')).toHaveLength(1);
	});

	it('is not for what was deleted for good', async () => {
		at.org.settings.canHardDelete = true;
		const id = await at.create('Case', { Comments: 'Note' });
		await remove('Case', id);
		const { body } = await at.call<{ id: string }>('POST', 'jobs/ingest', { object: 'Case', operation: 'hardDelete' });
		await at.call('PUT', `jobs/ingest/${body.id}/batches`, `Id\n${id}\n`, { 'content-type': 'text/csv' });
		await at.call('PATCH', `jobs/ingest/${body.id}`, { state: 'UploadComplete' });
		await at.call('GET', 'limits');
		expect(await queryAll('SELECT Id FROM Case')).toEqual([]);
		expect(await queryAll('SELECT Id FROM CaseComment')).toEqual([]);
		expect(() => at.org.person().undelete(id)).toThrow('UNDELETE_FAILED');
	});
});
