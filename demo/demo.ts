/**
 * Pushes the sample move plan to a local org through a real n8n, reads its Cases back, and undoes it. Ends with
 * exit code 1 when any number is not what it should be; with `--json` its last line is one JSON object. It packs the
 * package itself, or takes what `--tarball FILE` names.
 */
import { parseArgs } from 'node:util';

import { interrupted } from './interrupted';
import { pushReadUndo } from './pushReadUndo';
import type { Numbers } from './pushReadUndo';
import { setStage } from './stage';

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
	const stopped = interrupted().then(() => Promise.reject(new Error('Interrupted.')));
	// Setting the stage is not cut short: what it has started would be left behind.
	stopped.catch(() => undefined);
	const { values } = parseArgs({ options: { json: { type: 'boolean' }, tarball: { type: 'string' } } });
	const stage = await setStage(say, { tarball: values.tarball });
	let numbers: Numbers;
	try {
		numbers = await Promise.race([pushReadUndo(stage, say), stopped]);
	} finally {
		await stage.close();
	}
	if (values.json) say(JSON.stringify(numbers));
}

main().catch((error: Error) => {
	process.stderr.write(`\nThe demo did not succeed. ${error.message}\n`);
	process.exitCode = 1;
});
