import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import { queryRecords } from '../../salesforce/query';
import { textLiteral } from '../../salesforce/soql';
import { INTEGRATION_LICENSE, INTEGRATION_PSL } from '../facts';
import type { UserFacts } from '../facts';
import { GUIDE } from '../guide';
import type { Found, Thing } from './thing';

/**
 * The permission-set license without which the Salesforce Integration license opens no object; none for other users.
 * @throws InputError when the org does not have it
 */
export async function licenseThings(org: Org, { id: userId, license }: UserFacts): Promise<Thing[]> {
	if (license !== INTEGRATION_LICENSE) return [];
	const [wanted] = await queryRecords(
		org,
		`SELECT Id FROM PermissionSetLicense WHERE DeveloperName = ${textLiteral(INTEGRATION_PSL)}`,
	);
	if (wanted === undefined) {
		throw new InputError(
			'The org has no permission-set license Salesforce API Integration, which users with the license Salesforce Integration need',
			'Ask Salesforce for it, or name a user with another license.',
		);
	}
	const find = async (): Promise<Found | undefined> => {
		const [held] = await queryRecords(
			org,
			`SELECT Id FROM PermissionSetLicenseAssign WHERE AssigneeId = ${textLiteral(userId)} AND PermissionSetLicenseId = ${textLiteral(String(wanted.Id))}`,
		);
		return held === undefined ? undefined : { id: String(held.Id), differs: [] };
	};
	return [
		{
			name: 'Permission-set license Salesforce API Integration of the user',
			sObject: 'PermissionSetLicenseAssign',
			setup: 'ManageUsers/home',
			guide: GUIDE.permissionSet,
			found: await find(),
			lookAgain: find,
			record: () => ({ AssigneeId: userId, PermissionSetLicenseId: String(wanted.Id) }),
		},
	];
}
