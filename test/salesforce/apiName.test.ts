import { apiName, nameKey } from '../../salesforce/apiName';
import { anyCharacter } from '../support/anyCharacter';
import { fc } from '../support/properties';

describe('a name', () => {
	it.each([
		['Text__c', 'Text__c'],
		['\ufeffText__c', 'Text__c'],
		[' Text__c\t\n', 'Text__c'],
		['Te\u200bxt\u00ad__c\u2060', 'Text__c'],
		['\u00a0Account .\u202fName ', 'Account.Name'],
		['Name FROM User', 'Name FROM User'],
		['', ''],
	])('%j is read as %j', (name, read) => {
		expect(apiName(name)).toBe(read);
	});

	it('is itself once more, and knows no case', () => {
		fc.assert(
			fc.property(fc.string({ unit: anyCharacter }), (name) => {
				expect(apiName(apiName(name))).toBe(apiName(name));
				expect(nameKey(name.toUpperCase())).toBe(nameKey(name.toUpperCase().toLowerCase()));
			}),
		);
	});
});
