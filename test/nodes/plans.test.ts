import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { CASE_FIELDS } from '../../moves/caseFields';
import { createOrUpdateRecord } from '../../nodes/CreateOrUpdateRecord/createOrUpdateRecord';
import { deleteRecord } from '../../nodes/DeleteRecord/deleteRecord';
import { downloadConsumption } from '../../nodes/DownloadConsumption/downloadConsumption';
import { downloadSubscriptions } from '../../nodes/DownloadSubscriptions/downloadSubscriptions';
import { getRecordFields } from '../../nodes/GetRecordFields/getRecordFields';
import { prepareOrg } from '../../nodes/PrepareOrg/prepareOrg';
import { pushMove } from '../../nodes/PushMove/pushMove';
import { reclaimLicense } from '../../nodes/ReclaimLicense/reclaimLicense';
import { reconcileMoves } from '../../nodes/ReconcileMoves/reconcileMoves';
import type { Action } from '../../nodes/shared/action';
import { ItemInput } from '../../nodes/shared/input';
import { soqlQuery } from '../../nodes/SoqlQuery/soqlQuery';
import { undoChangesAction } from '../../nodes/UndoChanges/undoChanges';
import { undoMove } from '../../nodes/UndoMove/undoMove';
import { undoReclaim } from '../../nodes/UndoReclaim/undoReclaim';
import { Engine } from '../support/engine';

const NOW = DateTime.fromISO('2026-05-01T09:30:00', { zone: 'UTC' }) as DateTime<true>;

let engine: Engine;

beforeAll(async () => {
	engine = await Engine.start();
});

/** What a node plans for an item, as n8n reads its parameters. Moments are shown as ISO 8601. */
function planOf<Plan>(type: string, action: Action<Plan>, parameters: object, item: IDataObject): unknown {
	const host = engine.context({ type, parameters: parameters as never }, [item]);
	return shown(action.plan(new ItemInput(host, 0, NOW)));
}

function shown(value: unknown): unknown {
	if (DateTime.isDateTime(value)) return value.toISO();
	// A template is made once for all items that share it.
	if (typeof value === 'function') return 'template';
	if (value instanceof Set || value instanceof Map) return [...(value as Iterable<unknown>)].map(shown);
	if (Array.isArray(value)) return value.map(shown);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(member)]));
}

