import type { SignedChange } from '../../changes/change';
import { ChangeRecorder } from '../../changes/org/changeRecorder';
import { restorable, restorableFields } from '../../changes/org/deleteRecords';
import type { Withheld } from '../../changes/withhold';
import type { UndoneCase } from '../../moves/org/undo';
import { describeObject } from '../../salesforce/describe';
import type { ObjectDescribe } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import { stampOf } from '../../salesforce/stamp';

/** Makes of the Cases that a run undoes what takes the undoing back. */
export class Keeper {
	private constructor(
		private readonly recorder: ChangeRecorder,
		/** Case as the org describes it, where that is needed. */
		private readonly object: ObjectDescribe | undefined,
	) {}

	/**
	 * To be asked for before the first write.
	 *
	 * @param isDeleting whether Cases are deleted, so that it is to be known what they are made again from
	 * @param withheld which fields are not kept
	 * @throws OrgError `NO_SECRET` when the credential has no secret to sign with
	 */
	static async for(org: Org, isDeleting: boolean, withheld: Withheld): Promise<Keeper> {
		const object = isDeleting || withheld.encrypted ? await describeObject(org, 'Case') : undefined;
		return new Keeper(await ChangeRecorder.for(org, withheld), object);
	}

	/**
	 * API names of what is to be read of Cases that are deleted. Only describe knows them, at the price of a call for the
	 * session's first run: `FIELDS(ALL)` needs none, but gives 200 records at the most (SOQL reference, FIELDS()), and a
	 * query for 200 moves that found as many Cases could not be told from one that was cut off at a doubled one.
	 */
	get fields(): string[] {
		return this.object === undefined ? [] : restorableFields(this.object);
	}

	/** The change of a Case; undefined where nothing was written. */
	changeOf({ id, held, status, undone }: UndoneCase): SignedChange | undefined {
		const isDone = 'result' in undone && undone.result !== 'alreadyUndone';
		const inDoubt = 'error' in undone && undone.error.inDoubt;
		if (held === undefined || !(isDone || inDoubt)) return undefined;
		const about = {
			object: this.object ?? { name: 'Case' },
			id,
			found: stampOf(held),
			...(isDone && 'at' in undone ? { at: undone.at } : {}),
			...(inDoubt ? { inDoubt } : {}),
		};
		if (status !== undefined) {
			return this.recorder.record({
				...about,
				did: 'closed',
				before: { Status: held.Status },
				after: { Status: status },
			});
		}
		const before = this.object === undefined ? {} : restorable(this.object, held);
		return this.recorder.record({ ...about, did: 'deleted', before, after: null });
	}
}
