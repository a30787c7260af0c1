import { execPath } from 'node:process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const END_WORKER = join(__dirname, '..', '..', 'setup', 'endWorker.cjs');

it('a worker ends when Jest says so, whatever is still open in it', async () => {
	const open = 'setInterval(() => {}, 1000); process.send("ready")';
	const worker = spawn(execPath, ['--require', END_WORKER, '-e', open], {
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	await once(worker, 'message');
	worker.send([1, 'some other message']);
	worker.send([2]);
	expect(await once(worker, 'exit')).toEqual([0, null]);
});
