import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bareOrg } from '../../local-org';
import type { Fault, LocalOrgOptions } from '../../local-org';
import type { ApiUser } from '../../local-org/options';
import { USER_PERMISSIONS } from '../../readiness/job';
import type { UserPermission } from '../../readiness/job';
import { adminOf, credentialFor, stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();
const MINIMUM = 'Minimum Access - API Only Integrations';
const some = (more: ApiUser): LocalOrgOptions => ({ apiUser: { profile: MINIMUM, ...more } });

async function check(at: Stage, who: 'admin' | 'user', parameters: INodeParameters = {}): Promise<IDataObject[]> {
	at.engine.useCredential(who === 'admin' ? adminOf(at.org) : credentialFor(at.org));
	const { outputs, error } = await at.engine.run([{}], { type: 'salesforcePrepareOrg', parameters });
	expect(error).toBeUndefined();
	return outputs[0] ?? [];
}

/** The requirements that are not met, each once. */
const lacking = (items: IDataObject[]): unknown[] => [
	...new Set(
		items.flatMap(({ requirement, state, isAdvice }) => (isAdvice === false && state !== 'met' ? [requirement] : [])),
	),
];

/** Refuses a part of what is asked for, as to a user who may not see it. */
const hides = (path: string | RegExp, inside: boolean): Fault => ({
	path,
	inside,
	times: 99,
	status: 400,
	body: [{ errorCode: 'INVALID_TYPE', message: 'sObject type is not supported.' }],
});

describe('what Salesforce does not tell', () => {
	it.each<[string, LocalOrgOptions, Fault | undefined, string[], ('admin' | 'user')?]>([
		['versions', {}, hides(/\/services\/data$/, false), ['REST API 62.0']],
		['API calls', {}, hides(/\/limits$/, false), ['API Calls Left']],
		[
			'permissions',
			{},
			hides(/q=[^&]*PermissionSetAssignment/, true),
			['API Enabled', 'No Log-In Page', 'Not View All Data', 'Not Modify All Data'],
		],
		['licenses', bareOrg(), hides(/PermissionSetLicenseAssign/, true), ['Permission Set License']],
		['field rights of another user', {}, hides(/FROM(%20|\+)FieldPermissions/, true), ['Case.Team__c: Edit'], 'admin'],
		['object rights of another user', {}, hides(/FROM(%20|\+)ObjectPermissions/, true), ['Case: Edit'], 'admin'],
		['assignment rules', {}, hides(/FROM(%20|\+)AssignmentRule/, true), ['Assignment Rules on Case']],
		[
			'what Case is like',
			some({}),
			undefined,
			['Field Case.Team__c', 'Case.ExternalID__c: Unique', 'Case.EmployeeNotes__c: 2 Visible Lines'],
		],
		[
			'rules',
			some({ objects: { Case: ['Read'] } }),
			undefined,
			[
				'Auto-Response Rules on Case',
				'Duplicate Rules on Case',
				'Validation Rules on Case',
				'Triggers on Case',
				'Flows on Case',
				'Login Flows',
			],
		],
		['rights to all records', some({ objects: { Case: ['Read'] } }), undefined, ['Case: View All Records']],
		['change events', some({ objects: { Case: ['Read'] } }), undefined, ['Change Data Capture of Case']],
		['statuses', { settings: { hiddenObjects: ['Case'] } }, undefined, ['Closed Status Closed']],
	])('is unknown: %s', async (_what, options, fault, requirements, who = 'user') => {
		const at = await stage({ ...options, settings: { defaultAccess: { Case: 'None' }, ...options.settings } });
		if (fault !== undefined) at.org.addFault(fault);
		const items = await check(at, who, {
			jobs: ['pushMoves', 'undoMoves', 'receiveChanges'],
			objects: 'Case',
			username: who === 'admin' ? at.org.username : '',
			options: { undoStatus: 'Closed' },
		});
		const states = new Map(items.map(({ requirement, state }) => [requirement, state]));
		expect(requirements.map((name) => [name, states.get(name)])).toEqual(requirements.map((name) => [name, 'unknown']));
	});

	it.each([
		['refresh_token api', 'met'],
		['full refresh_token', 'different'],
		[undefined, 'unknown'],
	])('a token of a log-in dialog, with the scopes %s, is %s', async (scope, state) => {
		const at = await stage();
		const answer = await fetch(`${at.org.url}/services/oauth2/token`, {
			method: 'POST',
			body: new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: at.org.clientId,
				client_secret: at.org.clientSecret,
			}),
		});
		const { access_token } = (await answer.json()) as { access_token: string };
		const accessTokenUrl = `${at.org.url}/services/oauth2/token`;
		const oauthTokenData = { access_token, instance_url: at.org.url, token_type: 'Bearer', ...(scope && { scope }) };
		const { clientId, clientSecret } = at.org;
		at.engine.useCredential({ clientId, clientSecret, accessTokenUrl, oauthTokenData });
		const { outputs, error } = await at.engine.run([{}], {
			type: 'salesforcePrepareOrg',
			parameters: { authentication: 'salesforceOAuth2Api' },
		});
		expect(error).toBeUndefined();
		expect(outputs[0]?.find(({ requirement }) => requirement === 'Scopes of the Token')?.state).toBe(state);
	});
});

