import type { OrgError } from '../../salesforce/errors';
import type { PlannedCall } from '../../salesforce/records';
import type { Stamp } from '../../salesforce/stamp';
import type { Difference } from '../differences';
import type { CaseFields } from '../moveCase';
import type { MoveWarning } from '../seatConflicts';
import type { CasePlan } from './caseMaker';
import type { FoundCase } from './moveCases';

/** A move that is to have its Case. */
export interface MoveToPush extends CasePlan {
	/** Whether the org's assignment rules run if the Case is created. */
	assignmentRules: boolean;
}

/** How moves are pushed. */
export interface PushRules {
	/** Closed statuses, by value or label, whose Cases are reopened. */
	reopen: readonly string[];
	/** Calls in flight at once. */
	parallel: number;
	/** Whether a call carries a thousand Cases. */
	together: boolean;
	/** Whether everything is done but the writes. */
	dryRun: boolean;
	/**
	 * Where it is read and told what takes the writes back: asked for before the first of them, and nothing is written when
	 * it throws.
	 */
	keeps?(): Promise<void>;
}

/** A Case as it was found: what takes back an update of it. */
export interface Held {
	/** What the fields hold that are to be written, by API name, the status of one that is opened again among them. */
	before: Readonly<Record<string, unknown>>;
	/** Who had changed it last, and when. */
	found?: Stamp;
}

/** A write of a Case, as far as it is needed to take it back. */
export interface Wrote {
	/** Unknown of a Case whose creation is in doubt. */
	id?: string;
	/** None of a new Case. */
	held?: Held;
	/** The status that opened the Case again. */
	status?: string;
	/** When it was saved by Salesforce's clock, where that is known. */
	at?: Date;
	/** Whether no answer told that it was carried out. */
	inDoubt?: true;
}

/** The Case that a move has. */
export interface KnownCase {
	id: string;
	/** Not known of a Case that could not be read back. */
	number?: string;
}

/** A Case that is not written, or was: what an item says of it. */
export type Result = 'created' | 'updated' | 'reopened' | 'unchanged';

/** What became of a move, or would become of it. */
export type Pushed =
	| { result: Result; case: KnownCase; warnings?: MoveWarning[]; wrote?: Wrote }
	| {
			result: 'closed';
			case: KnownCase;
			status: string;
			closedDate?: string;
			differences: Difference[];
			held?: Held;
	  }
	| { would: 'create'; record: CaseFields; call: PlannedCall }
	| { would: 'update' | 'reopen'; case: KnownCase; differences: Difference[]; call: PlannedCall }
	| { error: Error; partlyDone?: true; wrote?: Wrote };

/** What is still to be done for a move: to create its Case, or to change one. */
export type Task =
	| { task: 'create' }
	| {
			task: 'update';
			case: KnownCase;
			/** What the fields hold that are to change, by the names of `Difference`. */
			before: Readonly<Record<string, unknown>>;
			held?: Held;
			/** The status that opens it again. */
			status?: string;
	  };

/** A move is done with, or has a task. Moves are named by their places in the list. */
export type Settled = Map<number, Pushed | Task>;

/** What an item says of a Case that was found. */
export function knownCase({ Id, CaseNumber }: FoundCase): KnownCase {
	return { id: Id, ...(typeof CaseNumber === 'string' ? { number: CaseNumber } : {}) };
}

/** Whether a creation was refused because a Case of the move is there already. */
export function isTaken(error: OrgError): boolean {
	return error.code === 'DUPLICATE_VALUE';
}

/** Whether Salesforce stopped a call that took too long: what of it is not there by now never will be. */
export function wasStopped(error: OrgError): boolean {
	return error.code === 'REQUEST_RUNNING_TOO_LONG';
}
