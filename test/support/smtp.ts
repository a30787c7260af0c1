import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail server that takes everything and sends nothing on. */
export interface MailBox {
	port: number;
	/** Every message, with its headers, as it came. */
	messages: string[];
	close(): void;
}

/**
 * Opens a mail box on this machine, on any free port.
 *
 * @param onMail told of each message
 */
export async function openMailBox(onMail: (message: string) => void = () => {}): Promise<MailBox> {
	const messages: string[] = [];
	const server = createServer((socket) => {
		let message: string | undefined;
		let rest = '';
		const say = (line: string) => socket.write(`${line}\r\n`);
		say('220 ready');
		socket.setEncoding('utf8').on('data', (text: string) => {
			const lines = (rest + text).split('\r\n');
			rest = lines.pop() ?? '';
			for (const line of lines) {
				if (message !== undefined && line === '.') {
					messages.push(message);
					onMail(message);
					message = undefined;
					say('250 taken');
				} else if (message !== undefined) message += `${line}\n`;
				else if (line === 'DATA') {
					message = '';
					say('354 go on');
				} else if (line === 'QUIT') socket.end('221 bye\r\n');
				else say('250 fine');
			}
		});
		// A client that is gone needs no answer.
		socket.on('error', () => socket.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { port: (server.address() as AddressInfo).port, messages, close: () => void server.close() };
}

/** The data of an n8n credential of the type `smtp` for a mail box. */
export function smtpSettings({ port }: MailBox): Record<string, string | number | boolean> {
	return { user: '', password: '', host: '127.0.0.1', port, secure: false, disableStartTls: true };
}
