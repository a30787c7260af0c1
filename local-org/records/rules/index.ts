import { assetRules } from './asset';
import { caseRules } from './case';
import { caseShareRules } from './caseShare';
import { currencyTypeRules } from './currencyType';
import { fieldPermissionsRules } from './fieldPermissions';
import { attachmentRules, contentDocumentLinkRules, contentVersionRules } from './files';
import { userPackageLicenseRules } from './licenses';
import { groupMemberRules, queueSobjectRules } from './groups';
import { objectPermissionsRules } from './objectPermissions';
import { permissionSetAssignmentRules, permissionSetLicenseAssignRules } from './permissionSetAssignment';
import {
	permissionSetGroupComponentRules,
	permissionSetGroupRules,
	setupEntityAccessRules,
} from './permissionSetGroups';
import { contactRules, leadRules } from './people';
import { recordTypeRules } from './recordType';
import { eventRules, opportunityRules, taskRules } from './sales';
import type { ObjectRules } from './types';
import { userLoginRules, userRules } from './user';
import { permissionSetRules, profileRules } from './userPermissions';

const RULES: Record<string, ObjectRules> = {
	Case: caseRules,
	CaseShare: caseShareRules,
	Asset: assetRules,
	Contact: contactRules,
	Lead: leadRules,
	Opportunity: opportunityRules,
	Attachment: attachmentRules,
	ContentVersion: contentVersionRules,
	ContentDocumentLink: contentDocumentLinkRules,
	Task: taskRules,
	Event: eventRules,
	CurrencyType: currencyTypeRules,
	User: userRules,
	UserLogin: userLoginRules,
	UserPackageLicense: userPackageLicenseRules,
	PermissionSetLicenseAssign: permissionSetLicenseAssignRules,
	PermissionSetAssignment: permissionSetAssignmentRules,
	PermissionSetGroup: permissionSetGroupRules,
	PermissionSetGroupComponent: permissionSetGroupComponentRules,
	SetupEntityAccess: setupEntityAccessRules,
	Profile: profileRules,
	PermissionSet: permissionSetRules,
	ObjectPermissions: objectPermissionsRules,
	FieldPermissions: fieldPermissionsRules,
	RecordType: recordTypeRules,
	GroupMember: groupMemberRules,
	QueueSobject: queueSobjectRules,
};

/** What Salesforce does by itself with records of an object. */
export const rulesOf = (object: string): ObjectRules => RULES[object] ?? {};
