import { OrgError } from '../../salesforce/errors';
import { listed } from '../../salesforce/listed';
import { readMoment } from '../../salesforce/moment';
import { givingWay } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import { STAMP_FIELDS, stampOf } from '../../salesforce/stamp';
import { asSpoken } from '../asSeen';
import type { Difference } from '../differences';
import type { CaseMaker } from './caseMaker';
import { CaseStatuses } from './caseStatuses';
import { visitMoveCases } from './moveCases';
import type { FoundCase } from './moveCases';
import { knownCase } from './pushed';
import type { Held, MoveToPush, Pushed, PushRules, Settled, Task } from './pushed';

/** Milliseconds between looks at Cases that another run is about to take away again. */
export const LOOKS = [500, 1_000, 2_000];

/** How long ago, in milliseconds, the second Case of a move may have come from a run that is still under way. */
const UNDER_WAY = 300_000;

/** Read of every Case, beside what is compared. */
const STATE = ['CaseNumber', 'Status', 'IsClosed', 'ClosedDate', 'CreatedDate'];

/** Looks at the Cases of moves and decides what is to be done. */
export class Decider {
	private statuses?: CaseStatuses;

	private constructor(
		private readonly org: Org,
		private readonly moves: readonly MoveToPush[],
		private readonly maker: CaseMaker,
		private readonly rules: PushRules,
		/** What is read of Cases. */
		private readonly fields: readonly string[],
		/** The moves' places by their external IDs. */
		private readonly places: ReadonlyMap<string, number>,
	) {}

	/** A decider for moves, each of which is there once. */
	static async for(org: Org, moves: readonly MoveToPush[], maker: CaseMaker, rules: PushRules): Promise<Decider> {
		const giveWay = givingWay();
		const fields = [...STATE, ...(await maker.fieldsToCompare(moves))];
		if (rules.keeps !== undefined) fields.push(...STAMP_FIELDS, ...maker.referencesIn(fields));
		const places = new Map<string, number>();
		for (const [place, { externalId }] of moves.entries()) {
			await giveWay();
			places.set(externalId, place);
		}
		return new Decider(org, moves, maker, rules, fields, places);
	}

	/**
	 * What is to be done for moves.
	 * @throws OrgError; InputError when a status to reopen is not one of the org's
	 */
	async decide(places: readonly number[]): Promise<Settled> {
		const settled: Settled = new Map();
		let several = new Map<number, FoundCase[]>();
		const visit = (place: number, cases: FoundCase[]): void => {
			if (cases.length > 1) several.set(place, cases.map(withoutFields));
			else settled.set(place, this.decideOne(place, cases[0]));
		};
		await this.visit(places, this.fields, visit);
		for (const wait of LOOKS) {
			const now = (this.org.time ?? new Date()).getTime();
			const again = [...several].flatMap(([place, cases]) =>
				cases.some((one) => mayBeUnderWay(one, now)) ? [place] : [],
			);
			if (again.length === 0) break;
			await this.org.wait(wait);
			several = new Map([...several].filter(([place]) => !again.includes(place)));
			await this.visit(again, this.fields, visit);
		}
		for (const [place, cases] of several) settled.set(place, { error: this.ambiguous(cases) });
		await this.reopen(settled);
		return settled;
	}

	/** Reads the Cases of moves, from the oldest to the newest. */
	async visit(
		places: readonly number[],
		fields: readonly string[],
		visit: (place: number, cases: FoundCase[]) => void,
	): Promise<void> {
		const ids = places.map((place) => this.moveAt(place).externalId);
		const search = { names: this.maker.names, fields, parallel: this.rules.parallel };
		await visitMoveCases(this.org, ids, search, (id, cases) => visit(this.places.get(id) as number, cases));
	}

	/** Whether the Cases of moves are now as they should be. */
	async areAsWanted(places: readonly number[]): Promise<Set<number>> {
		const asWanted = new Set<number>();
		await this.visit(places, this.fields, (place, [held, ...others]) => {
			if (held === undefined || others.length > 0) return;
			if (this.maker.differences(this.moveAt(place), held).length === 0) asWanted.add(place);
		});
		return asWanted;
	}

