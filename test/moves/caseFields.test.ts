import { CASE_FIELDS, caseFieldNames } from '../../moves/caseFields';
import type { CaseField } from '../../moves/caseFields';

describe('what the Case fields of moves are called', () => {
	it('is what the set-up guide says where nothing else is said', () => {
		expect(caseFieldNames('', [])).toEqual(CASE_FIELDS);
	});

	it.each(['acme', ' acme ', 'acme__'])('has the namespace prefix %j', (prefix) => {
		expect(caseFieldNames(prefix, [])).toEqual({
			externalId: 'acme__ExternalID__c',
			department: 'acme__Department__c',
			team: 'acme__Team__c',
			currentSeat: 'acme__CurrentSeat__c',
			newSeat: 'acme__NewSeat__c',
			employeeAssets: 'acme__EmployeeAssets__c',
			employeeNotes: 'acme__EmployeeNotes__c',
		});
	});

	it("is as the table says, which holds the org's names as they are", () => {
		const own = [
			{ field: 'externalId', name: ' Move_Key__c ' },
			{ field: 'team', name: 'sp_1__Crew2__c' },
		] as const;
		expect(caseFieldNames('acme', own)).toMatchObject({
			externalId: 'Move_Key__c',
			team: 'sp_1__Crew2__c',
			department: 'acme__Department__c',
		});
	});

	it.each([
		'Team',
		'Team__r',
		'',
		'Te am__c',
		"x'__c",
		'1Team__c',
		'Team___c',
		'_Team__c',
		'a__b__Team__c',
		'Id',
		'Account.Key__c',
	])('is never %j', (name) => {
		expect(() => caseFieldNames('', [{ field: 'team', name }])).toThrow(
			'Case Field Names has no API name of a custom field for Team__c',
		);
	});

	it.each(['ac me', 'acme_', '_', '9a', "a'", 'a'.repeat(16)])('has no namespace prefix %j', (prefix) => {
		expect(() => caseFieldNames(prefix, [])).toThrow('Case Field Namespace is not a namespace prefix');
	});

	it.each<[Array<{ field: CaseField; name: string }>, string]>([
		[
			[
				{ field: 'team', name: 'A__c' },
				{ field: 'team', name: 'B__c' },
			],
			'Case Field Names has Team__c twice',
		],
		[[{ field: 'team', name: 'department__C' }], 'Case Field Names has department__C for two fields'],
	])('is one name a field: %j', (own, message) => {
		expect(() => caseFieldNames('', own)).toThrow(message);
	});
});
