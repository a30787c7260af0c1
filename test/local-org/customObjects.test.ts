import { startLocalOrg } from '../../local-org';
import { useOrg } from './support/client';

const at = useOrg(() => ({
	customObjects: {
		Invoice__c: {
			label: 'Invoice',
			pluralLabel: 'Invoices',
			fields: {
				Key__c: { label: 'Key', type: 'Text', length: 40, externalId: true, unique: true },
				Account__c: { label: 'Account', type: 'Lookup', referenceTo: 'Account' },
				Total__c: { label: 'Total', type: 'Currency', precision: 16, scale: 2 },
			},
		},
		Other__c: { label: 'Other' },
	},
}));

describe('a custom object', () => {
	it('is listed and described like those of Salesforce', async () => {
		const { body } = await at.call<{ sobjects: Array<{ name: string; custom: boolean; keyPrefix: string }> }>('GET', 'sobjects');
		const listed = (name: string) => body.sobjects.find((object) => object.name === name);
		expect(listed('Invoice__c')).toMatchObject({ label: 'Invoice', labelPlural: 'Invoices', custom: true, keyPrefix: 'a00' });
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
		expect(await at.query("SELECT Key__c, Total__c, Account__r.Name FROM Invoice__c WHERE Key__c = 'i-1'")).toMatchObject([
			{ Key__c: 'i-1', Total__c: 12.5, Account__r: { Name: 'Acme' } },
		]);
		expect(at.org.rows('Invoice__c')[0]?.Id).toMatch(/^a00/);
	});

	it('is opened by object permissions, which an administrator has', async () => {
		const { id } = (await at.call<{ id: string }>('POST', 'sobjects/PermissionSet', { Name: 'Invoices', Label: 'Invoices' })).body;
		const granted = await at.call('POST', 'sobjects/ObjectPermissions', { ParentId: id, SobjectType: 'Invoice__c', PermissionsRead: true });
		expect(granted.status).toBe(201);
	});

	it('with a field that Salesforce would not make is refused', async () => {
		const fields = { Key__c: { type: 'Text', length: 300 } };
		await expect(startLocalOrg({ customObjects: { Invoice__c: { label: 'Invoice', fields } } })).rejects.toThrow('length');
	});
});
