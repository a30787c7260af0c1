import { idKey } from '../salesforce/recordId';

/** Why something is not done to a user who can manage users. */
export type LockOut = 'connectedUser' | 'lastAdministrator';

/** The same in words. */
export const LOCK_OUTS: Readonly<Record<LockOut, string>> = {
	connectedUser: 'The node is signed in as this user',
	lastAdministrator: 'No other active user could manage users, apart from the user of the credential',
};

/** An assignment that lets an active user manage users: of the permission set of a profile, another one, or a group. */
export interface AdministratorAssignment {
	id: string;
	userId: string;
	/** Whether it holds always: it has no day on which it ends, and need not be activated in a session. */
	lasts: boolean;
}

/**
 * Who may manage users, while a run takes that from one after another. Somebody must be left who will keep it.
 */
export class Administrators {
	/** By `idKey` of the user, then of the assignment. */
	private readonly assignments = new Map<string, Map<string, boolean>>();

	constructor(assignments: Iterable<AdministratorAssignment>) {
		for (const { id, userId, lasts } of assignments) {
			const own = this.assignments.get(idKey(userId)) ?? new Map<string, boolean>();
			this.assignments.set(idKey(userId), own.set(idKey(id), lasts));
		}
	}

	/** The same, to be taken from anew. */
	copy(): Administrators {
		const copy = new Administrators([]);
		for (const [user, own] of this.assignments) copy.assignments.set(user, new Map(own));
		return copy;
	}

	/** Forgets what nobody has any more, by what was read since. */
	keepOnly(now: Administrators): void {
		for (const [user, own] of this.assignments) {
			const left = new Map([...own].filter(([id]) => now.assignments.get(user)?.has(id)));
			if (left.size === 0) this.assignments.delete(user);
			else this.assignments.set(user, left);
		}
	}

	private wouldLeaveNobody(userId: string, lost: 'all' | readonly string[]): boolean {
		const own = this.assignments.get(idKey(userId));
		if (own === undefined || [...remaining(own, lost)].some(([, lasts]) => lasts)) return false;
		// What is taken may not be what lets the user manage users.
		if (lost !== 'all' && !lost.some((id) => own.has(idKey(id)))) return false;
		for (const [user, others] of this.assignments) {
			if (user !== idKey(userId) && [...others.values()].some(Boolean)) return false;
		}
		return true;
	}

	/**
	 * Notes that a user loses these assignments, or all, unless nobody would be left then.
	 * @param lost IDs of assignments
	 * @returns whether somebody is left
	 */
	take(userId: string, lost: 'all' | readonly string[]): boolean {
		if (this.wouldLeaveNobody(userId, lost)) return false;
		const own = this.assignments.get(idKey(userId));
		if (own === undefined) return true;
		const left = remaining(own, lost);
		if (left.size === 0) this.assignments.delete(idKey(userId));
		else this.assignments.set(idKey(userId), left);
		return true;
	}
}

function remaining(own: ReadonlyMap<string, boolean>, lost: 'all' | readonly string[]): Map<string, boolean> {
	if (lost === 'all') return new Map();
	const gone = lost.map(idKey);
	return new Map([...own].filter(([id]) => !gone.includes(id)));
}
