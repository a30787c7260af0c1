import { MOVE_FIELDS } from './job';
import type { FieldKind, FieldRight, Job, JobChoice, MoveField, ObjectRight, UserPermission } from './job';

/** What an org does by itself with Cases, and at log-in. */
export type RuleKind =
	| 'assignmentRule'
	| 'autoResponseRule'
	| 'duplicateRule'
	| 'validationRule'
	| 'trigger'
	| 'flow'
	| 'loginFlow';

/** One thing that a job needs of an org, as data: it is checked, and what is missing is made, by the same table. */
export type Requirement =
	| { kind: 'apiVersion' }
	| { kind: 'apiCalls' }
	| { kind: 'activeUser' }
	| { kind: 'permissionSetLicense' }
	| { kind: 'permission'; permission: UserPermission }
	| { kind: 'apiOnly' }
	| { kind: 'noMoreThanNeeded'; permission: UserPermission }
	| { kind: 'objectRight'; object: string; right: ObjectRight }
	| { kind: 'seeAllCases' }
	| { kind: 'fieldRight'; object: string; field: string; right: FieldRight }
	| { kind: 'field'; name: string; as: FieldKind }
	| { kind: 'uniqueField'; name: string }
	| { kind: 'visibleLines'; name: string; lines: number }
	| { kind: 'rule'; rule: RuleKind }
	| { kind: 'scope' }
	| { kind: 'caseValue'; field: string; value: string }
	| { kind: 'caseRecordType'; value: string }
	| { kind: 'closedStatus'; value: string }
	| { kind: 'object'; object: string }
	| { kind: 'changeEvents'; object: string };

/** Its kinds, each with what stands in it. */
export type RequirementOf<K extends Requirement['kind']> = Extract<Requirement, { kind: K }>;

/** Objects, in lower case, that can be read only with their parent (Setup ticks Read on Accounts along). */
const READ_WITH: ReadonlyMap<string, string> = new Map(
	['asset', 'contact', 'opportunity'].map((object) => [object, 'Account']),
);

/** Rights that an object right needs besides itself (help: object permissions). */
const NEEDS: Readonly<Record<ObjectRight, readonly ObjectRight[]>> = {
	read: [],
	create: ['read'],
	edit: ['read'],
	delete: ['read', 'edit'],
	viewAll: ['read'],
	modifyAll: ['read', 'edit', 'delete', 'viewAll'],
};

const SETUP: readonly UserPermission[] = ['ViewSetup', 'ViewRoles'];

/** Manage Users, with the permissions without which the API does not give it. */
const MANAGE_USERS: readonly UserPermission[] = [
	...SETUP,
	'ManageUsers',
	'AssignPermissionSets',
	'ManageInternalUsers',
	'ManageIpAddresses',
	'ManageLoginAccessPolicies',
	'ManagePasswordPolicies',
	'ManageProfilesPermissionsets',
	'ManageRoles',
	'ManageSharing',
	'ManageTwoFactor',
	'ResetPasswords',
	'ViewAllUsers',
];

/** Those for Cases. */
const RULES: readonly RuleKind[] = [
	'assignmentRule',
	'autoResponseRule',
	'duplicateRule',
	'validationRule',
	'trigger',
	'flow',
];

/** What every job needs. */
const ALWAYS: readonly Requirement[] = [
	{ kind: 'apiVersion' },
	{ kind: 'apiCalls' },
	{ kind: 'activeUser' },
	{ kind: 'permissionSetLicense' },
	{ kind: 'permission', permission: 'ApiEnabled' },
	{ kind: 'apiOnly' },
	{ kind: 'noMoreThanNeeded', permission: 'ViewAllData' },
	{ kind: 'noMoreThanNeeded', permission: 'ModifyAllData' },
	{ kind: 'scope' },
	{ kind: 'rule', rule: 'loginFlow' },
];

