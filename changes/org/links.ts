import { append } from '../../salesforce/append';
import type { ObjectDescribe } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import { updateRecords } from '../../salesforce/records';
import type { SaveResult, WriteOptions } from '../../salesforce/records';
import type { Values } from '../change';
import type { GuardedWrite, LeftOver } from './undone';

/** A write on its way. */
export interface Write {
	job: GuardedWrite;
	/** Empty for a record that comes back. */
	id: string;
	body: Values;
	/** The record as it is before it. */
	held: Values;
	/** Fields that were left out since the API user may no longer write them. */
	hidden?: string[];
}

/** What became of a write: whether the record came out of the recycle bin, or was there already. */
export type Written = SaveResult & { undeleted?: true; there?: true };

/** A record that came back. */
interface Back {
	write: Write;
	result: Extract<Written, { ok: true }>;
}

/** A record that came back, and what of it could not be put back. */
export interface Linked extends Back {
	left: LeftOver[];
}

/** Whether a record can be there before what some of its fields refer to, and get those fields filled afterwards. */
export function canFollow({ fieldsByName }: ObjectDescribe, values: Values, id: string): boolean {
	const fields = Object.keys(values).filter((name) => values[name] === id);
	return fields.every((name) => {
		const field = fieldsByName.get(name.toLowerCase());
		return field?.nillable === true && field.updateable;
	});
}

/**
 * What records that come back refer to, where that comes back as well: later than they do, as in a circle, or under
 * another ID.
 */
export class Links {
	/** In which round a record comes back, by the ID that it had. */
	private readonly rounds = new Map<string, number>();
	private readonly waiting: Back[] = [];

	/** @param inOrder places of writes, round by round */
	constructor(acting: readonly GuardedWrite[], inOrder: ReadonlyArray<readonly number[]>) {
		inOrder.forEach((places, round) => {
			for (const place of places) {
				const { change, decision } = acting[place] as GuardedWrite;
				if (decision.kind === 'create' && change.id !== undefined) this.rounds.set(change.id, round);
			}
		});
	}

	/** Whether a field's value names a record that comes back no earlier than in a round, so that it cannot be filled then. */
	isLate(value: unknown, round: number): boolean {
		return typeof value === 'string' && (this.rounds.get(value) ?? -1) >= round;
	}

	/** Notes a record that came back. */
	note(write: Write, result: Back['result']): void {
		this.waiting.push({ write, result });
	}

	/**
	 * Fills the fields that could not be filled when their record came back, or that name the record that is no more. To be
	 * called after each round: what was written to the record earlier is undone later, and has the last word.
	 *
	 * @param renamed the IDs of records that came back, by the ones that they had
	 * @returns those that it concerned, as they are now
	 */
	async fill(org: Org, round: number, renamed: ReadonlyMap<string, string>, options: WriteOptions): Promise<Linked[]> {
		const linked: Linked[] = [];
		const open = new Map<string, Array<Back & { values: Values; left: LeftOver[] }>>();
		const waiting = this.waiting.splice(0);
		for (const one of waiting) {
			if (references(one).some(([, before]) => this.isLate(before, round + 1))) {
				this.waiting.push(one);
				continue;
			}
			const { values, left } = this.owed(one, renamed);
			if (Object.keys(values).length > 0) append(open, one.write.job.object.name, { ...one, values, left });
			else if (left.length > 0) linked.push({ ...one, left });
		}
		for (const [object, all] of open) {
			const records = all.map(({ result, values }) => ({ ...values, id: result.id }));
			const saved = await updateRecords(org, object, records, options);
			all.forEach(({ write, result, values, left }, index) => {
				const set = saved[index] as SaveResult;
				linked.push(
					set.ok
						? { write: { ...write, body: { ...write.body, ...values } }, result: { ...result, at: set.at }, left }
						: { write, result, left: [...left, ...Object.keys(values).map(notLinked)] },
				);
			});
		}
		return linked;
	}

	/** What is still to be written to a record that came back, and what no longer can be. */
	private owed(back: Back, renamed: ReadonlyMap<string, string>): { values: Values; left: LeftOver[] } {
		const { write, result } = back;
		const { object } = write.job;
		const values: Record<string, unknown> = {};
		const left: LeftOver[] = [];
		for (const [field, before] of references(back)) {
			if (!this.rounds.has(before)) continue;
			// What comes out of the recycle bin is whole, as far as what it refers to has its old ID.
			const held = result.undeleted === true ? before : write.body[field];
			const now = renamed.get(before) ?? (result.undeleted === true ? before : undefined);
			if (held === now && now !== undefined) continue;
			if (now !== undefined && object.fieldsByName.get(field.toLowerCase())?.updateable === true) values[field] = now;
			else left.push(notLinked(field));
		}
		return { values, left };
	}
}

/** Fields of a record that may name another, with what they named before. */
function references({ write }: Back): Array<[string, string]> {
	const { decision } = write.job;
	const values = 'values' in decision ? decision.values : {};
	return Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

function notLinked(field: string): LeftOver {
	return { field, reason: 'notLinked' };
}
