import { OrgError } from './errors';

/** What came back was none of Salesforce's answers, as when a proxy answers in its place. */
export function strangeAnswer(): OrgError {
	return new OrgError(
		'NO_ANSWER',
		'What came back was no answer of Salesforce, so it does not tell what became of the call.',
		'Check the domain in the credential, and any proxy between n8n and Salesforce.',
	);
}

/**
 * The parts of an answer to several requests or of several records, one for each.
 *
 * @param answer of a call; whatever came back
 * @throws OrgError `NO_ANSWER` when it does not have so many
 */
export function checkedElements<T>(answer: T[] | undefined, count: number): T[] {
	if (Array.isArray(answer) && answer.length === count) return answer;
	throw strangeAnswer();
}
