import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { from, inARow, nodeAt, runChain, salesforceNode } from './support/chain';
import type { Step, StoredCredential } from './support/chain';

let n8n: N8nHost;
let org: LocalOrg;
let credential: StoredCredential;

const jwt = async (): Promise<StoredCredential> => {
	const type = 'salesforceJwtApi';
	const data = {
		environment: 'production',
		clientId: org.clientId,
		username: org.username,
		privateKey: org.privateKey,
		myDomainUrl: org.url,
	};
	return { type, id: await n8n.api.createCredential('JWT', type, data) };
};

beforeAll(async () => {
	org = await startLocalOrg();
	n8n = await startN8n({
		env: {
			// jest's own would make n8n end at once.
			NODE_ENV: 'production',
			// Where n8n's OAuth2 credential signs in, in the place of login.salesforce.com.
			CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
				salesforceOAuth2Api: {
					authUrl: `${org.url}/services/oauth2/authorize`,
					accessTokenUrl: `${org.url}/services/oauth2/token`,
				},
			}),
		},
	});
	await n8n.api.setUpOwner({ email: 'owner@example.com', password: 'Client-tests-1' });
	credential = await jwt();
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await org.close();
	expect(org.refused).toEqual([]);
});

const run = async <Name extends string>(steps: Record<Name, Step>) => await runChain(n8n, credential, steps);
const saved = { id: expect.any(String), success: true, errors: [] };
/** What the node gives for an answer without a body. */
const done = { success: true, errors: [] };
const where = (field: string, value: string) => ({
	conditionsUi: { conditionValues: [{ field, operation: 'equal', value }] },
});

/** A resource of the node: how its record is made and changed, and what can be read of it afterwards. */
interface Resource {
	resource: string;
	idParameter: string;
	create: Step;
	update: Step;
	/** Fields of the record when it is read first, and after the change. */
	first: object;
	then: object;
}

const custom = (fieldId: string, value: string) => ({ customFieldsUi: { customFieldsValues: [{ fieldId, value }] } });

const RESOURCES: Resource[] = [
	{
		resource: 'account',
		idParameter: 'accountId',
		create: { name: 'n8n account', additionalFields: { phone: '1', billingCity: 'Paris', numberOfEmployees: 5 } },
		update: { updateFields: { industry: 'Banking', annualRevenue: 12.5 } },
		first: { Name: 'n8n account', BillingAddress: { city: 'Paris' }, NumberOfEmployees: 5, Industry: null },
		then: { Name: 'n8n account', Industry: 'Banking', AnnualRevenue: 12.5 },
	},
	{
		resource: 'contact',
		idParameter: 'contactId',
		create: { lastname: 'Contact', additionalFields: { firstName: 'An', email: 'an@example.com' } },
		update: { updateFields: { lastName: 'Renamed' } },
		first: { Name: 'An Contact', Email: 'an@example.com' },
		then: { Name: 'An Renamed' },
	},
	{
		resource: 'lead',
		idParameter: 'leadId',
		create: { company: 'Acme', lastname: 'Lead', additionalFields: { firstname: 'A', status: 'Working - Contacted' } },
		update: { updateFields: { company: 'Globex' } },
		first: { Name: 'A Lead', Company: 'Acme', Status: 'Working - Contacted' },
		then: { Company: 'Globex' },
	},
	{
		resource: 'opportunity',
		idParameter: 'opportunityId',
		create: { name: 'Deal', closeDate: '2026-05-01', stageName: 'Prospecting', additionalFields: { amount: 99 } },
		update: { updateFields: { stageName: 'Closed Won' } },
		first: { Name: 'Deal', CloseDate: '2026-05-01', Amount: 99, IsClosed: false },
		then: { StageName: 'Closed Won', IsClosed: true, IsWon: true },
	},
	{
		resource: 'case',
		idParameter: 'caseId',
		create: {
			type: 'Problem',
			additionalFields: { subject: 'Chair', priority: 'High', ...custom('ExternalID__c', 'n8n-1') },
		},
		update: { updateFields: { status: 'Closed', ...custom('Team__c', 'North') } },
		first: {
			Subject: 'Chair',
			Type: 'Problem',
			Priority: 'High',
			Status: 'New',
			ExternalID__c: 'n8n-1',
			IsClosed: false,
		},
		then: { Status: 'Closed', IsClosed: true, Team__c: 'North' },
	},
	{
		resource: 'task',
		idParameter: 'taskId',
		create: {
			status: 'Not Started',
			additionalFields: { subject: 'Call', priority: 'High', activityDate: '2026-05-01' },
		},
		update: { updateFields: { status: 'Completed' } },
		first: { Subject: 'Call', ActivityDate: '2026-05-01', IsClosed: false },
		then: { Status: 'Completed', IsClosed: true },
	},
	{
		// The node writes any object by its name here, though it lists only custom ones.
		resource: 'customObject',
		idParameter: 'recordId',
		create: { customObject: 'Contact', ...custom('LastName', 'Desk'), additionalFields: {} },
		update: { customObject: 'Contact', ...custom('Title', 'A1'), updateFields: {} },
		first: { LastName: 'Desk', Title: null },
		then: { Title: 'A1' },
	},
];

