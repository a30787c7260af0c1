import type { IDataObject } from 'n8n-workflow';

import type { Org } from '../../salesforce/org';
import type { ItemInput } from './input';

/** What became of one plan: the records it gave, or why it failed. */
export type Outcome =
	| {
			ok: true;
			records: OutcomeRecord[];
			/** Whether the org was left as it was, as in a dry run, so that it does not count among what was done. */
			idle?: boolean;
			/** What a person should know of it though all went well, as a sentence; the panel shows it above the output. */
			hint?: string;
	  }
	| {
			ok: false;
			error: Error;
			/** Whether a part of it was done all the same; the error tells which. */
			partlyDone?: boolean;
			/** What takes back what was, or may have been, written; a list of several records. */
			undo?: IDataObject | IDataObject[];
	  };

/** One output item. */
export interface OutcomeRecord {
	json: IDataObject;
	/** Which of the node's outputs it leaves by; 0 unless said otherwise. */
	output?: number;
	/** Whether it is one of many that come of one item, and does not repeat that item where others extend theirs. */
	ownItem?: boolean;
}

/** What a node does: reading one item, and acting on all of them together. */
export interface Action<Plan> {
	/** How many outputs the node has, n8n's own error output not counted. */
	outputs: number;
	/** The output by which failed items leave, where n8n has no output for them; 0 unless said otherwise. */
	failedOutput?: number;
	/** Whether an output item is the input item with something added, rather than an item of its own. */
	extendsItem: boolean;
	/** Whether it writes nothing, so that a call without an answer left nothing behind either. */
	readsOnly?: boolean;
	/** What the action does to an item, as the past participle of messages: `pushed`. */
	done: string;
	/**
	 * Reads and checks one item's parameters. Touches no network.
	 * @throws an error in words for a person
	 */
	plan(input: ItemInput): Plan;
	/** What to tell a person of a plan that makes a second record where n8n repeats a whole execution, as a sentence. */
	repeated?(plan: Plan): string | undefined;
	/** What is wrong between plans that are right by themselves; an entry for each plan. Touches no network. */
	conflicts?(plans: readonly Plan[]): Array<Error | undefined> | Promise<Array<Error | undefined>>;
	/**
	 * What is wrong with plans by what the org says of its objects; an entry for each plan. Reads, and writes nothing.
	 * @param items how many items there were; more than plans when some were wrong by themselves
	 */
	check?(org: Org, plans: readonly Plan[], items: number): Promise<Array<Error | undefined>>;
	/**
	 * Acts on all plans; one outcome for each, in their order.
	 *
	 * @param items how many items there were; more than plans when some were wrong
	 * @throws only what concerns all of them
	 */
	run(org: Org, plans: readonly Plan[], items: number): Promise<Outcome[]>;
}
