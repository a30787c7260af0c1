import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { TestNode } from './engine';
import { OwnProcess } from './ownProcess';

/** What an engine in a process of its own is told. */
export interface EngineOrder {
	credential: ICredentialDataDecryptedObject;
	items: IDataObject[];
	node: TestNode;
}

/** What its run gave. */
export interface EngineAnswer {
	outputs: IDataObject[][];
	/** The message of the error that stopped the run. */
	message?: string;
}

/** n8n's engine with this package in a process of its own, as another n8n or another worker has it. */
export interface EngineProcess {
	/** Runs one node over items; one run at a time. */
	run(order: EngineOrder): Promise<EngineAnswer>;
	stop(): void;
}

/** Starts an engine in a process of its own. A run waits until it is ready. */
export function startEngineProcess(): EngineProcess {
	const own = new OwnProcess<EngineOrder, EngineAnswer>(join(__dirname, 'engineChild.ts'));
	return { run: async (order) => await own.ask(order), stop: () => own.close() };
}
