import { asError } from '../../salesforce/asError';
import { InputError } from '../../salesforce/inputError';
import { OrgError } from '../../salesforce/errors';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import { INTEGRATION_LICENSE, INTEGRATION_PSL } from '../facts';
import type { UserFacts } from '../facts';
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
import type { Thing } from './thing';

/** How an org is prepared. */
export interface PrepareRules {
	/** Of the API user; that of whoever is signed in where it is empty. */
	username: string;
	dryRun: boolean;
	/** How to make the field for the external ID. */
	externalId: { unique: boolean; caseSensitive: boolean };
}

/** What whoever prepares an org needs: for fields, for permission sets, and to give them. */
const NEEDED: readonly UserPermission[] = [
	'CustomizeApplication',
	'ManageProfilesPermissionsets',
	'AssignPermissionSets',
	'ViewSetup',
];

/** What it takes to give a user a permission-set license (Object Reference, PermissionSetLicenseAssign). */
const GIVE_LICENSES: UserPermission = 'ManageInternalUsers';

/** How far a preparation came. */
export interface Preparation {
	/** What was made, would be made, was there, or is there and different. */
	made: Made[];
	/** What was refused, and so ended it; it says what was made before. */
	error?: OrgError;
}

/**
 * Makes what the chosen jobs need and the org does not have, one after the other. What exists is never changed or
 * removed; where it differs, that is told. Running it twice makes nothing the second time.
 *
 * @throws OrgError that names every missing right, and InputError, before anything is written
 */
export async function prepareOrg(org: Org, choice: JobChoice, rules: PrepareRules): Promise<Preparation> {
	const signedIn = await readUser(org, '');
	const user = rules.username.trim() === '' ? signedIn : await readUser(org, rules.username);
	checkRights(signedIn, user);
	if (!user.isActive) throw new InputError('The user in API User is not active', 'Activate the user in Setup first.');
	const wanted = wantedBy(requirementsOfAll(choice));
	const sets = await PermissionSetThings.read(org, wanted, user, choice.fields);
	// Everything is looked up before anything is written: what cannot be made is told while nothing has been.
	const things = [
		...(await fieldThings(org, wanted.fields, rules.externalId)),
		...(await licenseThings(org, user)),
		...sets.all(),
	];
	const made: Made[] = [];
	for (const thing of things) {
		try {
			made.push(await makeThing(org, thing, rules.dryRun));
		} catch (error) {
			return { made, error: ended(asError(error), thing, made) };
		}
	}
	return { made };
}

/** What ended a preparation, with what was made before it. */
function ended(cause: Error, { name }: Thing, made: readonly Made[]): OrgError {
	const error = cause instanceof OrgError ? cause : new OrgError('UNEXPECTED', cause.message, '', { cause });
	const before = made.filter(({ result }) => result === 'created').map((one) => one.name);
	const what = before.length === 0 ? 'Nothing was made before it' : `Made before it: ${listed(before)}`;
	return error.with({
		message: `${name} ${error.inDoubt ? 'may or may not have been made' : 'could not be made'}: ${error.message}. ${what}`,
		remedy: `${error.remedy} Running it again makes only what is still missing.`.trim(),
		// What is there is looked for first.
		repeatSafe: true,
	});
}

/** @throws OrgError `INSUFFICIENT_ACCESS` that names every right that whoever is signed in lacks */
function checkRights({ permissions }: UserFacts, { license, permissionSetLicenses }: UserFacts): void {
	const givesLicense = license === INTEGRATION_LICENSE && permissionSetLicenses?.has(INTEGRATION_PSL) !== true;
	const needed = [...NEEDED, ...(givesLicense ? ([GIVE_LICENSES] as const) : [])];
	const lacking = needed.filter((name) => permissions?.has(name) !== true).map((name) => USER_PERMISSIONS[name]);
	if (lacking.length === 0) return;
	throw new OrgError(
		'INSUFFICIENT_ACCESS',
		`The signed-in user lacks ${listed(lacking)}, so nothing was written`,
		'Choose the credential of an admin in this node, and name the API user in API User.',
	);
}
