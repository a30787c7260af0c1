import type { OrgSettings } from '../../local-org';
import { clientOf, openClient } from './support/client';
import type { Client } from './support/client';

type Row = Record<string, unknown>;

let at: Client;
const me = () => String(at.org.rows('User').find((one) => one.Username === at.org.username)?.Id);
const idOf = (object: string, field: string, value: string) =>
	String(at.org.rows(object).find((one) => one[field] === value)?.Id);
const subjects = async (where = '') =>
	(await at.query(`SELECT Subject FROM Case ${where} ORDER BY Subject`)).map((one) => one.Subject);
const caseOf = (subject: string) => idOf('Case', 'Subject', subject);
const patch = (id: string, body: Row) => at.call<{ errorCode: string }[]>('PATCH', `sobjects/Case/${id}`, body);

/** An org whose API user has an ordinary profile, and Cases of their own, of a colleague, and of a queue. */
async function start(settings: Partial<OrgSettings>): Promise<void> {
	at = await openClient({
		settings,
		apiUser: { profile: 'Standard User', objects: { Case: ['Read', 'Create', 'Edit', 'Delete'] } },
		seed: { User: [{ Username: 'ada@example.com', LastName: 'Lovelace' }] },
	});
	const ada = idOf('User', 'Username', 'ada@example.com');
	at.org.seed({
		Case: [
			{ Subject: 'mine', OwnerId: me() },
			{ Subject: 'hers', OwnerId: ada, ExternalID__c: 'a' },
			{ Subject: 'queued', OwnerId: idOf('Group', 'DeveloperName', 'Workplace') },
		],
	});
}

afterEach(async () => {
	await at.org.close();
	expect(at.org.refused).toEqual([]);
});

