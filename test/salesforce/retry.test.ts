import { refusal } from '../../salesforce/answers';
import { errorFromFaults, errorFromNetwork } from '../../salesforce/errors';
import type { OrgError } from '../../salesforce/errors';
import { waitBeforeRetry } from '../../salesforce/retry';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): OrgError =>
	refusal({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
const fault = (status: number, errorCode: string, message = ''): OrgError => answer(status, [{ errorCode, message }]);
const page = (status: number): OrgError => answer(status, '<html>Sorry</html>');
const asRead = (error: OrgError): OrgError => error.with({ harmless: true });

const noAnswer = errorFromNetwork('ECONNRESET');
const unreachable = errorFromNetwork('ECONNREFUSED');
const CONCURRENT = 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.';

const pause = (error: OrgError, tries = 1, random = 0): number | undefined =>
	waitBeforeRetry(error, tries, () => random);

/** What passes by itself, with whether a write that ended so may have been carried out. */
const PASSING: Array<[what: string, error: OrgError, inDoubt: boolean]> = [
	['a locked row', errorFromFaults([{ statusCode: 'UNABLE_TO_LOCK_ROW' }]), false],
	['too many long calls at once', fault(403, 'REQUEST_LIMIT_EXCEEDED', CONCURRENT), false],
	['a host that cannot be reached', unreachable, false],
	['no answer', noAnswer, true],
	...[500, 502, 503, 504].flatMap((status): Array<[string, OrgError, boolean]> => [
		[`a page of status ${status}`, page(status), true],
		[`a fault of status ${status}`, fault(status, 'SOME_CODE'), true],
	]),
	['SERVER_UNAVAILABLE', fault(503, 'SERVER_UNAVAILABLE'), true],
	['UNKNOWN_EXCEPTION', fault(500, 'UNKNOWN_EXCEPTION'), true],
	['UNKNOWN_EXCEPTION of one record, which was rolled back', fault(200, 'UNKNOWN_EXCEPTION'), false],
	['FUNCTIONALITY_TEMPORARILY_UNAVAILABLE', fault(400, 'FUNCTIONALITY_TEMPORARILY_UNAVAILABLE'), false],
	['a page of status 406', page(406), true],
	['a fault of status 406', fault(406, 'NOT_ACCEPTABLE'), false],
	['a page of status 408', page(408), true],
	['a page of status 429', page(429), false],
	['a fault of status 429', fault(429, 'TOO_MANY_REQUESTS'), false],
	['a page of status 200', page(200), true],
	['a redirect', answer(302, ''), true],
];

describe('what passes by itself', () => {
	it.each(PASSING)('is waited out by a read: %s', (_what, error) => {
		expect(asRead(error)).toMatchObject({ passing: true, inDoubt: false, repeatSafe: true });
		expect(pause(asRead(error))).toBe(500);
	});

	it.each(PASSING)('is waited out by a write where it cannot have been carried out: %s', (_what, error, inDoubt) => {
		expect(error).toMatchObject({ inDoubt, repeatSafe: !inDoubt });
		expect(pause(error)).toBe(inDoubt ? undefined : 500);
		expect(error.retry).toBe(inDoubt ? 'never' : error.code === 'UNABLE_TO_LOCK_ROW' ? 'now' : 'later');
	});

	it.each([
		['QUERY_TIMEOUT', fault(400, 'QUERY_TIMEOUT')],
		['REQUEST_RUNNING_TOO_LONG', fault(400, 'REQUEST_RUNNING_TOO_LONG')],
	])('of reads only is tried once more: %s', (_what, error) => {
		expect([1, 2].map((tries) => pause(asRead(error), tries))).toEqual([500, undefined]);
		expect(pause(error)).toBeUndefined();
	});

	it('is tried four times more, waiting twice as long each time and up to a half longer by chance', () => {
		const error = asRead(noAnswer);
		expect([1, 2, 3, 4, 5].map((tries) => pause(error, tries))).toEqual([500, 1_000, 2_000, 4_000, undefined]);
		expect([1, 2, 3, 4, 5].map((tries) => pause(error, tries, 0.999_999))).toEqual([
			750,
			1_500,
			3_000,
			6_000,
			undefined,
		]);
	});

	it('is tried twice more where no host is reached, so that a wrong domain is told soon', () => {
		expect([1, 2, 3].map((tries) => pause(unreachable, tries))).toEqual([500, 1_000, undefined]);
	});

	it.each([
		['seconds', '7', 7_000],
		['less than the pause would be', '0', 500],
		['what cannot be read', 'soon', 500],
		['more than a minute, which nobody waits for', '61', undefined],
	])('is waited for as long as Salesforce asks: %s', (_what, header, expected) => {
		expect(pause(asRead(answer(429, '', { 'retry-after': header })))).toBe(expected);
	});

	it('is waited for until the moment that Salesforce names', () => {
		const moment = new Date(Date.now() + 20_000).toUTCString();
		const wait = pause(asRead(answer(503, '', { 'retry-after': moment }))) ?? 0;
		expect(wait).toBeGreaterThan(17_000);
		expect(wait).toBeLessThanOrEqual(20_000);
	});
});

describe('a call is not tried again', () => {
	it.each([
		["the day's limit, which does not pass by waiting", fault(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit.')],
		['a refusal', fault(400, 'INVALID_FIELD', 'no')],
		['an ended session', fault(401, 'INVALID_SESSION_ID', 'Session expired or invalid')],
		["a firewall's page", page(403)],
		['a host unknown to us', page(404)],
		['the stop button', errorFromNetwork('ERR_CANCELED')],
	])('after %s, be it a read', (_what, error) => {
		expect(pause(asRead(error))).toBeUndefined();
		expect(pause(error)).toBeUndefined();
	});
});
