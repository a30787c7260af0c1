/**
 * Loaded into each worker of Jest, which it ends as soon as Jest says so. Left to itself Node.js would first take n8n's
 * engine apart, for longer than the half second after which Jest says that the tests of a worker leak.
 */

/** What the first part of Jest's message to a worker says when there is nothing left to do. */
const END = 2;

const { exit } = process;

if (process.send) {
	process.on('message', (message) => {
		if (Array.isArray(message) && message[0] === END) exit(0);
	});
}