/** The one table: what each job needs besides. */
const OF_JOB: Readonly<Record<Job, (choice: JobChoice) => Requirement[]>> = {
	pushMoves: (choice) => [
		...caseFields(choice),
		...rights('Case', ['create', 'edit', ...(choice.isUnique ? [] : (['delete'] as const))]),
		{ kind: 'seeAllCases' },
		...Object.values(choice.names).map((field) => caseField(field, 'edit')),
		caseField('Subject', 'edit'),
		caseField('Description', 'edit'),
		caseField('ClosedDate', 'read'),
		...choice.caseValues.map(caseValue),
		...RULES.map((rule): Requirement => ({ kind: 'rule', rule })),
	],
	undoMoves: ({ names, undoStatus }) => [
		{ kind: 'field', name: names.externalId, as: MOVE_FIELDS.externalId },
		...(undoStatus === ''
			? rights('Case', ['delete'])
			: [
					...rights('Case', ['edit']),
					caseField('Status', 'edit'),
					{ kind: 'closedStatus', value: undoStatus } as const,
				]),
		{ kind: 'seeAllCases' },
		caseField(names.externalId, 'read'),
	],
	readRecords: ({ objects, fields }) => [
		...objects.flatMap((object) => rights(object, ['read'])),
		...fields.map((field): Requirement => ({ kind: 'fieldRight', ...field, right: 'read' })),
	],
	writeRecords: ({ objects, fields }) => [
		...objects.flatMap((object) => rights(object, ['create', 'edit'])),
		...fields.map((field): Requirement => ({ kind: 'fieldRight', ...field, right: 'edit' })),
	],
	downloadSubscriptions: () => [
		...permissions(SETUP),
		...['UserLicense', 'PermissionSetLicense', 'PackageLicense'].map(ofObject),
	],
	downloadConsumption: () => [
		...permissions(SETUP),
		...['UserLicense', 'PermissionSetLicense', 'PackageLicense', 'TenantUsageEntitlement'].map(ofObject),
	],
	reclaimLicenses: () => [
		...permissions(MANAGE_USERS),
		...['UserLogin', 'PermissionSetLicenseAssign', 'UserPackageLicense'].map(ofObject),
	],
	receiveChanges: ({ objects }) =>
		objects.flatMap((object) => [...rights(object, ['viewAll']), { kind: 'changeEvents', object } as const]),
};

/** What a job needs of an org, each once, in the order in which people would see to it. */
export function requirementsOf(job: Job, choice: JobChoice): Requirement[] {
	return once([...ALWAYS, ...OF_JOB[job](choice)]);
}

/** What several jobs need together, each once. */
export function requirementsOfAll(choice: JobChoice): Requirement[] {
	return once(choice.jobs.flatMap((job) => requirementsOf(job, choice)));
}

function once(requirements: readonly Requirement[]): Requirement[] {
	return [...new Map(requirements.map((one) => [JSON.stringify(one).toLowerCase(), one])).values()];
}

function caseFields({ names }: JobChoice): Requirement[] {
	return (Object.keys(MOVE_FIELDS) as MoveField[]).flatMap((key): Requirement[] => {
		const { [key]: as } = MOVE_FIELDS;
		const name = names[key];
		return [
			{ kind: 'field', name, as },
			...(as.externalId ? [{ kind: 'uniqueField', name } as const] : []),
			...(as.visibleLines === undefined ? [] : [{ kind: 'visibleLines', name, lines: as.visibleLines } as const]),
		];
	});
}

function caseField(field: string, right: FieldRight): Requirement {
	return { kind: 'fieldRight', object: 'Case', field, right };
}

function caseValue({ field, value }: { field: string; value: string }): Requirement {
	return field.toLowerCase() === 'recordtypeid'
		? { kind: 'caseRecordType', value }
		: { kind: 'caseValue', field, value };
}

function rights(object: string, wanted: readonly ObjectRight[]): Requirement[] {
	const all = new Set(wanted.flatMap((right) => [...NEEDS[right], right]));
	const parent = READ_WITH.get(object.toLowerCase());
	const ofParent: ObjectRight[] = all.has('viewAll') ? ['read', 'viewAll'] : ['read'];
	return [
		...(parent === undefined
			? []
			: ofParent.map((right): Requirement => ({ kind: 'objectRight', object: parent, right }))),
		...[...all].map((right): Requirement => ({ kind: 'objectRight', object, right })),
	];
}

function permissions(names: readonly UserPermission[]): Requirement[] {
	return names.map((permission) => ({ kind: 'permission', permission }));
}

function ofObject(object: string): Requirement {
	return { kind: 'object', object };
}