describe('what is missing', () => {
	it('a user who is not active', async () => {
		const at = await stage({ seed: { User: [{ Username: 'gone@acme.example', LastName: 'Gone', IsActive: false }] } });
		const items = await check(at, 'admin', { username: 'gone@acme.example' });
		expect(items.find(({ requirement }) => requirement === 'Active User')?.state).toBe('missing');
	});

	it('an object of Setup, to whom it is hidden', async () => {
		const items = await check(await stage({ settings: { hiddenObjects: ['PackageLicense'] } }), 'user', {
			jobs: ['downloadSubscriptions'],
		});
		expect(items.find(({ requirement }) => requirement === 'Object PackageLicense')?.state).toBe('missing');
	});

	it.each([
		['a field that there is not', { settings: { missingFields: ['Case.ExternalID__c', 'Case.EmployeeNotes__c'] } }],
	])('%s, with what is told of it', async (_what, options) => {
		const items = await check(await stage(options), 'user');
		const states = new Map(items.map(({ requirement, state }) => [requirement, state]));
		for (const name of ['Case.ExternalID__c: Unique', 'Case.EmployeeNotes__c: 2 Visible Lines']) {
			expect([name, states.get(name)]).toEqual([name, 'missing']);
		}
	});
});

describe('rights that are lacked in turn', () => {
	it.each(['Read', 'Create', 'Edit', 'Delete'])('%s on Case', async (right) => {
		const rights = right === 'Read' ? [] : ['Read', 'Create', 'Edit', 'Delete'].filter((one) => one !== right);
		// Who may delete may edit.
		const given = right === 'Edit' ? ['Read', 'Create'] : rights;
		const items = await check(await stage(some({ objects: { Case: given } })), 'user', {
			jobs: ['pushMoves', 'undoMoves'],
		});
		expect(lacking(items)).toContain(`Case: ${right}`);
	});

	it('each of those that are given one by one', async () => {
		const at = await stage(bareOrg());
		const prepare = { operation: 'prepare', dryRun: false, username: at.org.username };
		const made = await check(at, 'admin', prepare);
		expect(lacking(await check(at, 'user'))).toEqual([]);
		const rights = made.filter(({ sObject }) => sObject === 'FieldPermissions');
		expect(rights.length).toBeGreaterThan(7);
		for (const { name, undo } of rights) {
			at.engine.useCredential(adminOf(at.org));
			const undone = await at.engine.run([{ undo: undo as IDataObject }], {
				type: 'salesforceUndoChanges',
				parameters: { dryRun: false },
			});
			expect(undone.outputs[0]).toHaveLength(1);
			const path = String(name).replace('Right to ', '');
			const found = lacking(await check(at, 'user'));
			expect(found.length).toBeGreaterThan(0);
			expect(found.filter((one) => !String(one).includes(path))).toEqual([]);
			const again = await check(at, 'admin', prepare);
			expect(again.filter(({ result }) => result !== 'existed').map((one) => [one.name, one.result])).toEqual([
				[name, 'created'],
			]);
		}
	});

	const ofReclaiming: UserPermission[] = [
		'ViewSetup',
		'ViewRoles',
		'ManageUsers',
		'AssignPermissionSets',
		'ManageInternalUsers',
		'ManageProfilesPermissionsets',
		'ResetPasswords',
		'ViewAllUsers',
	];
	it.each(ofReclaiming)('%s, of reclaiming licenses', async (permission) => {
		const all = Object.keys(USER_PERMISSIONS) as UserPermission[];
		const permissions = all.filter((one) => one !== permission);
		const at = await stage(some({ permissions }));
		// The rights of another user are told an admin in any case.
		const items = await check(at, 'admin', { jobs: ['reclaimLicenses'], username: at.org.username });
		expect(lacking(items)).toEqual([USER_PERMISSIONS[permission]]);
	});

	const NEEDED: UserPermission[] = [
		'CustomizeApplication',
		'ManageProfilesPermissionsets',
		'AssignPermissionSets',
		'ViewSetup',
		'ManageInternalUsers',
	];
	it.each(NEEDED)('%s, of whoever prepares an org', async (permission) => {
		const permissions = NEEDED.filter((one) => one !== permission);
		const at = await stage(some({ permissions }));
		// Whether a license is to be given is not known then, so that the right to give it is needed.
		at.org.addFault(hides(/PermissionSetLicenseAssign/, true));
		const { error } = await at.engine.run([{}], {
			type: 'salesforcePrepareOrg',
			parameters: { operation: 'prepare', dryRun: false },
		});
		expect(error?.message).toContain(`lacks ${USER_PERMISSIONS[permission]}, so nothing was written`);
		expect(at.org.calls.filter(({ method, path }) => method !== 'GET' && /sobjects/.test(path))).toEqual([]);
	});
});
