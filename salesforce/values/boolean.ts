import type { ReadValue } from './readValue';

const WORDS: Record<string, boolean> = { true: true, yes: true, '1': true, false: false, no: false, '0': false };

/** True or false, as a boolean or as people write it. */
export function readBoolean(value: unknown): ReadValue<boolean> {
	const word = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
	const read = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
	return read === undefined ? { wants: 'true or false' } : { value: read };
}
