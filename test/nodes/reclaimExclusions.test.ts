import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import type { Stage } from '../support/stage';
import { stages } from '../support/stage';
import { ADA, added, BEN, contents, found, reclaim, SEED, userId, userItem, writes } from './support/licenseDesk';

const stage = stages();

/** An org in which Ada has the permission set Break Glass, and Ben another by way of a group. */
async function desk(): Promise<Stage> {
	const opened = await stage({ seed: SEED });
	const { org } = opened;
	const set = (name: string) => found(org, 'PermissionSet', 'Name', name).Id;
	org.seed({
		PermissionSetGroup: [{ DeveloperName: 'Sales_Group', MasterLabel: 'Sales Group' }],
	});
	const group = found(org, 'PermissionSetGroup', 'DeveloperName', 'Sales_Group').Id;
	org.seed({
		PermissionSetGroupComponent: [{ PermissionSetGroupId: group, PermissionSetId: set('Seller') }],
		PermissionSetAssignment: [
			{ AssigneeId: userId(org), PermissionSetId: set('Break_Glass') },
			{ AssigneeId: userId(org, BEN.Username), PermissionSetGroupId: group },
		],
	});
	return opened;
}

const both = (org: LocalOrg, more: IDataObject = {}): IDataObject[] =>
	[ADA, BEN].map(({ Username }) => userItem(org, Username, more));

const KINDS = ['excludedUsers', 'excludedProfiles', 'excludedPermissionSets'];

