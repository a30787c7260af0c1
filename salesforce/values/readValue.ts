/** A value that cannot be read without loss. */
export interface Refusal {
	/** What is wanted in its place, to follow the words "is not". */
	wants: string;
	/** What to do, as a sentence, where the wanted form alone does not say it. */
	remedy?: string;
}

/** What a reader makes of a value: the value as Salesforce takes it, or why it takes none. No refusal holds the value. */
export type ReadValue<T> = { value: T } | Refusal;

/** Whether a reader gave a value. */
export function isRead<T>(read: ReadValue<T>): read is { value: T } {
	return 'value' in read;
}
