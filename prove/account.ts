import type { LocalOrg } from '../local-org';
import type { Report } from './engines';
import type { Scenario } from './scenario';
import type { Standing, Told, Work } from './work';

/** Something that must not be. */
export interface Finding {
	/**
	 * `lost`: told as written and not there, gone though it was not meant, or not as asked when all is quiet.
	 * `doubled`: there twice. `untold`: written and told as not, or an item that did not come out exactly once.
	 */
	kind: 'lost' | 'doubled' | 'untold';
	says: string;
}

/** One engine's part of a run. */
export interface Part {
	/** The records that its items stand for, by their places among all. */
	places: number[];
	/** Undefined where it was killed, so that nobody was told anything. */
	report?: Report;
	/** Whether it was stopped, so that n8n may have dropped what came out. */
	isStopped: boolean;
}

/**
 * The account of a run: what was asked, what the org had before, what somebody else did meanwhile, and what the items
 * told, set against what the org has. It is made of the org's rows alone and shares no rule with the nodes.
 */
export class Account {
	private readonly before: Standing[];
	/** Records of others as they are to stay, by ID. */
	private readonly others = new Map<string, string>();
	/** What somebody else did to records of the run, by place. */
	private readonly deleted = new Set<number>();
	private readonly changed = new Set<number>();

	constructor(
		private readonly org: LocalOrg,
		private readonly work: Work,
		private readonly scenario: Scenario,
	) {
		this.before = this.look();
		const own = new Set(this.before.flatMap(({ ids }) => ids));
		for (const { id, text } of this.rows()) if (!own.has(id)) this.others.set(id, text);
	}

	/** How each record stands now. */
	look(): Standing[] {
		return this.work.look(this.org, this.scenario);
	}

	/** Notes that somebody else deleted the record of a place. */
	noteDeleted(place: number): void {
		this.deleted.add(place);
	}

	/** Notes that somebody else changed it. */
	noteChanged(place: number): void {
		this.changed.add(place);
	}

	/** Notes a record that somebody else made. */
	noteMade(sObject: string, id: string): void {
		if (!(sObject in this.work.keeps)) return;
		const row = this.org.rows(sObject).find(({ Id }) => Id === id);
		if (row !== undefined) this.others.set(id, this.textOf(sObject, row));
	}

	/** What is wrong after the engines have ended. */
	afterRun(parts: readonly Part[]): Finding[] {
		const now = this.look();
		return [
			...this.told(parts, now),
			...parts.flatMap((part) => this.outputs(part)),
			...this.counts(now, () => this.mayDouble(parts.length)),
			...this.bystanders(now),
			...this.atomic(now, parts),
		];
	}

	/**
	 * The places whose items are sent again: all, or those that are known not to be done. Of those that nobody knows of a
	 * person looks in the org, as the messages say.
	 */
	toRepeat(parts: readonly Part[]): number[] {
		const now = this.look();
		if (this.work.again === 'all') return [...now.keys()];
		const told = this.tellings(parts);
		return [...now.keys()].filter((place) => {
			const words = told.get(place) ?? [];
			return words.length > 0 && words.every((word) => word === 'not') ? true : now[place]?.done !== true;
		});
	}

