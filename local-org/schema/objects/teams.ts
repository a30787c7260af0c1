import { AUDIT, IS_DELETED, READ_ONLY, checkbox, picklist, recordId, reference, text } from '../fields';
import type { FieldSchema, ObjectSchema } from '../types';

/**
 * The teams and territories that users are in (docs:object-reference, each by its name). Key prefixes without a recorded
 * describe are assumed.
 */
const ON_CREATE = { updateable: false, nillable: false, permissionable: false };

const access = (object: string) =>
	picklist(`${object}AccessLevel`, `${object} Access`, ['None', 'Read', 'Edit', 'All'], { length: 40 });
const role = text('TeamMemberRole', 'Team Role', 255, { type: 'picklist' });

function team(
	name: string,
	label: string,
	keyPrefix: string,
	{ fields, more = [] }: { fields: FieldSchema[]; more?: FieldSchema[] },
): ObjectSchema {
	return {
		name,
		label,
		labelPlural: label,
		keyPrefix,
		searchable: false,
		fields: [recordId(`${label} ID`), ...fields, ...AUDIT, ...more],
	};
}

/** Who works on an account. */
export const ACCOUNT_TEAM_MEMBER = team('AccountTeamMember', 'Account Team Member', '01M', {
	fields: [
		reference('AccountId', 'Account ID', 'Account', ON_CREATE),
		reference('UserId', 'User ID', 'User', ON_CREATE),
		role,
		...['Account', 'Opportunity', 'Case', 'Contact'].map(access),
	],
	more: [IS_DELETED],
});

/** Who works on an opportunity. */
export const OPPORTUNITY_TEAM_MEMBER = team('OpportunityTeamMember', 'Opportunity Team Member', '00q', {
	fields: [
		reference('OpportunityId', 'Opportunity ID', 'Opportunity', ON_CREATE),
		reference('UserId', 'User ID', 'User', ON_CREATE),
		role,
		access('Opportunity'),
	],
	more: [IS_DELETED],
});

/** Who works on a Case; the roles of such teams are not there. */
export const CASE_TEAM_MEMBER: ObjectSchema = {
	...team('CaseTeamMember', 'Case Team Member', '0B9', {
		fields: [
			reference('ParentId', 'Case ID', 'Case', ON_CREATE),
			reference('MemberId', 'Member ID', ['Contact', 'User'], ON_CREATE),
			reference('TeamRoleId', 'Team Role ID', [], { relationshipName: undefined, permissionable: false }),
		],
	}),
	keyPrefix: null,
	idPrefix: '0B9',
};

/** Who is put into the teams of another user's opportunities. */
export const USER_TEAM_MEMBER = team('UserTeamMember', 'User Team Member', '01D', {
	fields: [
		reference('OwnerId', 'Owner ID', 'User', ON_CREATE),
		reference('UserId', 'User ID', 'User', ON_CREATE),
		role,
		access('Opportunity'),
	],
});

/** Who is put into the teams of another user's accounts. */
export const USER_ACCOUNT_TEAM_MEMBER = team('UserAccountTeamMember', 'User Account Team Member', '01C', {
	fields: [
		reference('OwnerId', 'Owner ID', 'User', ON_CREATE),
		reference('UserId', 'User ID', 'User', ON_CREATE),
		role,
		...['Account', 'Opportunity', 'Case', 'Contact'].map(access),
	],
});

/** Which territories a user works in; the territories themselves are not there. */
export const USER_TERRITORY2_ASSOCIATION: ObjectSchema = {
	name: 'UserTerritory2Association',
	label: 'User Territory Association',
	labelPlural: 'User Territory Association',
	keyPrefix: '0MY',
	updateable: false,
	searchable: false,
	fields: [
		recordId('User Territory Association ID'),
		reference('UserId', 'User ID', 'User', ON_CREATE),
		reference('Territory2Id', 'Territory ID', [], { ...ON_CREATE, relationshipName: undefined }),
		checkbox('IsActive', 'Active', { ...READ_ONLY, defaultValue: true }),
		text('RoleInTerritory2', 'Role in Territory', 255, { type: 'picklist', updateable: false }),
		...AUDIT.filter(({ name }) => name.startsWith('LastModified') || name === 'SystemModstamp'),
	],
};
