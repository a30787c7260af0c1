import { OrgError } from '../../salesforce/errors';
import { givingWay, inTurns } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import { carriersOf, plannedWrites, saveEach } from '../../salesforce/records';
import type { PlannedCall, SaveResult } from '../../salesforce/records';
import { valueAt } from '../differences';
import type { CaseFields } from '../moveCase';
import type { CaseMaker } from './caseMaker';
import { Decider } from './decide';
import type { MoveToPush, Pushed, PushRules, Settled, Task, Wrote } from './pushed';
import { settleCreated } from './settleCreated';

type Update = Extract<Task, { task: 'update' }>;

/** Rounds of writing: a Case may vanish while it is updated, and be made by others while it is created. */
const ROUNDS = 2;

/**
 * Gives every move its Case: creates, updates, or leaves it. Two runs at the same moment leave one Case of a move, also
 * where the org does not hold external IDs unique; see `settleCreated`.
 *
 * @param moves each move once
 * @returns one outcome for each, in their order
 * @throws OrgError or InputError before anything is written
 */
export async function pushMoves(
	org: Org,
	moves: readonly MoveToPush[],
	maker: CaseMaker,
	rules: PushRules,
): Promise<Pushed[]> {
	if (moves.length === 0) return [];
	const decider = await Decider.for(org, moves, maker, rules);
	const settled = await decider.decide([...moves.keys()]);
	const push = new Push(org, moves, maker, rules, decider, settled);
	if (rules.dryRun) await push.plan();
	else await push.write();
	return await inTurns(moves, (_move, place) => {
		const one = settled.get(place);
		return one === undefined || 'task' in one ? { error: unsteady() } : repeatable(one);
	});
}

/** The writes of one run. */
class Push {
	private readonly giveWay = givingWay();

	constructor(
		private readonly org: Org,
		private readonly moves: readonly MoveToPush[],
		private readonly maker: CaseMaker,
		private readonly rules: PushRules,
		private readonly decider: Decider,
		private readonly settled: Settled,
	) {}

	/** Says what would be written, and by which call. */
	async plan(): Promise<void> {
		const groups = [
			{ method: 'POST', places: await this.toCreate(true) },
			{ method: 'POST', places: await this.toCreate(false) },
			{ method: 'PATCH', places: (await this.toUpdate()).map(([place]) => place) },
		] as const;
		const calls = groups.flatMap(({ method, places }) => plannedWrites(method, places.length, this.rules));
		const carriers = carriersOf(calls);
		for (const [index, place] of groups.flatMap(({ places }) => places).entries()) {
			await this.giveWay();
			this.settled.set(place, this.wouldBe(place, carriers[index] as PlannedCall));
		}
	}

	private wouldBe(place: number, call: PlannedCall): Pushed {
		const task = this.settled.get(place) as Task;
		if (task.task === 'create') return { would: 'create', record: this.fieldsOf(place), call };
		const { case: known, before, status } = task;
		const fields = this.fieldsOf(place);
		const differences = Object.entries(before).map(([field, is]) => ({ field, is, should: valueAt(fields, field) }));
		return { would: status === undefined ? 'update' : 'reopen', case: known, differences, call };
	}

	async write(): Promise<void> {
		if (this.isSettled()) return;
		await this.rules.keeps?.();
		for (let round = 1; round <= ROUNDS; round++) {
			// What is left for a second round may be what took too long in a large call.
			const rules = { ...this.rules, together: this.rules.together && round === 1 };
			await this.create(rules, round === ROUNDS);
			await this.update(rules);
			if (this.isSettled()) return;
		}
	}

	private isSettled(): boolean {
		for (const one of this.settled.values()) if ('task' in one) return false;
		return true;
	}

	private async create(rules: PushRules, isLast: boolean): Promise<void> {
		const saved = new Map<number, SaveResult>();
		for (const assignmentRules of [true, false]) {
			const places = await this.toCreate(assignmentRules);
			const options = { ...rules, assignmentRules };
			const how = { kind: 'create', sObject: 'Case' } as const;
			const results = await saveEach(this.org, how, places, (place) => this.fieldsOf(place), options);
			places.forEach((place, index) => saved.set(place, results[index] as SaveResult));
		}
		if (saved.size === 0) return;
		for (const [place, one] of await settleCreated(this.org, this.decider, saved, rules, isLast)) {
			this.settled.set(place, one);
		}
	}

