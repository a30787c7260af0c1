import { INTEGRATION_LICENSE, INTEGRATION_PSL } from './facts';
import type { OrgFacts, RecordTypeFacts } from './facts';
import { differencesOf } from './fieldDifferences';
import { GUIDE } from './guide';
import type { GuideParagraph } from './guide';
import { OBJECT_RIGHTS, USER_PERMISSIONS } from './job';
import type { Requirement, RequirementOf, RuleKind } from './requirements';

/** How an org stands to a requirement. */
export type State = 'met' | 'missing' | 'different' | 'unknown';

/** What is found of one requirement. */
export interface Finding {
	/** What is required, in words. */
	requirement: string;
	state: State;
	/** What was found, as a sentence. */
	detail: string;
	/** What to do about it, as a sentence; empty where there is nothing to do. */
	remedy: string;
	/** Where in Setup it is, below `/lightning/setup/`. The addresses are those that browsers show. */
	setup: string;
	/** The paragraph of the set-up guide. */
	guide: GuideParagraph;
	/** Whether the job works without it, so that it is told and holds nothing up. */
	isAdvice: boolean;
}

/** What a judgement says of one requirement; the rest follows from its kind. */
interface Verdict {
	state: State;
	detail: string;
}

interface Kind<R extends Requirement> {
	requirement(one: R): string;
	judge(one: R, facts: OrgFacts): Verdict;
	remedy(one: R): string;
	setup(one: R): string;
	guide: GuideParagraph;
	/** In which states the job works all the same. */
	advice?: readonly State[];
}

/** The REST API version that the nodes speak; an org has it or a newer one. */
const LEAST_VERSION = 62;

/** Scopes with which a token may do more than call the API (Salesforce Help, OAuth Tokens and Scopes). */
const TOO_WIDE = ['full', 'web'];

/** Below this part of a day's API calls the rest is told. */
const FEW_CALLS = 0.1;

const PREPARE = 'Let Salesforce Prepare Org give it (operation Prepare, with the credential of an admin)';

const SEE_ALL = `${PREPARE}; to see whether it is there, check with the credential of an admin and the user's username`;

/** Of what is told for a person to know, and holds no job up. */
const ALWAYS: readonly State[] = ['met', 'missing', 'different', 'unknown'];

const met = (detail: string): Verdict => ({ state: 'met', detail });
const missing = (detail: string): Verdict => ({ state: 'missing', detail });
const different = (detail: string): Verdict => ({ state: 'different', detail });
const unknown = (what: string): Verdict => ({
	state: 'unknown',
	detail: `Salesforce does not tell the signed-in user ${what}.`,
});

/** A verdict by what may be true, false, or not known. */
function by(value: boolean | undefined, yes: string, no: string, what: string): Verdict {
	return value === undefined ? unknown(what) : value ? met(yes) : missing(no);
}

/** The rules that an org may have, for Cases or as a whole, with where Setup has them. */
const RULES: Readonly<Record<RuleKind, { label: string; of?: 'The org'; setup: string; effect: string }>> = {
	assignmentRule: {
		label: 'Assignment Rules',
		setup: 'CaseRules/home',
		effect:
			'They give new Cases to somebody else: turn them off by the option Run Assignment Rules, or let the API user edit and delete the Cases of others',
	},
	autoResponseRule: {
		label: 'Auto-Response Rules',
		setup: 'CaseResponses/home',
		effect: 'A Case may then need a Web Email: fill it by the option Further Case Fields',
	},
	duplicateRule: {
		label: 'Duplicate Rules',
		setup: 'DuplicateRules/home',
		effect: 'They may refuse Cases that look alike: leave the API user out of them',
	},
	validationRule: {
		label: 'Validation Rules',
		setup: 'ObjectManager/Case/ValidationRules/view',
		effect:
			'They hold for n8n too: fill the fields that they want by the option Further Case Fields, or leave the API user out of them',
	},
	trigger: {
		label: 'Triggers',
		setup: 'ObjectManager/Case/ApexTriggers/view',
		effect: 'They run for the Cases of n8n too: try them in a sandbox with 200 Cases at once',
	},
	flow: {
		label: 'Flows',
		setup: 'Flows/home',
		effect: 'They run for the Cases of n8n too: try them in a sandbox with 200 Cases at once',
	},
	loginFlow: {
		label: 'Login Flows',
		of: 'The org',
		setup: 'LoginFlow/home',
		effect: 'Assign none to the profile of the API user: nobody could go through it for n8n',
	},
};