	/**
	 * What is wrong when the flow was run again and everything is quiet.
	 * @param part the last time it ran
	 */
	afterQuiet(part: Part | undefined): Finding[] {
		const now = this.look();
		// Two that were made at one moment without Unique, and whose second look failed, are told to a person.
		const told = part === undefined ? new Map<number, Told[]>() : this.tellings([part]);
		const isTwice = (place: number): boolean =>
			this.mayDouble(this.scenario.engines) && told.get(place)?.every((word) => word === 'doubt') === true;
		const findings: Finding[] = [...this.counts(now, isTwice), ...this.bystanders(now)];
		now.forEach(({ done }, place) => {
			if (!done && !this.isExempt(place) && !isTwice(place)) {
				findings.push({ kind: 'lost', says: `record ${place} is not as asked though the flow was run again` });
			}
		});
		if (part?.report?.error !== undefined) {
			findings.push({ kind: 'lost', says: `the flow fails when it is run again: ${part.report.error.message}` });
		} else if (part !== undefined && this.deleted.size === 0 && this.changed.size === 0) {
			const wrong = part.report?.items.find(
				({ json, from }) =>
					['not', 'doubt'].includes(this.work.told(json)) && !((now[part.places[from] ?? -1]?.ids.length ?? 0) > 1),
			);
			if (wrong !== undefined) {
				findings.push({
					kind: 'untold',
					says: `an item fails when the flow is run again: ${JSON.stringify(wrong.json).slice(0, 300)}`,
				});
			}
		}
		return findings;
	}

	/** What somebody else did decides how these end. */
	private isExempt(place: number): boolean {
		// Where one record of all or none is gone, none can be saved.
		if (this.work.isAtomic === true && this.deleted.size > 0) return true;
		return this.deleted.has(place) || (this.changed.has(place) && this.work.leavesChanged === true);
	}

	/** What was told of each place, by every engine that was given it and could tell. */
	private tellings(parts: readonly Part[]): Map<number, Told[]> {
		const told = new Map<number, Told[]>();
		if (this.work.isOneItem === true) return told;
		for (const { report, places } of parts) {
			for (const { json, from } of report?.items ?? []) {
				const place = places[from];
				if (place !== undefined) told.set(place, [...(told.get(place) ?? []), this.work.told(json)]);
			}
		}
		return told;
	}

	/** What was told against what is. */
	private told(parts: readonly Part[], now: readonly Standing[]): Finding[] {
		const findings: Finding[] = [];
		const told = this.tellings(parts);
		const silent = new Set(parts.filter(isSilent).flatMap(({ places }) => places));
		now.forEach(({ done, ids }, place) => {
			const words = told.get(place) ?? [];
			if (this.work.isOneItem === true) return;
			const isWritten = done && this.before[place]?.done !== true;
			if (isWritten && !silent.has(place) && !this.isExempt(place) && !words.some(isTold)) {
				findings.push({ kind: 'untold', says: `record ${place} was written and is told as ${words.join(', ')}` });
			}
			if (words.some((word) => word === 'written' || word === 'idle') && !done && !this.isExempt(place)) {
				findings.push({ kind: 'lost', says: `record ${place} is told as done and is not (${ids.length} there)` });
			}
		});
		if (parts.length === 1) findings.push(...this.named(parts[0] as Part, now), ...this.nothing(parts[0] as Part, now));
		return findings;
	}

	/** Each item of a written record names that record and no other. */
	private named({ report, places }: Part, now: readonly Standing[]): Finding[] {
		const { idOf, told } = this.work;
		if (idOf === undefined || this.work.isOneItem === true || this.work.ends === 'gone') return [];
		return (report?.items ?? []).flatMap(({ json, from }): Finding[] => {
			const place = places[from] ?? -1;
			const standing = now[place];
			if (told(json) !== 'written' || standing === undefined || this.deleted.has(place)) return [];
			if (standing.ids.includes(String(idOf(json)))) return [];
			return [{ kind: 'lost', says: `the item of record ${place} names ${String(idOf(json))}, which is another` }];
		});
	}

	/** A flow that failed and says that nothing was done has done nothing. */
	private nothing({ report }: Part, now: readonly Standing[]): Finding[] {
		if (report?.error === undefined || !/\bNothing was \w+\.$/.test(report.error.description)) return [];
		const place = now.findIndex(
			({ done }, index) => done && this.before[index]?.done !== true && !this.isExempt(index),
		);
		if (place === -1) return [];
		return [{ kind: 'untold', says: `record ${place} was written, and the flow says: ${report.error.description}` }];
	}

