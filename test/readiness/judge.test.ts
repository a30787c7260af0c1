import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CASE_FIELDS } from '../../moves/caseFields';
import type {
	CaseValueFacts,
	CustomFieldFacts,
	ObjectFacts,
	OrgFacts,
	PicklistFacts,
	RecordTypeFacts,
	UserFacts,
} from '../../readiness/facts';
import { GUIDE } from '../../readiness/guide';
import { MOVE_FIELDS } from '../../readiness/job';
import type { Job, JobChoice } from '../../readiness/job';
import { isReady, judge } from '../../readiness/judge';
import type { State } from '../../readiness/judge';
import { requirementsOf, requirementsOfAll } from '../../readiness/requirements';
import type { Requirement, RuleKind } from '../../readiness/requirements';

const user = (more: Partial<UserFacts>): Partial<OrgFacts> => ({ user: { ...USER, ...more } });
const USER: UserFacts = {
	id: '005',
	username: 'n8n@acme.com',
	isActive: true,
	profile: 'Minimum',
	licenseName: 'Salesforce',
	license: 'SFDC',
};
const NO_RULES = Object.fromEntries(
	['assignmentRule', 'autoResponseRule', 'duplicateRule', 'validationRule', 'trigger', 'flow', 'loginFlow'].map(
		(rule) => [rule, undefined],
	),
) as OrgFacts['rules'];
const facts = (more: Partial<OrgFacts>): OrgFacts => ({
	user: USER,
	objects: new Map(),
	rules: NO_RULES,
	setupObjects: new Map(),
	...more,
});
const onCase = (more: Partial<ObjectFacts>): Partial<OrgFacts> => ({
	objects: new Map([['case', { rights: {}, open: new Set<string>(), ...more }]]),
});
const withField = (name: string, field: CustomFieldFacts | undefined): Partial<OrgFacts> => ({
	caseFields: new Map([[name.toLowerCase(), field]]),
});
const rule = (kind: RuleKind, active: string[]): Partial<OrgFacts> => ({ rules: { ...NO_RULES, [kind]: active } });
const picklist = (value: string, label: string, isRestricted: boolean): PicklistFacts => ({
	values: [{ value, label }],
	isRestricted,
});
const recordType = (developerName: string, more: Partial<RecordTypeFacts> = {}): RecordTypeFacts => ({
	id: '012000000000002AAA',
	name: `The ${developerName}`,
	developerName,
	isActive: true,
	isAvailable: true,
	...more,
});
const withValues = (more: Partial<CaseValueFacts>): Partial<OrgFacts> => ({
	caseValues: {
		fields: new Map([
			['origin', picklist('Web', 'The Web', false)],
			['reason', picklist('Move', 'The Move', true)],
			['subject', undefined],
		]),
		recordTypes: [
			recordType('Move', { id: '012000000000001AAA' }),
			recordType('Old_Move', { isActive: false }),
			recordType('Others', { isAvailable: false }),
			recordType('Unasked', { isAvailable: undefined }),
		],
		statuses: [
			{ value: 'Closed', label: 'Done', isClosed: true },
			{ value: 'New', label: 'New', isClosed: false },
		],
		...more,
	},
});
const INTEGRATION = { license: 'PID_Salesforce_Integration' };
const TEAM: Requirement = { kind: 'field', name: 'Team__c', as: MOVE_FIELDS.team };
const KEY: Requirement = { kind: 'field', name: 'ExternalID__c', as: MOVE_FIELDS.externalId };
const EDIT: Requirement = { kind: 'fieldRight', object: 'Case', field: 'Team__c', right: 'edit' };
const READ: Requirement = { ...EDIT, right: 'read' };
const UNIQUE: Requirement = { kind: 'uniqueField', name: 'ExternalID__c' };
const LINES: Requirement = { kind: 'visibleLines', name: 'EmployeeNotes__c', lines: 2 };

