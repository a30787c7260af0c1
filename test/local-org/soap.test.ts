import { Connection } from 'jsforce';
import { send, signIn, useOrg } from './support/client';

const at = useOrg();
const connect = async () =>
	new Connection({ instanceUrl: at.org.url, accessToken: await signIn(at.org), version: '62.0', maxRequest: 1 });

async function deletedCase(): Promise<string> {
	const id = await at.create('Case', { Comments: 'Note' });
	await at.call('DELETE', `sobjects/Case/${id}`);
	return id;
}

describe('SOAP undelete', () => {
	it('restores records under their old IDs, as jsforce calls it', async () => {
		const id = await deletedCase();
		const connection = await connect();
		expect(await connection.soap.undelete([id])).toMatchObject([{ id, success: true }]);
		expect(at.org.rows('Case').map(({ Id }) => Id)).toEqual([id]);
		expect(at.org.rows('CaseComment')).toHaveLength(1);
		expect(at.org.apiCalls).toBe(3);
	});

	it('says for each record why it was not restored', async () => {
		const id = await deletedCase();
		const living = await at.create('Case', {});
		const results = await (await connect()).soap.undelete([id, living, 'nonsense']);
		expect(results).toMatchObject([
			{ id, success: true },
			{ id: living, success: false, errors: [{ statusCode: 'UNDELETE_FAILED' }] },
			{ success: false, errors: [{ statusCode: 'MALFORMED_ID' }] },
		]);
	});

	it('needs the right to delete', async () => {
		const id = await deletedCase();
		at.org.settings.canDelete = false;
		expect(await (await connect()).soap.undelete([id])).toMatchObject([
			{ success: false, errors: [{ statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }] },
		]);
		expect(at.org.rows('Case')).toEqual([]);
	});

	it('answers an ended session and too many IDs with a fault', async () => {
		const connection = await connect();
		await expect(connection.soap.undelete(Array.from({ length: 201 }, () => '500Lo0000000001IAA'))).rejects.toThrow(
			'record limit reached',
		);
		at.org.expireSessions();
		const xml = '<Envelope><Header/><Body><undelete><ids>500Lo0000000001IAA</ids></undelete></Body></Envelope>';
		const headers = { 'content-type': 'text/xml', SOAPAction: '""' };
		const answer = await send(at.org, 'POST', '/services/Soap/u/62.0', { body: xml, headers });
		expect(answer.status).toBe(500);
		expect(answer.text).toContain('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
	});

	it('is the only call there is', async () => {
		const connection = await connect();
		await expect(connection.soap.getServerTimestamp()).rejects.toThrow('no SOAP call');
		expect(at.org.refused.splice(0)).toEqual([expect.stringContaining('getServerTimestamp')]);
	});
});