	private async update(rules: PushRules): Promise<void> {
		const updates = await this.toUpdate();
		const how = { kind: 'update', sObject: 'Case' } as const;
		const options = { ...rules, assignmentRules: false };
		const saved = await saveEach(this.org, how, updates, ([place, task]) => this.changes(place, task), options);
		const inDoubt = new Map<number, Update>();
		for (const [index, [place, task]] of updates.entries()) {
			await this.giveWay();
			const result = saved[index] as SaveResult;
			if (result.ok) this.settled.set(place, updated(task, result.at));
			// It vanished after it was found.
			else if (result.error.isGone && result.error.fields.length === 0) this.settled.set(place, { task: 'create' });
			else {
				const { inDoubt: isUnsure } = result.error;
				this.settled.set(place, { error: result.error, ...(isUnsure ? wrote(task, { inDoubt: true }) : {}) });
				if (isUnsure) inDoubt.set(place, task);
			}
		}
		await this.lookUp(inDoubt);
	}

	/** Updates of which it is not known what became: what the Cases hold now tells. */
	private async lookUp(updates: ReadonlyMap<number, Update>): Promise<void> {
		const done = await this.decider.areAsWanted([...updates.keys()]).catch(() => new Set<number>());
		for (const place of done) this.settled.set(place, updated(updates.get(place) as Update));
	}

	/** What of a Case is written: the fields that differ, and the status that opens it again. */
	private changes(place: number, { case: { id }, before, status }: Update): CaseFields {
		const fields = this.fieldsOf(place);
		const names = Object.keys(before).map((field) => field.split('.')[0] as string);
		const changed = Object.fromEntries(names.map((name) => [name, fields[name]]));
		return { id, ...changed, ...(status === undefined ? {} : { Status: status }) };
	}

	private fieldsOf(place: number): CaseFields {
		return this.maker.caseOf(this.moves[place] as MoveToPush).fields;
	}

	private async toCreate(assignmentRules: boolean): Promise<number[]> {
		const places: number[] = [];
		for (const [place, one] of this.settled) {
			await this.giveWay();
			if (!('task' in one) || one.task !== 'create') continue;
			if (this.moves[place]?.assignmentRules === assignmentRules) places.push(place);
		}
		return places;
	}

	private async toUpdate(): Promise<Array<[place: number, task: Update]>> {
		const updates: Array<[number, Update]> = [];
		for (const [place, one] of this.settled) {
			await this.giveWay();
			if ('task' in one && one.task === 'update') updates.push([place, one]);
		}
		return updates;
	}
}

function updated(task: Update, at?: Date): Pushed {
	const { case: known, status } = task;
	return { result: status === undefined ? 'updated' : 'reopened', case: known, ...wrote(task, at && { at }) };
}

/** What takes an update back, where that is kept. */
function wrote({ case: { id }, held, status }: Update, more: Pick<Wrote, 'at' | 'inDoubt'> = {}): { wrote?: Wrote } {
	if (held === undefined) return {};
	return { wrote: { id, held, ...(status === undefined ? {} : { status }), ...more } };
}

/** To push again is safe whatever became of a Case: it is looked for first. */
function repeatable(pushed: Pushed): Pushed {
	if (!('error' in pushed) || !(pushed.error instanceof OrgError) || !pushed.error.inDoubt) return pushed;
	const remedy = `${pushed.error.remedy} Pushing again is safe: it looks for the Case first.`.trim();
	return { ...pushed, error: pushed.error.with({ remedy, repeatSafe: true }) };
}

function unsteady(): OrgError {
	return new OrgError(
		'ENTITY_IS_DELETED',
		'The Case of this move disappeared again each time it was pushed',
		'Find out who deletes Cases of this plan, and push again.',
		{ retry: 'later' },
	);
}
