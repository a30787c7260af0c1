import { createServer } from 'node:net';
import { freePort } from '../../demo/freePort';

async function listening(port: number) {
	const server = createServer();
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
	return server;
}

describe('freePort', () => {
	it('gives a port that one can listen on', async () => {
		const server = await listening(await freePort());
		server.close();
	});

	it('gives the preferred port when it is free and another when it is not', async () => {
		const port = await freePort();
		expect(await freePort(port)).toBe(port);
		const server = await listening(port);
		const other = await freePort(port);
		server.close();
		expect(other).not.toBe(port);
		expect(other).toBeGreaterThan(0);
	});
});
