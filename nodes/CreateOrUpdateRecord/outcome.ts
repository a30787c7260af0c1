import type { IDataObject } from 'n8n-workflow';

import type { ChangeRecorder } from '../../changes/org/changeRecorder';
import { unexpectedAnswer } from '../../salesforce/answers';
import type { ObjectDescribe } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import type { SaveResult } from '../../salesforce/records';
import { ExactNumber } from '../../salesforce/values/number';
import type { Outcome } from '../shared/action';
import { undoOf } from '../shared/undoRecord';
import type { Decision } from './decide';
import { changeOf, NOT_READ } from './kept';
import type { Keeping } from './kept';
import type { PlannedCall } from './write';

/** What a record's item says once it was written, or need not be. */
export async function writtenOutcome(
	org: Org,
	object: ObjectDescribe,
	decision: Decision,
	saved: SaveResult | undefined,
	{ recorder, keeping }: { recorder?: ChangeRecorder; keeping: Keeping },
): Promise<Outcome> {
	if ('error' in decision) return { ok: false, error: decision.error };
	const leftOut = decision.leftOut.length > 0 ? { leftOut: decision.leftOut } : {};
	const change =
		recorder !== undefined && saved !== undefined && 'how' in decision
			? changeOf(recorder, object, decision, saved, keeping)
			: undefined;
	const undo = undoOf(change);
	const done = async (id: string, result: string): Promise<Outcome> => {
		const link = await org.recordLink(object.name, id);
		const json: IDataObject = { id, object: object.name, result, link, ...leftOut, ...undo };
		const hint = keeping === 'new' && result === 'updated' ? { hint: NOT_READ } : {};
		return { ok: true, idle: result === 'unchanged', records: [{ json }], ...hint };
	};
	if ('unchanged' in decision) return await done(decision.unchanged, 'unchanged');
	if (saved === undefined) return { ok: false, error: unexpectedAnswer() };
	if (!saved.ok) return { ok: false, error: saved.error, ...undo };
	const created = decision.how.kind === 'create' || (decision.how.kind === 'upsert' && saved.created === true);
	return await done(saved.id, created ? 'created' : 'updated');
}

/** What a record's item says in a dry run. */
export function dryOutcome(object: string, decision: Decision, call: PlannedCall | undefined): Outcome {
	if ('error' in decision) return { ok: false, error: decision.error };
	const leftOut = decision.leftOut.length > 0 ? { leftOut: decision.leftOut } : {};
	const json: IDataObject =
		'unchanged' in decision || call === undefined
			? {
					object,
					result: 'notSent',
					would: 'nothing',
					...('unchanged' in decision ? { id: decision.unchanged } : {}),
					...leftOut,
				}
			: {
					object,
					result: 'notSent',
					would: decision.how.kind,
					record: shown(decision.fields),
					call: { ...call },
					...leftOut,
				};
	return { ok: true, idle: true, records: [{ json }] };
}

/** A record as an item shows it: a number with more digits than n8n holds as its text. */
function shown(fields: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [name, value instanceof ExactNumber ? value.digits : value]),
	) as IDataObject;
}