describe('the plan of', () => {
	it('salesforcePushMove is plain data', () => {
		const plan = planOf(
			'salesforcePushMove',
			pushMove,
			{ options: { origin: 'Web', overLongText: 'cut' } },
			{ moveId: 'm-1', movePlanId: 'p', effectiveDate: '2026-05-01', employeeName: 'Ada', newSeat: 'B-2' },
		);
		expect(plan).toEqual({
			move: {
				moveId: 'm-1',
				movePlanId: 'p',
				effectiveDate: '2026-05-01',
				employeeId: '',
				employeeName: 'Ada',
				department: '',
				team: '',
				currentSeat: '',
				newSeat: 'B-2',
				employeeAssets: '',
				employeeNotes: '',
			},
			externalId: 'p:m-1',
			isDue: true,
			day: '2026-05-01',
			template: {
				subject: 'template',
				description: 'template',
				fields: { Origin: 'Web' },
				overLongText: 'cut',
			},
			further: {},
			timeZone: 'UTC',
			assignmentRules: true,
			rules: {
				reopen: [],
				parallel: 5,
				together: true,
				dryRun: false,
				seatConflicts: 'tell',
				openCases: false,
				names: CASE_FIELDS,
				undo: { fields: [], encrypted: false },
			},
		});
	});

	it('salesforceUndoMove is plain data', () => {
		const plan = planOf('salesforceUndoMove', undoMove, { undo: 'plan', method: 'close' }, { movePlanId: 'p' });
		expect(plan).toEqual({
			names: CASE_FIELDS,
			of: { planPrefix: 'p:' },
			status: 'Closed',
			parallelCalls: 5,
			together: true,
			dryRun: false,
			keep: { fields: [], encrypted: false },
		});
	});

	it('salesforceReconcileMoves is plain data', () => {
		const plan = planOf('salesforceReconcileMoves', reconcileMoves, {}, { moveId: 'm-1', movePlanId: 'p' });
		expect(plan).toEqual({
			read: {
				move: {
					moveId: 'm-1',
					movePlanId: 'p',
					employeeId: '',
					employeeName: '',
					department: '',
					team: '',
					currentSeat: '',
					newSeat: '',
					employeeAssets: '',
					employeeNotes: '',
				},
				externalId: 'p:m-1',
				isDue: true,
				day: '2026-05-01',
				template: {
					subject: 'template',
					description: 'template',
					fields: {},
					overLongText: 'fail',
				},
				further: {},
				timeZone: 'UTC',
			},
			emptyPlans: [],
			names: CASE_FIELDS,
			history: true,
			seatConflicts: 'tell',
			parallelCalls: 5,
		});
	});

	it('salesforceSoqlQuery is plain data', () => {
		const plan = planOf(
			'salesforceSoqlQuery',
			soqlQuery,
			{
				query: 'SELECT Id FROM Case WHERE Subject = :subject',
				queryParameters: { parameter: [{ name: 'subject', type: 'text', value: "it's" }] },
				limit: 10,
			},
			{},
		);
		expect(plan).toEqual({
			limit: 10,
			api: 'automatic',
			explain: false,
			includeDeleted: false,
			shape: { attributes: false, columns: false, isoDates: false },
			statements: ["SELECT Id FROM Case WHERE Subject = 'it\\'s'"],
			outline: {
				object: 'Case',
				selection: { fields: ['Id'], children: [], hasFunctions: false, hasAliases: false, hasOpenFields: false },
				countsOnly: false,
				aggregated: false,
				limited: false,
				hasOffset: false,
				hasOr: false,
				isUnusual: false,
			},
			dropped: [],
		});
	});

	it('salesforceGetRecordFields is plain data', () => {
		const plan = planOf(
			'salesforceGetRecordFields',
			getRecordFields,
			{
				object: { __rl: true, mode: 'name', value: 'Case' },
				recordId: '500000000000001',
				fields: ['Status'],
				furtherFields: 'Owner.Email, status',
			},
			{},
		);
		expect(plan).toEqual({
			object: 'Case',
			record: { id: '500000000000001AAA' },
			fields: ['status', 'Owner.Email'],
			includeDeleted: false,
			missing: 'fail',
		});
	});

	it('salesforceCreateOrUpdateRecord is plain data', () => {
		const plan = planOf(
			'salesforceCreateOrUpdateRecord',
			createOrUpdateRecord,
			{
				operation: 'upsert',
				object: { __rl: true, mode: 'name', value: 'Case' },
				externalIdField: { __rl: true, mode: 'name', value: 'ExternalID__c' },
				valuesFrom: 'item',
			},
			{ ExternalID__c: 'a', Subject: 'Chair' },
		);
		expect(plan).toEqual({
			operation: 'upsert',
			object: 'Case',
			keyField: 'ExternalID__c',
			values: { ExternalID__c: 'a', Subject: 'Chair' },
			body: { emptyText: 'leaveOut', readOnlyFields: 'fail', readOnlyOption: 'Read-Only Fields', timeZone: 'UTC' },
			rules: {
				assignmentRules: 'new',
				allowDuplicates: false,
				allOrNone: false,
				bulkFrom: Infinity,
				emptyMatch: 'fail',
				onlyChanges: false,
				dryRun: false,
				parallelCalls: 5,
				undo: { fields: [], encrypted: false },
			},
		});
	});

	it('salesforceDeleteRecord is plain data', () => {
		const plan = planOf(
			'salesforceDeleteRecord',
			deleteRecord,
			{ object: { __rl: true, mode: 'name', value: 'Case' } },
			{ Id: '500000000000001' },
		);
		expect(plan).toEqual({
			object: 'Case',
			record: { id: '500000000000001AAA' },
			undo: { fields: [], encrypted: false },
			dryRun: true,
			atMost: 200,
			rules: { parallel: 5, together: true, bulkFrom: Infinity },
		});
	});

	it('salesforceUndoChanges is plain data', () => {
		const plan = planOf('salesforceUndoChanges', undoChangesAction, {}, { undo: { version: 1 } });
		expect(plan).toEqual({
			records: [{ version: 1 }],
			dryRun: true,
			acceptOtherSecret: false,
			whenChanged: 'leave',
			now: '2026-05-01T09:30:00.000Z',
		});
	});

	it('salesforceDownloadSubscriptions is plain data', () => {
		const plan = planOf('salesforceDownloadSubscriptions', downloadSubscriptions, { options: { kinds: ['user'] } }, {});
		expect(plan).toEqual({
			orgName: '',
			rules: { now: '2026-05-01T09:30:00.000Z', inactiveAfterDays: 60, spareNewDays: 30, daysByLicense: [] },
			selection: { kinds: ['user'], licenses: [], systemUsers: false },
			kindsChosen: true,
			onePerUser: false,
			logInDays: 0,
		});
	});

	it('salesforceDownloadConsumption is plain data', () => {
		const plan = planOf('salesforceDownloadConsumption', downloadConsumption, {}, {});
		expect(plan).toEqual({
			orgName: '',
			kinds: ['feature', 'package', 'permissionSet', 'usage', 'user'],
			all: false,
			trendDays: 0,
		});
	});

	it('salesforceReclaimLicense is plain data', () => {
		const plan = planOf(
			'salesforceReclaimLicense',
			reclaimLicense,
			{ operation: 'deactivate', dryRun: false, orgId: '' },
			{ user: { id: '005000000000001' } },
		);
		expect(plan).toEqual({
			task: {
				request: { act: 'deactivate', userId: '005000000000001', orgId: '' },
				rules: { now: '2026-05-01T09:30:00.000Z', inactiveAfterDays: 60, spareNewDays: 30, daysByLicense: [] },
				dryRun: false,
			},
			guards: [{ exclusions: { users: [], profiles: [], permissionSets: [] }, atMost: 50 }],
			orgName: '',
		});
	});

	it('salesforceUndoReclaim is plain data', () => {
		const plan = planOf('salesforceUndoReclaim', undoReclaim, {}, { reclaim: { result: 'skipped' } });
		expect(plan).toEqual({
			record: 'nothingToUndo',
			acceptOtherSecret: false,
			dryRun: false,
			restoreChanged: false,
			now: '2026-05-01T09:30:00.000Z',
			orgName: '',
		});
	});

	it('salesforcePrepareOrg is plain data', () => {
		const plan = planOf('salesforcePrepareOrg', prepareOrg, { jobs: ['pushMoves'] }, {});
		expect(plan).toEqual({
			operation: 'check',
			choice: {
				jobs: ['pushMoves'],
				objects: [],
				fields: [],
				caseValues: [],
				undoStatus: '',
				isUnique: true,
				names: {
					externalId: 'ExternalID__c',
					department: 'Department__c',
					team: 'Team__c',
					currentSeat: 'CurrentSeat__c',
					newSeat: 'NewSeat__c',
					employeeAssets: 'EmployeeAssets__c',
					employeeNotes: 'EmployeeNotes__c',
				},
			},
			rules: { dryRun: true, username: '', externalId: { unique: true, caseSensitive: false } },
			undo: true,
		});
	});
});
