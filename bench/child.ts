import { join } from 'node:path';

import { answerQuestions } from '../test/support/ownProcess';
import type { Job } from './measure';

/** The other end of `inOwnProcess`: does the job that it is sent. */
answerQuestions(async ({ module, name, argument }: Job): Promise<unknown> => {
	const functions = (await import(join(__dirname, module))) as Record<string, (argument: unknown) => Promise<unknown>>;
	const found = functions[name];
	if (found === undefined) throw new Error(`${module} exports no ${name}`);
	return await found(argument);
});
