import { errorFromFaults, errorFromNetwork, OrgError } from '../../salesforce/errors';
import { waitBeforeRetry } from '../../salesforce/retry';

const fault = (errorCode: string, message = '', status?: number) => errorFromFaults([{ errorCode, message }], status);
const noAnswer = errorFromNetwork('ECONNRESET');
const unreachable = errorFromNetwork('ECONNREFUSED');
const status = (code: number) => new OrgError('HTTP', 'no', '', [], code);

describe('a call is tried again', () => {
	it.each([
		['a locked row, by reads and writes', fault('UNABLE_TO_LOCK_ROW'), false],
		[
			'too many long calls at once, which are refused at the door',
			fault('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'),
			false,
		],
		['a host that cannot be reached', unreachable, false],
		['a read without an answer', noAnswer, true],
		['a read that a passing state refused', status(503), true],
	])('after %s', (_what, error, repeatable) => {
		expect(waitBeforeRetry(error, repeatable, 1)).toBe(500);
	});

	it('four times, waiting twice as long each time', () => {
		expect([1, 2, 3, 4, 5].map((tries) => waitBeforeRetry(noAnswer, true, tries))).toEqual([
			500,
			1_000,
			2_000,
			4_000,
			undefined,
		]);
	});

	it('twice where no host is reached, so that a wrong domain is told soon', () => {
		expect([1, 2, 3].map((tries) => waitBeforeRetry(unreachable, true, tries))).toEqual([500, 1_000, undefined]);
	});
});

describe('a call is not tried again', () => {
	it.each([
		['a write without an answer, which may have been carried out', noAnswer, false],
		['a write that a passing state refused, which may have been carried out', status(503), false],
		[
			"the day's limit, which does not pass by waiting",
			fault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403),
			true,
		],
		['a refusal', fault('INVALID_FIELD', 'no', 400), true],
		['an ended session', fault('INVALID_SESSION_ID', 'Session expired or invalid', 401), true],
		['a host unknown to us', status(404), true],
		['the stop button', errorFromNetwork('ERR_CANCELED'), true],
	])('after %s', (_what, error, repeatable) => {
		expect(waitBeforeRetry(error, repeatable, 1)).toBeUndefined();
	});
});
