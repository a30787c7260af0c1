import { startLocalOrg } from '../../local-org';
import { useOrg } from './support/client';

const at = useOrg(() => ({
	customObjects: {
		Invoice__c: {
			label: 'Invoice',
			pluralLabel: 'Invoices',
			fields: {
				Key__c: { label: 'Key', type: 'Text', length: 40, externalId: true, unique: true },
				Account__c: { label: 'Account', type: 'Lookup', referenceTo: 'Account', relationshipName: 'Invoices' },
				Rival__c: { label: 'Rival', type: 'Lookup', referenceTo: 'Account', deleteConstraint: 'Restrict' },
				Total__c: { label: 'Total', type: 'Currency', precision: 16, scale: 2 },
			},
		},
		Other__c: { label: 'Other' },
	},
}));

describe('a custom object', () => {
	it('is listed and described like those of Salesforce', async () => {
		const { body } = await at.call<{ sobjects: Array<{ name: string; custom: boolean; keyPrefix: string }> }>(
			'GET',
			'sobjects',
		);
		const listed = (name: string) => body.sobjects.find((object) => object.name === name);
		expect(listed('Invoice__c')).toMatchObject({
			label: 'Invoice',
			labelPlural: 'Invoices',
			custom: true,
			keyPrefix: 'a00',
		});
		expect(listed('Other__c')).toMatchObject({ keyPrefix: 'a01' });
		const described = await at.call<{ fields: Array<{ name: string }> }>('GET', 'sobjects/Invoice__c/describe');
		const field = (name: string) => described.body.fields.find((one) => one.name === name);
		expect(field('Name')).toMatchObject({ nameField: true, custom: false });
		expect(field('Key__c')).toMatchObject({ custom: true, externalId: true, unique: true });
		expect(field('Account__c')).toMatchObject({ relationshipName: 'Account__r', referenceTo: ['Account'] });
	});

	it('is written by its external ID and queried with its parent', async () => {
		const account = await at.create('Account', { Name: 'Acme' });
		await at.call('PATCH', 'sobjects/Invoice__c/Key__c/i-1', { Account__c: account, Total__c: 12.5 });
		expect(
			await at.query("SELECT Key__c, Total__c, Account__r.Name FROM Invoice__c WHERE Key__c = 'i-1'"),
		).toMatchObject([{ Key__c: 'i-1', Total__c: 12.5, Account__r: { Name: 'Acme' } }]);
		expect(at.org.rows('Invoice__c')[0]?.Id).toMatch(/^a00/);
	});

	it('is named after its ID unless it has a name', async () => {
		const id = await at.create('Other__c', { Name: '' });
		await at.create('Other__c', { Name: 'Second' });
		expect(at.org.rows('Other__c').map(({ Name }) => Name)).toEqual([id.slice(0, 15), 'Second']);
	});

	it('is opened by object permissions, which an administrator has', async () => {
		const { id } = (
			await at.call<{ id: string }>('POST', 'sobjects/PermissionSet', { Name: 'Invoices', Label: 'Invoices' })
		).body;
		const granted = await at.call('POST', 'sobjects/ObjectPermissions', {
			ParentId: id,
			SobjectType: 'Invoice__c',
			PermissionsRead: true,
		});
		expect(granted.status).toBe(201);
	});

	it('with a field that Salesforce would not make is refused', async () => {
		const fields = { Key__c: { type: 'Text', length: 300 } };
		await expect(startLocalOrg({ customObjects: { Invoice__c: { label: 'Invoice', fields } } })).rejects.toThrow(
			'length',
		);
	});
});

