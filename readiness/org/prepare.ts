import { InputError } from '../../salesforce/inputError';
import { OrgError } from '../../salesforce/errors';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import { USER_PERMISSIONS } from '../job';
import type { JobChoice, UserPermission } from '../job';
import { requirementsOfAll } from '../requirements';
import { wantedBy } from '../wanted';
import { fieldThings } from './fieldThings';
import { licenseThings } from './licenseThings';
import { makeThing } from './makeThing';
import type { Made } from './makeThing';
import { PermissionSetThings } from './permissionSetThings';
import { readUser } from './readFacts';

/** How an org is prepared. */
export interface PrepareRules {
	/** Of the API user; that of whoever is signed in where it is empty. */
	username: string;
	dryRun: boolean;
	/** How the field of the external ID is made. */
	externalId: { unique: boolean; caseSensitive: boolean };
}

/** What whoever prepares an org needs: for fields, for permission sets, and to give them. */
const NEEDED: readonly UserPermission[] = [
	'CustomizeApplication',
	'ManageProfilesPermissionsets',
	'AssignPermissionSets',
	'ViewSetup',
];

/**
 * Makes what the chosen jobs need and the org does not have, one after the other. What exists is never changed or
 * removed; where it differs, that is told. Running it twice makes nothing the second time.
 *
 * @returns what was made, would be made, was there, or is there and different
 * @throws OrgError that names every missing right, and InputError, before anything is written; OrgError that says what
 *   was made before something was refused
 */
export async function prepareOrg(org: Org, choice: JobChoice, rules: PrepareRules): Promise<Made[]> {
	await checkRights(org);
	const user = await readUser(org, rules.username);
	if (!user.isActive) throw new InputError('The user of API User is not active', 'Activate the user in Setup first.');
	const wanted = wantedBy(requirementsOfAll(choice));
	const sets = await PermissionSetThings.read(org, wanted, user);
	// Everything is looked up before anything is written: what cannot be made is told while nothing has been.
	const things = [
		...(await fieldThings(org, wanted.fields, rules.externalId)),
		...(await licenseThings(org, user)),
		...sets.all(),
	];
	const all: Made[] = [];
	for (const thing of things) all.push(await makeThing(org, thing, rules.dryRun, all));
	return all;
}

/** @throws OrgError `INSUFFICIENT_ACCESS` that names every right that whoever is signed in lacks */
async function checkRights(org: Org): Promise<void> {
	const { permissions } = await readUser(org, '');
	const lacking = NEEDED.filter((name) => permissions?.has(name) !== true).map((name) => USER_PERMISSIONS[name]);
	if (lacking.length === 0) return;
	throw new OrgError(
		'INSUFFICIENT_ACCESS',
		`Whoever is signed in lacks ${listed(lacking)}, so nothing was written`,
		'Choose the credential of an admin in this node, and name the API user in API User.',
	);
}
