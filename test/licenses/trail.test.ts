import type { DeletedRecord } from '../../licenses/change';
import { isBeforeTrail, Trail } from '../../licenses/trail';
import type { TrailEntry } from '../../licenses/trail';

const USER = '0055g000001AbCdAAK';
const API_USER = '0055g000002AbCdAAK';
const SOMEBODY = '0055g000003AbCdAAK';
const AT = '2026-05-01T12:00:00.400Z';

const license: DeletedRecord = {
	did: 'deleted',
	object: 'PermissionSetLicenseAssign',
	id: '2LA5g0000004AbCGAU',
	before: { AssigneeId: USER, PermissionSetLicenseId: '0PL5g0000004AbCGAU' },
};
const set: DeletedRecord = {
	did: 'deleted',
	object: 'PermissionSetAssignment',
	id: '0Pa5g0000004AbCGAU',
	before: { AssigneeId: USER, PermissionSetId: '0PS5g0000004AbCGAU' },
};
const group: DeletedRecord = { ...set, before: { AssigneeId: USER, PermissionSetGroupId: '0PG5g0000004AbCGAU' } };
const app: DeletedRecord = {
	did: 'deleted',
	object: 'UserPackageLicense',
	id: '0515g0000004AbCGAU',
	before: { UserId: USER, PackageLicenseId: '0505g0000004AbCGAU' },
};
const NAMES = new Map([
	['0PL5g0000004AbC', ['SalesUserPsl', 'Sales User']],
	['0PS5g0000004AbC', ['Seller', 'Seller of Seats']],
	['0PG5g0000004AbC', ['Agents', 'Agents']],
]);

const entry = (action: string, display: string, by = SOMEBODY, at = '2026-05-03T08:00:00.000Z'): TrailEntry => ({
	action,
	display: display.replace('USER', USER.slice(0, 15)),
	stamp: { at, by },
});

const taken = { change: license, userId: USER, at: AT, by: API_USER };

/** What the act itself left in the trail. */
const OWN = [
	['PermSetLicenseUnassign', 'Permission set license Sales User removed from user Ada (UserID: [USER])'],
	['PermSetUnassign', 'Permission set Seller: unassigned from user Ada (UserID: [USER])'],
	['PermSetGroupUnassign', 'Permission set group Agents: unassigned from user Ada (UserID: [USER])'],
	['revokeduserpackagelicense', 'Revoked User Package License assignment'],
].map(([action = '', display = '']) => entry(action, display, API_USER, '2026-05-01T12:00:01.000Z'));

const since = (change: DeletedRecord, ...entries: TrailEntry[]) =>
	new Trail([...OWN, ...entries], NAMES).changedSince({ ...taken, change });