	private decideOne(place: number, found: FoundCase | undefined): Pushed | Task {
		if (found === undefined) return { task: 'create' };
		const differences = this.maker.differences(this.moveAt(place), found);
		if (found.IsClosed !== true) {
			return differences.length === 0
				? { result: 'unchanged', case: knownCase(found) }
				: { task: 'update', case: knownCase(found), before: beforeOf(differences), ...this.held(found, differences) };
		}
		// That it has another status than it began with is what being closed means.
		const others = differences.filter(({ field }) => field !== 'Status');
		return {
			result: 'closed',
			case: knownCase(found),
			status: String(found.Status),
			...(typeof found.ClosedDate === 'string' ? { closedDate: found.ClosedDate } : {}),
			differences: others,
			...this.held(found, others, { Status: found.Status }),
		};
	}

	/** What takes an update back, where that is kept. */
	private held(found: FoundCase, differences: readonly Difference[], more: object = {}): { held?: Held } {
		if (this.rules.keeps === undefined) return {};
		const before: Record<string, unknown> = { ...more };
		for (const { field } of differences) {
			const name = this.maker.fieldOf(field);
			if (name !== undefined) before[name] = found[name] ?? null;
		}
		const stamp = stampOf(found);
		return { held: { before, ...(stamp === undefined ? {} : { found: stamp }) } };
	}

	/** Gives closed Cases of the statuses to reopen their task. */
	private async reopen(settled: Settled): Promise<void> {
		const { reopen } = this.rules;
		if (reopen.length === 0 || !hasClosed(settled)) return;
		this.statuses ??= await CaseStatuses.of(this.org);
		const statuses = this.statuses;
		const values = new Set(reopen.map((name) => asSpoken(statuses.closed(name, 'Reopen Cases With Status'))));
		for (const [place, one] of settled) {
			if (!('result' in one) || one.result !== 'closed' || !values.has(asSpoken(one.status))) continue;
			const wanted = this.maker.caseOf(this.moveAt(place)).fields.Status;
			// Else it would be closed by the next push, and opened by the one after it.
			if (statuses.isSame(one.status, wanted)) continue;
			const status = statuses.toReopen(wanted);
			if (status === undefined) continue;
			const { case: known, differences, held } = one;
			settled.set(place, { task: 'update', case: known, before: beforeOf(differences), status, ...(held && { held }) });
		}
	}

	private ambiguous(cases: readonly FoundCase[]): OrgError {
		const { externalId } = this.maker.names;
		return new OrgError(
			'DUPLICATE_EXTERNAL_ID',
			`${cases.length} Cases carry the external ID of this move: ${listed(cases.map(({ Id }) => Id))}`,
			`Delete all but one of them: Salesforce Reconcile Moves gives the others at To Undo, and those that are closed at Attention. Ticking Unique on ${externalId} keeps it from happening again.`,
			{ fields: [externalId] },
		);
	}

	private moveAt(place: number): MoveToPush {
		return this.moves[place] as MoveToPush;
	}
}

function hasClosed(settled: Settled): boolean {
	for (const one of settled.values()) if ('result' in one && one.result === 'closed') return true;
	return false;
}

/** What is held. What should be is made of the move again when it is needed: to keep it would take much memory. */
function beforeOf(differences: readonly Difference[]): Record<string, unknown> {
	return Object.fromEntries(differences.map(({ field, is }) => [field, is]));
}

/** Only what is needed of Cases of which there are several. */
function withoutFields({ Id, CreatedDate }: FoundCase): FoundCase {
	return { Id, CreatedDate };
}

/** Whether a Case is so young that the run which made it may still be at work. */
function mayBeUnderWay({ CreatedDate }: FoundCase, now: number): boolean {
	return Math.abs(now - readMoment(CreatedDate)) < UNDER_WAY;
}
