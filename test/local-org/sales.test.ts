import { useOrg } from './support/client';

const at = useOrg(() => ({ clock: () => new Date('2026-05-13T12:00:00Z') }));
const [patch, rows] = [
	(path: string, body: object) => at.call<{ errorCode: string }[]>('PATCH', `sobjects/${path}`, body),
	(object: string) => at.org.rows(object),
];

describe('an opportunity', () => {
	it('has what follows from its stage, amount and day', async () => {
		const id = await at.create('Opportunity', {
			Name: 'Desks',
			StageName: 'Value Proposition',
			CloseDate: '2026-08-31',
			Amount: 1000,
		});
		expect(rows('Opportunity')).toMatchObject([
			{
				Probability: 50,
				ExpectedRevenue: 500,
				ForecastCategory: 'Pipeline',
				ForecastCategoryName: 'Pipeline',
				Fiscal: '2026 3',
				PushCount: 0,
				IsClosed: false,
			},
		]);
		await patch(`Opportunity/${id}`, { StageName: 'Closed Won', CloseDate: '2026-09-01' });
		expect(rows('Opportunity')).toMatchObject([
			{ Probability: 100, ExpectedRevenue: 1000, ForecastCategory: 'Closed', IsWon: true, PushCount: 1 },
		]);
		expect((await patch(`Opportunity/${id}`, { ExpectedRevenue: 1 })).body).toMatchObject([
			{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' },
		]);
	});
});

it.each([-1, 100.5, 110, 1000])('an opportunity is not %s per cent probable', async (Probability) => {
	const fields = { Name: 'Desks', StageName: 'Prospecting', CloseDate: '2026-08-31' };
	const refused = [{ errorCode: 'NUMBER_OUTSIDE_VALID_RANGE', fields: ['Probability'] }];
	expect((await at.call('POST', 'sobjects/Opportunity', { ...fields, Probability })).body).toMatchObject(refused);
	const id = await at.create('Opportunity', { ...fields, Probability: 100 });
	expect((await patch(`Opportunity/${id}`, { Probability })).body).toMatchObject(refused);
	expect((await patch(`Opportunity/${id}`, { Probability: 0 })).status).toBe(204);
});

describe('an event', () => {
	const times = async (fields: Record<string, unknown>) => {
		await at.create('Event', fields);
		return rows('Event').at(-1);
	};

	it('has an end or a duration, and the other follows', async () => {
		expect(await times({ StartDateTime: '2026-05-14T09:00:00Z', DurationInMinutes: 30 })).toMatchObject({
			EndDateTime: '2026-05-14T09:30:00.000+0000',
			ActivityDate: '2026-05-14',
			ActivityDateTime: '2026-05-14T09:00:00.000+0000',
		});
		expect(await times({ StartDateTime: '2026-05-14T09:00:00Z', EndDateTime: '2026-05-15T09:00:00Z' })).toMatchObject({
			DurationInMinutes: 1440,
			EndDate: '2026-05-15',
		});
		expect(await times({ IsAllDayEvent: true, ActivityDate: '2026-05-14' })).toMatchObject({
			DurationInMinutes: 1440,
			EndDate: '2026-05-14',
		});
	});

	it.each([
		[{}, 'REQUIRED_FIELD_MISSING'],
		[{ StartDateTime: '2026-05-14T09:00:00Z' }, 'REQUIRED_FIELD_MISSING'],
		[{ StartDateTime: '2026-05-14T09:00:00Z', EndDateTime: '2026-05-14T08:00:00Z' }, 'FIELD_INTEGRITY_EXCEPTION'],
		[
			{ StartDateTime: '2026-05-14T09:00:00Z', EndDateTime: '2026-05-14T10:00:00Z', DurationInMinutes: 5 },
			'FIELD_INTEGRITY_EXCEPTION',
		],
	])('is refused with %j', async (fields, errorCode) => {
		expect((await at.call('POST', 'sobjects/Event', fields)).body).toMatchObject([{ errorCode }]);
	});

	it('moves with its beginning', async () => {
		const id = await at.create('Event', { StartDateTime: '2026-05-14T09:00:00Z', DurationInMinutes: 30 });
		await patch(`Event/${id}`, { StartDateTime: '2026-06-01T09:00:00Z' });
		expect(rows('Event')).toMatchObject([{ EndDateTime: '2026-06-01T09:30:00.000+0000' }]);
	});
});

describe('a task', () => {
	it('counts what it is about, and keeps when it was completed', async () => {
		const WhatId = await at.create('Case', {});
		const id = await at.create('Task', { Subject: 'Call', WhatId });
		expect(rows('Task')).toMatchObject([{ WhatCount: 1, WhoCount: 0, CompletedDateTime: null }]);
		await patch(`Task/${id}`, { Status: 'Completed' });
		expect(rows('Task')).toMatchObject([{ IsClosed: true, CompletedDateTime: '2026-05-13T12:00:00.000+0000' }]);
	});
});

describe('a lead', () => {
	it('has its tasks, and what it does not want', async () => {
		const WhoId = await at.create('Lead', { LastName: 'L', Company: 'C', DoNotCall: true });
		await at.create('Task', { WhoId });
		expect(await at.query('SELECT DoNotCall, CleanStatus, (SELECT Id FROM Tasks) FROM Lead')).toMatchObject([
			{ DoNotCall: true, CleanStatus: null, Tasks: { totalSize: 1 } },
		]);
	});
});

describe('child relationships', () => {
	it('are there for every reference, with a name or without', async () => {
		const { body } = await at.call<{ childRelationships: { childSObject: string; field: string }[] }>(
			'GET',
			'sobjects/User/describe',
		);
		const has = (childSObject: string, field: string) =>
			body.childRelationships.some((one) => one.childSObject === childSObject && one.field === field);
		expect([has('Case', 'CreatedById'), has('Lead', 'OwnerId'), has('User', 'ManagerId')]).toEqual([true, true, true]);
		const names = body.childRelationships.map((one) => `${one.childSObject}.${one.field}`);
		expect(new Set(names).size).toBe(names.length);
	});
});
