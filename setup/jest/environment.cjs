/** The environment of a test file in which modules are shared, by `runtime.cjs`: the process, as Node.js made it. */
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const { env, exit } = process;

/** What a test file changes of the process is as it was for the next one. */
module.exports = class {
	/** @param {{ projectConfig: ConstructorParameters<typeof ModernFakeTimers>[0]['config'] }} config */
	constructor({ projectConfig }) {
		this.global = globalThis;
		this.moduleMocker = new ModuleMocker(globalThis);
		this.fakeTimers = null;
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
		this.console = globalThis.console;
		process.env = { ...env };
		// Those whom jest-circus told about the file before.
		Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'));
	}

	/** There is no other context that Jest would have to compile for. */
	getVmContext() {
		return null;
	}

	async setup() {}

	/**
	 * Jest makes `describe`, `it` and the rest anew for each test file. What a shared module kept of an earlier file's
	 * would speak to that one, in silence: tests would not run, or not be skipped. So it throws.
	 */
	endGlobals() {
		for (const state of Object.getOwnPropertySymbols(globalThis)) {
			if (state.description !== 'JEST_STATE_SYMBOL') continue;
			const get = () => {
				throw new Error('A shared module kept `describe`, `it` or the like of another test file. Read it at each use.');
			};
			Object.defineProperty(globalThis, state, { get, set: get, configurable: true });
		}
	}

	async teardown() {
		this.fakeTimersModern.dispose();
		globalThis.console = this.console;
		process.env = env;
		// Jest puts one around it that complains.
		process.exit = exit;
		this.endGlobals();
	}
};
