import { OrgError } from '../../salesforce/errors';
import type { Act } from '../act';

/** The rights that each act needs, as Setup calls them (Salesforce Help, user permissions). */
const RIGHTS: Record<Act, string> = {
	freeze: '"Manage Users" (or "Freeze Users")',
	unfreeze: '"Manage Users" (or "Freeze Users")',
	deactivate: '"Manage Users"',
	removePermissionSetLicense: '"Manage Users" and "Assign Permission Sets"',
	removePackageLicense: '"Manage Package Licenses"',
	changeProfile: '"Manage Users"',
};

/** What Salesforce's refusals of these acts mean, where its own words do not say what to do. */
function remedyFor({ code, inDoubt, lacksRight }: OrgError, act: Act, node: string): string | undefined {
	if (inDoubt) return 'It may have been done. Running again is safe: users are read before anything is done to them.';
	if (lacksRight) {
		return `For this ${node} needs the right ${RIGHTS[act]}: give it to the API user with a permission set.`;
	}
	if (code === 'LICENSE_LIMIT_EXCEEDED') return 'No license of this kind is free in the org: free one, or buy more.';
	if (code !== 'FIELD_INTEGRITY_EXCEPTION') return undefined;
	return act === 'removePermissionSetLicense'
		? 'Take the permission sets and permission set groups that need the license from the user first.'
		: 'Salesforce keeps users who have a role in the set-up, such as the default owner of cases: give that role to somebody else, or freeze the user.';
}

/** Whether Salesforce refused this one user, rather than the call or everything that the API user asks. */
export function concernsUser(error: Error): boolean {
	return error instanceof OrgError && (!error.concernsTheCall || error.kind === 'lock');
}

/** Whether a write may still be carried out after the org was looked at. */
export function mayStillCome(error: Error): boolean {
	return error instanceof OrgError && error.mayStillCome;
}

/** A refused act's error with the missing right, or with what to do; others stay as they are. */
export function actExplained(error: OrgError, act: Act, node: string): OrgError {
	const remedy = remedyFor(error, act, node);
	if (remedy === undefined) return error;
	return error.with({ remedy, ...(error.inDoubt ? { repeatSafe: true } : {}) });
}