describe('private Cases', () => {
	beforeEach(() => start({ defaultAccess: { Case: 'None' } }));

	it('are seen by their owners, wherever they are asked for', async () => {
		expect(await subjects()).toEqual(['mine']);
		const hers = caseOf('hers');
		expect((await at.call('GET', `sobjects/Case/${hers}`)).status).toBe(404);
		expect((await at.call<unknown[]>('GET', `composite/sobjects/Case?ids=${hers}&fields=Id`)).body).toEqual([null]);
		expect((await at.call('GET', 'sobjects/Case/ExternalID__c/a')).status).toBe(404);
		expect(await at.query('SELECT COUNT(Id) n FROM Case')).toMatchObject([{ n: 1 }]);
		const search = await at.call<Row>('GET', `search?q=${encodeURIComponent('FIND {hers} RETURNING Case(Id)')}`);
		expect(search.body.searchRecords).toEqual([]);
		expect((await patch(hers, { Subject: 'x' })).body).toMatchObject([{ errorCode: 'INVALID_CROSS_REFERENCE_KEY' }]);
		expect((await at.call('DELETE', `sobjects/Case/${hers}`)).status).toBe(404);
	});

	it('hide their attachments and files, and those of seen ones stay seen', async () => {
		const OwnerId = idOf('User', 'Username', 'ada@example.com');
		const file = { PathOnClient: 'a.txt', VersionData: 'aGk=', OwnerId };
		for (const subject of ['mine', 'hers']) {
			const id = caseOf(subject);
			at.org.seed({
				Attachment: [{ ParentId: id, Name: subject, Body: 'aGk=', OwnerId }],
				ContentVersion: [{ ...file, Title: subject, FirstPublishLocationId: id }],
			});
		}
		at.org.seed({
			ContentVersion: [
				{ ...file, Title: 'my own', OwnerId: me() },
				{ ...file, Title: 'her own' },
			],
		});
		expect(await at.query('SELECT Name FROM Attachment')).toMatchObject([{ Name: 'mine' }]);
		const titles = async (sObject: string) =>
			(await at.query(`SELECT Title FROM ${sObject} ORDER BY Title`)).map(({ Title }) => Title);
		expect(await titles('ContentVersion')).toEqual(['mine', 'my own']);
		expect(await titles('ContentDocument')).toEqual(['mine', 'my own']);
		const links = (id: string) => at.query(`SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '${id}'`);
		expect([await links(caseOf('mine')), await links(caseOf('hers'))]).toMatchObject([[{}], []]);
		const status = async (path: string) => (await at.call('GET', `sobjects/${path}`)).status;
		const [mine, hers] = ['mine', 'hers'].map((name) => idOf('ContentVersion', 'Title', name));
		expect(await status(`ContentVersion/${mine}/VersionData`)).toBe(200);
		expect(await status(`ContentVersion/${hers}/VersionData`)).toBe(404);
		expect(await status(`Attachment/${idOf('Attachment', 'Name', 'hers')}/Body`)).toBe(404);
		const admin = await clientOf(at.org, at.org.admin);
		expect(await admin.query('SELECT Id FROM ContentDocument')).toHaveLength(4);
	});

	it('show nothing of themselves to their comments and children, nor take any', async () => {
		const hers = caseOf('hers');
		at.org.seed({ Case: [{ Subject: 'child', OwnerId: me(), ParentId: hers }], CaseComment: [{ ParentId: hers }] });
		expect(await at.query("SELECT ParentId, Parent.Subject FROM Case WHERE Subject = 'child'")).toMatchObject([
			{ ParentId: hers, Parent: null },
		]);
		expect(await at.query('SELECT Id FROM CaseComment')).toEqual([]);
		const below = await at.call('POST', 'sobjects/Case', { ParentId: hers });
		expect(below.body).toMatchObject([{ errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' }]);
	});

	it('hide tasks and events about them, and what is attached to those, but not from who does them', async () => {
		const [mine, hers] = [caseOf('mine'), caseOf('hers')];
		const OwnerId = idOf('User', 'Username', 'ada@example.com');
		const tasks = [
			{ Subject: 'about mine', WhatId: mine, OwnerId },
			{ Subject: 'about hers', WhatId: hers, OwnerId },
			{ Subject: 'for me', WhatId: hers, OwnerId: me() },
			{ Subject: 'about nothing', OwnerId },
		];
		at.org.seed({
			Task: tasks,
			Event: tasks.map((one) => ({ ...one, StartDateTime: '2026-05-14T09:00:00Z', DurationInMinutes: 30 })),
		});
		at.org.seed({
			Attachment: tasks.map(({ Subject }) => ({
				Name: Subject,
				Body: 'aGk=',
				ParentId: idOf('Task', 'Subject', Subject),
			})),
		});
		const seen = ['about mine', 'about nothing', 'for me'];
		for (const [sObject, name] of [
			['Task', 'Subject'],
			['Event', 'Subject'],
			['Attachment', 'Name'],
		] as const) {
			expect((await at.query(`SELECT ${name} FROM ${sObject} ORDER BY ${name}`)).map((one) => one[name])).toEqual(seen);
			const hidden = idOf(sObject, name, 'about hers');
			expect((await at.call('GET', `sobjects/${sObject}/${hidden}`)).status).toBe(404);
			expect((await at.call('PATCH', `sobjects/${sObject}/${hidden}`, { Description: 'x' })).body).toMatchObject([
				{ errorCode: 'INVALID_CROSS_REFERENCE_KEY' },
			]);
		}
		expect(await at.query('SELECT (SELECT Subject FROM Tasks) FROM Case')).toMatchObject([{ Tasks: { totalSize: 1 } }]);
		const admin = await clientOf(at.org, at.org.admin);
		expect(await admin.query('SELECT Id FROM Task')).toHaveLength(4);
	});

	it('hide their teams', async () => {
		at.org.seed({ CaseTeamMember: ['mine', 'hers'].map((one) => ({ ParentId: caseOf(one), MemberId: me() })) });
		expect(await at.query('SELECT ParentId FROM CaseTeamMember')).toEqual([
			expect.objectContaining({ ParentId: caseOf('mine') }),
		]);
	});

	it('are seen by the members of a queue that owns them', async () => {
		at.org.seed({
			GroupMember: [{ GroupId: idOf('Group', 'DeveloperName', 'Workplace'), UserOrGroupId: me() }],
		});
		expect(await subjects()).toEqual(['mine', 'queued']);
		expect((await patch(caseOf('queued'), { OwnerId: me() })).status).toBe(204);
	});

	it('are seen by those above their owner', async () => {
		at.org.seed({ UserRole: [{ Name: 'Head', DeveloperName: 'Head' }] });
		const head = idOf('UserRole', 'Name', 'Head');
		at.org.seed({ UserRole: [{ Name: 'Hand', DeveloperName: 'Hand', ParentRoleId: head }] });
		const admin = at.org.person();
		for (const [user, role] of [
			[me(), head],
			[idOf('User', 'Username', 'ada@example.com'), idOf('UserRole', 'Name', 'Hand')],
		] as const)
			admin.update(user, { UserRoleId: role });
		expect(await subjects()).toEqual(['hers', 'mine']);
	});

	it('are seen, and changed, by whom they are shared with', async () => {
		const share = (CaseAccessLevel: string) =>
			at.org.seed({ CaseShare: [{ CaseId: caseOf('hers'), UserOrGroupId: me(), CaseAccessLevel }] });
		share('Read');
		expect(await subjects()).toEqual(['hers', 'mine']);
		expect((await patch(caseOf('hers'), { Subject: 'x' })).body).toMatchObject([
			{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' },
		]);
		share('Edit');
		expect((await patch(caseOf('hers'), { Priority: 'High' })).status).toBe(204);
	});

	it('are shared by hand by their owners, with less than everything, once', async () => {
		const ada = idOf('User', 'Username', 'ada@example.com');
		const share = (subject: string, more: Row = {}) =>
			at.call<Row[] & { id: string }>('POST', 'sobjects/CaseShare', {
				CaseId: caseOf(subject),
				UserOrGroupId: ada,
				CaseAccessLevel: 'Read',
				...more,
			});
		const queue = idOf('Group', 'DeveloperName', 'Workplace');
		const shares = async () =>
			(await at.query('SELECT CaseAccessLevel, RowCause FROM CaseShare ORDER BY RowCause')).map(
				({ CaseAccessLevel, RowCause }) => `${String(RowCause)} ${String(CaseAccessLevel)}`,
			);
		expect(await shares()).toEqual(['Owner All']);
		const { body, status } = await share('mine');
		expect(status).toBe(201);
		// The same once more changes it.
		expect((await share('mine', { CaseAccessLevel: 'Edit' })).body.id).toBe(body.id);
		expect(await shares()).toEqual(['Manual Edit', 'Owner All']);
		for (const [level, errorCode] of [
			['All', 'INVALID_ACCESS_LEVEL'],
			['Full', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
		])
			expect((await share('mine', { CaseAccessLevel: level })).body).toMatchObject([{ errorCode }]);
		for (const missing of ['CaseId', 'UserOrGroupId', 'CaseAccessLevel'])
			expect((await share('mine', { UserOrGroupId: queue, [missing]: undefined })).body).toMatchObject([
				{ errorCode: 'REQUIRED_FIELD_MISSING', fields: [missing] },
			]);
		expect((await share('hers')).body).toMatchObject([{ errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' }]);
		expect((await share('mine', { RowCause: 'Rule', UserOrGroupId: me() })).body).toMatchObject([
			{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' },
		]);
		// Of somebody else's Case, which may be changed and is not one's own.
		at.org.seed({ CaseShare: [{ CaseId: caseOf('hers'), UserOrGroupId: me(), CaseAccessLevel: 'Edit' }] });
		const refused = [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }];
		expect((await share('hers', { UserOrGroupId: queue })).body).toMatchObject(refused);
		const owners = String(
			at.org.rows('CaseShare').find((one) => one.RowCause === 'Owner' && one.CaseId === caseOf('mine'))?.Id,
		);
		expect((await at.call('DELETE', `sobjects/CaseShare/${owners}`)).body).toMatchObject(refused);
		expect((await at.call('PATCH', `sobjects/CaseShare/${owners}`, { CaseAccessLevel: 'Read' })).body).toMatchObject(
			refused,
		);
		expect((await at.call('DELETE', `sobjects/CaseShare/${body.id}`)).status).toBe(204);
	});

	it('are no longer shared by hand when their owner changes, and go with their shares', async () => {
		const ada = idOf('User', 'Username', 'ada@example.com');
		const mine = caseOf('mine');
		at.org.seed({ CaseShare: [{ CaseId: mine, UserOrGroupId: ada, CaseAccessLevel: 'Edit' }] });
		const admin = await clientOf(at.org, at.org.admin);
		const left = () => admin.query(`SELECT UserOrGroupId, RowCause FROM CaseShare WHERE CaseId = '${mine}'`);
		expect(await left()).toHaveLength(2);
		await admin.call('PATCH', `sobjects/Case/${mine}`, { OwnerId: ada });
		expect(await left()).toMatchObject([{ UserOrGroupId: ada, RowCause: 'Owner' }]);
		expect((await admin.call('DELETE', `sobjects/Case/${mine}`)).status).toBe(204);
		expect(await left()).toEqual([]);
	});

	it('are seen by users with View All Data, and read by flows', async () => {
		at.org.settings.automations = [
			{ sObject: 'Case', run: ({ update }) => update('Case', caseOf('hers'), { Priority: 'Low' }) },
		];
		expect((await at.call('POST', 'sobjects/Case', { Subject: 'new' })).status).toBe(201);
		const admin = await clientOf(at.org, at.org.admin);
		expect(await admin.query("SELECT Priority FROM Case WHERE Subject = 'hers'")).toMatchObject([{ Priority: 'Low' }]);
	});
});

describe('Cases that everyone may read', () => {
	it('are shared for changing only, and not at all where everyone may change them', async () => {
		await start({ defaultAccess: { Case: 'Read' } });
		const share = (CaseAccessLevel: string) =>
			at.call('POST', 'sobjects/CaseShare', {
				CaseId: caseOf('mine'),
				UserOrGroupId: idOf('User', 'Username', 'ada@example.com'),
				CaseAccessLevel,
			});
		const refused = [{ errorCode: 'INVALID_ACCESS_LEVEL' }];
		expect((await share('Read')).body).toMatchObject(refused);
		expect((await share('Edit')).status).toBe(201);
		at.org.settings.defaultAccess = {};
		expect((await share('Edit')).body).toMatchObject(refused);
	});

	it('are changed by their owners only', async () => {
		await start({ defaultAccess: { Case: 'Read' } });
		expect(await subjects()).toEqual(['hers', 'mine', 'queued']);
		expect((await patch(caseOf('hers'), { Subject: 'x' })).body).toMatchObject([
			{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' },
		]);
		expect((await patch(caseOf('mine'), { Subject: 'x' })).status).toBe(204);
	});
});
