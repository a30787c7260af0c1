import { join } from 'node:path';

import type { Job } from './measure';

/** The other end of `inOwnProcess`: does the one job that it is sent, answers, and ends when nobody listens any more. */
process.once('message', (job: Job) => {
	perform(job).then(
		(result) => process.send?.({ result }),
		(error: unknown) =>
			process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
	);
});
process.once('disconnect', () => process.exit());

async function perform({ module, name, argument }: Job): Promise<unknown> {
	const functions = (await import(join(__dirname, module))) as Record<string, (argument: unknown) => Promise<unknown>>;
	const found = functions[name];
	if (found === undefined) throw new Error(`${module} exports no ${name}`);
	return await found(argument);
}
