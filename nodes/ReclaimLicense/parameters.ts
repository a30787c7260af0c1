import type { INodeProperties } from 'n8n-workflow';

import type { Act } from '../../licenses/act';
import type { Exclusions } from '../../licenses/org/readExclusions';
import type { ReclaimTask } from '../../licenses/org/reclaimLicenses';
import type { ReclaimRequest } from '../../licenses/reclaim';
import { asError } from '../../salesforce/asError';
import { InputError } from '../../salesforce/inputError';
import { isRecordId } from '../../salesforce/recordId';
import { choices } from '../shared/choices';
import type { ItemInput } from '../shared/input';
import {
	activityRules,
	activityTimeZoneField,
	daysByLicenseField,
	inactiveDaysField,
	newAccountDaysField,
	orgNameField,
} from '../shared/licenseFields';
import { optionsCollection } from '../shared/optionsCollection';
import { exclusionFields, readExclusionOptions } from './exclusionFields';

/** What is asked for one item. */
export interface ReclaimPlan {
	task: ReclaimTask;
	/**
	 * Those of all items of the run, of the items that fail by themselves as well: whom they spare is spared by all. An
	 * error where those of an item came to nothing.
	 */
	guards: ReadonlyArray<RunGuards | Error>;
	/** Empty for the organization's own name. */
	orgName: string;
}

/** What an item asks of the whole run. */
export interface RunGuards {
	exclusions: Exclusions;
	/** How many users the run may act on. */
	atMost: number;
}

/** What can be done, as the panel shows it. */
const OPERATIONS: Record<Act, { name: string; action: string; description?: string }> = {
	changeProfile: {
		name: 'Change Profile',
		action: 'Change the profile of a user',
		description: 'Move to a profile with a cheaper license',
	},
	deactivate: {
		name: 'Deactivate User',
		action: 'Deactivate a user',
		description: 'Frees the user license; the record stays',
	},
	freeze: { name: 'Freeze User', action: 'Freeze a user', description: 'Stops log-ins at once and frees no license' },
	removePackageLicense: { name: 'Remove Package License', action: 'Remove a package license' },
	removePermissionSetLicense: { name: 'Remove Permission Set License', action: 'Remove a permission set license' },
	unfreeze: { name: 'Unfreeze User', action: 'Unfreeze a user' },
};

/** The acts that take a license away from a user who stays. */
const REMOVALS: Act[] = ['removePermissionSetLicense', 'removePackageLicense'];

const atMostField: INodeProperties = {
	displayName: 'At Most',
	name: 'atMost',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description:
		'How many users one run may act on. If it would be more, the run stops before anything is done and says how many they are.',
};

/** The options of Salesforce Reclaim License. */
const optionsField = optionsCollection([
	atMostField,
	daysByLicenseField,
	...exclusionFields,
	orgNameField,
	activityTimeZoneField,
]);

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: choices(OPERATIONS),
	default: 'freeze',
};

const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	description: 'Whether to show only what would be done. Nothing is done to anyone while this is on.',
};

const userIdField: INodeProperties = {
	displayName: 'User ID',
	name: 'userId',
	type: 'string',
	default: '={{ $json.user.id }}',
	required: true,
	description: 'ID of the user, as Salesforce Download Subscriptions gives it',
};

const orgIdField: INodeProperties = {
	displayName: 'Org ID',
	name: 'orgId',
	type: 'string',
	default: '={{ $json.orgId }}',
	description:
		"ID of the org that the item comes from. Items of another org than the credential's are skipped: a sandbox has the same user IDs as its production org.",
};

const licenseIdField: INodeProperties = {
	displayName: 'License ID',
	name: 'licenseId',
	type: 'string',
	default: '={{ $json.license.id }}',
	required: true,
	displayOptions: { show: { operation: REMOVALS } },
	description: 'ID of the permission set license or package license, as Salesforce Download Subscriptions gives it',
};

const withPermissionSetsField: INodeProperties = {
	displayName: 'Remove Permission Sets Too',
	name: 'withPermissionSets',
	type: 'boolean',
	default: false,
	displayOptions: { show: { operation: ['removePermissionSetLicense'] } },
	description:
		"Whether to remove also those of the user's permission sets that need the license. Without it, users with such permission sets are skipped.",
};

const profileField: INodeProperties = {
	displayName: 'Profile',
	name: 'profile',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	displayOptions: { show: { operation: ['changeProfile'] } },
	description: 'The profile to move to',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a profile',
			typeOptions: { searchListMethod: 'searchProfiles', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Minimum Access - Salesforce' },
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 00e5g000001YxQZAA0' },
	],
};

/** The parameters of Salesforce Reclaim License. */
export const properties: INodeProperties[] = [
	operationField,
	dryRunField,
	userIdField,
	orgIdField,
	licenseIdField,
	withPermissionSetsField,
	profileField,
	inactiveDaysField,
	newAccountDaysField,
	optionsField,
];

/**
 * Reads what one item asks for.
 * @throws InputError
 */
export function readReclaim(input: ItemInput): ReclaimPlan {
	const guards = input.once('guards', '', (): Array<RunGuards | Error> => []);
	guards.push(readGuards(input));
	const options = input.collection(optionsField);
	return {
		task: {
			request: readRequest(input),
			rules: activityRules(input, options),
			dryRun: input.flag(dryRunField),
		},
		guards,
		orgName: options.text(orgNameField),
	};
}

function readGuards(input: ItemInput): RunGuards | Error {
	try {
		const options = input.collection(optionsField);
		return {
			exclusions: readExclusionOptions(options),
			atMost: options.wholeNumber(atMostField, Number(atMostField.default)),
		};
	} catch (error) {
		return asError(error);
	}
}

function readRequest(input: ItemInput): ReclaimRequest {
	const act = input.oneOf(operationField, OPERATIONS);
	return {
		act,
		userId: readUserId(input),
		orgId: readOrgId(input),
		...(REMOVALS.includes(act) ? { licenseId: input.requiredText(licenseIdField).trim() } : {}),
		...(act === 'removePermissionSetLicense' ? { withPermissionSets: input.flag(withPermissionSetsField) } : {}),
		...(act === 'changeProfile' ? { profile: input.requiredLocator(profileField) } : {}),
	};
}

function readUserId(input: ItemInput): string {
	const id = input.requiredText(userIdField).trim();
	if (isRecordId(id) && id.startsWith('005')) return id;
	throw new InputError(
		'User ID is not the ID of a user',
		"Salesforce's user IDs have 15 or 18 characters and begin with 005.",
	);
}

/** Only a person who leaves the field empty means that orgs need not be compared. */
function readOrgId(input: ItemInput): string {
	const id = input.text(orgIdField).trim();
	if (id !== '' || !input.isComputed(orgIdField)) return id;
	throw new InputError(
		'Org ID is an expression that gives no value',
		'Let each item hold the ID of its org, as items of Salesforce Download Subscriptions do. Clear the field if orgs need not be compared.',
	);
}
