import { requestError } from '../../local-org/errors';
import { objectBody } from '../../local-org/http';
import type { ApiRequest } from '../../local-org/http';
import { send, signIn, useOrg } from './support/client';

type Row = Record<string, unknown>;

const at = useOrg();
const hello = Buffer.from('hello');
/** Bytes that are no text. */
const BYTES = Buffer.from([0, 255, 13, 10, 45, 45, 200, 128]);
const rows = (object: string) => at.org.rows(object);

async function upload(entity: Row, bytes: Buffer, name = 'VersionData') {
	const form = new FormData();
	form.append('entity_content', new Blob([JSON.stringify(entity)], { type: 'application/json' }));
	form.append(name, new Blob([bytes]), String(entity.PathOnClient ?? entity.Name));
	const object = name === 'Body' ? 'Attachment' : 'ContentVersion';
	const response = await fetch(`${at.org.url}/services/data/v59.0/sobjects/${object}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${await signIn(at.org)}` },
		body: form,
	});
	return { status: response.status, body: (await response.json()) as Row };
}

async function download(path: string) {
	const authorization = `Bearer ${await signIn(at.org)}`;
	const response = await fetch(at.org.url + path, { headers: { authorization } });
	return { type: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) };
}

it('50 MB of JSON are refused, and more may come as a form', () => {
	const text = `${' '.repeat(52_428_800)}{}`;
	expect(() => objectBody({ text } as ApiRequest)).toThrow(
		requestError('JSON_PARSER_ERROR', 'Maximum size of request reached. Maximum size of request is 52428800 bytes.'),
	);
	expect(objectBody({ text, isForm: true } as ApiRequest)).toEqual({});
});

describe('attachments', () => {
	it('are kept with their record, and read back byte by byte', async () => {
		const ParentId = await at.create('Case', {});
		const id = await at.create('attachment', {
			ParentId,
			Name: 'plan.txt',
			ContentType: 'text/plain',
			Body: hello.toString('base64'),
		});
		const { body } = await at.call<Row>('GET', `sobjects/attachment/${id}`);
		expect(body).toMatchObject({ BodyLength: 5, Body: `/services/data/v66.0/sobjects/Attachment/${id}/Body` });
		expect(await at.query('SELECT Body, Parent.Name FROM Attachment')).toMatchObject([{ Body: body.Body }]);
		expect(await download(String(body.Body))).toEqual({ type: 'text/plain', bytes: hello });
		expect(await at.query('SELECT (SELECT Name FROM Attachments) FROM Case')).toMatchObject([
			{ Attachments: { totalSize: 1 } },
		]);
		await at.call('PATCH', `sobjects/Attachment/${id}`, { Body: BYTES.toString('base64') });
		expect(rows('Attachment')).toMatchObject([{ BodyLength: BYTES.length }]);
		await at.call('DELETE', `sobjects/Case/${ParentId}`);
		expect(rows('Attachment')).toEqual([]);
	});

	it('may come as a form', async () => {
		const ParentId = await at.create('Case', {});
		expect((await upload({ Name: 'a.bin', ParentId }, BYTES, 'Body')).status).toBe(201);
		expect(rows('Attachment')).toMatchObject([{ Body: BYTES.toString('base64') }]);
	});

	it('have 25 MB at most', async () => {
		const Body = Buffer.alloc(25 * 1024 * 1024 + 1).toString('base64');
		const { body } = await at.call('POST', 'sobjects/Attachment', {
			ParentId: await at.create('Case', {}),
			Name: 'x',
			Body,
		});
		expect(body).toMatchObject([{ errorCode: 'FILE_SIZE_LIMIT_EXCEEDED', fields: ['Body'] }]);
	});

	it.each([
		[{ Name: 'x', Body: 'aGk=' }, 'REQUIRED_FIELD_MISSING'],
		[{ Name: 'x', Body: 'not base64!' }, 'JSON_PARSER_ERROR'],
	])('are refused: %j', async (fields, errorCode) => {
		expect((await at.call('POST', 'sobjects/Attachment', fields)).body).toMatchObject([{ errorCode }]);
	});
});

describe('files', () => {
	it('begin with a version, which is sent as a form', async () => {
		const place = await at.create('Case', {});
		const { status, body } = await upload(
			{ Title: 'Plan', ContentLocation: 'S', FirstPublishLocationId: place, PathOnClient: 'Plan.pdf' },
			BYTES,
		);
		expect(status).toBe(201);
		const [version] = await at.query<Row>(
			'SELECT ContentDocumentId, VersionData, ContentSize, FileExtension, VersionNumber, IsLatest, ContentDocument.Title FROM ContentVersion',
		);
		expect(version).toMatchObject({
			ContentSize: BYTES.length,
			FileExtension: 'pdf',
			VersionNumber: '1',
			IsLatest: true,
			ContentDocument: { Title: 'Plan' },
		});
		expect((await download(String(version?.VersionData))).bytes).toEqual(BYTES);
		expect(await at.query(`SELECT ShareType FROM ContentDocumentLink WHERE LinkedEntityId = '${place}'`)).toMatchObject(
			[{ ShareType: 'V' }],
		);
		const { ContentDocumentId } = version ?? {};
		const again = await upload({ PathOnClient: 'Plan2.pdf', ContentDocumentId }, hello);
		expect(await at.query('SELECT Id, VersionNumber FROM ContentVersion WHERE IsLatest = true')).toMatchObject([
			{ Id: again.body.id, VersionNumber: '2' },
		]);
		expect((await at.call('DELETE', `sobjects/ContentVersion/${String(body.id)}`)).status).toBe(400);
		await at.call('DELETE', `sobjects/ContentDocument/${String(ContentDocumentId)}`);
		expect([rows('ContentVersion'), rows('ContentDocumentLink')]).toEqual([[], []]);
	});

	it('are found by what they are linked to, and not all at once', async () => {
		const soql = encodeURIComponent('SELECT Id FROM ContentDocumentLink');
		expect((await at.call('GET', `query?q=${soql}`)).body).toMatchObject([
			{
				errorCode: 'MALFORMED_QUERY',
				message: expect.stringContaining('requires a filter by a single Id on ContentDocumentId or LinkedEntityId'),
			},
		]);
		expect((await send(at.org, 'POST', '/services/data/v66.0/sobjects/ContentVersion')).status).toBe(401);
	});

	it('need their name', async () => {
		expect((await upload({ Title: 'x' }, hello)).body).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING' }]);
	});
});
