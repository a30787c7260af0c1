/** What a person sees of a mail. */
export interface Mail {
	subject: string;
	/** The links in it, by what stands on them: a workflow that asks puts its answers there. */
	links: Array<{ text: string; url: string }>;
}

/** Reads a message as it came over SMTP. */
export function readMail(message: string): Mail {
	const body = readable(message);
	return {
		subject: /^Subject: (.*)$/m.exec(message)?.[1] ?? 'without a subject',
		links: [...body.matchAll(/<a\b[^>]*\bhref="([^"]+)"[^>]*>(.*?)<\/a>/gs)].map(([, url = '', text = '']) => ({
			text: text.replace(/<[^>]+>/g, '').trim(),
			url: url.replaceAll('&amp;', '&'),
		})),
	};
}

/** A message as a person reads it: its lines put together and its letters decoded (RFC 2045, quoted-printable). */
export function readable(message: string): string {
	const bytes = message
		.replace(/=\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