describe('a custom lookup', () => {
	type Described = {
		childRelationships: Array<{ childSObject: string; field: string; relationshipName: string | null }>;
	};
	const children = async (name: string, of: string) =>
		(await at.call<Described>('GET', `sobjects/${name}/describe`)).body.childRelationships.filter(
			({ childSObject }) => childSObject === of,
		);
	const query = (soql: string) => at.call('GET', `query?q=${encodeURIComponent(soql)}`);
	const lookup = (metadata: object) =>
		at.call('POST', 'tooling/sobjects/CustomField', {
			FullName: 'Case.Invoice__c',
			Metadata: {
				label: 'Invoice',
				type: 'Lookup',
				referenceTo: 'Invoice__c',
				relationshipName: 'Disputes',
				...metadata,
			},
		});
	/** Shows Case.Invoice__c to the API user. */
	const show = async () => {
		const [{ Id }] = (await at.query("SELECT Id FROM PermissionSet WHERE Profile.Name = 'System Administrator'")) as [
			{ Id: string },
		];
		const body = {
			ParentId: Id,
			SobjectType: 'Case',
			Field: 'Case.Invoice__c',
			PermissionsRead: true,
			PermissionsEdit: true,
		};
		expect((await at.call('POST', 'sobjects/FieldPermissions', body)).status).toBe(201);
	};

	it('gives its parent a child relationship', async () => {
		expect(await children('Account', 'Invoice__c')).toMatchObject([
			{ field: 'Account__c', relationshipName: 'Invoices__r', cascadeDelete: false, restrictedDelete: false },
			{ field: 'Rival__c', relationshipName: null, restrictedDelete: true },
		]);
		const account = await at.create('Account', { Name: 'Acme' });
		await at.create('Invoice__c', { Account__c: account, Key__c: 'i-1' });
		expect(await at.query('SELECT Name, (SELECT Key__c FROM Invoices__r) FROM Account')).toMatchObject([
			{ Name: 'Acme', Invoices__r: { totalSize: 1, records: [{ Key__c: 'i-1' }] } },
		]);
		expect((await query('SELECT Name, (SELECT Key__c FROM Invoices) FROM Account')).body).toMatchObject([
			{ errorCode: 'INVALID_TYPE' },
		]);
	});

	it('made by the Tooling API does so too, for those who may see it', async () => {
		expect((await lookup({})).status).toBe(201);
		const subquery = 'SELECT Id, (SELECT Subject FROM Disputes__r) FROM Invoice__c';
		expect(await children('Invoice__c', 'Case')).toEqual([]);
		expect((await query(subquery)).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
		await show();
		expect(await children('Invoice__c', 'Case')).toMatchObject([
			{ field: 'Invoice__c', relationshipName: 'Disputes__r' },
		]);
		const invoice = await at.create('Invoice__c', {});
		await at.create('Case', { Subject: 'Wrong sum', Invoice__c: invoice });
		expect(await at.query(subquery)).toMatchObject([{ Disputes__r: { records: [{ Subject: 'Wrong sum' }] } }]);
	});

	it('is emptied with its parent, or keeps it, even where it is hidden', async () => {
		const [account, rival] = [
			await at.create('Account', { Name: 'Acme' }),
			await at.create('Account', { Name: 'Rival' }),
		];
		await at.create('Invoice__c', { Account__c: account, Rival__c: rival });
		at.org.settings.hiddenFields = ['Invoice__c.Account__c', 'Invoice__c.Rival__c'];
		expect((await at.call('DELETE', `sobjects/Account/${account}`)).status).toBe(204);
		expect((await at.call('DELETE', `sobjects/Account/${rival}`)).body).toMatchObject([{ errorCode: 'DELETE_FAILED' }]);
		expect(at.org.rows('Invoice__c')).toMatchObject([{ Account__c: null, Rival__c: rival }]);
	});

	it.each([
		[{ referenceTo: 'Nothing__c' }, "referenceTo value of 'Nothing__c' does not resolve to a valid sObject type"],
		[{ referenceTo: undefined }, "Must specify 'referenceTo' for a CustomField of type Lookup"],
		[
			{ referenceTo: 'Account', relationshipName: 'Invoices' },
			'There is already a Child Relationship named Invoices on Account.',
		],
	])('is refused with %j', async (metadata, message) => {
		const { status, body } = await lookup(metadata);
		expect(status).toBe(400);
		expect(body).toMatchObject([{ message }]);
		expect(await children('Account', 'Case')).toMatchObject([{ field: 'AccountId' }]);
	});
});