describe('a setup audit trail', () => {
	it.each<[string, DeletedRecord, TrailEntry]>([
		[
			'a license that was given again',
			license,
			entry(
				'PermSetLicenseAssign',
				'Permission set license Sales User: assigned to user Ada (UserID: [USER])',
				API_USER,
			),
		],
		[
			'a license that somebody else took',
			license,
			entry('PermSetLicenseUnassign', 'Permission set license Sales User removed from user Ada (UserID: [USER])'),
		],
		[
			'a license that a later act of the same user took',
			license,
			entry(
				'PermSetLicenseUnassign',
				'Permission set license Sales User removed from user Ada (UserID: [USER])',
				API_USER,
				'2026-05-01T13:01:00.000Z',
			),
		],
		['a permission set', set, entry('PermSetAssign', 'Permission set Seller: assigned to user Ada (UserID: [USER])')],
		[
			'one with an expiration, by its label in another case',
			set,
			entry(
				'PermSetAssign_HasExpiration',
				'Permission set SELLER OF SEATS with expiration: assigned to user Ada (UserID: [USER])',
			),
		],
		[
			'a group',
			group,
			entry('PermSetGroupUnassign', 'Permission set group Agents: unassigned from user Ada (UserID: [USER])'),
		],
		[
			'a package license, whose entry does not say which',
			app,
			entry('granteduserpackagelicense', 'Granted 1 User Package Licenses for User with ID: USER'),
		],
		[
			'one of the second in which the act was decided',
			license,
			entry(
				'PermSetLicenseAssign',
				'Permission set license Sales User: assigned to user Ada (UserID: [USER])',
				SOMEBODY,
				'2026-05-01T12:00:00.000Z',
			),
		],
	])('tells of %s', (_what, change, one) => {
		expect(since(change, one)).toEqual(one.stamp);
	});

	it.each<[string, DeletedRecord, TrailEntry]>([
		[
			'what the act itself took',
			license,
			entry(
				'PermSetLicenseUnassign',
				'Permission set license Sales User removed from user Ada (UserID: [USER])',
				API_USER,
				'2026-05-01T12:59:00.000Z',
			),
		],
		[
			'what was before it',
			license,
			entry(
				'PermSetLicenseAssign',
				'Permission set license Sales User: assigned to user Ada (UserID: [USER])',
				SOMEBODY,
				'2026-05-01T11:59:59.000Z',
			),
		],
		[
			'another license',
			license,
			entry('PermSetLicenseAssign', 'Permission set license Caller: assigned to user Ada (UserID: [USER])'),
		],
		[
			'a permission set of the same name',
			license,
			entry('PermSetAssign', 'Permission set Sales User: assigned to user Ada (UserID: [USER])'),
		],
		[
			'somebody else, whose ID differs by a capital',
			license,
			entry(
				'PermSetLicenseAssign',
				`Permission set license Sales User: assigned to user Ada (UserID: [${USER.slice(0, 14)}D])`,
			),
		],
		[
			'that some package license was taken',
			app,
			entry('revokeduserpackagelicense', 'Revoked User Package License assignment'),
		],
	])('says nothing of %s', (_what, change, one) => {
		expect(since(change, one)).toBeUndefined();
	});

	it.each<[string, ConstructorParameters<typeof Trail>[1], TrailEntry[]]>([
		['nobody knows what the license was called', new Map(), OWN],
		['it was renamed since', new Map([['0PL5g0000004AbC', ['SalesUserPsl', 'Seller of Sales']]]), OWN],
		['the act itself left no entry', NAMES, []],
	])('counts every entry of the user where %s', (_what, names, own) => {
		const one = entry('PermSetLicenseAssign', 'Permission set license Caller: assigned to user Ada (UserID: [USER])');
		expect(new Trail([...own, one], names).changedSince(taken)).toEqual(one.stamp);
		expect(new Trail(own, names).changedSince(taken)).toBeUndefined();
	});

	it("takes a package license that nobody names for somebody else's doing only where the act left no entry", () => {
		const own = entry(
			'revokeduserpackagelicense',
			'Revoked User Package License assignment',
			API_USER,
			OWN[0]?.stamp.at,
		);
		const other = entry('revokeduserpackagelicense', 'Revoked User Package License assignment');
		const ofApp = { ...taken, change: app };
		expect(new Trail([other], NAMES).changedSince(ofApp)).toEqual(other.stamp);
		expect(new Trail([own, other], NAMES).changedSince(ofApp)).toBeUndefined();
		expect(new Trail([], NAMES).changedSince(ofApp)).toBeUndefined();
	});

	it('tells of the newest of several', () => {
		const text = 'Permission set license Sales User: assigned to user Ada (UserID: [USER])';
		const times = ['2026-05-02T00:00:00.000Z', '2026-05-04T00:00:00.000Z', '2026-05-03T00:00:00.000Z'];
		const entries = times.map((at) => entry('PermSetLicenseAssign', text, SOMEBODY, at));
		expect(since(license, ...entries)?.at).toBe(times[1]);
	});

	it('reaches back 180 days', () => {
		expect(isBeforeTrail('2026-05-01T00:00:00.000Z', '2026-10-28T00:00:00.000Z')).toBe(false);
		expect(isBeforeTrail('2026-05-01T00:00:00.000Z', '2026-10-28T00:00:01.000Z')).toBe(true);
	});
});