const CASES: Array<[Requirement, Partial<OrgFacts>, State]> = [
	[{ kind: 'apiVersion' }, { newestVersion: 62 }, 'met'],
	[{ kind: 'apiVersion' }, { newestVersion: 61 }, 'missing'],
	[{ kind: 'apiVersion' }, {}, 'unknown'],
	[{ kind: 'apiCalls' }, { apiCalls: { max: 100, remaining: 10 } }, 'met'],
	[{ kind: 'apiCalls' }, { apiCalls: { max: 100, remaining: 9 } }, 'different'],
	[{ kind: 'apiCalls' }, { apiCalls: { max: 100, remaining: 0 } }, 'missing'],
	[{ kind: 'apiCalls' }, {}, 'unknown'],
	[{ kind: 'activeUser' }, {}, 'met'],
	[{ kind: 'activeUser' }, user({ isActive: false }), 'missing'],
	[{ kind: 'permissionSetLicense' }, {}, 'met'],
	[
		{ kind: 'permissionSetLicense' },
		user({ ...INTEGRATION, permissionSetLicenses: new Set(['SalesforceAPIIntegrationPsl']) }),
		'met',
	],
	[{ kind: 'permissionSetLicense' }, user({ ...INTEGRATION, permissionSetLicenses: new Set() }), 'missing'],
	[{ kind: 'permissionSetLicense' }, user(INTEGRATION), 'unknown'],
	[{ kind: 'permission', permission: 'ViewSetup' }, user({ permissions: new Set(['ViewSetup']) }), 'met'],
	[{ kind: 'permission', permission: 'ViewSetup' }, user({ permissions: new Set() }), 'missing'],
	[{ kind: 'permission', permission: 'ViewSetup' }, {}, 'unknown'],
	[{ kind: 'apiOnly' }, user({ permissions: new Set(['ApiUserOnly']) }), 'met'],
	[{ kind: 'apiOnly' }, user({ permissions: new Set() }), 'different'],
	[{ kind: 'apiOnly' }, {}, 'unknown'],
	[{ kind: 'noMoreThanNeeded', permission: 'ViewAllData' }, user({ permissions: new Set() }), 'met'],
	[
		{ kind: 'noMoreThanNeeded', permission: 'ViewAllData' },
		user({ permissions: new Set(['ViewAllData']) }),
		'different',
	],
	[{ kind: 'noMoreThanNeeded', permission: 'ViewAllData' }, {}, 'unknown'],
	[{ kind: 'objectRight', object: 'Case', right: 'edit' }, onCase({ rights: { edit: true } }), 'met'],
	[{ kind: 'objectRight', object: 'CASE', right: 'edit' }, onCase({ rights: { edit: false } }), 'missing'],
	[{ kind: 'objectRight', object: 'Case', right: 'viewAll' }, onCase({ rights: { edit: true } }), 'unknown'],
	[{ kind: 'objectRight', object: 'Case', right: 'viewAll' }, onCase({ rights: { viewAll: false } }), 'missing'],
	[{ kind: 'seeAllCases' }, { showsAllCases: true }, 'met'],
	[{ kind: 'seeAllCases' }, { showsAllCases: false, ...onCase({ rights: { viewAll: true } }) }, 'met'],
	[{ kind: 'seeAllCases' }, { showsAllCases: false, ...onCase({ rights: { viewAll: false } }) }, 'missing'],
	[{ kind: 'seeAllCases' }, { showsAllCases: false, ...onCase({}) }, 'unknown'],
	[EDIT, onCase({ fields: new Map([['team__c', { read: true, edit: true }]]) }), 'met'],
	[EDIT, onCase({ fields: new Map([['team__c', { read: true, edit: false }]]) }), 'missing'],
	[READ, onCase({ fields: new Map([['team__c', { read: true, edit: false }]]) }), 'met'],
	[READ, onCase({ fields: new Map() }), 'missing'],
	[EDIT, onCase({ fields: new Map(), open: new Set(['team__c']) }), 'met'],
	[EDIT, onCase({}), 'unknown'],
	[TEAM, withField('Team__c', { type: 'Text', length: 255 }), 'met'],
	[TEAM, withField('Team__c', undefined), 'missing'],
	[TEAM, withField('Team__c', { type: 'Checkbox' }), 'different'],
	[TEAM, withField('Team__c', { type: 'Text', length: 40 }), 'different'],
	[TEAM, withField('Team__c', {}), 'unknown'],
	[TEAM, {}, 'unknown'],
	[KEY, withField('ExternalID__c', { type: 'Text', length: 255, externalId: true }), 'met'],
	[KEY, withField('ExternalID__c', { type: 'Text', length: 255, externalId: false }), 'different'],
	[UNIQUE, withField('ExternalID__c', { unique: true }), 'met'],
	[UNIQUE, withField('ExternalID__c', { unique: false }), 'different'],
	[UNIQUE, withField('ExternalID__c', undefined), 'missing'],
	[UNIQUE, {}, 'unknown'],
	[LINES, withField('EmployeeNotes__c', { visibleLines: 2 }), 'met'],
	[LINES, withField('EmployeeNotes__c', { visibleLines: 5 }), 'different'],
	[LINES, withField('EmployeeNotes__c', undefined), 'missing'],
	[LINES, withField('EmployeeNotes__c', {}), 'unknown'],
	...(Object.keys(NO_RULES) as RuleKind[]).flatMap((kind): Array<[Requirement, Partial<OrgFacts>, State]> => [
		[{ kind: 'rule', rule: kind }, rule(kind, []), 'met'],
		[{ kind: 'rule', rule: kind }, rule(kind, ['Standard']), 'different'],
		[{ kind: 'rule', rule: kind }, {}, 'unknown'],
	]),
	[{ kind: 'object', object: 'UserLicense' }, { setupObjects: new Map([['UserLicense', true]]) }, 'met'],
	[{ kind: 'object', object: 'UserLicense' }, { setupObjects: new Map([['UserLicense', false]]) }, 'missing'],
	[{ kind: 'object', object: 'UserLicense' }, {}, 'unknown'],
	[{ kind: 'changeEvents', object: 'Case' }, { changeEvents: new Set(['case']) }, 'met'],
	[{ kind: 'changeEvents', object: 'Case' }, { changeEvents: new Set() }, 'missing'],
	[{ kind: 'changeEvents', object: 'Case' }, {}, 'unknown'],
	[{ kind: 'scope' }, { scopes: ['api', 'refresh_token'] }, 'met'],
	[{ kind: 'scope' }, { scopes: ['full'] }, 'different'],
	[{ kind: 'scope' }, {}, 'unknown'],
	[{ kind: 'caseValue', field: 'Origin', value: 'Web' }, withValues({}), 'met'],
	[{ kind: 'caseValue', field: 'origin', value: 'Fax' }, withValues({}), 'different'],
	[{ kind: 'caseValue', field: 'Origin', value: 'The Web' }, withValues({}), 'different'],
	[{ kind: 'caseValue', field: 'Reason', value: 'Move' }, withValues({}), 'met'],
	[{ kind: 'caseValue', field: 'Reason', value: 'Fire' }, withValues({}), 'missing'],
	[{ kind: 'caseValue', field: 'Reason', value: 'The Move' }, withValues({}), 'missing'],
	[{ kind: 'caseValue', field: 'Subject', value: 'Any' }, withValues({}), 'met'],
	[{ kind: 'caseValue', field: 'Nothing__c', value: 'Any' }, withValues({}), 'missing'],
	[{ kind: 'caseValue', field: 'Origin', value: 'Web' }, {}, 'unknown'],
	[{ kind: 'caseRecordType', value: '012000000000001' }, withValues({}), 'met'],
	[{ kind: 'caseRecordType', value: 'Move' }, withValues({}), 'met'],
	[{ kind: 'caseRecordType', value: 'Old_Move' }, withValues({}), 'different'],
	[{ kind: 'caseRecordType', value: 'Others' }, withValues({}), 'different'],
	[{ kind: 'caseRecordType', value: 'Unasked' }, withValues({}), 'unknown'],
	[{ kind: 'caseRecordType', value: 'Nothing' }, withValues({}), 'missing'],
	[{ kind: 'caseRecordType', value: 'Move' }, {}, 'unknown'],
	[{ kind: 'closedStatus', value: 'Closed' }, withValues({}), 'met'],
	[{ kind: 'closedStatus', value: 'Done' }, withValues({}), 'met'],
	[{ kind: 'closedStatus', value: 'New' }, withValues({}), 'different'],
	[{ kind: 'closedStatus', value: 'Gone' }, withValues({}), 'missing'],
	[{ kind: 'closedStatus', value: 'Closed' }, withValues({ statuses: undefined }), 'unknown'],
];

