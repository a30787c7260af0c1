import type { Guard, GuardedWrite } from '../../changes/org/undone';
import { lockedOut, mayLockOut } from '../../licenses/org/lockedOut';
import type { UserWrite } from '../../licenses/org/lockedOut';
import { asError } from '../../salesforce/asError';

/**
 * Nobody is locked out by undoing: not the user who is signed in, and not the last ones who can manage users. It costs
 * a call or two where users are written, and none elsewhere.
 */
export const sparingAdministrators: Guard = async (org, writes) => {
	const about = writes.map((write) => ({ write, user: userWrite(write) })).filter(({ user }) => mayLockOut(user));
	if (about.length === 0) return new Map();
	try {
		const reasons = await lockedOut(
			org,
			about.map(({ user }) => user),
			'Salesforce Undo Changes',
		);
		return new Map(
			about.flatMap(({ write }, index) => {
				const reason = reasons[index];
				return reason === undefined ? [] : [[write, reason] as const];
			}),
		);
	} catch (error) {
		// Where nobody can tell who is left, nobody is locked out.
		return new Map(about.map(({ write }) => [write, asError(error)] as const));
	}
};

function userWrite({ change, decision, current }: GuardedWrite): UserWrite {
	return {
		kind: decision.kind,
		object: change.object,
		id: 'id' in decision ? decision.id : '',
		values: 'values' in decision ? decision.values : (current?.values ?? {}),
	};
}
