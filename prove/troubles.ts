import type { Fault, FaultyCall } from '../local-org';

/** What a trouble may do besides what a fault says. */
export interface Scene {
	/** Ends every session. */
	endSessions(): void;
	/** Makes every session an ended one from now on. */
	refuseSessions(): void;
	/** Somebody deletes, or changes, the record of a place; where there is none, somebody makes another record. */
	deleteRecord(place: number): void;
	changeRecord(place: number): void;
	/** Somebody hides a field that the run writes. */
	hideField(): void;
	/** Takes rights from the API user: to delete, to manage users, to make fields. */
	takeRights(): void;
	/** Stops an engine's flow, or kills the process. */
	stop(engine: number): void;
	kill(engine: number): void;
}

/** One thing that goes wrong, by the position of the call that it happens to. */
export interface Trouble {
	kind: string;
	/** Which calls count: all, sign-in's too, or those that can write. */
	of: 'calls' | 'writes';
	/** How many of them pass before. */
	after: number;
	/** How many of them it happens to. */
	times: number;
	/** The record, or the engine, that it is about. */
	place: number;
}

const PATHS: Record<Trouble['of'], RegExp> = {
	calls: /^\/services\//,
	writes: /\/composite(\/sobjects|$|\?)|\/jobs\/ingest|\/sobjects\/\w+$|\/Soap\/u\//,
};

/** Longer than an answer takes, and nothing to wait for, in milliseconds. */
const STALL = 30;

const json = (status: number, errorCode: string, message: string): Partial<Fault> => ({
	status,
	body: [{ errorCode, message }],
});
const page = (status: number): Partial<Fault> => ({ status, body: '<html><body>Sorry</body></html>' });

type Change = (list: unknown[]) => unknown[];

/** An answer whose list of what was sent is made another one: of the records, or of the parts of a composite call. */
const changed = (change: Change) => (body: string) =>
	parsed(body, (answer) => {
		if (Array.isArray(answer)) return change(answer);
		return Array.isArray(answer.compositeResponse)
			? { ...answer, compositeResponse: change(answer.compositeResponse) }
			: answer;
	});

/** The same of the lists in the parts of a composite answer. */
const changedWithin = (change: Change) => (body: string) =>
	parsed(body, (answer) => {
		if (Array.isArray(answer) || !Array.isArray(answer.compositeResponse)) return answer;
		const parts = answer.compositeResponse as Array<{ body: unknown }>;
		const within = parts.map((part) => (Array.isArray(part.body) ? { ...part, body: change(part.body) } : part));
		return { ...answer, compositeResponse: within };
	});

/** The same of the records of a query. */
const changedRecords = (change: Change) => (body: string) =>
	parsed(body, (answer) =>
		!Array.isArray(answer) && Array.isArray(answer.records) ? { ...answer, records: change(answer.records) } : answer,
	);

/** The results of a Bulk job without the last row, where they have one besides the header. */
function withoutLastRow(body: string): string {
	const lines = body.split('\n');
	return lines[0]?.startsWith('"') === true && lines.length > 2 ? [...lines.slice(0, -2), ''].join('\n') : body;
}

/** What is not JSON stays as it is. */
function parsed(body: string, change: (answer: unknown[] | Record<string, unknown>) => unknown): string {
	try {
		return JSON.stringify(change(JSON.parse(body) as unknown[] | Record<string, unknown>));
	} catch {
		return body;
	}
}

const fewer: Change = (list) => list.slice(0, -1);
const nulls: Change = (list) => list.map(() => null);

type Make = (scene: Scene, place: number) => Partial<Fault>;

/** A fault that happens before the call's work, and one that happens after it. */
const both = (name: string, fault: Partial<Fault>): Array<[string, Make]> => [
	[`${name}, before the work`, () => fault],
	[`${name}, after the work`, () => ({ ...fault, late: true })],
];

/** Everything that can go wrong, by name. */
export const TROUBLES: Record<string, Make> = Object.fromEntries<Make>([
	['the session has ended', ({ endSessions }) => ({ meanwhile: endSessions })],
	['no session holds any more', ({ refuseSessions }) => ({ meanwhile: refuseSessions })],
	['403, no calls left today', () => json(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.')],
	[
		'403, too many calls at once',
		() => json(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'),
	],
	['429', () => page(429)],
	...both('500 UNKNOWN_EXCEPTION', json(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.')),
	...both('a page of 502', page(502)),
	...both('503 SERVER_UNAVAILABLE', json(503, 'SERVER_UNAVAILABLE', 'Server unavailable')),
	...both('a page of 503', page(503)),
	...both('a page of 504', page(504)),
	...both('a maintenance page of 200', page(200)),
	['a cut before the work', () => ({ cut: 'before' })],
	['a cut after the work', () => ({ cut: 'after' })],
	['a cut within the answer', () => ({ cut: 'within' })],
	['a stall', () => ({ delayMs: STALL })],
	['truncated JSON', () => ({ alter: (body) => body.slice(0, -2) })],
	['fewer elements than sent', () => ({ alter: changed(fewer) })],
	['fewer elements in a part', () => ({ alter: changedWithin(fewer) })],
	['elements of null', () => ({ alter: changed(nulls) })],
	['fewer rows of a file', () => ({ alter: withoutLastRow })],
	['records of null', () => ({ alter: changedRecords(nulls) })],
	['elements of null in a part', () => ({ alter: changedWithin(nulls) })],
	['locked rows', (_scene, place) => ({ lockRows: 1 + place })],
	['a redirect', () => ({ status: 302, body: '', headers: { Location: 'https://elsewhere.example/' } })],
	['a record is deleted', ({ deleteRecord }, place) => ({ meanwhile: () => deleteRecord(place) })],
	['a record is changed', ({ changeRecord }, place) => ({ meanwhile: () => changeRecord(place) })],
	['a field is hidden', ({ hideField }) => ({ meanwhile: hideField })],
	['rights are taken', ({ takeRights }) => ({ meanwhile: takeRights })],
	['Stop', ({ stop }, place) => ({ delayMs: STALL, meanwhile: () => stop(place) })],
	['Stop while the answer comes', ({ stop }, place) => ({ meanwhile: () => stop(place) })],
	['killed before the work', ({ kill }, place) => ({ delayMs: STALL, meanwhile: () => kill(place) })],
	['killed, and the work is done', ({ kill }, place) => ({ meanwhile: () => kill(place) })],
]);

/** A trouble as a fault of the org's. @param more what happens besides, as of a planted mistake */
export function faultOf(
	trouble: Trouble,
	scene: Scene,
	more: (call: FaultyCall, fault: Partial<Fault>) => void,
): Fault {
	const { kind, of, after, times, place } = trouble;
	const made = TROUBLES[kind]?.(scene, place);
	if (made === undefined) throw new Error(`There is no trouble '${kind}'.`);
	return {
		...made,
		path: PATHS[of],
		skip: after,
		times,
		meanwhile: (call) => {
			made.meanwhile?.(call);
			more(call, made);
		},
	};
}
