/** A part of a form: its name, and what it holds, a character for each byte. */
interface Part {
	name: string;
	isJson: boolean;
	content: string;
}

function partsOf(body: string, boundary: string): Part[] {
	return body.split(`--${boundary}`).flatMap((text) => {
		const [, head = '', content] = /^\r\n(.*?)\r\n\r\n(.*)\r\n$/s.exec(text) ?? [];
		const name = /name="([^"]*)"/i.exec(head)?.[1];
		if (name === undefined || content === undefined) return [];
		return [{ name, isJson: /content-type:\s*application\/json/i.test(head), content }];
	});
}

/**
 * The JSON of a record that is sent as a form: one part has its fields, the others have the bytes of its files, each
 * under the name of its field (docs:rest-api, insert or update blob data). Undefined for a body that is no such form.
 */
export function formAsJson(body: Buffer, contentType: string): string | undefined {
	const boundary = /^multipart\/form-data\s*;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
	if (boundary === undefined) return undefined;
	const parts = partsOf(body.toString('latin1'), boundary);
	const fields = parts.find(({ isJson, name }) => isJson || name.startsWith('entity_'));
	if (!fields) return undefined;
	const record = JSON.parse(Buffer.from(fields.content, 'latin1').toString('utf8')) as Record<string, unknown>;
	const files = parts.filter((part) => part !== fields);
	const contents = files.map(({ name, content }) => [name, Buffer.from(content, 'latin1').toString('base64')]);
	return JSON.stringify({ ...record, ...Object.fromEntries(contents) });
}
