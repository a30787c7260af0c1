import { bareOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import type { Standing, Work } from '../work';

const PERMISSION_SET = 'n8n_Salesforce_Ops';

/** What is made for pushing and undoing moves: the permission set and its assignment; the fields go with them. */
function look(org: LocalOrg): Standing[] {
	const sets = org.rows('PermissionSet').filter(({ Name }) => Name === PERMISSION_SET);
	const user = org.rows('User').find(({ Username }) => Username === org.username);
	const assignments = org
		.rows('PermissionSetAssignment')
		.filter(
			({ AssigneeId, PermissionSetId }) => AssigneeId === user?.Id && sets.some(({ Id }) => Id === PermissionSetId),
		);
	const fields = org.settings.missingFields.length === 0;
	return [
		{ ids: sets.map(({ Id }) => String(Id)), done: sets.length > 0 },
		{ ids: assignments.map(({ Id }) => String(Id)), done: assignments.length > 0 && fields },
	];
}

/** An org that is made ready for moves. */
export const ORG: Record<string, Work> = {
	'prepare an org': {
		most: 2,
		org: () => bareOrg(),
		begin: async ({ org }) => await Promise.resolve([{ username: org.username }]),
		node: () => ({
			type: 'salesforcePrepareOrg',
			parameters: {
				operation: 'prepare',
				jobs: ['pushMoves', 'undoMoves'],
				dryRun: false,
				username: '={{ $json.username }}',
			},
		}),
		look,
		told: ({ error }) => (error === undefined ? 'written' : 'not'),
		keeps: { User: ({ Id, IsActive, ProfileId }) => ({ Id, IsActive, ProfileId }) },
		ends: 'there',
		shared: 'same',
		again: 'all',
		isOneItem: true,
		signsInAs: 'admin',
	},
};
