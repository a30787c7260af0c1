import { Engine } from './engine';
import type { EngineAnswer, EngineOrder } from './engineProcess';

/** The process of an engine: runs what it is told, one run after the other, and ends with who started it. */
const started = Engine.start();

process.on('message', ({ credential, items, node }: EngineOrder) => {
	run().catch((error: unknown) => {
		console.error(error);
		process.exit(1);
	});

	async function run(): Promise<void> {
		const engine = await started;
		engine.useCredential(credential);
		const { outputs, error } = await engine.run(items, node);
		process.send?.({ outputs, ...(error === undefined ? {} : { message: error.message }) } satisfies EngineAnswer);
	}
});
process.once('disconnect', () => process.exit());
