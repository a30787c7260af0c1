import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { TestNode } from '../test/support/engine';

/** A flow of one node: the credential that it uses, without a session, and the items that it is given. */
export interface Flow {
	credential: ICredentialDataDecryptedObject;
	items: IDataObject[];
	node: TestNode;
	/** For what goes by chance in the engine. */
	seed: number;
}

/** What the process of an engine is told. */
export type Order = Flow | 'stop';

/** What a flow gave. */
export interface Report {
	/** The items of all outputs, each with the place of the input item that it is paired with. */
	items: Array<{ json: IDataObject; from: number }>;
	/** What ended the flow. */
	error?: { message: string; description: string };
}

/** What the process of an engine answers. */
export type Answer = { report: Report } | { failed: string };

/** n8n's engine with this package in a process of its own. */
export class EngineProcess {
	private readonly child: ChildProcess = fork(join(__dirname, 'engineChild.ts'), {
		execArgv: ['--import', 'tsx'],
		env: { ...process.env, N8N_LOG_LEVEL: 'silent' },
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});

	/** False once its process has ended. */
	get isAlive(): boolean {
		return this.child.connected && this.child.exitCode === null && this.child.signalCode === null;
	}

	/**
	 * Runs a flow.
	 *
	 * @returns undefined when the process was killed meanwhile
	 * @throws Error for what the engine did not expect
	 */
	async run(flow: Flow): Promise<Report | undefined> {
		return await new Promise((resolve, reject) => {
			const ended = (): void => resolve(undefined);
			this.child.once('exit', ended);
			this.child.once('message', (answer: Answer) => {
				this.child.off('exit', ended);
				if ('failed' in answer) reject(new Error(answer.failed));
				else resolve(answer.report);
			});
			if (this.isAlive) this.child.send(flow);
			else ended();
		});
	}

	/** Stops the flow under way, as n8n's stop button does. */
	stop(): void {
		if (this.isAlive) this.child.send('stop' satisfies Order);
	}

	/** Ends the process at once, in the middle of whatever it does. */
	kill(): void {
		this.child.kill('SIGKILL');
	}

	/** Lets the process end. */
	close(): void {
		if (this.child.connected) this.child.disconnect();
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
