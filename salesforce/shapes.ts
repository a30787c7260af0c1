/** Whether an answer has the form that its caller reads. */
export type Shape<T> = (answer: unknown) => answer is T;

/** A JSON object, neither a list nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer without a body. */
export function isEmpty(answer: unknown): answer is undefined | '' {
	return answer === undefined || answer === '';
}

/** A list of so many elements, each of a form. */
export function listOf<T>(element: Shape<T>, count: number): Shape<T[]> {
	return (answer): answer is T[] =>
		Array.isArray(answer) && answer.length === count && answer.every((member) => element(member));
}

/** The answer of a Composite call: one sub-answer for each sub-request. */
export interface CompositeAnswer {
	compositeResponse: Array<{ httpStatusCode: number; body: unknown }>;
}

/** A Composite answer to so many sub-requests. */
export function isComposite(count: number): Shape<CompositeAnswer> {
	const isList = listOf(isSubAnswer, count);
	return (answer): answer is CompositeAnswer => isObject(answer) && isList(answer.compositeResponse);
}

function isSubAnswer(value: unknown): value is CompositeAnswer['compositeResponse'][number] {
	return isObject(value) && typeof value.httpStatusCode === 'number' && 'body' in value;
}
