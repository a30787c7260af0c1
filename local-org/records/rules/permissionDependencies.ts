import { dataError } from '../../errors';
import { valueOf } from './types';
import type { Change } from './types';

/**
 * User permissions that are given only together with others (salesforce.stackexchange 413777 for Manage Users and View
 * Setup, sfdccloudninja.com for those of Apex and customizing; that Modify All needs View All is assumed). Setup's pages
 * tick them along; the API refuses (wiki.sfxd.org).
 */
const NEEDS: Record<string, string[]> = {
	ManageUsers: [
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
		'ViewRoles',
		'ViewSetup',
	],
	ViewSetup: ['ViewRoles'],
	CustomizeApplication: ['ViewSetup'],
	AuthorApex: ['CustomizeApplication', 'ModifyAllData', 'ViewSetup'],
	ModifyAllData: ['ViewAllData'],
};

/**
 * @throws FIELD_INTEGRITY_EXCEPTION when a permission set or profile gives a user permission without those that it needs
 */
export function checkPermissionDependencies(change: Change): void {
	const { object, context } = change;
	if (context.seeding) return;
	const has = (permission: string) => valueOf(change, `Permissions${permission}`) === 1;
	const labels = new Map(object.fields.map(({ name, label }) => [name, label]));
	const labelOf = (permission: string) => labels.get(`Permissions${permission}`) ?? permission;
	const missing = Object.entries(NEEDS).flatMap(([permission, needs]) => {
		const lacking = has(permission) ? needs.filter((needed) => !has(needed)) : [];
		if (lacking.length === 0) return [];
		return [`Permission ${labelOf(permission)} depends on permission(s): ${lacking.map(labelOf).join(', ')}`];
	});
	if (missing.length > 0) throw dataError('FIELD_INTEGRITY_EXCEPTION', missing.join('; '));
}