describe("n8n's own Salesforce node", () => {
	it.each(RESOURCES)('creates, reads, changes, lists and deletes: $resource', async (one) => {
		const object = one.resource === 'customObject' ? { customObject: 'Contact' } : {};
		const on = (operation: string, more: Step = {}): Step => ({
			resource: one.resource,
			operation,
			...object,
			...more,
		});
		const id = { [one.idParameter]: from('create', 'id') };
		const steps: Record<string, Step> = {
			create: on('create', one.create),
			read: on('get', id),
			update: on('update', { ...id, ...one.update }),
			list: on('getAll', { returnAll: true, options: {} }),
			again: on('get', id),
			...(one.resource === 'customObject' ? {} : { summary: on('getSummary') }),
			remove: on('delete', id),
			none: on('get', id),
		};
		const given = await run(steps);
		expect(given.create).toEqual([saved]);
		expect(given.read).toMatchObject([{ attributes: { type: expect.any(String) }, ...one.first }]);
		expect(given.update).toEqual([done]);
		expect(given.list?.map(({ Id }) => Id)).toContain(given.create?.[0]?.id);
		expect(given.again).toMatchObject([one.then]);
		if (one.resource !== 'customObject') {
			expect(given.summary).toMatchObject([{ objectDescribe: { createable: true }, recentItems: expect.any(Array) }]);
		}
		expect(given.remove).toEqual([done]);
		expect(given.none).toMatchObject([{ errorCode: 'NOT_FOUND' }]);
	});

	it('upserts by an indexed field and by ID', async () => {
		const lead = {
			resource: 'lead',
			operation: 'upsert',
			company: 'Acme',
			externalId: 'Email',
			externalIdValue: 'upserted@example.com',
		};
		const contact = {
			resource: 'contact',
			operation: 'upsert',
			externalId: 'Email',
			externalIdValue: 'upserted@example.com',
		};
		const given = await run({
			made: { ...lead, lastname: 'First', additionalFields: {} },
			changed: { ...lead, lastname: 'Second', additionalFields: { phone: '2' } },
			person: { ...contact, lastname: 'Contact', additionalFields: {} },
			account: { resource: 'account', operation: 'create', name: 'By ID', additionalFields: {} },
			byId: {
				resource: 'account',
				operation: 'upsert',
				name: 'Renamed',
				externalId: 'Id',
				externalIdValue: from('account', 'id'),
				additionalFields: {},
			},
		});
		expect(given.made).toEqual([{ ...saved, created: true }]);
		expect(given.changed).toEqual([{ ...saved, id: given.made[0]?.id, created: false }]);
		expect(given.person).toEqual([{ ...saved, created: true }]);
		expect(given.byId).toMatchObject([{ id: given.account[0]?.id, created: false }]);
		expect(org.rows('Lead').filter(({ Email }) => Email === 'upserted@example.com')).toMatchObject([
			{ LastName: 'Second', Phone: '2' },
		]);
	});

	it('comments on a case', async () => {
		const given = await run({
			create: { resource: 'case', operation: 'create', type: 'Problem', additionalFields: { subject: 'Commented' } },
			comment: {
				resource: 'case',
				operation: 'addComment',
				caseId: from('create', 'id'),
				options: { commentBody: 'Hello', isPublished: true },
			},
		});
		expect(given.comment).toEqual([saved]);
		expect(org.rows('CaseComment')).toMatchObject([
			{ ParentId: given.create[0]?.id, CommentBody: 'Hello', IsPublished: true },
		]);
	});

	it('lists with filters, fields and a limit', async () => {
		org.seed({ Case: [1, 2, 3].map((n) => ({ Subject: 'It\'s 100% \\ "here"', Priority: n === 3 ? 'Low' : 'High' })) });
		const options = { fields: 'Id,Subject,Priority', ...where('Subject', 'It\'s 100% \\ "here"') };
		const given = await run({
			all: { resource: 'case', operation: 'getAll', returnAll: true, options },
			two: { resource: 'case', operation: 'getAll', returnAll: false, limit: 2, options },
			recent: { resource: 'case', operation: 'getAll', returnAll: true, options: where('CreatedDate', 'TODAY') },
			wrong: { resource: 'case', operation: 'getAll', returnAll: true, options: { fields: 'Nonsense' } },
		});
		expect(given.all.map(({ Priority }) => Priority)).toEqual(['High', 'High', 'Low']);
		expect(given.two).toHaveLength(2);
		expect(given.recent.length).toBeGreaterThanOrEqual(3);
		expect(given.wrong).toMatchObject([{ error: expect.any(String), errorCode: expect.anything() }]);
	});

	it('reads users', async () => {
		const userId = String(org.rows('User').find(({ Username }) => Username === org.username)?.Id);
		const given = await run({
			one: { resource: 'user', operation: 'get', userId },
			all: { resource: 'user', operation: 'getAll', returnAll: true, options: {} },
		});
		expect(given.one).toMatchObject([{ Id: userId, Username: org.username, IsActive: true }]);
		expect(given.all).toHaveLength(org.rows('User').length);
	});

	it('queries, over several pages', async () => {
		org.seed({ Contact: Array.from({ length: 2_500 }, (_, index) => ({ LastName: `Page ${index}` })) });
		const given = await run({
			pages: {
				resource: 'search',
				operation: 'query',
				query: "SELECT Id, Owner.Name FROM Contact WHERE LastName LIKE 'Page %'",
			},
			wrong: { resource: 'search', operation: 'query', query: 'SELECT Id FORM Case' },
		});
		expect(new Set(given.pages.map(({ Id }) => Id)).size).toBe(2_500);
		expect(given.pages[0]).toMatchObject({ Owner: { Name: 'API User' } });
		expect(given.wrong).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }]);
	});

	it('is told what is wrong with a record', async () => {
		const given = await run({
			picklist: {
				resource: 'case',
				operation: 'create',
				type: 'Problem',
				additionalFields: custom('Nonsense__c', '1'),
			},
			long: { resource: 'account', operation: 'create', name: 'x'.repeat(300), additionalFields: {} },
			none: { resource: 'case', operation: 'update', caseId: '500000000000001AAA', updateFields: { status: 'New' } },
		});
		expect(given.picklist).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
		expect(given.long).toMatchObject([{ errorCode: 'STRING_TOO_LONG', fields: 'Name' }]);
		expect(given.none).toMatchObject([{ errorCode: 'INVALID_CROSS_REFERENCE_KEY' }]);
	});

	it.each([
		['getCaseStatuses', 'case', 'Closed'],
		['getCaseTypes', 'case', 'Electrical'],
		['getCaseFields', 'case', 'Subject'],
		['getCustomFields', 'case', 'ExternalID__c'],
		['getExternalIdFields', 'contact', 'Email'],
		['getAccountTypes', 'account', 'Prospect'],
		['getTaskStatuses', 'task', 'Completed'],
		['getStages', 'opportunity', 'Closed Won'],
	])('offers to choose from: %s', async (methodName, resource, value) => {
		const options = await n8n.api.rest<Array<{ value: string }>>('POST', '/dynamic-node-parameters/options', {
			nodeTypeAndVersion: { name: 'n8n-nodes-base.salesforce', version: 1.1 },
			path: 'parameters.x',
			methodName,
			currentNodeParameters: { authentication: 'jwt', resource, operation: 'create' },
			credentials: { [credential.type]: { id: credential.id, name: credential.type } },
		});
		expect(options.map((option) => option.value)).toContain(value);
	});

	it('offers owners, queues among them', async () => {
		const queue = org.rows('Group').find(({ Type }) => Type === 'Queue');
		const { results } = await n8n.api.rest<{ results: Array<{ name: string; value: string }> }>(
			'POST',
			'/dynamic-node-parameters/resource-locator-results',
			{
				nodeTypeAndVersion: { name: 'n8n-nodes-base.salesforce', version: 1.1 },
				path: 'parameters.additionalFields.owner',
				methodName: 'searchCaseOwners',
				currentNodeParameters: { authentication: 'jwt', resource: 'case', operation: 'create' },
				credentials: { [credential.type]: { id: credential.id, name: credential.type } },
			},
		);
		expect(results).toEqual(
			expect.arrayContaining([
				{ name: `Queue: ${String(queue?.Name)}`, value: queue?.Id },
				expect.objectContaining({ name: 'User: API User' }),
			]),
		);
	});

	it('signs in by OAuth2 through the log-in page, and again when the session has ended', async () => {
		const type = 'salesforceOAuth2Api';
		const data = { environment: 'production', clientId: org.clientId, clientSecret: org.clientSecret };
		const id = await n8n.api.createCredential('OAuth2', type, data);
		const address = new URL(await n8n.api.rest<string>('GET', `/oauth2-credential/auth?id=${id}`));
		const allowed = await fetch(`${address.origin}${address.pathname}`, {
			method: 'POST',
			body: address.searchParams,
			redirect: 'manual',
		});
		const back = new URL(allowed.headers.get('location') ?? '');
		expect(await n8n.api.page(`${back.pathname}${back.search}`)).toContain('Connection successful');
		const steps = { one: { resource: 'search', operation: 'query', query: 'SELECT Name FROM Organization' } };
		expect((await runChain(n8n, { type, id }, steps)).one).toMatchObject([{ Name: 'Local Org' }]);
		const before = org.logIns;
		org.expireSessions();
		expect((await runChain(n8n, { type, id }, steps)).one).toMatchObject([{ Name: 'Local Org' }]);
		expect(org.logIns).toBe(before + 1);
	});
});

