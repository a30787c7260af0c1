import type { INodeProperties } from 'n8n-workflow';

import type { Act } from '../../licenses/act';
import type { Protection, ReclaimRequest } from '../../licenses/reclaim';
import { InputError } from '../../salesforce/inputError';
import { isRecordId } from '../../salesforce/recordId';
import { asText } from '../shared/input';
import type { ItemInput } from '../shared/input';
import {
	activityRules,
	activityTimeZoneField,
	inactiveDaysField,
	namesIn,
	newAccountDaysField,
	orgNameField,
} from '../shared/licenseFields';

/** What is asked for one item. */
export interface ReclaimPlan {
	request: ReclaimRequest;
	protection: Protection;
	dryRun: boolean;
	/** Empty for the organization's own name. */
	orgName: string;
}

/** What can be done, as the panel shows it. */
const ACTS: Record<Act, { name: string; action: string; description?: string }> = {
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

/** The acts that take a licence away from a user who stays. */
const REMOVALS: Act[] = ['removePermissionSetLicense', 'removePackageLicense'];

/** The parameters of Salesforce Reclaim License. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(ACTS).map(([value, act]) => ({ value, ...act })),
		default: 'freeze',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: true,
		description: 'Whether to show only what would be done. Nothing is done to anyone while this is on.',
	},
	{
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		default: '={{ $json.user.id }}',
		required: true,
		description: 'ID of the user, as Salesforce Download Subscriptions gives it',
	},
	{
		displayName: 'Org ID',
		name: 'orgId',
		type: 'string',
		default: '={{ $json.orgId }}',
		description:
			"ID of the org that the item is of; items of another org than the credential's are skipped. A sandbox has the user IDs of its production org, so they alone do not tell.",
	},
	{
		displayName: 'License ID',
		name: 'licenseId',
		type: 'string',
		default: '={{ $json.license.id }}',
		required: true,
		displayOptions: { show: { operation: REMOVALS } },
		description: 'ID of the permission set license or package license, as Salesforce Download Subscriptions gives it',
	},
	{
		displayName: 'Remove Permission Sets Too',
		name: 'withPermissionSets',
		type: 'boolean',
		default: false,
		displayOptions: { show: { operation: ['removePermissionSetLicense'] } },
		description:
			"Whether to remove also those of the user's permission sets that need the license. Without it, users with such permission sets are skipped.",
	},
	{
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
	},
	inactiveDaysField,
	newAccountDaysField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Excluded Permission Sets',
				name: 'excludedPermissionSets',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				placeholder: 'e.g. Break_Glass',
				description:
					'Users with one of these permission sets are left alone; names, labels or IDs, separated by commas or lines',
			},
			{
				displayName: 'Excluded Profiles',
				name: 'excludedProfiles',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				placeholder: 'e.g. System Administrator',
				description: 'Users with one of these profiles are left alone; names or IDs, separated by commas or lines',
			},
			{
				displayName: 'Excluded Users',
				name: 'excludedUsers',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				placeholder: 'e.g. ceo@example.com',
				description: 'These users are left alone; usernames or IDs, separated by commas or lines',
			},
			orgNameField,
			activityTimeZoneField,
		],
	},
];

/**
 * Reads what one item asks for.
 * @throws InputError
 */
export function readReclaim(input: ItemInput): ReclaimPlan {
	const act = input.oneOf('operation', 'Operation', ACTS);
	const options = input.collection('options');
	return {
		request: {
			act,
			userId: readUserId(input),
			orgId: input.text('orgId', 'Org ID').trim(),
			...(REMOVALS.includes(act) ? { licenseId: input.requiredText('licenseId', 'License ID').trim() } : {}),
			...(act === 'removePermissionSetLicense' ? { withPermissionSets: input.flag('withPermissionSets') } : {}),
			...(act === 'changeProfile' ? { profile: input.requiredLocator('profile', 'Profile') } : {}),
		},
		protection: {
			activity: activityRules(input),
			users: namesIn(asText(options.excludedUsers, 'Excluded Users')),
			profiles: namesIn(asText(options.excludedProfiles, 'Excluded Profiles')),
			permissionSets: namesIn(asText(options.excludedPermissionSets, 'Excluded Permission Sets')),
		},
		// Anything but a plain no is a dry run, such as an expression that came to nothing.
		dryRun: input.value('dryRun') !== false,
		orgName: asText(options.orgName, 'Org Display Name'),
	};
}

function readUserId(input: ItemInput): string {
	const id = input.requiredText('userId', 'User ID').trim();
	if (isRecordId(id) && id.startsWith('005')) return id;
	throw new InputError(
		'User ID is not the ID of a user',
		"Salesforce's user IDs have 15 or 18 characters and begin with 005.",
	);
}
