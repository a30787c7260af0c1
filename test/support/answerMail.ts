import { setTimeout as pause } from 'node:timers/promises';

import { readMail } from '../../demo/mail';

/** How long n8n may take from a mail that asks until the execution waits for the answer, in milliseconds. */
const WAITS_WITHIN = 30_000;

/** The link behind a button of a mail that asks a person, or undefined when the mail has no such button. */
export function buttonOf(message: string, approved: boolean): string | undefined {
	return readMail(message).links.find(({ url }) => url.includes(`approved=${approved}`))?.url;
}

/**
 * Presses a button of a mail by which a workflow asks a person.
 * The mail goes out before the execution waits, and until then n8n answers 409: a person is never that quick.
 *
 * @param message the mail as it came
 * @throws Error when the mail has no such button, or n8n does not take the answer
 */
export async function answerMail(message: string, approved: boolean): Promise<void> {
	const link = buttonOf(message, approved);
	if (link === undefined) throw new Error(`The mail has no such button: ${message}`);
	for (const end = Date.now() + WAITS_WITHIN; ; await pause(200)) {
		// n8n takes no answer from what looks like a program that previews links.
		const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
		const { status } = await fetch(link, { headers });
		if (status === 200) return;
		if (status !== 409 || Date.now() > end) throw new Error(`n8n answered ${status} to the button of a mail.`);
	}
}
