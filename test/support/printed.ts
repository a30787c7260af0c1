import { Console } from 'node:console';
import { Writable } from 'node:stream';

/**
 * All that is printed from here on, at n8n's lowest log level and with everything that it logs beside its words.
 * To be imported before anything of n8n's, whose logger keeps the console that it finds when it is loaded.
 */
export const printed: string[] = [];

process.env.N8N_LOG_LEVEL = 'debug';
process.env.N8N_LOG_FORMAT = 'json';
const sink = new Writable({
	write: (chunk, _encoding, done) => {
		printed.push(String(chunk));
		done();
	},
});
globalThis.console = new Console(sink, sink);
