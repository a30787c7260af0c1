/**
 * Goes once round the circle of moves with a local org and a real n8n: push, wait, close, reconcile, undo. Ends with
 * exit code 1 when any number is not what it should be; with `--json` its last line is one JSON object. It packs the
 * package itself, or takes what `--tarball FILE` names. With `--bare-org` the org is one that nobody has prepared: it is
 * checked and prepared first.
 */
import { parseArgs } from 'node:util';

import { bareOrg } from '../local-org';
import { prepareBareOrg } from './bareOrg';
import type { PreparationNumbers } from './bareOrg';
import { interrupted } from './interrupted';
import { moveCircle } from './moveCircle';
import type { Numbers } from './moveCircle';
import { setStage } from './stage';

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
	const stopped = interrupted().then(() => Promise.reject(new Error('Interrupted.')));
	// Setting the stage is not cut short: what it has started would be left behind.
	stopped.catch(() => undefined);
	const { values } = parseArgs({
		options: { json: { type: 'boolean' }, tarball: { type: 'string' }, 'bare-org': { type: 'boolean' } },
	});
	const isBare = values['bare-org'] === true;
	const stage = await setStage(say, {
		tarball: values.tarball,
		repair: true,
		...(isBare ? { org: bareOrg() } : {}),
	});
	let numbers: Numbers & Partial<PreparationNumbers>;
	const show = async () => ({
		...(isBare ? await prepareBareOrg(stage, say) : {}),
		...(await moveCircle(stage, say)),
	});
	try {
		numbers = await Promise.race([show(), stopped]);
	} finally {
		await stage.close();
	}
	if (values.json) say(JSON.stringify(numbers));
}

main().catch((error: Error) => {
	process.stderr.write(`\nThe demo did not succeed. ${error.message}\n`);
	process.exitCode = 1;
});
