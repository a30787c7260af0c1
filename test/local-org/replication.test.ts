import { useOrg } from './support/client';

const NOW = new Date('2026-05-31T12:00:30Z');
const at = useOrg(() => ({ clock: () => NOW }));
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const ask = async (what: 'updated' | 'deleted', start: Date, end: Date, sObject = 'Case') =>
	await at.call<{ ids?: string[]; deletedRecords?: { id: string; deletedDate: string }[]; latestDateCovered: string }>(
		'GET',
		`sobjects/${sObject}/${what}?start=${start.toISOString()}&end=${end.toISOString()}`,
	);
const ago = (ms: number) => new Date(at.org.clock.now().getTime() - ms);

describe('Get Updated', () => {
	it('finds what was written and restored, not what was deleted', async () => {
		const [kept, gone] = [await at.create('Case', {}), await at.create('Case', {})];
		at.org.person().delete(gone);
		at.org.clock.advance(MINUTE);
		expect((await ask('updated', ago(5 * MINUTE), ago(0))).body.ids).toEqual([kept]);
		at.org.person().undelete(gone);
		at.org.clock.advance(MINUTE);
		expect((await ask('updated', ago(MINUTE), ago(0))).body.ids).toEqual([gone]);
	});

	it('stays behind while transactions are under way, so that late commits are found', async () => {
		at.org.settings.transactionMs = 3 * MINUTE;
		const early = ago(2 * MINUTE);
		const { body } = await ask('updated', ago(10 * MINUTE), ago(0));
		expect(body.latestDateCovered).toBe('2026-05-31T11:57:00.000+0000');
		const late = at.org.person({ at: early }).create('Case', {});
		at.org.clock.advance(5 * MINUTE);
		expect((await ask('updated', new Date(body.latestDateCovered), ago(0))).body.ids).toEqual([late]);
	});

	it('reaches back 30 days', async () => {
		expect((await ask('updated', ago(29 * DAY), ago(0))).status).toBe(200);
		expect((await ask('updated', ago(31 * DAY), ago(0))).body).toMatchObject([
			{ errorCode: 'INVALID_REPLICATION_DATE' },
		]);
	});
});

describe('Get Deleted', () => {
	it('tells what was deleted, with children and by whatever way, until it is restored', async () => {
		at.org.settings.canHardDelete = true;
		const id = await at.create('Case', { Comments: 'Note' });
		const hard = await at.create('Case', {});
		const comment = at.org.rows('CaseComment')[0]?.Id;
		await at.call('DELETE', `sobjects/Case/${id}`);
		const { body: job } = await at.call<{ id: string }>('POST', 'jobs/ingest', {
			object: 'Case',
			operation: 'hardDelete',
		});
		await at.call('PUT', `jobs/ingest/${job.id}/batches`, `Id\n${hard}\n`, { 'content-type': 'text/csv' });
		await at.call('PATCH', `jobs/ingest/${job.id}`, { state: 'UploadComplete' });
		at.org.clock.advance(MINUTE);
		const gone = async (sObject = 'Case') =>
			(await ask('deleted', ago(5 * MINUTE), ago(0), sObject)).body.deletedRecords?.map((one) => one.id);
		expect(await gone()).toEqual([id, hard]);
		expect(await gone('CaseComment')).toEqual([comment]);
		at.org.person().undelete(id);
		expect(await gone()).toEqual([hard]);
	});

	it('reaches back 15 days, and says so', async () => {
		const [old, young] = [await at.create('Case', {}), await at.create('Case', {})];
		at.org.person({ at: ago(16 * DAY) }).delete(old);
		at.org.person({ at: ago(14 * DAY) }).delete(young);
		const { status, body } = await ask('deleted', ago(29 * DAY), ago(0));
		expect(status).toBe(200);
		expect(body).toMatchObject({
			deletedRecords: [{ id: young, deletedDate: '2026-05-17T12:00:30.000+0000' }],
			earliestDateAvailable: '2026-05-16T12:00:00.000+0000',
			latestDateCovered: '2026-05-31T12:00:00.000+0000',
		});
		expect((await ask('deleted', ago(31 * DAY), ago(0))).status).toBe(400);
	});
});
