import type { OrgReport } from './org';
import { signInBare } from './signInBare';

const RECORDS_PER_CALL = 200;

/** Where the paths of all calls begin. */
export const VERSIONED_ROOT = '/services/data/v62.0';

/** Makes a REST call with nothing around it; the path is below the versioned root. */
export type BareCall = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** Signs in to an org; calls throw Error when they are refused. */
export async function bareOrg(access: OrgReport): Promise<BareCall> {
	const token = await signInBare(access);
	return async <T>(method: string, path: string, body?: unknown) => {
		const response = await fetch(`${access.url}${VERSIONED_ROOT}${path}`, {
			method,
			headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
		return (await response.json()) as T;
	};
}

/** The queries in Composite calls of five, one after another. */
export async function queryBare<T>(call: BareCall, queries: string[]): Promise<T[]> {
	const answers: T[] = [];
	for (let at = 0; at < queries.length; at += 5) {
		const compositeRequest = queries.slice(at, at + 5).map((soql, index) => ({
			method: 'GET',
			referenceId: `query${index}`,
			url: `${VERSIONED_ROOT}/query?q=${encodeURIComponent(soql)}`,
		}));
		const { compositeResponse } = await call<{ compositeResponse: Array<{ body: T }> }>('POST', '/composite', {
			compositeRequest,
		});
		answers.push(...compositeResponse.map(({ body }) => body));
	}
	return answers;
}

/** A list in runs of at most so many, by default as many records as a call takes. */
export function split<T>(all: T[], size = RECORDS_PER_CALL): T[][] {
	return Array.from({ length: Math.ceil(all.length / size) }, (_none, index) =>
		all.slice(index * size, (index + 1) * size),
	);
}

/** Works through a list with five calls in flight, as our nodes do; results in its order. */
export async function atOnce<T, Result>(all: T[], work: (one: T) => Promise<Result>): Promise<Result[]> {
	const results: Result[] = [];
	const waiting = [...all.entries()];
	const worker = async (): Promise<void> => {
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await work(next[1]);
	};
	await Promise.all(Array.from({ length: 5 }, worker));
	return results;
}