	/** Every input item comes out exactly once. */
	private outputs(part: Part): Finding[] {
		if (isSilent(part) || this.work.isOneItem === true) return [];
		const times = new Map<number, number>();
		for (const { from } of part.report?.items ?? []) times.set(from, (times.get(from) ?? 0) + 1);
		return part.places.flatMap((place, index): Finding[] => {
			const count = times.get(index) ?? 0;
			return count === 1 ? [] : [{ kind: 'untold', says: `the item of record ${place} came out ${count} times` }];
		});
	}

	/** Without Unique, two pushes at one moment may make two Cases, until the second look of one of them. */
	private mayDouble(engines: number): boolean {
		return engines > 1 && this.work.shared === 'same' && !this.scenario.isUnique;
	}

	/** None is there twice, and none is gone that was to stay. */
	private counts(now: readonly Standing[], isAllowed: (place: number) => boolean): Finding[] {
		const { work } = this;
		return now.flatMap(({ ids }, place): Finding[] => {
			if (ids.length > 1 && !isAllowed(place))
				return [{ kind: 'doubled', says: `record ${place} is there ${ids.length} times` }];
			const [was] = this.before[place]?.ids ?? [];
			if (was === undefined || work.ends === 'gone' || ids.includes(was) || this.deleted.has(place)) return [];
			return [{ kind: 'lost', says: `record ${place} was ${was} and is gone` }];
		});
	}

	/** The records of others are as they were, somebody's changes are kept, and none is new that belongs to nobody. */
	private bystanders(now: readonly Standing[]): Finding[] {
		const findings: Finding[] = [];
		const own = new Set([...now, ...this.before].flatMap(({ ids }) => ids));
		const rows = this.rows();
		const left = new Map(rows.map(({ id, text }) => [id, text]));
		for (const [id, text] of this.others) {
			const is = left.get(id);
			if (is === undefined) findings.push({ kind: 'lost', says: `${id} is gone, which is none of the run's: ${text}` });
			else if (is !== text)
				findings.push({ kind: 'lost', says: `${id}, which is none of the run's, was changed to ${is}` });
		}
		for (const { id, text } of rows) {
			if (!own.has(id) && !this.others.has(id)) {
				findings.push({ kind: 'doubled', says: `${id} is there and nobody asked for it: ${text}` });
			}
		}
		const { change } = this.work;
		if (change === undefined) return findings;
		const byId = new Map(rows.map((row) => [row.id, row.row]));
		for (const place of this.changed) {
			const row = byId.get(now[place]?.ids[0] ?? '');
			if (row !== undefined && row[change.field] !== change.value && !this.deleted.has(place)) {
				findings.push({ kind: 'lost', says: `what somebody else changed of record ${place} is gone` });
			}
		}
		return findings;
	}

	private atomic(now: readonly Standing[], parts: readonly Part[]): Finding[] {
		if (this.work.isAtomic !== true) return [];
		return parts.flatMap(({ places }): Finding[] => {
			const done = places.filter((place) => now[place]?.done === true).length;
			if (done === 0 || done === places.length || places.some((place) => this.isExempt(place))) return [];
			return [{ kind: 'lost', says: `${done} of ${places.length} records were saved, which were to be all or none` }];
		});
	}

	private rows(): Array<{ id: string; text: string; row: Record<string, unknown> }> {
		return Object.keys(this.work.keeps).flatMap((sObject) =>
			this.org.rows(sObject).map((row) => ({ id: String(row.Id), text: this.textOf(sObject, row), row })),
		);
	}

	private textOf(sObject: string, row: Record<string, unknown>): string {
		return JSON.stringify(this.work.keeps[sObject]?.(row));
	}
}

const isTold = (word: Told): boolean => word === 'written' || word === 'doubt';

/** Whether nobody was told what became of the items one by one. */
const isSilent = ({ report, isStopped }: Part): boolean =>
	report === undefined || report.error !== undefined || (isStopped && report.items.length === 0);
