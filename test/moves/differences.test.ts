import { differences } from '../../moves/differences';
import { ExactNumber } from '../../salesforce/values/number';

const held = {
	Id: '500',
	Subject: 'Move Ada',
	Team__c: null,
	Description: 'line 1\nline 2',
	OwnerId: '00G5g000004xQZPEA2',
	Account: { attributes: { type: 'Account' }, ExternalKey__c: 'A-1' },
	Parent: null,
	Weight__c: 0.12345678901234568,
	Moved__c: '2026-05-01T07:30:00.000+0000',
};

describe('differences', () => {
	it('names each field with what it is and what it should be', () => {
		expect(differences({ Subject: 'Move Bob', Team__c: 'Engines' }, held)).toEqual([
			{ field: 'Subject', is: 'Move Ada', should: 'Move Bob' },
			{ field: 'Team__c', is: null, should: 'Engines' },
		]);
	});

	it.each([
		['blanks around text', { Subject: ' Move Ada ' }],
		['line breaks', { Description: 'line 1\r\nline 2' }],
		['empty text', { Team__c: '' }],
		['a short ID', { OwnerId: '00G5g000004xQZP' }],
		['a parent by its external ID', { Account: { ExternalKey__c: 'A-1' } }],
		['a number with more digits than JavaScript holds', { Weight__c: new ExactNumber('0.1234567890123456789') }],
	])('are none for %s', (_what, fields) => {
		expect(differences(fields, held)).toEqual([]);
	});

	it('are told by the type of the field, where it is known', () => {
		const moved = { Moved__c: '2026-05-01T07:30:00.000Z' };
		const datetime = (path: string) => (path === 'Moved__c' ? 'datetime' : undefined);
		expect(differences(moved, held, datetime)).toEqual([]);
		expect(differences(moved, held)).toHaveLength(1);
		expect(differences({ Subject: 'Other' }, held, datetime)).toHaveLength(1);
	});

	it('are found in the parent that an external ID names', () => {
		expect(differences({ Account: { ExternalKey__c: 'B-1' }, Parent: { Key__c: 7 } }, held)).toEqual([
			{ field: 'Account.ExternalKey__c', is: 'A-1', should: 'B-1' },
			{ field: 'Parent.Key__c', is: null, should: 7 },
		]);
	});

	it('are assumed where a parent cannot be read back', () => {
		const owner = { attributes: { type: 'User' }, FederationIdentifier: 'ada' };
		expect(differences({ Owner: owner }, held)).toEqual([{ field: 'Owner', is: null, should: owner }]);
	});
});
