import { OrgError } from '../../salesforce/errors';
import type { OrgRequest, OrgResponse } from '../../salesforce/orgAccess';
import { sessionNews } from '../../salesforce/sessionNews';

const ENDED = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
const query: OrgRequest = { method: 'GET', path: '/services/data/v62.0/query?q=x', headers: {} };
const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}): OrgResponse => ({
	status,
	headers,
	body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('of a whole call,', () => {
	it.each<[string, OrgResponse, 'ended' | 'moved' | undefined]>([
		['403 INVALID_SESSION_ID', answer(403, ENDED), 'ended'],
		['Bad_OAuth_Token', answer(403, 'Bad_OAuth_Token'), 'ended'],
		['URL_NOT_RESET', answer(400, [{ errorCode: 'URL_NOT_RESET', message: 'x' }]), 'moved'],
		['301', answer(301), 'moved'],
		['308', answer(308), 'moved'],
		['302 to the same resource', answer(302, '', { location: 'https://x.my.salesforce.com/services/data/' }), 'moved'],
		['302 to a log-in page', answer(302, '', { location: 'https://x.my.salesforce.com/?ec=302' }), undefined],
		['302 to nowhere', answer(302), undefined],
		['303', answer(303, '', { location: 'https://x.my.salesforce.com/services/data/' }), undefined],
		['300, which is several records', answer(300, ['/services/data/v62.0/sobjects/Case/1']), undefined],
		['another 403', answer(403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'x' }]), undefined],
		["a firewall's 403", answer(403, '<html>Bad_OAuth_Token</html>'), undefined],
		['a success that speaks of it', answer(200, { records: [{ Name: 'INVALID_SESSION_ID' }] }), undefined],
		['an unavailable server', answer(503, 'INVALID_SESSION_ID'), undefined],
	])('%s says %#', (_what, response, what) => {
		expect(sessionNews(query, response)?.what).toBe(what);
	});
});

describe('within a Composite,', () => {
	const part = (body: unknown, httpStatusCode: number) => ({ body, httpStatusCode, referenceId: 'x' });
	const composite = (allOrNone: boolean): OrgRequest => ({
		method: 'POST',
		path: '/services/data/v62.0/composite',
		headers: {},
		body: JSON.stringify({ allOrNone, compositeRequest: ['a', 'b', 'c'].map((referenceId) => ({ referenceId })) }),
	});
	const half = answer(200, { compositeResponse: [part('saved a', 200), part(ENDED, 401), part(ENDED, 401)] });

	it('only the parts that met the end are made again, and the answer is whole', async () => {
		const sent: string[] = [];
		const whole = await sessionNews(composite(false), half)?.again(async ({ body }) => {
			sent.push(body ?? '');
			return await Promise.resolve(answer(200, { compositeResponse: [part('saved b', 200), part('saved c', 200)] }));
		});
		expect(sent.map((body) => JSON.parse(body) as object)).toEqual([
			{ allOrNone: false, compositeRequest: [{ referenceId: 'b' }, { referenceId: 'c' }] },
		]);
		expect(JSON.parse(whole?.body ?? '')).toEqual({
			compositeResponse: [part('saved a', 200), part('saved b', 200), part('saved c', 200)],
		});
	});

	const refused = part(ENDED, 401);
	const unanswered = { httpStatusCode: 504, body: null };

	it.each<[string, () => Promise<OrgResponse>, object]>([
		['refused', async () => await Promise.resolve(answer(401, ENDED)), refused],
		['not made', async () => await Promise.reject(new OrgError('SIGN_IN_UNAVAILABLE', 'no')), refused],
		['not answered', async () => await Promise.reject(new OrgError('NO_ANSWER', 'cut')), unanswered],
		['answered by a gateway', async () => await Promise.resolve(answer(504)), unanswered],
		['answered by a page', async () => await Promise.resolve(answer(200, '<html>')), unanswered],
		[
			'answered in part',
			async () => await Promise.resolve(answer(200, { compositeResponse: [part('saved b', 200)] })),
			unanswered,
		],
	])('what is known of the others does not get lost when the second call is %s', async (_what, send, left) => {
		const whole = await sessionNews(composite(false), half)?.again(send);
		expect(JSON.parse(whole?.body ?? '')).toEqual({ compositeResponse: [part('saved a', 200), left, left] });
	});

	it('all of one transaction is made again, as nothing of it was carried out', async () => {
		const halted = [{ errorCode: 'PROCESSING_HALTED', message: 'x' }];
		const response = answer(200, { compositeResponse: [part(halted, 400), part(ENDED, 401), part(halted, 400)] });
		const sent: OrgRequest[] = [];
		await sessionNews(composite(true), response)?.again(async (request) => {
			sent.push(request);
			return await Promise.resolve(answer(200, {}));
		});
		expect(sent).toEqual([composite(true)]);
	});

	it.each([
		[
			'another refusal',
			{ compositeResponse: [part([{ errorCode: 'NOT_FOUND', message: 'INVALID_SESSION_ID' }], 404)] },
		],
		['a record that speaks of it', { compositeResponse: [part({ records: [{ Name: 'INVALID_SESSION_ID' }] }, 200)] }],
		['a page', '<html>INVALID_SESSION_ID</html>'],
		['no parts', { INVALID_SESSION_ID: 1 }],
	])('%s is not the end of the session', (_what, body) => {
		expect(sessionNews(composite(false), answer(200, body))).toBeUndefined();
	});
});
