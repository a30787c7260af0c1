import { Engine } from './engine';
import type { EngineAnswer, EngineOrder } from './engineProcess';
import { answerQuestions } from './ownProcess';

/** The process of an engine: runs what it is told, one run after the other. */
const started = Engine.start();

answerQuestions(async ({ credential, items, node }: EngineOrder): Promise<EngineAnswer> => {
	const engine = await started;
	engine.useCredential(credential);
	const { outputs, error } = await engine.run(items, node);
	return { outputs, ...(error === undefined ? {} : { message: error.message }) };
});
