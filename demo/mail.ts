/** What a person sees of a mail. */
export interface Mail {
	subject: string;
	/** The links in it, by what stands on them: a workflow that asks puts its answers there. */
	links: Array<{ text: string; url: string }>;
}

/** Reads a message as it came over SMTP. */
export function readMail(message: string): Mail {
	const body = decoded(message);
	return {
		subject: /^Subject: (.*)$/m.exec(message)?.[1] ?? 'without a subject',
		links: [...body.matchAll(/<a\b[^>]*\bhref="([^"]+)"[^>]*>(.*?)<\/a>/gs)].map(([, url = '', text = '']) => ({
			text: text.replace(/<[^>]+>/g, '').trim(),
			url: url.replaceAll('&amp;', '&'),
		})),
	};
}

/** Quoted-printable (RFC 2045) as text. */
function decoded(message: string): string {
	return message
		.replace(/=\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
}
