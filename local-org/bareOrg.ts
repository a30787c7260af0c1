import type { LocalOrgOptions } from './options';

/** The Case fields that a move fills, by full name. */
export const MOVE_FIELDS = [
	'Case.ExternalID__c',
	'Case.Department__c',
	'Case.Team__c',
	'Case.CurrentSeat__c',
	'Case.NewSeat__c',
	'Case.EmployeeAssets__c',
	'Case.EmployeeNotes__c',
];

/**
 * An org before anybody has prepared it: it has none of the Case fields of a move, and its API user, on an integration
 * license, may sign in and no more. Its administrator may prepare it (`LocalOrg.admin`).
 *
 * @param namespace the namespace prefix of the org; none when left out
 */
export const bareOrg = (namespace?: string): LocalOrgOptions => ({
	apiUser: { profile: 'Minimum Access - API Only Integrations' },
	...(namespace === undefined ? {} : { namespace }),
	settings: {
		missingFields: MOVE_FIELDS.map((name) => (namespace === undefined ? name : name.replace('.', `.${namespace}__`))),
	},
});
