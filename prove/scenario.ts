import type { TestNode } from '../test/support/engine';
import type { Trouble } from './troubles';

/** One run of the search as plain data: all of it follows from its seed. */
export interface Scenario {
	seed: number;
	/** What is asked for, by name. */
	work: string;
	/** Records. */
	count: number;
	/** Engines at once, each in a process of its own. */
	engines: number;
	/** What a failing item does; it ends the flow where this is left out. */
	onError?: NonNullable<TestNode['onError']>;
	/** How often n8n tries the node at most, as by *Retry On Fail*; once where this is left out. */
	maxTries?: number;
	parallelCalls: number;
	recordsPerCall: '200' | '1000';
	/** Whether every second engine signs in as another user, the org's administrator. */
	hasTwoUsers: boolean;
	/** Whether the external ID is Unique in the org. */
	isUnique: boolean;
	troubles: Trouble[];
}
