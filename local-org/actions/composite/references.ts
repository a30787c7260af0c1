import { ApiError } from '../../errors';
import { isObject } from '../../http';

/** What a sub-request of a composite request was answered, by its referenceId. */
export type Answers = Map<string, unknown>;

const REFERENCE = /@\{([^}.[]+)([^}]*)\}/g;

/** A path such as `.records[0].Id` taken apart. */
const steps = (path: string) => path.split(/[.[\]]+/).filter((step) => step !== '');

function lookUp(name: string, path: string, answers: Answers): unknown {
	let value = answers.get(name);
	for (const step of steps(path)) {
		if (!isObject(value) && !Array.isArray(value)) return undefined;
		value = (value as Record<string, unknown>)[step];
	}
	return value;
}

/**
 * A text, or a JSON value with texts in it, with every `@{referenceId.path}` replaced by what an earlier sub-request
 * answered.
 * @throws PROCESSING_HALTED when there is no such answer
 */
export function resolve(value: unknown, answers: Answers, encode: (text: string) => string = (text) => text): unknown {
	if (typeof value === 'string') {
		return value.replace(REFERENCE, (_all, name: string, path: string) => {
			const found = lookUp(name, path, answers);
			if (found === undefined || found === null) throw noValue(name, path);
			return encode(String(found));
		});
	}
	if (Array.isArray(value)) return value.map((entry) => resolve(entry, answers, encode));
	if (!isObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, resolve(entry, answers, encode)]));
}

/** The referenceIds that a text, or a JSON value with texts in it, refers to. */
export function referencesIn(value: unknown): string[] {
	return [...JSON.stringify(value ?? null).matchAll(REFERENCE)].map(([, name]) => String(name));
}

function noValue(name: string, path: string): ApiError {
	const message = `Invalid reference specified. No value for ${name}${path} found in ${name}.`;
	return new ApiError(400, [{ errorCode: 'PROCESSING_HALTED', message }]);
}