const CHOICE: JobChoice = {
	jobs: [
		'pushMoves',
		'undoMoves',
		'readRecords',
		'writeRecords',
		'downloadSubscriptions',
		'downloadConsumption',
		'reclaimLicenses',
		'receiveChanges',
	],
	objects: ['Account', 'Contact'],
	fields: [{ object: 'Account', field: 'Name' }],
	names: CASE_FIELDS,
	caseValues: [
		{ field: 'Origin', value: 'Web' },
		{ field: 'RecordTypeId', value: '012000000000001' },
	],
	undoStatus: 'Closed',
	isUnique: false,
};

it.each(CASES)('%j by %o is %s', (requirement, known, state) => {
	const found = judge(requirement, facts(known));
	expect(found.state).toBe(state);
	expect(found.detail).toMatch(/\.$/);
	expect(found.remedy === '').toBe(state === 'met');
});

it('every kind of requirement that a job has is judged above', () => {
	const judged = new Set(CASES.map(([{ kind }]) => kind));
	expect([...new Set(requirementsOfAll(CHOICE).map(({ kind }) => kind))].filter((kind) => !judged.has(kind))).toEqual(
		[],
	);
});

it('every paragraph of the guide that remedies lead to is there', () => {
	const guide = readFileSync(join(__dirname, '../../docs/salesforce-setup.md'), 'utf8');
	const anchors = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);
	for (const anchor of Object.values(GUIDE)) expect(anchors).toContain(anchor);
	const named = new Set(requirementsOfAll(CHOICE).map((one) => judge(one, facts({})).guide));
	expect(Object.values(GUIDE).filter((anchor) => !named.has(anchor))).toEqual([]);
});

