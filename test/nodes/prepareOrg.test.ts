import type { IDataObject } from 'n8n-workflow';

import { bareOrg, MOVE_FIELDS } from '../../local-org';
import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import type { ApiUser } from '../../local-org/options';
import type { TestNode } from '../support/engine';
import { moves } from '../support/moves';
import { adminOf, credentialFor, stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();
const JOBS = ['pushMoves', 'undoMoves'];
const checking = (parameters: object = {}): TestNode => ({
	type: 'salesforcePrepareOrg',
	parameters: { jobs: JOBS, ...parameters },
});
const preparing = (parameters: object = {}): TestNode =>
	checking({ operation: 'prepare', dryRun: false, ...parameters });

/** What one run gave, signed in as the administrator or as the API user. */
async function run({ org, engine }: Stage, who: 'admin' | 'user', node: TestNode, items: IDataObject[] = [{}]) {
	engine.useCredential(who === 'admin' ? adminOf(org) : credentialFor(org));
	return await engine.run(items, node);
}

async function itemsOf(at: Stage, who: 'admin' | 'user', node: TestNode): Promise<IDataObject[]> {
	const { outputs, error } = await run(at, who, node);
	expect(error).toBeUndefined();
	return outputs[0] ?? [];
}

/** Calls that write; several queries go in one Composite call. */
const writes = ({ calls }: LocalOrg) => calls.filter(({ method, path }) => method !== 'GET' && /sobjects/.test(path));

const states = (items: IDataObject[], job = 'pushMoves') =>
	Object.fromEntries(
		items.filter((one) => one.job === job && one.kind === 'requirement').map((one) => [one.requirement, one.state]),
	);
const summaryOf = (items: IDataObject[], job = 'pushMoves') =>
	items.find((one) => one.kind === 'summary' && one.job === job);

describe('an org with nothing but a user and an app', () => {
	it('is checked, prepared, checked again, and gets a plan pushed and undone with the least rights', async () => {
		const at = await stage(bareOrg());
		const { org } = at;
		const username = { username: org.username };
		const before = await itemsOf(at, 'admin', checking(username));
		expect(summaryOf(before)).toMatchObject({ ready: false });
		expect(states(before)).toMatchObject({
			'REST API 62.0': 'met',
			'API Enabled': 'met',
			'Permission Set License': 'missing',
			'Case: Read': 'missing',
			'Case: View All Records': 'met',
			'Case.ExternalID__c: Edit': 'missing',
			'Field Case.ExternalID__c': 'missing',
			'Field Case.EmployeeNotes__c': 'missing',
		});
		expect(writes(org)).toEqual([]);

		const planned = await itemsOf(at, 'admin', checking({ ...username, operation: 'prepare' }));
		expect(planned.map(({ result }) => result)).toEqual(planned.map(() => 'wouldCreate'));
		expect(org.rows('PermissionSet').some((row) => row.Name === 'n8n_Salesforce_Ops')).toBe(false);

		const made = await itemsOf(at, 'admin', preparing(username));
		expect(made.map(({ name, result }) => [name, result])).toEqual(planned.map(({ name }) => [name, 'created']));
		expect(made.map(({ name }) => name)).toEqual(expect.arrayContaining(MOVE_FIELDS.map((name) => `Field ${name}`)));

		const after = await itemsOf(at, 'admin', checking(username));
		expect(after.filter(({ state }) => state !== 'met' && state !== undefined)).toEqual([]);
		for (const job of JOBS) expect(summaryOf(after, job)).toMatchObject({ ready: true, missing: 0, unknown: 0 });

		const asUser = await itemsOf(at, 'user', checking());
		for (const job of JOBS) expect(summaryOf(asUser, job)).toMatchObject({ ready: true, missing: 0, different: 0 });
		// What the jobs need is met; what is only told for a person to know may be hidden from this user.
		const needed = asUser.filter(({ kind, isAdvice }) => kind === 'requirement' && isAdvice === false);
		expect(needed.filter(({ state }) => state !== 'met')).toEqual([]);

		const plan = moves(3);
		expect((await run(at, 'user', { type: 'salesforcePushMove' }, plan)).error).toBeUndefined();
		expect(org.rows('Case')).toHaveLength(3);
		const undone = await run(at, 'user', { type: 'salesforceUndoMove' }, plan);
		expect(undone.error).toBeUndefined();
		expect(org.rows('Case').filter((row) => row.IsDeleted !== true)).toHaveLength(0);
	});

	it('is not changed the second time', async () => {
		const at = await stage(bareOrg());
		const node = preparing({ username: at.org.username });
		await itemsOf(at, 'admin', node);
		const kept = ['PermissionSet', 'ObjectPermissions', 'FieldPermissions', 'PermissionSetAssignment'];
		const before = kept.map((name) => at.org.rows(name));
		const calls = writes(at.org).length;
		const again = await itemsOf(at, 'admin', node);
		expect(again.map(({ result }) => result)).toEqual(again.map(() => 'existed'));
		expect(kept.map((name) => at.org.rows(name))).toEqual(before);
		expect(writes(at.org)).toHaveLength(calls);
	});

	it('gets each thing once from two runs at the same moment', async () => {
		const at = await stage(bareOrg());
		at.engine.useCredential(adminOf(at.org));
		const node = preparing({ username: at.org.username });
		const both = await Promise.all([at.engine.run([{}], node), at.engine.run([{}], node)]);
		for (const { error, outputs } of both) {
			expect(error).toBeUndefined();
			expect(outputs[0]?.every(({ result }) => result === 'created' || result === 'existed')).toBe(true);
			// Whoever made it has what takes it back, and nobody else.
			expect(outputs[0]?.every(({ result, undo }) => (result === 'created') === (undo !== undefined))).toBe(true);
		}
		const [first, second] = both.map(({ outputs }) => outputs[0] as IDataObject[]) as [IDataObject[], IDataObject[]];
		const results = first.map(({ name, result }, index) => [name, [result, second[index]?.result].sort()]);
		expect(results).toEqual(first.map(({ name }) => [name, ['created', 'existed']]));
	});

	it('is left alone by somebody who is not an admin, who is told every right that is missing', async () => {
		const at = await stage(bareOrg());
		const { error } = await run(at, 'user', preparing());
		expect(error?.message).toContain(
			'lacks Customize Application, Manage Profiles and Permission Sets, Assign Permission Sets, View Setup and Configuration',
		);
		expect(writes(at.org)).toEqual([]);
	});
});

describe('what a check finds in an org', () => {
	/** How one requirement stands, as whoever is signed in is told. */
	const stateOf = async (options: LocalOrgOptions, requirement: string, who: 'admin' | 'user' = 'user', more = {}) => {
		const at = await stage(options);
		const named = who === 'admin' ? { username: at.org.username } : {};
		const jobs = ['pushMoves', 'undoMoves', 'downloadConsumption', 'reclaimLicenses', 'receiveChanges'];
		const items = await itemsOf(at, who, checking({ jobs, objects: 'Case', ...named, ...more }));
		const found = items.find((one) => one.requirement === requirement);
		expect(found).toBeDefined();
		expect(found?.link).toMatch(/^http.*\/lightning\/setup\/\w/);
		return found?.state;
	};
	const TEAM = 'Field Case.Team__c';
	const EDIT_TEAM = 'Case.Team__c: Edit';
	const some = (more: ApiUser): LocalOrgOptions => ({
		apiUser: { profile: 'Minimum Access - API Only Integrations', ...more },
	});
	const idle = { sObject: 'Case', run: () => undefined };
	const SEE_ALL = 'Case: View All Records';
	const cases = (Case: 'None' | 'Read'): LocalOrgOptions => ({ settings: { defaultAccess: { Case } } });

	it.each<[string, LocalOrgOptions, string, string, ('admin' | 'user')?]>([
		['a field that is there', {}, TEAM, 'met'],
		['a field that is missing', { settings: { missingFields: ['Case.Team__c'] } }, TEAM, 'missing'],
		['a field of another type', { fields: { 'Case.Team__c': { type: 'Checkbox' } } }, TEAM, 'different'],
		['a field that is too short', { fields: { 'Case.Team__c': { type: 'Text', length: 40 } } }, TEAM, 'different'],
		['a hidden field', { settings: { hiddenFields: ['Case.Team__c'] } }, EDIT_TEAM, 'missing'],
		['a field of a hidden object', some({}), TEAM, 'unknown'],
		['a field that may be changed', {}, EDIT_TEAM, 'met'],
		[
			'a field that may be read',
			some({ objects: { Case: ['Read', 'Edit'] }, fields: { 'Case.Team__c': 'read' } }),
			EDIT_TEAM,
			'missing',
		],
		['a unique field', { settings: { uniqueExternalId: true } }, 'Case.ExternalID__c: Unique', 'met'],
		['a field that is not unique', {}, 'Case.ExternalID__c: Unique', 'different'],
		['the lines of a text area', {}, 'Case.EmployeeNotes__c: 2 Visible Lines', 'met'],
		[
			'other lines of a text area',
			{ fields: { 'Case.EmployeeNotes__c': { type: 'LongTextArea', length: 1024, visibleLines: 6 } } },
			'Case.EmployeeNotes__c: 2 Visible Lines',
			'different',
		],
		['an object that is hidden', { settings: { hiddenObjects: ['Case'] } }, 'Case: Read', 'missing'],
		['an object that may be read', some({ objects: { Case: ['Read'] } }), 'Case: Read', 'met'],
		['an object that may be read alone', some({ objects: { Case: ['Read'] } }), 'Case: Create', 'missing'],
		['records that may be deleted', {}, 'Case: Delete', 'met'],
		['records that may not be deleted', some({ objects: { Case: ['Read', 'Edit'] } }), 'Case: Delete', 'missing'],
		['Cases that are public', some({ objects: { Case: ['Read'] } }), SEE_ALL, 'met'],
		[
			'Cases that may be read by everybody',
			{ ...some({ objects: { Case: ['Read'] } }), ...cases('Read') },
			SEE_ALL,
			'met',
		],
		[
			'private Cases, not told to its user',
			{ ...some({ objects: { Case: ['Read'] } }), ...cases('None') },
			SEE_ALL,
			'unknown',
		],
		[
			'private Cases, told an admin',
			{ ...some({ objects: { Case: ['Read'] } }), ...cases('None') },
			SEE_ALL,
			'missing',
			'admin',
		],
		[
			'private Cases, all to be seen',
			{ ...some({ objects: { Case: ['Read', 'ViewAllRecords'] } }), ...cases('None') },
			SEE_ALL,
			'met',
			'admin',
		],
		['a permission that is had', {}, 'View Setup and Configuration', 'met'],
		['a permission that is lacked', some({}), 'View Setup and Configuration', 'missing'],
		['a user for the API alone', some({}), 'No Log-In Page', 'met'],
		['a user who logs in', {}, 'No Log-In Page', 'different'],
		['too wide a right', {}, 'Not View All Data', 'different'],
		['no wide right', some({}), 'Not View All Data', 'met'],
		['the license of the integration user', some({ objects: { Case: ['Read'] } }), 'Permission Set License', 'met'],
		['no license of the integration user', bareOrg(), 'Permission Set License', 'missing'],
		['no assignment rule', {}, 'Assignment Rules on Case', 'met'],
		[
			'an assignment rule',
			{ settings: { assignmentRule: { ownerId: '005' } } },
			'Assignment Rules on Case',
			'different',
		],
		['an auto-response rule', { settings: { autoResponseRule: true } }, 'Auto-Response Rules on Case', 'different'],
		[
			'a duplicate rule',
			{ settings: { duplicateRules: [{ sObject: 'Case', name: 'Same', fields: ['Subject'], allowSave: true }] } },
			'Duplicate Rules on Case',
			'different',
		],
		[
			'a validation rule',
			{ settings: { validationRules: [{ sObject: 'Case', broken: () => false, message: 'No.' }] } },
			'Validation Rules on Case',
			'different',
		],
		[
			'a validation rule that is off',
			{ settings: { validationRules: [{ sObject: 'Case', broken: () => false, message: 'No.', active: false }] } },
			'Validation Rules on Case',
			'met',
		],
		['a trigger', { settings: { automations: [{ ...idle, kind: 'trigger' }] } }, 'Triggers on Case', 'different'],
		['a flow', { settings: { automations: [idle] } }, 'Flows on Case', 'different'],
		['no flow', {}, 'Flows on Case', 'met'],
		['flows that are not told', some({ objects: { Case: ['Read'] } }), 'Flows on Case', 'unknown'],
		['no log-in flow', {}, 'Login Flows', 'met'],
		['a log-in flow', { settings: { loginFlows: ['Ask for Consent'] } }, 'Login Flows', 'different'],
		['log-in flows that are not told', some({}), 'Login Flows', 'unknown'],
		['a token for the API alone', {}, 'Scopes of the Token', 'met'],
		['a token for everything', { settings: { oauthScopes: 'full' } }, 'Scopes of the Token', 'different'],
		['API calls left', {}, 'API Calls Left', 'met'],
		['changes that are told', { settings: { changeEvents: ['Case'] } }, 'Change Data Capture of Case', 'met'],
		['changes that are not told', {}, 'Change Data Capture of Case', 'missing'],
		['an object of Setup', {}, 'Object UserLicense', 'met'],
	])('%s', async (_name, options, requirement, state, who = 'user') => {
		expect(await stateOf(options, requirement, who)).toBe(state);
	});

	describe('what the workflows write', () => {
		const types: LocalOrgOptions = {
			seed: {
				RecordType: [
					{ Name: 'Move', DeveloperName: 'Move', SobjectType: 'Case', IsActive: true },
					{ Name: 'Old', DeveloperName: 'Old', SobjectType: 'Case', IsActive: false },
				],
			},
		};
		const value = (field: string, value: string) => ({ options: { caseValues: { values: [{ field, value }] } } });
		const closing = (undoStatus: string) => ({ options: { undoStatus } });

		it.each<[string, LocalOrgOptions, object, string, string, ('admin' | 'user')?]>([
			['a value of a picklist', {}, value('Origin', 'Web'), 'Case.Origin: Web', 'met'],
			['a value that a picklist does not have', {}, value('Origin', 'Pigeon'), 'Case.Origin: Pigeon', 'different'],
			['a field that there is not', {}, value('Nothing__c', 'A'), 'Case.Nothing__c: A', 'missing'],
			['values of a hidden object', some({}), value('Origin', 'Web'), 'Case.Origin: Web', 'unknown'],
			['a record type', types, value('RecordTypeId', 'Move'), 'Case.RecordTypeId: Move', 'met'],
			[
				'a record type of another user',
				types,
				value('RecordTypeId', 'Move'),
				'Case.RecordTypeId: Move',
				'unknown',
				'admin',
			],
			['a record type that is not active', types, value('RecordTypeId', 'Old'), 'Case.RecordTypeId: Old', 'different'],
			['a record type that there is not', types, value('RecordTypeId', 'New'), 'Case.RecordTypeId: New', 'missing'],
			['a closed status', {}, closing('Closed'), 'Closed Status Closed', 'met'],
			['an open status', {}, closing('New'), 'Closed Status New', 'different'],
			['a status that there is not', {}, closing('Gone'), 'Closed Status Gone', 'missing'],
		])('%s', async (_name, options, parameters, requirement, state, who = 'user') => {
			expect(await stateOf(options, requirement, who, parameters)).toBe(state);
		});

		it('a restricted picklist refuses other values', async () => {
			const valueSet = { restricted: true, valueSetDefinition: { value: [{ valueName: 'North', label: 'North' }] } };
			const options = { fields: { 'Case.Building__c': { type: 'Picklist', valueSet } } };
			expect(await stateOf(options, 'Case.Building__c: North', 'user', value('Building__c', 'North'))).toBe('met');
			expect(await stateOf(options, 'Case.Building__c: South', 'user', value('Building__c', 'South'))).toBe('missing');
		});
	});

	it('moves are undone by closing Cases with the rights for that alone', async () => {
		const at = await stage(bareOrg());
		const parameters = { jobs: JOBS, options: { undoStatus: 'Closed' } };
		await itemsOf(at, 'admin', preparing({ ...parameters, username: at.org.username }));
		const set = at.org.rows('PermissionSet').find((row) => row.Name === 'n8n_Salesforce_Ops');
		const rights = at.org.rows('ObjectPermissions').filter((row) => row.ParentId === set?.Id);
		expect(rights).toMatchObject([
			{
				PermissionsEdit: true,
				PermissionsDelete: false,
			},
		]);
		expect(summaryOf(await itemsOf(at, 'user', checking(parameters)), 'undoMoves')).toMatchObject({ ready: true });
		expect((await run(at, 'user', { type: 'salesforcePushMove' }, moves(2))).error).toBeUndefined();
		const close = { type: 'salesforceUndoMove', parameters: { method: 'close', status: 'Closed' } };
		expect((await run(at, 'user', close, moves(2))).error).toBeUndefined();
		expect(at.org.rows('Case').map((row) => row.Status)).toEqual(['Closed', 'Closed']);
	});

	it('names a user whom the org does not have', async () => {
		const { error } = await run(await stage(), 'admin', checking({ username: 'nobody@nowhere.example' }));
		expect(error?.message).toContain('no user with the name in API User');
	});

	it.each([
		[9, 'different'],
		[0, 'missing'],
	])('tells that %d of 100 API calls are left', async (Remaining, state) => {
		const at = await stage();
		at.org.addFault({ path: /\/limits$/, body: { DailyApiRequests: { Max: 100, Remaining } }, status: 200 });
		expect(states(await itemsOf(at, 'user', checking()))['API Calls Left']).toBe(state);
	});

	it('is told of an org that is older than the nodes', async () => {
		const at = await stage();
		at.org.addFault({ path: /\/services\/data$/, body: [{ version: '60.0' }], status: 200 });
		expect(states(await itemsOf(at, 'user', checking()))['REST API 62.0']).toBe('missing');
	});
});

describe('preparing an org that is not empty', () => {
	it('leaves a field of another kind and narrower rights as they are, and tells them', async () => {
		const at = await stage({ ...bareOrg(), fields: { 'Case.Team__c': { type: 'Checkbox' } } });
		at.org.settings.missingFields = MOVE_FIELDS.filter((name) => name !== 'Case.Team__c');
		at.org.seed({ PermissionSet: [{ Name: 'n8n_Salesforce_Ops', Label: 'n8n Salesforce Ops' }] });
		const ParentId = at.org.rows('PermissionSet').find((row) => row.Name === 'n8n_Salesforce_Ops')?.Id;
		at.org.seed({ ObjectPermissions: [{ ParentId, SobjectType: 'Case', PermissionsRead: true }] });
		const items = await itemsOf(at, 'admin', preparing({ username: at.org.username }));
		const details = Object.fromEntries(
			items.filter(({ result }) => result === 'different').map(({ name, detail }) => [name, detail]),
		);
		expect(details).toEqual({
			'Field Case.Team__c': 'It is there, but its type is Checkbox and not Text.',
			'Permission set n8n Salesforce Ops': 'It is there, but it lacks API Enabled.',
			'Rights to Case': expect.stringContaining('it lacks Create, and it lacks Edit') as string,
		});
		expect(at.org.rows('PermissionSet').find((row) => row.Id === ParentId)?.PermissionsApiEnabled).toBe(false);
	});

	it('gives objects and fields to who writes records, with what they depend on', async () => {
		const at = await stage(bareOrg());
		const jobs = ['writeRecords', 'downloadSubscriptions', 'reclaimLicenses'];
		const parameters = { jobs, objects: 'Contact', fields: 'Contact.Title', username: at.org.username };
		const items = await itemsOf(at, 'admin', preparing(parameters));
		expect(items.every(({ result }) => result === 'created')).toBe(true);
		expect(items.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['Rights to Account', 'Rights to Contact', 'Right to Contact.Title']),
		);
		const after = await itemsOf(at, 'admin', checking(parameters));
		for (const job of jobs) expect(summaryOf(after, job)).toMatchObject({ ready: true, missing: 0 });
	});

	it.each([
		['API User', { username: '={{ $json.no }}' }],
		['API User', { username: "={{ ' ' }}" }],
		['Undo Status', { options: { undoStatus: '={{ $json.no }}' } }],
	])('gives nobody rights where %s is an expression of nothing', async (label, parameters) => {
		const at = await stage(bareOrg());
		for (const node of [checking(parameters), preparing(parameters)]) {
			const { error } = await run(at, 'admin', node);
			expect(error?.message).toBe(`Item 0: ${label} is an expression that gives no value`);
		}
		expect(writes(at.org)).toEqual([]);
	});

	it('names fields that the org does not have before anything is written', async () => {
		const at = await stage(bareOrg());
		const fields = 'Contact.Title, Contact.Tilte, Case.Team__c, Case.Taem__c';
		const parameters = { objects: 'Contact, Case', fields, username: at.org.username };
		const { error } = await run(at, 'admin', preparing({ ...parameters, jobs: [...JOBS, 'writeRecords'] }));
		expect(error?.message).toBe(
			'Item 0: The org has no field Contact.Tilte, Case.Taem__c that the signed-in user can see',
		);
		expect(writes(at.org)).toEqual([]);
	});

	it('spells objects and fields as the org does, and gives rights to fields that it makes', async () => {
		const at = await stage(bareOrg());
		const fields = 'contact.title, CASE.team__c';
		const parameters = { objects: 'CONTACT, case', fields, username: at.org.username };
		await itemsOf(at, 'admin', preparing({ ...parameters, jobs: [...JOBS, 'readRecords'] }));
		const made = (object: string, field: string) => at.org.rows(object).map((row) => row[field]);
		expect(made('ObjectPermissions', 'SobjectType')).toEqual(expect.arrayContaining(['Contact', 'Case']));
		expect(made('FieldPermissions', 'Field')).toEqual(expect.arrayContaining(['Contact.Title', 'Case.Team__c']));
	});

	it('says what was made before something was refused, and makes the rest the next time', async () => {
		const at = await stage(bareOrg());
		const node = preparing({ username: at.org.username });
		at.org.addFault({
			method: 'POST',
			path: 'CustomField',
			skip: 1,
			status: 400,
			body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: 'Too many fields' }],
		});
		const { error } = await run(at, 'admin', node);
		expect(error?.message).toContain('Field Case.Department__c could not be made');
		expect(error?.message).toContain('Made before it: Field Case.ExternalID__c');
		const again = await itemsOf(at, 'admin', node);
		expect(again.filter(({ result }) => result === 'existed').map(({ name }) => name)).toEqual([
			'Field Case.ExternalID__c',
		]);
	});

	it('makes a thing once whose answer got lost', async () => {
		const at = await stage(bareOrg());
		at.org.addFault({ method: 'POST', path: /sobjects\/PermissionSet$/, cut: 'after' });
		const items = await itemsOf(at, 'admin', preparing({ username: at.org.username }));
		const set = items.find(({ sObject }) => sObject === 'PermissionSet');
		expect(set).toMatchObject({ result: 'created', undo: { id: set?.id, did: 'created' } });
		expect(at.org.rows('PermissionSet').filter((row) => row.Name === 'n8n_Salesforce_Ops')).toHaveLength(1);
	});

	it.each([
		['caseInsensitive', { unique: true, caseSensitive: false }],
		['caseSensitive', { unique: true, caseSensitive: true }],
		['notUnique', { unique: false }],
	])('makes the external ID %s', async (externalIdField, expected) => {
		const at = await stage(bareOrg());
		await itemsOf(at, 'admin', preparing({ username: at.org.username, options: { externalIdField } }));
		const field = at.org.rows('CustomField').find((row) => row.DeveloperName === 'ExternalID');
		const metadata = typeof field?.Metadata === 'string' ? (JSON.parse(field.Metadata) as object) : field?.Metadata;
		expect(metadata).toMatchObject(expected);
	});

	it.each([
		[{ jobs: ['readRecords'], objects: '' }, 'Objects is empty'],
		[{ jobs: ['readRecords'], objects: 'Acc ount' }, 'Objects is not a list of API names'],
		[{ jobs: ['readRecords'], objects: 'Account', fields: 'Contact.Name' }, 'Fields is not a list of fields'],
		[{ jobs: ['readRecords'], objects: 'Nothing__c', operation: 'prepare' }, 'has no object Nothing__c'],
	])('refuses %j', async (parameters, message) => {
		const at = await stage();
		const { error } = await run(at, 'admin', checking(parameters));
		expect(error?.message).toContain(message);
		expect(writes(at.org)).toEqual([]);
	});
});
