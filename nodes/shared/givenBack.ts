import type { SignedChange, Values } from '../../changes/change';
import { ChangeRecorder } from '../../changes/org/changeRecorder';
import { undoReclaims } from '../../licenses/org/undoReclaims';
import type { Made, UndoResult, UndoRun } from '../../licenses/org/undoReclaims';
import type { KnownOrg } from '../../licenses/org/readOrgState';
import type { Org } from '../../salesforce/org';

/** What came of an undo record of Salesforce Reclaim License, with the changes that take the undoing back. */
export type GivenBack = UndoResult & { changes: SignedChange[] };

/**
 * Undoes acts of Salesforce Reclaim License, as `undoReclaims` does.
 *
 * @returns the org, and a result for each record
 * @throws OrgError when something cannot be read that must be known, or the credential has no secret to sign with;
 *   nothing was done then
 */
export async function giveBack(org: Org, run: UndoRun): Promise<{ org: KnownOrg; results: GivenBack[] }> {
	const recorder = await ChangeRecorder.for(org);
	const start = Date.now();
	const { org: known, results } = await undoReclaims(org, run);
	const changeOf = ({ object, place, before, ...made }: Made): SignedChange =>
		recorder.record({
			...made,
			object: { name: object },
			before: before as Values | null,
			// Several records may be written within a millisecond.
			written: new Date(start + place),
		});
	return {
		org: known,
		results: results.map((result) => ({ ...result, changes: 'made' in result ? result.made.map(changeOf) : [] })),
	};
}
