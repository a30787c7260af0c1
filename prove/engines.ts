import { join } from 'node:path';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { TestNode } from '../test/support/engine';
import { OwnProcess, ProcessEnded } from '../test/support/ownProcess';

/** A flow of one node: the credential that it uses, without a session, and the items that it is given. */
export interface Flow {
	credential: ICredentialDataDecryptedObject;
	items: IDataObject[];
	node: TestNode;
	/** For what goes by chance in the engine. */
	seed: number;
}

/** What tells the process of an engine to stop the flow under way. */
export const STOP = 'stop';

/** What a flow gave. */
export interface Report {
	/** The items of all outputs, each with the place of the input item that it is paired with. */
	items: Array<{ json: IDataObject; from: number }>;
	/** What ended the flow. */
	error?: { message: string; description: string };
}

/** n8n's engine with this package in a process of its own. */
export class EngineProcess extends OwnProcess<Flow, Report> {
	constructor() {
		super(join(__dirname, 'engineChild.ts'), { N8N_LOG_LEVEL: 'silent' });
	}

	/**
	 * Runs a flow.
	 *
	 * @returns undefined when the process was killed meanwhile
	 * @throws Error for what the engine did not expect
	 */
	async run(flow: Flow): Promise<Report | undefined> {
		return await this.ask(flow).catch((error: unknown) => {
			if (error instanceof ProcessEnded) return undefined;
			throw error;
		});
	}

	/** Stops the flow under way, as n8n's stop button does. */
	stop(): void {
		this.tell(STOP);
	}
}

/** Engines that are kept warm from one run to the next. */
export class Engines {
	private readonly idle: EngineProcess[] = [];

	/** One that nobody else uses until it is given back. */
	take(): EngineProcess {
		for (let engine = this.idle.pop(); engine !== undefined; engine = this.idle.pop()) {
			if (engine.isAlive) return engine;
		}
		return new EngineProcess();
	}

	/** Takes one back; in place of one that was killed another one gets warm. */
	give(engine: EngineProcess): void {
		this.idle.push(engine.isAlive ? engine : new EngineProcess());
	}

	/** Lets all of them end. */
	close(): void {
		for (const engine of this.idle.splice(0)) engine.close();
	}
}
