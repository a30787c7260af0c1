import { openClient, useOrg } from './support/client';

const at = useOrg();
const MINUTE = 60 * 1000;
const stampOf = (id: string) => at.org.rows('Case').find((row) => row.Id === id)?.SystemModstamp;

describe('the org’s clock', () => {
	it('runs with the machine’s until it is moved, and goes on from there', async () => {
		expect(Math.abs(at.org.clock.now().getTime() - Date.now())).toBeLessThan(1000);
		at.org.clock.set(new Date('2027-01-01T00:00:00Z'));
		await new Promise((resolve) => setTimeout(resolve, 20));
		const later = at.org.clock.now().getTime() - Date.parse('2027-01-01T00:00:00Z');
		expect(later).toBeGreaterThanOrEqual(15);
		expect(later).toBeLessThan(5000);
	});

	it('stops, so that what is written has one time, and starts again', async () => {
		at.org.clock.stop(new Date('2026-05-04T08:00:00.999Z'));
		const ids = [await at.create('Case', {}), await at.create('Case', {})];
		expect(ids.map(stampOf)).toEqual(['2026-05-04T08:00:00.000+0000', '2026-05-04T08:00:00.000+0000']);
		at.org.clock.advance(1);
		expect(stampOf(await at.create('Case', {}))).toBe('2026-05-04T08:00:01.000+0000');
		at.org.clock.set(new Date('2026-05-04T09:00:00Z'));
		expect(at.org.clock.now()).toEqual(new Date('2026-05-04T09:00:00Z'));
		at.org.clock.start();
		at.org.clock.start();
		await new Promise((resolve) => setTimeout(resolve, 10));
		expect(at.org.clock.now().getTime()).toBeGreaterThan(Date.parse('2026-05-04T09:00:00Z'));
	});

	it('decides over sessions, date literals and log-ins', async () => {
		at.org.clock.stop(new Date('2026-05-04T08:00:00Z'));
		const client = await openClient({ clock: () => at.org.clock.now() });
		try {
			await client.create('Case', {});
			expect(await client.query('SELECT Id FROM Case WHERE CreatedDate = TODAY')).toHaveLength(1);
			client.org.clock.advance(24 * 60 * MINUTE - 60 * 60 * MINUTE);
			expect(client.org.rows('User').find((row) => row.Username === client.org.username)?.LastLoginDate).toBe(
				'2026-05-04T08:00:00.000+0000',
			);
			client.org.clock.set(new Date('2026-05-04T10:01:00Z'));
			expect((await client.call('GET', 'limits')).status).toBe(401);
		} finally {
			await client.org.close();
		}
	});
});

describe('times that are written', () => {
	it('lose their fraction of a second, as those do that a query asks for', async () => {
		at.org.clock.stop(new Date('2026-05-04T08:00:00.500Z'));
		await at.create('Case', {});
		const found = (condition: string) => at.query(`SELECT Id FROM Case WHERE SystemModstamp ${condition}`);
		expect(await found('= 2026-05-04T08:00:00Z')).toHaveLength(1);
		expect(await found('>= 2026-05-04T08:00:00.900Z')).toHaveLength(1);
		expect(await found('> 2026-05-04T08:00:00.000Z')).toHaveLength(0);
		const event = { Subject: 'E', DurationInMinutes: 5, ActivityDateTime: '2026-05-04T08:00:00.987Z' };
		await at.create('Event', event);
		expect(at.org.rows('Event')[0]?.ActivityDateTime).toBe('2026-05-04T08:00:00.000+0000');
	});
});

describe('a person in the org', () => {
	it('changes records beside the API user, without a call', async () => {
		const calls = at.org.calls.length;
		const id = at.org.person().create('Case', { Subject: 'By hand' });
		at.org.person().update(id, { Subject: 'Changed' });
		const [row] = at.org.rows('Case');
		const admin = at.org.rows('User').find((user) => user.Username === 'admin@local-org.example');
		expect(row).toMatchObject({ Subject: 'Changed', CreatedById: admin?.Id, LastModifiedById: admin?.Id });
		expect(at.org.calls).toHaveLength(calls);
		const apiUser = at.org.rows('User').find((user) => user.Username === at.org.username);
		at.org.person({ userId: String(apiUser?.Id) }).update(id, { Subject: 'Again' });
		expect(at.org.rows('Case')[0]).toMatchObject({ LastModifiedById: apiUser?.Id, CreatedById: admin?.Id });
		at.org.person().delete(id);
		expect(at.org.rows('Case')).toEqual([]);
	});

	it('has every right, and is told what is wrong', () => {
		Object.assign(at.org.settings, { canDelete: false, canManageUsers: false, hiddenFields: ['Case.Subject'] });
		const id = at.org.person().create('Case', { Subject: 'Hidden from others' });
		at.org.person().delete(id);
		expect(() => at.org.person().update(id, {})).toThrow('ENTITY_IS_DELETED: entity is deleted');
		expect(() => at.org.person().create('Contact', {})).toThrow('REQUIRED_FIELD_MISSING');
	});

	it('commits late: the stamp is earlier than the moment at which the record is seen', async () => {
		at.org.clock.stop(new Date('2026-05-04T08:01:00Z'));
		const id = at.org.person({ at: new Date('2026-05-04T08:00:30Z') }).create('Case', {});
		expect(stampOf(id)).toBe('2026-05-04T08:00:30.000+0000');
		at.org.person({ at: new Date('2026-05-04T08:00:40Z') }).update(id, { Subject: 'x' });
		expect(stampOf(id)).toBe('2026-05-04T08:00:40.000+0000');
		await at.create('Case', {});
		expect(await at.query('SELECT Id FROM Case WHERE SystemModstamp >= 2026-05-04T08:01:00Z')).toHaveLength(1);
	});
});
