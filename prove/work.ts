import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg, LocalOrgOptions } from '../local-org';
import type { TestNode } from '../test/support/engine';
import type { Scenario } from './scenario';

/** What a work begins with: an org, and an engine that nothing disturbs yet. */
export interface Ground {
	org: LocalOrg;
	scenario: Scenario;
	/** Runs a node to its end. @throws Error when it fails */
	run(items: IDataObject[], node: TestNode): Promise<IDataObject[]>;
}

/** How one record of a run stands in the org. */
export interface Standing {
	/** Of the records that there are of it: none, one, or, as it must not be, several. */
	ids: string[];
	/** Whether it is as was asked. */
	done: boolean;
}

/** What an item says of its record: that it was written, may have been, was not, or need not be. */
export type Told = 'written' | 'doubt' | 'not' | 'idle';

/** A thing that a node writes, as a run asks for it and as the org shows it. It knows nothing of how the node works. */
export interface Work {
	/** Records that a run is of at most. */
	most: number;
	/** With what the org begins. */
	org(scenario: Scenario): LocalOrgOptions;
	/** Brings the org to where the run begins. @returns the items, in the order of the records */
	begin(ground: Ground): Promise<IDataObject[]>;
	node(scenario: Scenario): TestNode;
	/** How each record of the run stands now. */
	look(org: LocalOrg, scenario: Scenario): Standing[];
	/** What an item of the node says. */
	told(json: IDataObject): Told;
	/** The Salesforce ID that an item names; undefined where it names none. */
	idOf?(json: IDataObject): unknown;
	/** Objects whose other records the run is to leave alone, each with what of a record is compared. */
	keeps: Record<string, (row: Record<string, unknown>) => unknown>;
	/** Whether a record is to be there in the end. */
	ends: 'there' | 'gone';
	/** Whether several engines are given the same items, or each a part of them. */
	shared: 'same' | 'parts';
	/** What is sent when the flow is run again: all items, or those only that are known not to be done. */
	again: 'all' | 'rest';
	/** Whether one item stands for all records. */
	isOneItem?: boolean;
	/** Whether it makes records. */
	creates?: boolean;
	/** Whether all is as asked before it begins. */
	isIdle?: boolean;
	/** Whether all records are saved or none. */
	isAtomic?: boolean;
	/** Whether what somebody else changed is left as it is. */
	leavesChanged?: boolean;
	/** What somebody else may do to a record of the run: a value of a field that the run does not write. */
	change?: { field: string; value: unknown };
	/** Whether somebody else may delete it; where it is not said, as they may change it. */
	mayGo?: boolean;
	/** Who signs in: the API user where it is not said. */
	signsInAs?: 'admin';
	/** Fields that somebody may hide meanwhile. */
	hides?: string[];
}

/** What is compared of a record of which nothing may change. */
export const whole = (row: Record<string, unknown>): unknown => row;

/** Reads what items say under a name, or at their top, where it is in one of these words. */
export function reading(
	under: string | undefined,
	words: { written: string[]; idle: string[]; doubt?: string[] },
): (json: IDataObject) => Told {
	return (json) => {
		if (json.error !== undefined) {
			const { kind, code } = (json.details ?? {}) as IDataObject;
			// Of a record that two engines made at one moment the item names both.
			return kind === 'inDoubt' || code === 'DUPLICATE_EXTERNAL_ID' ? 'doubt' : 'not';
		}
		// An earlier try of n8n's may have written what this one found as it should be.
		if (json.earlierTry === 'inDoubt') return 'doubt';
		const part = (under === undefined ? json : json[under]) as IDataObject | undefined;
		// What could be put back in part only names the fields that were not.
		if (Array.isArray(part?.fields)) return 'doubt';
		const said = [part?.result, part?.reason].map(String);
		if (said.some((word) => words.written.includes(word))) return 'written';
		if (said.some((word) => words.idle.includes(word))) return 'idle';
		return said.some((word) => ['inDoubt', ...(words.doubt ?? [])].includes(word)) ? 'doubt' : 'not';
	};
}

/** So many things, made by their place. */
export const each = <T>(count: number, make: (place: number) => T): T[] =>
	Array.from({ length: count }, (_none, place) => make(place));

/** The org's records of an object by one of their fields. */
export function rowsBy(org: LocalOrg, sObject: string, field: string): Map<string, Array<Record<string, unknown>>> {
	const found = new Map<string, Array<Record<string, unknown>>>();
	for (const row of org.rows(sObject)) {
		const key = String(row[field]);
		const rows = found.get(key);
		if (rows === undefined) found.set(key, [row]);
		else rows.push(row);
	}
	return found;
}

/** How records stand that are found by a mark. @param isDone whether one is as was asked; none at all never is */
export function standings(
	org: LocalOrg,
	sObject: string,
	field: string,
	marks: readonly string[],
	isDone: (row: Record<string, unknown>, place: number) => boolean,
): Standing[] {
	const rows = rowsBy(org, sObject, field);
	return marks.map((mark, place) => {
		const own = rows.get(mark) ?? [];
		return {
			ids: own.map(({ Id }) => String(Id)),
			done: own.length > 0 && own.every((row) => isDone(row, place)),
		};
	});
}

/** The same of records that are to be gone. */
export function gone(org: LocalOrg, sObject: string, field: string, marks: readonly string[]): Standing[] {
	return standings(org, sObject, field, marks, () => true).map(({ ids }) => ({ ids, done: ids.length === 0 }));
}

/** Takes back by its changes what a node wrote undisturbed. @param ends how the records then are to stand */
export const undoing = (write: Work, ends: Pick<Work, 'look' | 'ends'>): Work => ({
	...write,
	begin: async (ground) => {
		const written = await ground.run(await write.begin(ground), write.node(ground.scenario));
		// Salesforce keeps whole seconds, so that what happens within one cannot be told apart.
		ground.org.clock.advance(60_000);
		return written.map(({ undo }) => ({ undo }) as IDataObject);
	},
	node: () => ({ type: 'salesforceUndoChanges', parameters: { dryRun: false } }),
	told: reading('undoChange', {
		written: ['restored', 'reopened', 'deleted', 'recreated', 'undeleted'],
		idle: ['alreadyUndone', 'notCarriedOut'],
	}),
	idOf: undefined,
	again: 'all',
	creates: false,
	leavesChanged: true,
	...ends,
});