describe('an exclusion that comes to nothing', () => {
	const EXPRESSIONS: Array<[string, unknown]> = [
		['undefined', '={{ $json.nothing }}'],
		['undefined within an object that is not there', '={{ $json.nothing?.at?.all }}'],
		['null', '={{ null }}'],
		['an empty list', '={{ [] }}'],
		['an empty text', "={{ '' }}"],
		['blanks', "={{ '  ' }}"],
		['a line break', "={{ '\\n' }}"],
		['a list of undefined', '={{ [$json.nothing] }}'],
		['a list with one member missing', "={{ ['ada@staff.example', $json.nothing] }}"],
		['a list with an empty member', "={{ ['ada@staff.example', ''] }}"],
		['a list that a filter has emptied', "={{ ['a'].filter(() => false) }}"],
		['text with a part missing', '={{ $json.nothing }}, ada@staff.example'],
		['text with its last line missing', '=ada@staff.example\n{{ $json.nothing }}'],
		['an object', '={{ {} }}'],
		['NaN', '={{ Number($json.nothing) }}'],
		['the name of a value that is not there', '={{ String($json.nothing) }}'],
		['a text made of an object', '={{ String($json.user) }}'],
		['an expression that does nothing', '='],
		['an empty list, not as an expression', []],
		['separators alone', ' , ; '],
	];

	it.each(KINDS.flatMap((kind) => EXPRESSIONS.map(([what, value]) => [kind, what, value] as const)))(
		'stops the run: %s gives %s',
		async (kind, _what, value) => {
			const { org, run } = await desk();
			const { error } = await run(both(org), reclaim('deactivate', { [kind]: value }));
			expect(error).toBeDefined();
			expect(writes(org)).toBe(0);
		},
	);

	it('names the option, and fails every item of a run that goes on', async () => {
		const { org, run } = await desk();
		const node = reclaim('deactivate', { excludedUsers: '={{ $json.spared }}' });
		// Whom the first item's exclusion should have named is not known: it may be Ben.
		const items = [userItem(org), userItem(org, BEN.Username, { spared: 'ada@staff.example' })];
		const { error } = await run(items, node);
		expect(error?.message).toBe('Item 0: Excluded Users has no value, so nobody would be excluded');
		const { outputs } = await run(items, { ...node, onError: 'continueRegularOutput' });
		expect(outputs[0]?.map((item) => item.error)).toEqual([
			expect.stringContaining('Excluded Users has no value'),
			expect.stringContaining('Excluded Users has no value'),
		]);
		expect(writes(org)).toBe(0);
	});

	it.each<[string, unknown]>([
		['undefined', '={{ $json.nothing }}'],
		['null', '={{ null }}'],
		['no option', '={{ {} }}'],
		['a list', '={{ [] }}'],
		['text', '={{ "excludedUsers" }}'],
		['what looks right', "={{ ({ excludedUsers: 'ada@staff.example' }) }}"],
	])('stops the run that has its options as an expression: %s', async (_what, options) => {
		const { org, run } = await desk();
		const { error } = await run(both(org), reclaim('deactivate', options));
		expect(error?.message).toContain('Options is not a collection of options');
		expect(writes(org)).toBe(0);
	});

	it.each<[string, unknown]>([
		['no row', { rows: [] }],
		['nothing', {}],
		['a row without a choice', { rows: [{ entry: { __rl: true, mode: 'list', value: '' } }] }],
		[
			'a row whose expression gives nothing',
			{ rows: [{ entry: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' } }] },
		],
		['a row without anything', { rows: [{}] }],
	])('stops the run: a list to choose from with %s', async (_what, value) => {
		const { org, run } = await desk();
		for (const kind of KINDS) {
			const { error } = await run(both(org), reclaim('deactivate', { [`${kind}FromList`]: value }));
			expect(error?.message).toContain('has no value');
		}
		expect(writes(org)).toBe(0);
	});

	it('spares nobody where it was left empty by hand', async () => {
		const { org, run } = await desk();
		const { outputs } = await run(both(org), reclaim('freeze', { excludedUsers: '', excludedProfiles: ' ' }));
		expect(outputs[0]).toHaveLength(2);
	});
});

describe('an exclusion that names nothing of the org', () => {
	it.each<[string, string, string]>([
		['excludedUsers', 'adda@staff.example', '"adda@staff.example"'],
		['excludedUsers', 'ada@staff.example, bem@staff.example', '"bem@staff.example"'],
		['excludedUsers', 'Ada', '"Ada"'],
		['excludedUsers', 'Abbot, Ada', '"Abbot", "Ada"'],
		['excludedUsers', '005Lo0000099999AAA', '"005Lo0000099999AAA"'],
		['excludedUsers', 'System Administrator', '"System Administrator"'],
		['excludedUsers', '*', '"*"'],
		['excludedUsers', '%@staff.example', '"%@staff.example"'],
		['excludedUsers', "x' OR Name != '", `"x' OR Name != '"`],
		['excludedProfiles', 'Standard Users', '"Standard Users"'],
		['excludedProfiles', 'Systemadministrator', '"Systemadministrator"'],
		['excludedProfiles', 'ada@staff.example', '"ada@staff.example"'],
		['excludedPermissionSets', 'Break Glass', '"Break Glass"'],
		['excludedPermissionSets', 'Break Glass, All; Sellers', '"Break Glass", "All", "Sellers"'],
		['excludedPermissionSets', 'Sales', '"Sales"'],
		['excludedPermissionSets', 'X00eLo0000000002IAA', '"X00eLo0000000002IAA"'],
	])('stops the run and is named: %s with %s', async (kind, text, named) => {
		const { org, run } = await desk();
		const { error } = await run(both(org), reclaim('deactivate', { [kind]: text }));
		expect(error?.message).toMatch(/^Excluded (Users|Profiles|Permission Sets): the org has no /);
		expect(error?.message.endsWith(named)).toBe(true);
		expect(writes(org)).toBe(0);
	});

	it('stops the run in a language that the profile does not have', async () => {
		const { org, run } = await desk();
		const profile = found(org, 'Profile', 'Name', 'Standard User').Id as string;
		org.person().update(profile, { Name: 'Standardbenutzer' });
		const { error } = await run(both(org), reclaim('deactivate', { excludedProfiles: 'Standard User' }));
		expect(error).toMatchObject({
			message: 'Excluded Profiles: the org has no profile "Standard User"',
			description: expect.stringContaining(
				"write its ID: Salesforce gives the names of profiles in the API user's language",
			),
		});
		for (const name of ['Standardbenutzer', profile, profile.slice(0, 15)]) {
			const { outputs } = await run(both(org), reclaim('deactivate', { excludedProfiles: name }));
			expect(added(outputs[1]).map(({ reason }) => reason)).toEqual(['excludedProfile', 'excludedProfile']);
		}
		expect(writes(org)).toBe(0);
	});

	it.each<[string, string | 'found']>([
		['Standardbenutzer', 'found'],
		['STANDARDBENUTZER', 'found'],
		[' Standard\u00adbenutzer ', 'found'],
		['„Standardbenutzer“', 'found'],
		['Systemadministrator; Standardbenutzer', 'found'],
		['["Standardbenutzer"]', 'found'],
		['Standard User', '"Standard User"'],
		['Standardbenutzer, Standard User', '"Standard User"'],
		['Standard Benutzer', '"Standard Benutzer"'],
		['Standardbenutzerin', '"Standardbenutzerin"'],
		['System Administrator', '"System Administrator"'],
		['Standard', '"Standard"'],
		['Salesforce', '"Salesforce"'],
	])('stops the run of an API user with another language, unless it is the name there: %s', async (text, expected) => {
		const { org, run } = await desk();
		for (const [name, translated] of [
			['Standard User', 'Standardbenutzer'],
			['System Administrator', 'Systemadministrator'],
		] as const) {
			org.person().update(String(found(org, 'Profile', 'Name', name).Id), { Name: translated });
		}
		const { outputs, error } = await run(both(org), reclaim('deactivate', { excludedProfiles: text }));
		expect(writes(org)).toBe(0);
		if (expected === 'found') {
			expect(added(outputs[1]).map(({ reason }) => reason)).toEqual(['excludedProfile', 'excludedProfile']);
		} else expect(error?.message).toBe(`Excluded Profiles: the org has no profile ${expected}`);
	});

	it('stops a dry run as well', async () => {
		const { org, run } = await desk();
		const { error } = await run(both(org), reclaim('freeze', { excludedUsers: 'nobody' }, { dryRun: true }));
		expect(error?.message).toContain('"nobody"');
	});
});

describe('an exclusion', () => {
	/** Both users, by whom each of these texts spares. */
	it.each<[string, string, string[]]>([
		['excludedUsers', 'ada@staff.example', ['Ada']],
		['excludedUsers', ' ADA@Staff.Example ', ['Ada']],
		['excludedUsers', '"ada@staff.example"', ['Ada']],
		['excludedUsers', "'ada@staff.example';'ben@staff.example'", ['Ada', 'Ben']],
		['excludedUsers', 'ada@staff.example;ben@staff.example', ['Ada', 'Ben']],
		['excludedUsers', 'ada@staff.example\r\nben@staff.example\r\n', ['Ada', 'Ben']],
		['excludedUsers', '["ada@staff.example", "ben@staff.example"]', ['Ada', 'Ben']],
		['excludedUsers', "={{ ['ada@staff.example', 'Ben Brandt'] }}", ['Ada', 'Ben']],
		['excludedUsers', '={{ [$json.user.id] }}', ['Ada', 'Ben']],
		['excludedUsers', 'ada abbot', ['Ada']],
		['excludedUsers', 'ada.abbot@mail.example', ['Ada']],
		['excludedUsers', 'shared@mail.example', ['Ben']],
		['excludedProfiles', 'standard user', ['Ada', 'Ben']],
		['excludedProfiles', '"Standard User", System Administrator', ['Ada', 'Ben']],
		['excludedPermissionSets', 'break_glass', ['Ada']],
		['excludedPermissionSets', '"Break Glass, All"', ['Ada']],
		['excludedPermissionSets', 'Break Glass, All', ['Ada']],
		['excludedPermissionSets', 'Break Glass, All\nSeller', ['Ada', 'Ben']],
		['excludedPermissionSets', 'Sales_Group', ['Ben']],
		['excludedPermissionSets', 'sales group', ['Ben']],
	])('spares whom a person would say it names: %s with %s', async (kind, text, expected) => {
		const { org, run } = await desk();
		org.person().update(userId(org), { Email: 'ada.abbot@mail.example' });
		org.person().update(userId(org, BEN.Username), { Email: 'shared@mail.example' });
		const { outputs, error } = await run(both(org), reclaim('deactivate', { [kind]: text }));
		expect(error).toBeUndefined();
		const names = [ADA, BEN].filter(({ Username }) => found(org, 'User', 'Username', Username).IsActive === true);
		expect(names.map(({ FirstName }) => FirstName)).toEqual(expected);
		expect(added(outputs[1])).toHaveLength(expected.length);
	});

	it('may be chosen from a list, and holds beside those that are written', async () => {
		const { org, run, engine } = await desk();
		const choices = async (method: string, filter: string) =>
			(await engine.choices(reclaim('freeze'), 'listSearch', method, filter)) as { results: IDataObject[] };
		const [ada] = (await choices('searchUsers', 'abb')).results;
		expect(ada).toEqual({ name: 'Ada Abbot (ada@staff.example)', value: userId(org) });
		const sets = (await choices('searchPermissionSets', 's')).results;
		expect(sets.map(({ name }) => name)).toEqual([
			'Break Glass, All (Break_Glass)',
			'Seller (Seller)',
			'Sales Group (group Sales_Group)',
		]);
		const chosen = (value: unknown) => ({ rows: [{ entry: { __rl: true, mode: 'list', value } }] });
		const { outputs } = await run(
			both(org),
			reclaim('freeze', {
				excludedUsersFromList: chosen(ada?.value),
				excludedPermissionSetsFromList: chosen(sets[2]?.value),
			}),
		);
		expect(added(outputs[1]).map(({ reason }) => reason)).toEqual(['excludedUser', 'excludedPermissionSet']);
		expect(writes(org)).toBe(0);
	});

	it('tells how many users one entry names, and spares them all', async () => {
		const { org, run } = await desk();
		for (const { Username } of [ADA, BEN]) org.person().update(userId(org, Username), { Email: 'team@mail.example' });
		const { outputs } = await run(both(org), reclaim('freeze', { excludedUsers: 'team@mail.example' }));
		expect(added(outputs[1])).toMatchObject(
			[1, 2].map(() => ({
				reason: 'excludedUser',
				message: 'The user is excluded by "team@mail.example", which names 2',
			})),
		);
		expect(writes(org)).toBe(0);
	});

	it('of one item holds for all', async () => {
		const { org, run } = await desk();
		const items = [
			userItem(org, ADA.Username, { spared: 'ben@staff.example' }),
			userItem(org, BEN.Username, { spared: 'admin@local-org.example' }),
		];
		const { outputs } = await run(items, reclaim('freeze', { excludedUsers: '={{ $json.spared }}' }));
		expect(added(outputs[0])).toMatchObject([{ userId: userId(org) }]);
		expect(added(outputs[1])).toMatchObject([{ userId: userId(org, BEN.Username), reason: 'excludedUser' }]);
	});

	it.each<[string, IDataObject, object]>([
		['has no user', { user: { id: 'nobody' } }, {}],
		['has no org', { orgId: '' }, {}],
		['does not say whether it is a dry run', {}, { dryRun: '={{ $json.user.id === "x" ? false : $json.dry }}' }],
	])('holds for all though its own item fails, which %s', async (_what, bad, parameters) => {
		const { org, run } = await desk();
		const excluding = { spared: 'ada@staff.example', dry: false };
		const items = [
			userItem(org, BEN.Username, { ...excluding, dry: undefined, ...bad }),
			userItem(org, ADA.Username, { ...excluding, spared: 'ben@staff.example' }),
		];
		const node = reclaim('freeze', { excludedUsers: '={{ $json.spared }}' }, parameters as INodeParameters);
		const { outputs } = await run(items, { ...node, onError: 'continueRegularOutput' });
		expect(outputs[0]).toEqual([expect.objectContaining({ error: expect.any(String) as string })]);
		expect(added(outputs[1])).toMatchObject([{ reason: 'excludedUser' }]);
		expect(writes(org)).toBe(0);
	});

	it('tells the first few of many that name nothing, and how many more there are', async () => {
		const { org, run } = await desk();
		const names = Array.from({ length: 300 }, (_none, index) => `nobody${index}@staff.example`);
		const { error } = await run([userItem(org)], reclaim('freeze', { excludedUsers: names.join('\n') }));
		expect(error?.message).toMatch(
			/^Excluded Users: the org has no user "nobody0@.*"nobody19@staff\.example" and 280 more$/,
		);
	});

	it('takes a hundred users in as many calls as one', async () => {
		const { org, run } = await desk();
		org.seed({
			User: Array.from({ length: 300 }, (_none, index) => ({ Username: `spared${index}@a-long-domain.example` })),
		});
		const list = org
			.rows('User')
			.map(({ Username }) => Username)
			.filter((name) => String(name).startsWith('spared'));
		await run(both(org), reclaim('freeze', { excludedUsers: list.slice(0, 100).join('\n') }));
		expect(org.apiCalls).toBeLessThanOrEqual(8);
		const { error } = await run(both(org), reclaim('freeze', { excludedUsers: list.join(', ') }));
		expect(error).toBeUndefined();
	});

	it('cannot be told where permission set groups are hidden, and then nobody is acted on who has one', async () => {
		const { org, run } = await desk();
		org.settings.hiddenObjects = ['PermissionSetGroup', 'PermissionSetGroupComponent'];
		const before = contents(org);
		const { error } = await run(both(org), reclaim('freeze', { excludedPermissionSets: 'Break_Glass' }));
		expect(error?.message).toBe('Salesforce shows the API user no PermissionSetGroupComponent');
		expect(contents(org)).toEqual(before);
	});
});
