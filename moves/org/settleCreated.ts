import { asError } from '../../salesforce/asError';
import { batches } from '../../salesforce/batches';
import { OrgError } from '../../salesforce/errors';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import { queryAtOnce } from '../../salesforce/query';
import { deleteRecords, RECORDS_PER_CALL } from '../../salesforce/records';
import type { SaveResult } from '../../salesforce/records';
import { listLiteral, textLiteral } from '../../salesforce/soql';
import { isOlder } from '../duplicates';
import { LOOKS } from './decide';
import type { Decider } from './decide';
import type { FoundCase } from './moveCases';
import { isTaken, knownCase, wasStopped } from './pushed';
import type { PushRules, Settled, Wrote } from './pushed';

/**
 * Reads back what was created, for the Case numbers, and settles what only the org knows: a call that brought no answer
 * may have saved its Cases, and another run may have made Cases of the same moves.
 *
 * Of two runs at the same moment at least one sees both Cases, since each reads after it has written. The one whose
 * Case is younger, by ID, deletes its own, and never another's.
 *
 * A Case that somebody has deleted since it was created is no Case of the move any more: what is to be done is decided
 * anew. One that can only not be seen, because an assignment rule gave it to others, stays as it was created.
 *
 * @param saved what the calls said, by the moves' places
 * @param isLast whether nothing is created any more in this run
 */
export async function settleCreated(
	org: Org,
	decider: Decider,
	saved: ReadonlyMap<number, SaveResult>,
	rules: PushRules,
	isLast: boolean,
): Promise<Settled> {
	const settled: Settled = new Map();
	const asked: number[] = [];
	for (const [place, result] of saved) {
		// What holds where nothing better becomes known.
		const wrote = created(result, rules);
		settled.set(
			place,
			result.ok
				? { result: 'created', case: { id: result.id }, ...wrote }
				: { error: explained(result.error, rules), ...wrote },
		);
		if (result.ok || result.error.inDoubt || isTaken(result.error)) asked.push(place);
	}
	const lost = new Map<number, string>();
	const doubled = new Map<number, string>();
	/** The Cases of this run that were not there to be read. */
	const unseen = new Map<number, string>();
	const unsure: number[] = [];
	const note = (place: number, cases: FoundCase[]): void => {
		const result = saved.get(place) as SaveResult;
		if (!result.ok) {
			if (cases.length > 0) unsure.push(place);
			// What was there a moment ago no longer is, unless it is hidden.
			else if (isTaken(result.error) && isLast) settled.set(place, { error: hidden(result.error) });
			else if ((isTaken(result.error) || wasStopped(result.error)) && !isLast) settled.set(place, { task: 'create' });
			return;
		}
		const own = cases.find(({ Id }) => Id === result.id);
		if (own === undefined) unseen.set(place, result.id);
		else settled.set(place, { result: 'created', case: knownCase(own), ...created(result, rules) });
		if (cases.some(({ Id }) => isOlder(Id, result.id))) lost.set(place, result.id);
		else if (cases.some(({ Id }) => isOlder(result.id, Id))) doubled.set(place, result.id);
	};
	// The Cases are saved, or known to be in doubt: that they cannot be read now changes neither.
	await decider.visit(asked, ['CaseNumber'], note).catch(() => undefined);
	for (const part of [
		await settleUnsure(decider, saved, unsure, rules),
		await giveWay(org, decider, lost, rules),
		await watch(org, decider, doubled, unseen, settled),
		await settleVanished(org, decider, new Map([...unseen].filter(([place]) => !lost.has(place)))),
	]) {
		for (const [place, one] of part) settled.set(place, one);
	}
	return settled;
}

/** What takes a creation back, where that is kept; of one that was refused there is nothing to take back. */
function created(result: SaveResult, { keeps }: PushRules): { wrote?: Wrote } {
	if (keeps === undefined) return {};
	if (!result.ok) return result.error.inDoubt ? { wrote: { inDoubt: true } } : {};
	return { wrote: { id: result.id, ...(result.at === undefined ? {} : { at: result.at }) } };
}

/** Moves that have a Case, though their creation was refused or brought no answer. */
async function settleUnsure(
	decider: Decider,
	saved: ReadonlyMap<number, SaveResult>,
	places: readonly number[],
	{ keeps }: PushRules,
): Promise<Settled> {
	const settled = await decided(decider, places);
	for (const [place, one] of settled) {
		const result = saved.get(place);
		if (result?.ok !== false || !result.error.inDoubt) continue;
		// That the Case could not be read a second time leaves in doubt whose it is.
		if ('error' in one && !hasSeveral(one.error)) settled.delete(place);
		// What holds all that was sent, where before there was nothing, is what was sent.
		if (!('result' in one) || one.result !== 'unchanged') continue;
		settled.set(place, { ...one, result: 'created', ...(keeps === undefined ? {} : { wrote: { id: one.case.id } }) });
	}
	return settled;
}

