import type { SignedChange } from '../../changes/change';
import { ChangeRecorder } from '../../changes/org/changeRecorder';
import type { Made } from '../../readiness/org/makeThing';
import type { Org } from '../../salesforce/org';

/** Makes of what a preparation made what takes it back. */
export class Keeper {
	private constructor(private readonly recorder: ChangeRecorder) {}

	/**
	 * To be asked for before the first write.
	 * @throws OrgError `NO_SECRET` when the credential has no secret to sign with
	 */
	static async for(org: Org): Promise<Keeper> {
		return new Keeper(await ChangeRecorder.for(org));
	}

	/**
	 * The changes of what was created, to be asked for when all is done: a permission set counts as touched when it gets
	 * its rights. They are a millisecond apart, so that what was made last is taken back first.
	 */
	changesOf(made: readonly Made[]): Map<Made, SignedChange> {
		const end = Date.now();
		const changes = new Map<Made, SignedChange>();
		made.forEach((one, place) => {
			const { sObject: name, id, record } = one;
			if (id === undefined || record === undefined) return;
			const written = new Date(end + place);
			changes.set(
				one,
				this.recorder.record({ object: { name }, id, did: 'created', before: null, after: record, written }),
			);
		});
		return changes;
	}
}
