import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueryOutcome } from '../../salesforce/query';
import { batches } from '../../salesforce/batches';
import { idKey, sameId } from '../../salesforce/recordId';
import type { LockOut } from '../administrators';
import type { OrgState } from '../userState';
import { idList, IDS_PER_QUERY, seen } from './licenseQueries';
import { readOrgState } from './readOrgState';

/** A write to a record of a user, whatever it is for. */
export interface UserWrite {
	kind: 'create' | 'update' | 'delete';
	/** API name. */
	object: string;
	id: string;
	/** The fields as they will be; of a record that is deleted, as they are. */
	values: Readonly<Record<string, unknown>>;
}

/** Who loses by a write what may let them manage users, and which assignments. */
interface Loss {
	userId: string;
	lost: 'all' | readonly string[];
}

/** Whether a write may lock a user out, or take from them that they manage users. */
export function mayLockOut({ kind, object, values }: UserWrite): boolean {
	if (kind === 'delete') return object === 'PermissionSetAssignment';
	if (kind === 'create') return false;
	if (object === 'UserLogin') return values.IsFrozen === true;
	return object === 'User' && (values.IsActive === false || typeof values.ProfileId === 'string');
}

/**
 * Which writes would lock out the connected user, or leave nobody else who can manage users. What is taken by one counts
 * for those after it, so that one run does not lock out the last two.
 *
 * @param writes of which `mayLockOut` is true, in their order
 * @param node the node's name, for a message about a missing right
 * @returns for each why it is not to be made; undefined where nothing speaks against it
 * @throws OrgError when it cannot be read who is left
 */
export async function lockedOut(
	org: Org,
	writes: readonly UserWrite[],
	node: string,
): Promise<Array<LockOut | undefined>> {
	const known = await readOrgState(org, node);
	const users = await usersOfLogIns(org, writes, node);
	return writes.map((write) => {
		const loss = lossBy(write, known, users);
		if (loss === undefined) return undefined;
		if (loss.lost === 'all' && sameId(loss.userId, known.connectedUserId)) return 'connectedUser';
		return known.administrators.take(loss.userId, loss.lost) ? undefined : 'lastAdministrator';
	});
}

function lossBy(write: UserWrite, { profiles }: OrgState, users: ReadonlyMap<string, string>): Loss | undefined {
	const { object, id, values } = write;
	if (object === 'PermissionSetAssignment') return { userId: String(values.AssigneeId), lost: [id] };
	if (object === 'UserLogin') return { userId: users.get(idKey(id)) ?? '', lost: 'all' };
	const profile = profiles.find((one) => sameId(one.id, String(values.ProfileId ?? '')));
	return values.IsActive !== false && profile?.managesUsers === true ? undefined : { userId: id, lost: 'all' };
}

/** Whose log-in records are written, by `idKey` of the record. */
async function usersOfLogIns(org: Org, writes: readonly UserWrite[], node: string): Promise<Map<string, string>> {
	const ids = writes.filter(({ object }) => object === 'UserLogin').map(({ id }) => id);
	const outcomes = await queryEach(
		org,
		batches(ids, IDS_PER_QUERY).map((batch) => `SELECT Id, UserId FROM UserLogin WHERE Id IN ${idList(batch)}`),
	);
	const records = outcomes.flatMap((outcome: QueryOutcome) => seen(outcome, 'UserLogin', 'Manage Users', node));
	return new Map(records.map(({ Id, UserId }) => [idKey(String(Id)), String(UserId)]));
}
