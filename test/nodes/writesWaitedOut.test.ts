import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../local-org';
import { stages } from '../support/stage';
import { COUNT, each, WRITES } from './support/writes';

const stage = stages();

/** What is refused at the door, so that making the call again does nothing twice. */
const REFUSALS: Array<[what: string, fault: Omit<Fault, 'path'>]> = [
	['a page of status 429', { status: 429, body: '<html>Slow down</html>' }],
	[
		'too many long calls at once',
		{
			status: 403,
			body: [
				{
					errorCode: 'REQUEST_LIMIT_EXCEEDED',
					message: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
				},
			],
		},
	],
	['a fault of status 406', { status: 406, body: [{ errorCode: 'NOT_ACCEPTABLE', message: 'no' }] }],
	['locked rows', { lockRows: COUNT }],
];

describe.each(Object.entries(WRITES))('%s', (_name, write) => {
	// Nobody's lock keeps the local org from deleting.
	const refusals = REFUSALS.filter(([, { lockRows }]) => lockRows === undefined || write.call.method !== 'DELETE');

	it.each(refusals)('is made once after %s', async (_what, fault) => {
		const on = await stage({ seed: write.seed });
		const items = (await write.prepare?.(on)) ?? write.items;
		const before = on.org.calls.length;
		on.org.addFault({ ...write.call, ...fault });
		const { outputs, error } = await on.run(items, write.node);
		expect(error).toBeUndefined();
		expect(write.done(on.org)).toBe(COUNT);
		expect(outputs.flat().map((item: IDataObject) => item.error)).toEqual(each(() => undefined));
		const { method, path } = write.call;
		const calls = on.org.calls
			.slice(before)
			.filter((call) => call.method === method && call.path.includes(String(path)));
		expect(calls).toHaveLength(2);
	});
});

describe('a Composite call of 600 moves', () => {
	const moves = Array.from({ length: 600 }, (_none, index) => ({ moveId: `m-${index}`, employeeName: 'Ada' }));
	const push = { type: 'salesforcePushMove' };

	it.each([
		['503 SERVER_UNAVAILABLE', { status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'no' }] }],
		['500 UNKNOWN_EXCEPTION', { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'no' }] }],
		['429', { status: 429, body: [{ errorCode: 'TOO_MANY_REQUESTS', message: 'no' }] }],
		['null', { status: 200, body: null }],
	])('leaves one Case of each although one of its parts is answered by %s', async (_what, fault) => {
		const { org, run } = await stage();
		org.addFault({ ...fault, method: 'POST', path: '/composite/sobjects', inside: true, skip: 1 });
		const { outputs } = await run(moves, { ...push, onError: 'continueRegularOutput' as const });
		const ids = org.rows('Case').map(({ ExternalID__c: id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const said = outputs[0]?.filter((item) => item.error === undefined) ?? [];
		expect(said.length).toBe(ids.length);
		await run(moves, push);
		expect(org.rows('Case')).toHaveLength(600);
	});
});