/** What is to be done for moves; where their Cases cannot be read, why, so that nothing else of the run is lost over it. */
async function decided(decider: Decider, places: readonly number[]): Promise<Settled> {
	try {
		return await decider.decide(places);
	} catch (error) {
		return new Map(places.map((place) => [place, { error: asError(error) }]));
	}
}

/** Whether an error tells of several Cases of one move, which it names. */
function hasSeveral(error: Error): boolean {
	return error instanceof OrgError && error.code === 'DUPLICATE_EXTERNAL_ID';
}

/** Deletes the Cases that this run has made where another run's is older; that one is the move's Case then. */
async function giveWay(
	org: Org,
	decider: Decider,
	lost: ReadonlyMap<number, string>,
	rules: PushRules,
): Promise<Settled> {
	const deleted = await deleteRecords(org, [...lost.values()], rules);
	const stay: Settled = new Map();
	const away: number[] = [];
	[...lost].forEach(([place, id], index) => {
		const result = deleted[index] as SaveResult;
		if (result.ok || result.error.isGone) away.push(place);
		else {
			const wrote = rules.keeps === undefined ? {} : { wrote: { id } };
			stay.set(place, { error: notAway(result.error, id), partlyDone: true, ...wrote });
		}
	});
	return new Map([...(await decided(decider, away)), ...stay]);
}

/**
 * Looks whether the younger Cases beside those of this run are taken away by the runs that made them.
 * @param unseen where it is noted which of this run's Cases are gone by then
 */
async function watch(
	org: Org,
	decider: Decider,
	doubled: Map<number, string>,
	unseen: Map<number, string>,
	settled: Settled,
): Promise<Settled> {
	let others = new Map<number, string[]>();
	for (const wait of LOOKS) {
		if (doubled.size === 0) return new Map();
		await org.wait(wait);
		others = new Map();
		const note = (place: number, cases: FoundCase[]): void => {
			const own = doubled.get(place) as string;
			const ids = cases.flatMap(({ Id }) => (Id === own ? [] : [Id]));
			if (ids.length === cases.length) unseen.set(place, own);
			if (ids.length > 0) others.set(place, ids);
			else doubled.delete(place);
		};
		await decider.visit([...doubled.keys()], [], note).catch(() => undefined);
	}
	return new Map(
		[...others].flatMap(([place, ids]) => {
			const one = settled.get(place);
			if (one === undefined || !('result' in one) || one.result !== 'created') return [];
			const cases = [one.case.id, ...ids];
			const message = `Another run made a Case of this move at the same moment, which is still there: ${listed(cases)}`;
			return [[place, { ...one, warnings: [{ kind: 'doubled' as const, message, cases }] }] as const];
		}),
	);
}

/** What is to be done for moves whose new Cases lie in the recycle bin. */
async function settleVanished(org: Org, decider: Decider, unseen: ReadonlyMap<number, string>): Promise<Settled> {
	const queries = batches([...unseen.values()], RECORDS_PER_CALL).map((ids) => ({
		soql: `SELECT Id FROM Case WHERE IsDeleted = true AND Id IN ${listLiteral(ids.map(textLiteral))}`,
		includeDeleted: true,
	}));
	// What cannot be looked up stays as it was created.
	const deleted = (await queryAtOnce(org, queries).catch(() => [])).flat();
	const ids = new Set(deleted.map(({ Id }) => Id));
	return await decided(
		decider,
		[...unseen].flatMap(([place, id]) => (ids.has(id) ? [place] : [])),
	);
}

function notAway(error: OrgError, own: string): OrgError {
	return error.with({
		message: `Another run made a Case of this move at the same moment, and this run could not delete its own Case ${own}: ${error.message}`,
		remedy: `Delete ${own}, or let the API user delete Cases and run Salesforce Reconcile Moves.`,
	});
}

/** What was not answered because it took too long may be answered in smaller pieces. */
function explained(error: OrgError, { together }: PushRules): OrgError {
	if (!together || !error.mayStillCome || !error.passing) return error;
	return error.with({
		remedy: `${error.remedy} Where the org's triggers are slow, set Records per Call to 200.`.trim(),
	});
}

function hidden(error: OrgError): OrgError {
	return error.with({
		message:
			'Another Case carries the external ID of this move: the API user cannot see it, or its external ID has other capitals',
		remedy:
			'Let a permission set give the API user View All Records on Case. If somebody wrote the external ID with other capitals, correct it in that Case. Then push again.',
	});
}
