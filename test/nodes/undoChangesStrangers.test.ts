import type { IDataObject } from 'n8n-workflow';

import type { Fault, LocalOrgOptions } from '../../local-org';
import type { TestNode, TestRun } from '../support/engine';
import { stages } from '../support/stage';

const stage = stages();
const node = (type: string, parameters: object): TestNode => ({
	type,
	parameters: parameters as TestNode['parameters'],
	onError: 'continueRegularOutput',
});
const save = (operation: string, object = 'Case', more: object = {}): TestNode =>
	node('salesforceCreateOrUpdateRecord', { operation, object, valuesFrom: 'item', ...more });
const remove = (object = 'Case'): TestNode => node('salesforceDeleteRecord', { object, dryRun: false });
const undo = (more: object = {}): TestNode => node('salesforceUndoChanges', { dryRun: false, ...more });
const told = ({ outputs }: TestRun) =>
	outputs.flatMap((items) => items.map((item) => (item.undoChange ?? item.details) as IDataObject));
const one = async (options: LocalOrgOptions = {}, fields: IDataObject = { Subject: 'A', Status: 'New' }) => {
	const on = await stage({ seed: { Case: [fields] }, ...options });
	return { ...on, id: on.org.rows('Case')[0]?.Id as string };
};

describe('what a table gives back', () => {
	it.each<[string, (change: unknown) => unknown]>([
		['the text of a change', (change) => JSON.stringify(change)],
		['text within text', (change) => JSON.stringify(JSON.stringify(change))],
		['a list as text', (change) => JSON.stringify([change])],
		['a list of texts', (change) => [JSON.stringify(change)]],
		['a list as text within text', (change) => JSON.stringify(JSON.stringify([change]))],
		['text with a byte order mark and blanks', (change) => `\uFEFF ${JSON.stringify(change)}\n`],
		[
			'text with its keys in another order',
			(change) => JSON.stringify(Object.fromEntries(Object.entries(change as object).reverse())),
		],
	])('is undone as %s', async (_what, shape) => {
		const { org, run, id } = await one();
		const saved = await run([{ Id: id, Subject: 'B "quoted" \u2028 \\ ü' }], save('update'));
		const result = await run(
			[{ kept: shape(saved.outputs[0]?.[0]?.undo) } as IDataObject],
			undo({ change: '={{ $json.kept }}' }),
		);
		expect(told(result)).toMatchObject([{ result: 'restored' }]);
		expect(org.rows('Case')[0]?.Subject).toBe('A');
	});

	it('is refused alone where it is nested without end', async () => {
		const { org, run, id } = await one();
		const saved = await run([{ Id: id, Subject: 'B' }], save('update'));
		const change = saved.outputs[0]?.[0]?.undo as IDataObject;
		const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
		const text = JSON.stringify({ ...change, before: 'deep' }).replace('"deep"', deep);
		const result = await run([{ undo: text }, { undo: change as unknown as string }], undo());
		expect(result.outputs[0]).toMatchObject([
			{ error: expect.stringContaining('Change is not what a write puts into its item') as string },
			{ undoChange: { result: 'restored' } },
		]);
		expect(org.rows('Case')[0]?.Subject).toBe('A');
	});

	it('is undone once where the same change comes twice in a run', async () => {
		const { org, run, id } = await one();
		const updated = await run([{ Id: id, Subject: 'B' }], save('update'));
		const created = await run([{ Subject: 'New' }], save('create'));
		const deleted = await run([{ Id: id }], remove());
		const changes = [updated, created, deleted].flatMap(({ outputs }) => outputs[0] ?? []);
		const result = await run([...changes, ...changes], undo());
		expect(result.outputs[0]).toHaveLength(3);
		expect(result.outputs[1]?.map((item) => item.undoChange)).toMatchObject([
			{ reason: 'alreadyUndone' },
			{ reason: 'alreadyUndone' },
			{ reason: 'alreadyUndone' },
		]);
		expect(org.rows('Case')).toMatchObject([{ Id: id, Subject: 'A' }]);
	});
});