const KINDS: { [K in Requirement['kind']]: Kind<RequirementOf<K>> } = {
	apiVersion: {
		requirement: () => `REST API ${LEAST_VERSION}.0`,
		judge: (_one, { newestVersion: newest }) =>
			newest === undefined
				? unknown('which versions of the API the org has')
				: newest >= LEAST_VERSION
					? met(`The org has version ${newest}.0.`)
					: missing(`The newest version of the org is ${newest}.0.`),
		remedy: () => 'Ask Salesforce when the org gets its next release',
		setup: () => 'CompanyProfileInfo/home',
		guide: GUIDE.signIn,
	},
	apiCalls: {
		requirement: () => 'API Calls Left',
		judge(_one, { apiCalls }) {
			if (apiCalls === undefined) return unknown('how many API calls are left');
			const { max, remaining } = apiCalls;
			const detail = `${remaining} of ${max} API calls of these 24 hours are left.`;
			if (remaining <= 0) return missing(detail);
			return remaining < max * FEW_CALLS ? different(detail) : met(detail);
		},
		remedy: () => 'Wait, let fewer programs call the org, or use the option API Calls to Keep Free of the nodes',
		setup: () => 'CompanyProfileInfo/home',
		guide: GUIDE.limits,
		advice: ['different'],
	},
	activeUser: {
		requirement: () => 'Active User',
		judge: (_one, { user: { isActive, username, profile, licenseName } }) => {
			const is = `${username} is ${isActive ? 'active' : 'not active'}`;
			const detail = profile === '' ? `${is}.` : `${is}, with the profile ${profile} and the license ${licenseName}.`;
			return isActive ? met(detail) : missing(detail);
		},
		remedy: () => 'Activate the user',
		setup: () => 'ManageUsers/home',
		guide: GUIDE.user,
	},
	permissionSetLicense: {
		requirement: () => 'Permission Set License',
		judge: (_one, { user: { license, permissionSetLicenses } }) =>
			license === INTEGRATION_LICENSE
				? by(
						permissionSetLicenses?.has(INTEGRATION_PSL),
						'The user has Salesforce API Integration.',
						'The user has the license Salesforce Integration without Salesforce API Integration, so no object can be opened.',
						"the user's permission-set licenses",
					)
				: met("The user's license needs none."),
		remedy: () => PREPARE,
		setup: () => 'ManageUsers/home',
		guide: GUIDE.permissionSet,
	},
	permission: {
		requirement: ({ permission }) => USER_PERMISSIONS[permission],
		judge: ({ permission }, { user: { permissions } }) =>
			by(
				permissions?.has(permission),
				`The user has ${USER_PERMISSIONS[permission]}.`,
				`The user lacks ${USER_PERMISSIONS[permission]}.`,
				`whether the user has ${USER_PERMISSIONS[permission]}`,
			),
		remedy: () => PREPARE,
		setup: () => 'PermSets/home',
		guide: GUIDE.permissionSet,
	},
	apiOnly: {
		requirement: () => 'No Log-In Page',
		judge: (_one, { user: { permissions } }) =>
			permissions === undefined
				? unknown('whether the user has API Only User')
				: permissions.has('ApiUserOnly')
					? met('The user has API Only User and cannot log in with a browser.')
					: different('The user can log in with a browser as well.'),
		remedy: () => 'Use a user for n8n alone, with a profile that has API Only User',
		setup: () => 'ManageUsers/home',
		guide: GUIDE.user,
		advice: ALWAYS,
	},
	noMoreThanNeeded: {
		requirement: ({ permission }) => `Not ${USER_PERMISSIONS[permission]}`,
		judge: ({ permission }, { user: { permissions } }) =>
			permissions === undefined
				? unknown(`whether the user has ${USER_PERMISSIONS[permission]}`)
				: permissions.has(permission)
					? different(`The user has ${USER_PERMISSIONS[permission]}, which is more than the job needs.`)
					: met(`The user does not have ${USER_PERMISSIONS[permission]}.`),
		remedy: () => 'Take it from the user; people who have it need a phishing-resistant second factor at log-in',
		setup: () => 'PermSets/home',
		guide: GUIDE.permissionSet,
		advice: ALWAYS,
	},
	objectRight: {
		requirement: ({ object, right }) => `${object}: ${OBJECT_RIGHTS[right].label}`,
		judge: ({ object, right }, { objects }) =>
			by(
				objects.get(object.toLowerCase())?.rights[right],
				`The user has ${OBJECT_RIGHTS[right].label} on ${object}.`,
				`The user lacks ${OBJECT_RIGHTS[right].label} on ${object}, or the org has no such object.`,
				`whether the user has ${OBJECT_RIGHTS[right].label} on ${object}`,
			),
		remedy: ({ right }) => (right === 'viewAll' || right === 'modifyAll' ? SEE_ALL : PREPARE),
		setup: () => 'PermSets/home',
		guide: GUIDE.permissionSet,
	},
	seeAllCases: {
		requirement: () => `Case: ${OBJECT_RIGHTS.viewAll.label}`,
		judge: (_one, { objects, showsAllCases }) =>
			showsAllCases === true
				? met('The org-wide default lets everybody who may see Cases see all of them.')
				: by(
						objects.get('case')?.rights.viewAll,
						`The user has ${OBJECT_RIGHTS.viewAll.label} on Case.`,
						`The user lacks ${OBJECT_RIGHTS.viewAll.label} on Case, and Cases are not public in the org.`,
						`whether the user has ${OBJECT_RIGHTS.viewAll.label} on Case`,
					),
		remedy: () => SEE_ALL,
		setup: () => 'PermSets/home',
		guide: GUIDE.permissionSet,
	},
	fieldRight: {
		requirement: ({ object, field, right }) => `${object}.${field}: ${right === 'edit' ? 'Edit' : 'Read'}`,
		judge({ object, field, right }, { objects }) {
			const { fields, open } = objects.get(object.toLowerCase()) ?? {};
			const isOpen = open?.has(field.toLowerCase()) === true;
			const has = isOpen ? true : fields === undefined ? undefined : fields.get(field.toLowerCase())?.[right] === true;
			return by(
				has,
				`The user may ${right} ${object}.${field}.`,
				`The user may not ${right} ${object}.${field}, or the org has no such field.`,
				`whether the user may ${right} ${object}.${field}`,
			);
		},
		remedy: () => PREPARE,
		setup: () => 'PermSets/home',
		guide: GUIDE.permissionSet,
	},
	field: {
		requirement: ({ name }) => `Field Case.${name}`,
		judge({ name, as }, { caseFields }) {
			if (caseFields === undefined) return unknown(`whether Case has ${name}`);
			const found = caseFields.get(name.toLowerCase());
			if (found === undefined) return missing(`Case has no field ${name}.`);
			if (found.type === undefined) return unknown(`how ${name} is made`);
			const wrong = differencesOf(found, as);
			return wrong.length === 0
				? met(`Case has ${name}.`)
				: different(`Case has ${name}, but ${wrong.join(', and ')}.`);
		},
		remedy: () =>
			'Let Salesforce Prepare Org make it, or, where it is there and different, change it in Setup or name another field',
		setup: () => 'ObjectManager/Case/FieldsAndRelationships/view',
		guide: GUIDE.fields,
	},
	uniqueField: {
		requirement: ({ name }) => `Case.${name}: Unique`,
		judge({ name }, { caseFields }) {
			const found = caseFields?.get(name.toLowerCase());
			if (caseFields !== undefined && found === undefined) return missing(`Case has no field ${name}.`);
			if (found?.unique === undefined) return unknown(`whether ${name} is unique`);
			return found.unique
				? met(`${name} is unique.`)
				: different(`${name} is not unique, so two runs at the same moment may make two Cases for a while.`);
		},
		remedy: () => 'Tick Unique once no two Cases have the same external ID, or let the API user delete Cases',
		setup: () => 'ObjectManager/Case/FieldsAndRelationships/view',
		guide: GUIDE.unique,
		advice: ALWAYS,
	},
	visibleLines: {
		requirement: ({ name, lines }) => `Case.${name}: ${lines} Visible Lines`,
		judge({ name, lines }, { caseFields }) {
			const found = caseFields?.get(name.toLowerCase());
			if (caseFields !== undefined && found === undefined) return missing(`Case has no field ${name}.`);
			if (found?.visibleLines === undefined) return unknown(`how many lines pages show of ${name}`);
			const detail = `Pages show ${found.visibleLines} lines of ${name}.`;
			return found.visibleLines === lines ? met(detail) : different(detail);
		},
		remedy: () => 'It only changes how pages look; change it in Setup if you like',
		setup: () => 'ObjectManager/Case/FieldsAndRelationships/view',
		guide: GUIDE.fields,
		advice: ALWAYS,
	},
	rule: {
		requirement: ({ rule }) => (RULES[rule].of === undefined ? `${RULES[rule].label} on Case` : RULES[rule].label),
		judge({ rule }, { rules }) {
			const { label, of = 'Case' } = RULES[rule];
			const active = rules[rule];
			if (active === undefined) return unknown(`which ${label.toLowerCase()} ${of === 'Case' ? of : 'the org'} has`);
			if (active.length === 0) return met(`${of} has no active ${label.toLowerCase()}.`);
			return different(`Active: ${active.join(', ')}.`);
		},
		remedy: ({ rule }) => RULES[rule].effect,
		setup: ({ rule }) => RULES[rule].setup,
		guide: GUIDE.rules,
		advice: ALWAYS,
	},
	scope: {
		requirement: () => 'Scopes of the Token',
		judge(_one, { scopes }) {
			if (scopes === undefined) return unknown("which scopes the token of this node's credential has");
			const detail = `The token of this node's credential has the scopes ${scopes.join(', ')}.`;
			return scopes.some((scope) => TOO_WIDE.includes(scope)) ? different(detail) : met(detail);
		},
		remedy: () =>
			'Leave the app the scope api, and refresh_token where people log in: full lets the token do all that the user may do',
		setup: () => 'ManageExternalClientApplication/home',
		guide: GUIDE.app,
		advice: ALWAYS,
	},
	caseValue: {
		requirement: ({ field, value }) => `Case.${field}: ${value}`,
		judge({ field, value }, { caseValues }) {
			if (caseValues === undefined) return unknown(`which values ${field} has`);
			if (!caseValues.fields.has(field.toLowerCase())) {
				return missing(`Case has no field ${field} that the signed-in user can see.`);
			}
			const picklist = caseValues.fields.get(field.toLowerCase());
			if (picklist === undefined) return met(`${field} is not a picklist and takes any value.`);
			if (picklist.values.some((one) => one.value === value)) return met(`The picklist ${field} has ${value}.`);
			const meant = picklist.values.find(({ label }) => label === value);
			const detail =
				meant === undefined
					? `The picklist ${field} has no active value ${value}.`
					: `In the picklist ${field}, ${value} is the label of the value ${meant.value}.`;
			return picklist.isRestricted ? missing(detail) : different(`${detail} Salesforce takes it all the same.`);
		},
		remedy: () => "Write one of the picklist's values into the workflow, or add it in Setup",
		setup: () => 'ObjectManager/Case/FieldsAndRelationships/view',
		guide: GUIDE.values,
		advice: ['different'],
	},
	caseRecordType: {
		requirement: ({ value }) => `Case.RecordTypeId: ${value}`,
		judge({ value }, { caseValues }) {
			if (caseValues === undefined) return unknown('which record types Case has');
			const found = caseValues.recordTypes.find((one) => isRecordType(one, value));
			if (found === undefined) return missing(`Case has no record type ${value}.`);
			if (!found.isActive) return different(`The record type ${found.name} is not active.`);
			if (found.isAvailable === undefined) return unknown(`whether the user may use the record type ${found.name}`);
			return found.isAvailable
				? met(`The user may use the record type ${found.name}.`)
				: different(`The record type ${found.name} is not assigned to the user.`);
		},
		remedy: () =>
			'Activate the record type, and assign it in the permission set of the user, under Object Settings, Cases',
		setup: () => 'ObjectManager/Case/RecordTypes/view',
		guide: GUIDE.values,
	},
	closedStatus: {
		requirement: ({ value }) => `Closed Status ${value}`,
		judge({ value }, { caseValues }) {
			if (caseValues?.statuses === undefined) return unknown('which statuses of Cases are closed');
			const found = caseValues.statuses.find((one) => one.value === value || one.label === value);
			if (found === undefined) return missing(`Cases have no status ${value}.`);
			return found.isClosed
				? met(`The status ${value} is a closed one.`)
				: different(`The status ${value} is an open one.`);
		},
		remedy: () => 'Name a closed status in Undo Move, or add one in Setup',
		setup: () => 'ObjectManager/Case/FieldsAndRelationships/view',
		guide: GUIDE.values,
	},
	object: {
		requirement: ({ object }) => `Object ${object}`,
		judge: ({ object }, { setupObjects }) =>
			by(
				setupObjects.get(object),
				`The signed-in user sees ${object}.`,
				`The signed-in user does not see ${object}, or the org does not have it.`,
				`whether it has ${object}`,
			),
		remedy: () => 'Give the user the rights of the job; an object that the org does not have is left out',
		setup: () => 'PermSets/home',
		guide: GUIDE.rights,
		advice: ALWAYS,
	},
	changeEvents: {
		requirement: ({ object }) => `Change Data Capture of ${object}`,
		judge: ({ object }, { changeEvents }) =>
			by(
				changeEvents?.has(object.toLowerCase()),
				`Changes of ${object} are told.`,
				`Changes of ${object} are not told.`,
				`whether changes of ${object} are told`,
			),
		remedy: ({ object }) => `Quick Find: Change Data Capture; choose ${object}`,
		setup: () => 'CdcObjectEnablement/home',
		guide: GUIDE.rights,
	},
};

function isRecordType({ id, name, developerName }: RecordTypeFacts, value: string): boolean {
	// The last three of eighteen characters only repeat which letters are capitals.
	return id.slice(0, 15) === value.slice(0, 15) || name === value || developerName === value;
}

/** How an org stands to a requirement. */
export function judge<K extends Requirement['kind']>(one: RequirementOf<K>, facts: OrgFacts): Finding {
	const kind = KINDS[one.kind as K] as unknown as Kind<RequirementOf<K>>;
	const { state, detail } = kind.judge(one, facts);
	return {
		requirement: kind.requirement(one),
		state,
		detail,
		remedy: state === 'met' ? '' : `${kind.remedy(one)}.`,
		setup: kind.setup(one),
		guide: kind.guide,
		isAdvice: kind.advice?.includes(state) === true,
	};
}

/** Whether a job can be done: nothing that it needs is missing or different. What is not known is told beside. */
export function isReady(findings: readonly Finding[]): boolean {
	return findings.every(({ state, isAdvice }) => isAdvice || state === 'met' || state === 'unknown');
}
