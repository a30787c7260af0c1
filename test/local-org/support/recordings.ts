import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Answers of real orgs; they lie beside the project and are no part of it. */
const FOLDER = join(__dirname, '../../../../shared/recorded');

export const hasRecordings = existsSync(FOLDER);

/** `describe` where there are recordings; a skipped test of that name elsewhere. */
export function describeRecorded(name: string, tests: () => void): void {
	if (hasRecordings) describe(name, tests);
	else it.skip(`${name}: there are none at ${FOLDER}`, () => {});
}

/** One request and what a real org answered. */
export interface Recording {
	request: { method: string; path?: string; url?: string; data?: unknown };
	response: { status: number; headers: Record<string, string>; body: unknown };
}

/** Names a file to which every recording that is read is added, when the dates of agreement are being kept. */
const LIST = process.env.RECORDINGS_READ;

/** Every recording that there is, by its path. */
export const recordingFiles = (): string[] =>
	readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));

/** A recorded file, parsed. */
export function recorded<T = Recording>(path: string): T {
	if (LIST) appendFileSync(LIST, `${path}\n`);
	return JSON.parse(readFileSync(join(FOLDER, path), 'utf8')) as T;
}

/**
 * What a client can see of an answer besides its values: keys in their order and JSON types, every list by its first
 * member. A null may stand for any type.
 */
export function shapeOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
	if (value === null) return 'anything';
	if (typeof value !== 'object') return typeof value;
	return Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]);
}

/** Both shapes with `anything` wherever one of them has it, so that they can be compared. */
export function alike(a: unknown, b: unknown): [unknown, unknown] {
	if (a === 'anything' || b === 'anything') return ['anything', 'anything'];
	if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return [a, b];
	const pairs = a.map((one, at) => alike(one, b[at]));
	return [pairs.map(([left]) => left), pairs.map(([, right]) => right)];
}

/** Expects an answer to have the keys, their order and the types of a recorded one. */
export function expectShape(answer: unknown, real: unknown): void {
	const [ours, theirs] = alike(shapeOf(answer), shapeOf(real));
	expect(ours).toEqual(theirs);
}