describe('a record that others had to do with', () => {
	it('that was deleted and restored by somebody is put back', async () => {
		const { org, run, id } = await one();
		const saved = await run([{ Id: id, Subject: 'B' }], save('update'));
		org.clock.advance(2_000);
		org.person().delete(id);
		org.person().undelete(id);
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([{ result: 'restored' }]);
		expect(org.rows('Case')).toMatchObject([{ Subject: 'A' }]);
	});

	it('that somebody restored and deleted again stays deleted, unless it is chosen otherwise', async () => {
		const { org, run, id } = await one();
		const deleted = await run([{ Id: id }], remove());
		org.clock.advance(2_000);
		org.person().undelete(id);
		org.person().delete(id);
		const result = await run(deleted.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([
			{ reason: 'changedSince', changedBy: expect.stringMatching(/^005/) as string },
		]);
		expect(org.rows('Case')).toEqual([]);
		const forced = await run(deleted.outputs[0] ?? [], undo({ options: { whenChanged: 'restore' } }));
		expect(told(forced)).toMatchObject([{ result: 'undeleted' }]);
	});

	it('whose recycle bin was emptied is made anew', async () => {
		const { org, run, id } = await one();
		const deleted = await run([{ Id: id }], remove());
		org.clock.advance(40 * 86_400_000);
		const result = await run(deleted.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([{ result: 'recreated', id }]);
		expect(org.rows('Case')).toMatchObject([{ Subject: 'A', Status: 'New' }]);
	});

	it('that lost its owner to deactivation is told with what Salesforce says, and others are undone', async () => {
		const { org, run, id } = await one();
		org.seed({ User: [{ Username: 'gone@staff.example', LastName: 'Gone' }] });
		const gone = org.rows('User').find(({ Username }) => Username === 'gone@staff.example')?.Id as string;
		org.person().update(id, { OwnerId: gone });
		const me = org.rows('User').find(({ Username }) => Username === org.username)?.Id as string;
		org.seed({ Case: [{ Subject: 'Other' }] });
		const other = org.rows('Case').find(({ Subject }) => Subject === 'Other')?.Id as string;
		org.clock.advance(2_000);
		const saved = await run(
			[
				{ Id: id, OwnerId: me, Subject: 'B' },
				{ Id: other, OwnerId: me, Subject: 'B' },
			],
			save('update'),
		);
		org.person().update(gone, { IsActive: false });
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([
			{ code: expect.stringMatching(/INACTIVE_OWNER_OR_USER|INVALID_CROSS_REFERENCE_KEY/) as string },
			{ result: 'restored' },
		]);
		expect(org.rows('Case').map(({ Subject }) => Subject)).toEqual(['B', 'Other']);
	});
});

describe('a new record that was given child records', () => {
	const account = async (options: LocalOrgOptions = {}) => {
		const on = await stage({ seed: { Contact: [{ LastName: 'Older' }] }, ...options });
		on.org.clock.advance(2_000);
		const made = await on.run([{ Name: 'New' }], save('create', 'Account'));
		on.org.clock.advance(2_000);
		return { ...on, made, id: made.outputs[0]?.[0]?.id as string };
	};
	const names = (rows: Array<Record<string, unknown>>) => rows.map(({ LastName }) => LastName);

	it.each<[string, string, (id: string, { org }: Awaited<ReturnType<typeof account>>) => void]>([
		[
			'made by a person',
			'Contact',
			(AccountId, { org }) => org.person().create('Contact', { LastName: 'Own', AccountId }),
		],
		[
			'moved there by a person',
			'Contact',
			(AccountId, { org }) => org.person().update(String(org.rows('Contact')[0]?.Id), { AccountId }),
		],
		['as a task of a person', 'Task', (WhatId, { org }) => org.person().create('Task', { Subject: 'Call', WhatId })],
		[
			'as a file',
			'ContentDocumentLink',
			(id, { org }) =>
				void org.person().create('ContentVersion', {
					Title: 'Plan',
					PathOnClient: 'plan.txt',
					VersionData: Buffer.from('plan').toString('base64'),
					FirstPublishLocationId: id,
				}),
		],
	])('%s stays, unless it is chosen otherwise', async (_what, usedBy, give) => {
		const on = await account();
		give(on.id, on);
		for (const dryRun of [true, false]) {
			const result = await on.run(on.made.outputs[0] ?? [], undo({ dryRun }));
			expect(told(result)).toMatchObject([{ result: 'leftAlone', reason: 'usedSince', usedBy }]);
		}
		expect(on.org.rows('Account')).toHaveLength(1);
		const forced = await on.run(on.made.outputs[0] ?? [], undo({ options: { whenChanged: 'restore' } }));
		expect(told(forced)).toMatchObject([{ result: 'deleted' }]);
	});

	it('by the same write, as by a flow, is deleted with them', async () => {
		const { org, run, made, id } = await account({
			settings: {
				automations: [
					{
						sObject: 'Account',
						on: ['create'],
						run: (saved) => saved.create('Task', { Subject: 'Call', WhatId: saved.id }),
					},
				],
			},
		});
		expect(org.rows('Task', ['WhatId', id])).toHaveLength(1);
		expect(told(await run(made.outputs[0] ?? [], undo()))).toMatchObject([{ result: 'deleted' }]);
	});

	it('by other writes is deleted where these are undone with it, and stays where they are not', async () => {
		const { org, run, made, id } = await account();
		const contact = await run([{ LastName: 'Ours', AccountId: id }], save('create', 'Contact'));
		const moved = await run([{ Id: org.rows('Contact')[0]?.Id as string, AccountId: id }], save('update', 'Contact'));
		const [one = [], two = [], three = []] = [made, contact, moved].map(({ outputs }) => outputs[0]);
		for (const some of [one, [...one, ...two], [...one, ...three]]) {
			const results = told(await run(some, undo({ dryRun: true })));
			expect(results).toContainEqual(
				expect.objectContaining({ object: 'Account', reason: 'usedSince', usedBy: 'Contact' }),
			);
		}
		const result = await run([...one, ...two, ...three], undo());
		expect(told(result)).toMatchObject([{ result: 'deleted' }, { result: 'deleted' }, { result: 'restored' }]);
		expect(names(org.rows('Contact'))).toEqual(['Older']);
	});

	it('of an object that does not say when they were changed is told by when they were made', async () => {
		const { org, run, made, id } = await account();
		org.addFault({
			path: /SystemModstamp%20FROM%20Task%20WHERE/,
			inside: true,
			status: 400,
			body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'SystemModstamp' on entity 'Task'." }],
			times: 9,
		});
		expect(told(await run(made.outputs[0] ?? [], undo({ dryRun: true })))).toMatchObject([{ would: 'delete' }]);
		org.person().create('Task', { Subject: 'Call', WhatId: id });
		expect(told(await run(made.outputs[0] ?? [], undo()))).toMatchObject([{ reason: 'usedSince', usedBy: 'Task' }]);
	});

	it('by another write stays with them where that cannot be undone', async () => {
		const { org, run, made, id } = await account();
		const older = org.rows('Contact')[0]?.Id as string;
		const moved = await run([{ Id: older, AccountId: id }], save('update', 'Contact'));
		org.settings.validationRules = [{ sObject: 'Contact', broken: () => true, message: 'Contacts stay as they are.' }];
		const changes = [...(made.outputs[0] ?? []), ...(moved.outputs[0] ?? [])];
		expect(told(await run(changes, undo()))).toMatchObject([
			{ code: 'NOT_SENT' },
			{ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' },
		]);
		expect(org.rows('Contact')).toMatchObject([{ Id: older, AccountId: id }]);
		org.settings.validationRules = [];
		await run(changes, undo());
		expect([org.rows('Account'), names(org.rows('Contact'))]).toEqual([[], ['Older']]);
	});

	it('that came out of the recycle bin with it goes there with it again', async () => {
		const { org, run, id } = await account();
		org.person().create('Contact', { LastName: 'Own', AccountId: id });
		org.clock.advance(2_000);
		const deleted = await run([{ Id: id }], remove('Account'));
		org.clock.advance(2_000);
		const undeleted = await run(deleted.outputs[0] ?? [], undo());
		expect(names(org.rows('Contact'))).toEqual(['Older', 'Own']);
		org.clock.advance(2_000);
		expect(told(await run(undeleted.outputs[0] ?? [], undo()))).toMatchObject([{ result: 'deleted' }]);
		expect(names(org.rows('Contact'))).toEqual(['Older']);
	});

	it('is not deleted while nobody can read them', async () => {
		const { org, run, made } = await account();
		org.addFault({
			path: /FROM%20Contact%20WHERE/,
			inside: true,
			status: 400,
			body: [{ errorCode: 'INVALID_TYPE', message: "sObject type 'Contact' is not supported." }],
			times: 9,
		});
		const [refused] = told(await run(made.outputs[0] ?? [], undo()));
		expect(refused).toMatchObject({ code: 'INVALID_TYPE', remedy: expect.stringContaining('Contact') as string });
		expect(org.rows('Account')).toHaveLength(1);
		const forced = await run(made.outputs[0] ?? [], undo({ options: { whenChanged: 'restore' } }));
		expect(told(forced)).toMatchObject([{ result: 'deleted' }]);
	});
});

describe('an undoing that nobody answered', () => {
	it.each<[string, 'update' | 'create', Fault]>([
		['an update', 'update', { method: 'PATCH', path: '/composite/sobjects', status: 504, late: true }],
		['a deletion', 'create', { method: 'DELETE', path: '/composite/sobjects', status: 504, late: true }],
	])('says of %s that it may be sent once more, which does no harm', async (_what, operation, fault) => {
		const { org, run, id } = await one();
		const saved = await run([operation === 'update' ? { Id: id, Subject: 'B' } : { Subject: 'B' }], save(operation));
		org.addFault(fault);
		const { outputs } = await run(saved.outputs[0] ?? [], undo());
		expect(outputs[0]).toMatchObject([
			{
				error: expect.stringContaining('The record may be undone all the same') as string,
				details: { kind: 'inDoubt', retry: 'later', undo: { inDoubt: true } },
			},
		]);
		expect(told(await run(saved.outputs[0] ?? [], undo()))).toMatchObject([{ reason: 'alreadyUndone' }]);
		expect(org.rows('Case').map(({ Subject }) => Subject)).toEqual(['A']);
	});
});

describe('several changes of one record', () => {
	it('do not wait for one that Salesforce refuses, but where they wrote the same field', async () => {
		const { org, run, id } = await one();
		const parent = org.person().create('Case', { Subject: 'Parent' });
		org.person().update(id, { ParentId: parent });
		org.clock.advance(2_000);
		const items: IDataObject[] = [];
		for (const fields of [{ Subject: 'B' }, { ParentId: parent, Description: 'D' }, { ParentId: null }]) {
			items.push(
				...((await run([{ Id: id, ...fields }], save('update', 'Case', { options: { blankValues: 'clear' } })))
					.outputs[0] ?? []),
			);
		}
		org.person().delete(parent);
		const result = await run(items, undo());
		expect(told(result)).toMatchObject([
			{ result: 'restored' },
			{ result: 'restored' },
			{ code: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' },
		]);
		expect(org.rows('Case')).toMatchObject([{ Subject: 'A', Description: null, ParentId: null }]);
	});
});

describe('an org that is no longer as it was', () => {
	it('a field that is now read-only is told, and the others are put back', async () => {
		const fields = { 'Case.Subject': 'edit', 'Case.Team__c': 'edit' } as const;
		const objects = { Case: ['Read', 'Create', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'] };
		const apiUser = {
			profile: 'Minimum Access - API Only Integrations',
			permissions: ['ApiEnabled'],
			objects,
			fields,
		};
		const { org, run, id } = await one({ apiUser }, { Subject: 'A', Team__c: 'A' });
		const saved = await run([{ Id: id, Subject: 'B', Team__c: 'B' }], save('update'));
		expect(org.rows('Case')[0]).toMatchObject({ Subject: 'B', Team__c: 'B' });
		const right = org.rows('FieldPermissions').find(({ Field }) => Field === 'Case.Team__c');
		org.person().update(String(right?.Id), { PermissionsEdit: false });
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([{ result: 'restored', fields: [{ field: 'Team__c', reason: 'fieldHidden' }] }]);
		expect(org.rows('Case')[0]).toMatchObject({ Subject: 'A', Team__c: 'B' });
	});

	it('a record that the API user no longer sees is told as not found', async () => {
		const objects = { Case: ['Read', 'Create', 'Edit'] };
		const apiUser = {
			profile: 'Minimum Access - API Only Integrations',
			permissions: ['ApiEnabled'],
			objects,
			fields: { 'Case.Subject': 'edit' } as const,
		};
		const { org, run } = await stage({ apiUser, settings: { defaultAccess: { Case: 'None' } } });
		const saved = await run([{ Subject: 'A' }], save('create'));
		const id = org.rows('Case')[0]?.Id as string;
		const updated = await run([{ Id: id, Subject: 'B' }], save('update'));
		const other = org.rows('User').find(({ Username }) => Username === 'admin@local-org.example')?.Id as string;
		org.person({ userId: other }).update(id, { OwnerId: other });
		const result = await run([...(saved.outputs[0] ?? []), ...(updated.outputs[0] ?? [])], undo());
		expect(told(result)).toMatchObject([{}, { reason: 'notFound' }]);
		expect(org.rows('Case')[0]?.Subject).toBe('B');
	});

	it('a field that may no longer be empty fails that record alone', async () => {
		const { org, run, id } = await one({}, { Subject: null });
		org.seed({ Case: [{ Subject: 'Other' }] });
		const other = org.rows('Case').find(({ Subject }) => Subject === 'Other')?.Id as string;
		const saved = await run(
			[
				{ Id: id, Subject: 'B' },
				{ Id: other, Subject: 'B' },
			],
			save('update'),
		);
		org.settings.validationRules = [
			{ sObject: 'Case', message: 'Subject!', broken: ({ Subject }) => Subject === null },
		];
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([{ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }, { result: 'restored' }]);
		expect(org.rows('Case').map(({ Subject }) => Subject)).toEqual(['B', 'Other']);
	});

	it('an object that the API user may no longer delete is told', async () => {
		const { org, run } = await stage();
		const saved = await run([{ Subject: 'A' }], save('create'));
		org.settings.canDelete = false;
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([{ code: expect.stringMatching(/INSUFFICIENT_ACCESS/) as string }]);
		expect(org.rows('Case')).toHaveLength(1);
	});

	it('a flow that changes what is written does not hide that it is ours', async () => {
		const { org, run, id } = await one();
		org.settings.automations = [
			{ sObject: 'Case', on: ['update'], run: (saved) => saved.change({ Description: `Seen ${String(saved.id)}` }) },
		];
		const saved = await run([{ Id: id, Subject: 'B' }], save('update'));
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([{ result: 'restored' }]);
		expect(org.rows('Case')[0]?.Subject).toBe('A');
	});

	it.each([false, true])('a comment that was written with a Case is told; only changes: %s', async (onlyChanges) => {
		const { org, run, id } = await one();
		const item = { Id: id, Subject: 'B', Comments: 'Called back' };
		const saved = await run([item], save('update', 'Case', { options: { onlyChanges } }));
		const left = { fields: [{ field: 'Comments', reason: 'notKept' }] };
		expect(told(await run(saved.outputs[0] ?? [], undo()))).toMatchObject([{ result: 'restored', ...left }]);
		expect(told(await run(saved.outputs[0] ?? [], undo()))).toMatchObject([{ reason: 'notKept', ...left }]);
		expect([org.rows('Case')[0]?.Subject, org.rows('CaseComment').length]).toEqual(['A', 1]);
		const empty = await run(
			[{ Id: id, Subject: 'C', Comments: null }],
			save('update', 'Case', { options: { onlyChanges } }),
		);
		expect(empty.outputs[0]?.[0]?.undo).not.toHaveProperty('withheld');
		expect(told(await run(empty.outputs[0] ?? [], undo()))).toEqual([
			expect.not.objectContaining({ fields: expect.anything() as unknown }),
		]);
		const same = { Id: id, Subject: 'A', Comments: null };
		const again = await run([same], save('update', 'Case', { options: { onlyChanges: true } }));
		expect(again.outputs[0]).toMatchObject([{ result: 'unchanged' }]);
	});

	it('fields of a package are put back by their whole names', async () => {
		const { org, run } = await stage({ namespace: 'acme' });
		org.seed({ Case: [{ Subject: 'A' }] });
		const id = org.rows('Case')[0]?.Id as string;
		const saved = await run([{ Id: id, acme__Team__c: 'B' }], save('update'));
		expect(saved.outputs[0]?.[0]?.undo).toMatchObject({ after: { acme__Team__c: 'B' } });
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([{ result: 'restored' }]);
		expect(org.rows('Case')[0]?.acme__Team__c).toBeNull();
	});
});

describe('values of every kind', () => {
	const fields = {
		Number__c: { type: 'Number', label: 'Number', precision: 18, scale: 4 },
		Check__c: { type: 'Checkbox', label: 'Check', defaultValue: false },
		Day__c: { type: 'Date', label: 'Day' },
		Moment__c: { type: 'DateTime', label: 'Moment' },
		Long__c: { type: 'LongTextArea', label: 'Long', length: 32_000, visibleLines: 3 },
		Mail__c: { type: 'Email', label: 'Mail' },
	};
	const EARLIER = {
		Number__c: 12_345.6789,
		Check__c: true,
		Day__c: '2024-02-29',
		Moment__c: '2026-05-01T07:25:37.000Z',
		Long__c: 'line\nline',
		Mail__c: 'ada@staff.example',
	};

	it('come back as they were, by an update and by a deletion', async () => {
		const { org, run } = await stage({ customObjects: { Seat__c: { label: 'Seat', fields } } });
		await run([{ Name: 'S', ...EARLIER }], save('create', 'Seat__c'));
		const values = () =>
			org.rows('Seat__c').map((row) => Object.fromEntries(Object.keys(fields).map((name) => [name, row[name]])));
		const before = values();
		expect(before).toHaveLength(1);
		const Id = org.rows('Seat__c')[0]?.Id as string;
		const blank = Object.fromEntries(Object.keys(fields).map((name) => [name, name === 'Check__c' ? false : null]));
		const saved = await run([{ Id, ...blank }], save('update', 'Seat__c', { options: { blankValues: 'clear' } }));
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([{ result: 'restored' }]);
		expect(values()).toEqual(before);
		const deleted = await run([{ Id }], remove('Seat__c'));
		org.clock.advance(40 * 86_400_000);
		const back = await run(deleted.outputs[0] ?? [], undo());
		expect(told(back)).toMatchObject([{ result: 'recreated' }]);
		expect(values()).toEqual(before);
	});

	it('are not put back where Salesforce gave them rounded, and that is told', async () => {
		const numbers = {
			Whole__c: { type: 'Number', label: 'Whole', precision: 18, scale: 0 },
			Part__c: { type: 'Number', label: 'Part', precision: 18, scale: 4 },
			Safe__c: { type: 'Number', label: 'Safe', precision: 18, scale: 0 },
		};
		const { org, run } = await stage({ customObjects: { Seat__c: { label: 'Seat', fields: numbers } } });
		const held = { Whole__c: '123456789012345678', Part__c: '12345678901234.5678', Safe__c: '9007199254740991' };
		await run([{ Name: 'S', ...held }], save('create', 'Seat__c'));
		const Id = org.rows('Seat__c')[0]?.Id as string;
		const saved = await run([{ Id, Name: 'T', Whole__c: 1, Part__c: 1, Safe__c: 1 }], save('update', 'Seat__c'));
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(told(result)).toMatchObject([
			{
				result: 'restored',
				fields: [
					{ field: 'Whole__c', reason: 'notKept' },
					{ field: 'Part__c', reason: 'notKept' },
				],
			},
		]);
		expect(org.rows('Seat__c')[0]).toMatchObject({ Name: 'S', Whole__c: 1, Part__c: 1, Safe__c: 9007199254740991 });
	});
});
