import { clientOf, useOrg, withoutAttributes } from './support/client';

const at = useOrg(() => ({
	settings: {
		validationRules: [
			{
				sObject: 'Case',
				name: 'Needs_Seat',
				broken: () => true,
				message: 'No seat.',
				field: 'NewSeat__c',
				active: false,
			},
			{ sObject: 'Contact', broken: () => false, message: 'Never.' },
		],
		duplicateRules: [{ sObject: 'Case', name: 'Same subject', fields: ['Subject'], allowSave: false, active: false }],
		automations: [
			{ sObject: 'Case', name: 'Close the loop', on: ['update'], run: () => undefined },
			{ sObject: 'Case', name: 'CaseGuard', kind: 'trigger', on: ['create', 'delete'], run: () => undefined },
			{ sObject: 'Account', name: 'Old', active: false, run: (saved) => saved.refuse('not to run') },
		],
	},
}));

const rows = async (soql: string) => (await at.query(soql)).map(withoutAttributes);
const tooling = async (soql: string) => {
	const { body } = await at.call<{ records: Record<string, unknown>[] }>(
		'GET',
		`tooling/query?q=${encodeURIComponent(soql)}`,
	);
	return body.records.map(withoutAttributes);
};

describe('what an org does by itself', () => {
	it('is told of validation rules by the Tooling API alone', async () => {
		const soql =
			'SELECT ValidationName, Active, ErrorMessage, ErrorDisplayField, EntityDefinition.QualifiedApiName FROM ValidationRule WHERE EntityDefinition.QualifiedApiName = ';
		expect(await tooling(`${soql}'Case'`)).toMatchObject([
			{
				ValidationName: 'Needs_Seat',
				Active: false,
				ErrorMessage: 'No seat.',
				ErrorDisplayField: 'NewSeat__c',
				EntityDefinition: { QualifiedApiName: 'Case' },
			},
		]);
		expect(await tooling(`${soql}'Contact'`)).toMatchObject([{ ValidationName: 'Rule_2', Active: true }]);
		expect((await at.call('GET', 'query?q=SELECT+Id+FROM+ValidationRule')).body).toMatchObject([
			{ errorCode: 'INVALID_TYPE' },
		]);
	});

	it('is told of assignment and auto-response rules', async () => {
		const assignment = 'SELECT Name, SobjectType, Active FROM AssignmentRule';
		const response = 'SELECT Name, Active, EntityDefinitionId FROM AutoResponseRule';
		expect(await rows(assignment)).toEqual([{ Name: 'Standard', SobjectType: 'Case', Active: false }]);
		expect(await tooling(response)).toEqual([]);
		const queue = at.org.rows('Group').find((row) => row.Type === 'Queue');
		Object.assign(at.org.settings, { assignmentRule: { ownerId: queue?.Id }, autoResponseRule: true });
		expect(await rows(assignment)).toEqual([{ Name: 'Standard', SobjectType: 'Case', Active: true }]);
		expect(await tooling(response)).toEqual([{ Name: 'Standard', Active: true, EntityDefinitionId: 'Case' }]);
	});

	it('is told of duplicate rules and what they match by', async () => {
		expect(await rows('SELECT SobjectType, DeveloperName, MasterLabel, IsActive FROM DuplicateRule')).toEqual([
			{ SobjectType: 'Case', DeveloperName: 'Same_subject', MasterLabel: 'Same subject', IsActive: false },
		]);
		expect(await rows('SELECT SobjectType, RuleStatus FROM MatchingRule')).toEqual([
			{ SobjectType: 'Case', RuleStatus: 'Inactive' },
		]);
	});

	it('is told of triggers and flows', async () => {
		expect(
			await rows('SELECT Name, TableEnumOrId, Status, UsageAfterInsert, UsageAfterUpdate FROM ApexTrigger'),
		).toEqual([
			{
				Name: 'CaseGuard',
				TableEnumOrId: 'Case',
				Status: 'Active',
				UsageAfterInsert: true,
				UsageAfterUpdate: false,
			},
		]);
		const flows =
			'SELECT ApiName, Label, IsActive, TriggerType, RecordTriggerType, TriggerObjectOrEventLabel FROM FlowDefinitionView ORDER BY Label';
		expect(await rows(flows)).toEqual([
			{
				ApiName: 'Close_the_loop',
				Label: 'Close the loop',
				IsActive: true,
				TriggerType: 'RecordAfterSave',
				RecordTriggerType: 'Update',
				TriggerObjectOrEventLabel: 'Case',
			},
			expect.objectContaining({ ApiName: 'Old', IsActive: false, RecordTriggerType: 'CreateAndUpdate' }),
		]);
		expect(await tooling('SELECT MasterLabel, Status FROM Flow ORDER BY MasterLabel')).toEqual([
			{ MasterLabel: 'Close the loop', Status: 'Active' },
			{ MasterLabel: 'Old', Status: 'Obsolete' },
		]);
		expect(await tooling('SELECT Id FROM WorkflowRule')).toEqual([]);
	});

	it('is not done by what is not active', async () => {
		await at.create('Case', { Subject: 'a' });
		await at.create('Case', { Subject: 'a' });
		await at.create('Account', { Name: 'A' });
	});
});

describe('user permissions', () => {
	const give = (permissions: object) =>
		at.call('POST', 'sobjects/PermissionSet', { Name: 'A', Label: 'A', ...permissions });

	it('are refused without those that they need, by label', async () => {
		expect((await give({ PermissionsViewSetup: true })).body).toEqual([
			{
				message: 'Permission View Setup and Configuration depends on permission(s): View Roles and Role Hierarchy',
				errorCode: 'FIELD_INTEGRITY_EXCEPTION',
				fields: [],
			},
		]);
		const { body } = await give({ PermissionsManageUsers: true });
		expect(body).toMatchObject([
			{
				message: expect.stringMatching(
					/^Permission Manage Users depends on permission\(s\): Assign Permission Sets, /,
				) as unknown,
			},
		]);
		expect((await give({ PermissionsViewSetup: true, PermissionsViewRoles: true })).status).toBe(201);
		const id = String(at.org.rows('PermissionSet').find((row) => row.Name === 'A')?.Id);
		expect((await at.call('PATCH', `sobjects/PermissionSet/${id}`, { PermissionsViewRoles: false })).status).toBe(400);
	});

	it('of permission sets are written by those who manage them', async () => {
		const admin = await clientOf(at.org, at.org.admin);
		expect(await admin.query('SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = false')).toEqual([]);
		expect((await admin.call('POST', 'sobjects/PermissionSet', { Name: 'B', Label: 'B' })).status).toBe(201);
	});
});
