import { useOrg, withoutAttributes } from './support/client';

const at = useOrg(() => ({
	settings: { trackedFields: ['Case.Status', 'Case.OwnerId', 'case.description', 'Case.IsEscalated', 'Case.Team__c'] },
}));

const SOQL = 'SELECT Field, OldValue, NewValue, DataType FROM CaseHistory ORDER BY Id';
const history = async (soql = SOQL) => (await at.query(soql)).map(withoutAttributes);
const admin = () => at.org.rows('User').find((row) => row.Username === 'admin@local-org.example');
const update = (id: string, fields: object) => at.call('PATCH', `sobjects/Case/${id}`, fields);

describe('the history of a Case', () => {
	it('begins with its creation and keeps tracked fields alone', async () => {
		const id = await at.create('Case', { Status: 'New', Subject: 'a' });
		await update(id, { Status: 'Working', Subject: 'b', IsEscalated: true, Team__c: null });
		expect(await history()).toEqual([
			{ Field: 'created', OldValue: null, NewValue: null, DataType: 'Text' },
			{ Field: 'Status', OldValue: 'New', NewValue: 'Working', DataType: 'DynamicEnum' },
			{ Field: 'IsEscalated', OldValue: false, NewValue: true, DataType: 'Boolean' },
		]);
	});

	it('says who changed it and when', async () => {
		at.org.clock.stop(new Date('2026-05-04T08:00:00.500Z'));
		const id = await at.create('Case', {});
		at.org.clock.advance(60_000);
		at.org.person().update(id, { Status: 'Closed' });
		const soql = `SELECT CreatedById, CreatedDate FROM CaseHistory WHERE CaseId = '${id}' AND Field = 'Status'`;
		expect(await history(soql)).toEqual([{ CreatedById: admin()?.Id, CreatedDate: '2026-05-04T08:01:00.000+0000' }]);
	});

	it('has two rows for a lookup: the names and the IDs', async () => {
		const id = await at.create('Case', {});
		const [before] = at.org.rows('Case');
		await update(id, { OwnerId: admin()?.Id });
		expect((await history()).slice(1)).toEqual([
			{ Field: 'Owner', OldValue: 'API User', NewValue: 'Admin User', DataType: 'Text' },
			{ Field: 'Owner', OldValue: before?.OwnerId, NewValue: admin()?.Id, DataType: 'EntityId' },
		]);
	});

	it('keeps no long text, and of others 255 characters', async () => {
		const id = await at.create('Case', { Description: 'a' });
		await update(id, { Description: 'b', Team__c: 'x'.repeat(255) });
		expect((await history()).slice(1)).toEqual([
			{ Field: 'Description', OldValue: null, NewValue: null, DataType: 'TextArea' },
			{ Field: 'Team__c', OldValue: null, NewValue: 'x'.repeat(255), DataType: 'Text' },
		]);
	});

	it('is read with its Case and by its own ID, and nobody writes it', async () => {
		const id = await at.create('Case', {});
		const [one] = await at.query<{ Histories: { records: { Id: string }[] } }>(
			'SELECT Id, (SELECT Id FROM Histories) FROM Case',
		);
		const historyId = one?.Histories.records[0]?.Id;
		expect(historyId).toMatch(/^017/);
		expect((await at.call('GET', `sobjects/CaseHistory/${historyId}`)).body).toMatchObject({ CaseId: id });
		expect((await at.call('POST', 'sobjects/CaseHistory', { CaseId: id })).body).toMatchObject([
			{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' },
		]);
		const { body } = await at.call(
			'GET',
			`query?q=${encodeURIComponent("SELECT Id FROM CaseHistory WHERE NewValue = 'x'")}`,
		);
		expect(body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
	});

	it('goes into the bin with its Case and comes back with it', async () => {
		const id = await at.create('Case', {});
		await at.call('DELETE', `sobjects/Case/${id}`);
		expect(await history()).toEqual([]);
		at.org.person().undelete(id);
		expect(await history()).toHaveLength(1);
	});

	it('is hidden with its field', async () => {
		const id = await at.create('Case', {});
		await update(id, { Status: 'Closed', IsEscalated: true });
		at.org.settings.hiddenFields = ['Case.IsEscalated'];
		expect((await history()).map(({ Field }) => Field)).toEqual(['created', 'Status']);
	});

	it('is not kept while no field is tracked', async () => {
		at.org.settings.trackedFields = [];
		const id = await at.create('Case', {});
		await update(id, { Status: 'Closed' });
		expect(await history()).toEqual([]);
	});
});