describe('what jobs need', () => {
	const rightsOf = (job: Job, more: Partial<JobChoice> = {}) =>
		requirementsOf(job, { ...CHOICE, ...more }).flatMap((one) =>
			one.kind === 'objectRight' ? [`${one.object}.${one.right}`] : [],
		);

	it('is the right to delete Cases only where two may be made at once', () => {
		expect(rightsOf('pushMoves')).toContain('Case.delete');
		expect(rightsOf('pushMoves', { isUnique: true })).toEqual(['Case.read', 'Case.create', 'Case.edit']);
	});

	it('is the right to change Cases where undoing closes them, and to delete them where it does not', () => {
		expect(rightsOf('undoMoves')).toEqual(['Case.read', 'Case.edit']);
		expect(rightsOf('undoMoves', { undoStatus: '' })).toEqual(['Case.read', 'Case.edit', 'Case.delete']);
	});

	it('holds the rights without which Salesforce gives none', () => {
		expect(rightsOf('readRecords')).toEqual(['Account.read', 'Contact.read']);
		expect(rightsOf('receiveChanges', { objects: ['Contact'] })).toEqual([
			'Account.read',
			'Account.viewAll',
			'Contact.read',
			'Contact.viewAll',
		]);
	});

	it('is each thing once', () => {
		for (const job of CHOICE.jobs) {
			const all = requirementsOf(job, CHOICE).map((one) => JSON.stringify(one));
			expect(new Set(all).size).toBe(all.length);
		}
	});
});

it('a job is ready unless something that it needs is missing or different', () => {
	const one = judge({ kind: 'apiVersion' }, facts({ newestVersion: 62 }));
	const advice = judge({ kind: 'apiOnly' }, facts(user({ permissions: new Set() })));
	expect(isReady([one, advice])).toBe(true);
	expect(isReady([one, judge({ kind: 'activeUser' }, facts(user({ isActive: false })))])).toBe(false);
	expect(isReady([judge(TEAM, facts(withField('Team__c', { type: 'Checkbox' })))])).toBe(false);
	expect(isReady([judge({ kind: 'apiCalls' }, facts({}))])).toBe(true);
	expect(isReady([judge({ kind: 'apiCalls' }, facts({ apiCalls: { max: 100, remaining: 9 } }))])).toBe(true);
	expect(isReady([judge({ kind: 'apiCalls' }, facts({ apiCalls: { max: 100, remaining: 0 } }))])).toBe(false);
});