describe("n8n's own Salesforce trigger", () => {
	/** A trigger takes no interval under a minute, but any number of them, here each at a second of its own. */
	const item = Array.from({ length: 20 }, (_, index) => ({ mode: 'custom', cronExpression: `${index * 3} * * * * *` }));

	/** Publishes a workflow that comments on each Case the trigger gives. */
	async function commentOn(triggerOn: string, commentBody: string): Promise<string> {
		const nodes = [
			nodeAt(
				0,
				'Trigger',
				'n8n-nodes-base.salesforceTrigger',
				1,
				{ authentication: 'jwt', triggerOn, pollTimes: { item } },
				{
					credentials: { [credential.type]: { id: credential.id, name: credential.type } },
				},
			),
			// Each Case that the trigger gives, those of the tests before among them.
			{
				...salesforceNode(
					1,
					'Comment',
					{ resource: 'case', operation: 'addComment', caseId: '={{ $json.Id }}', options: { commentBody } },
					credential,
				),
				executeOnce: false,
			},
		];
		const id = await n8n.api.createWorkflow({
			name: triggerOn,
			nodes,
			connections: inARow(['Trigger', 'Comment']),
			settings: { executionOrder: 'v1' },
		});
		await n8n.api.publish(id);
		return id;
	}

	/** Waits until a Case has a comment of this text. */
	async function commented(caseId: unknown, text: string): Promise<void> {
		const deadline = Date.now() + 60_000;
		const found = () =>
			org.rows('CaseComment').some(({ ParentId, CommentBody }) => ParentId === caseId && CommentBody === text);
		while (!found()) {
			if (Date.now() > deadline) throw new Error(`No comment '${text}' came; n8n said:\n${n8n.log().slice(-3000)}`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	it('fires for a record that was created', async () => {
		await commentOn('caseCreated', 'I saw it made');
		const { create } = await run({
			create: { resource: 'case', operation: 'create', type: 'Problem', additionalFields: { subject: 'Seen' } },
		});
		await commented(create[0]?.id, 'I saw it made');
	});

	it('fires for a record that was changed', async () => {
		const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
		org.seed({ Case: [{ Subject: 'Old', CreatedDate: anHourAgo, LastModifiedDate: anHourAgo }] });
		const id = org.rows('Case').find(({ Subject }) => Subject === 'Old')?.Id;
		await commentOn('caseUpdated', 'I saw it changed');
		await run({
			update: { resource: 'case', operation: 'update', caseId: String(id), updateFields: { status: 'Closed' } },
		});
		await commented(id, 'I saw it changed');
	});
});
