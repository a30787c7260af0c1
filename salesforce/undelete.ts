import { unexpectedAnswer } from './answers';
import { batches } from './batches';
import { errorFromFaults, OrgError } from './errors';
import type { Org } from './org';
import type { SaveResult } from './records';
import { isObject } from './shapes';

/** Records of one call (SOAP API, undelete). */
const RECORDS_PER_CALL = 200;

/** What the XML of one result stands for: texts, and one error or a list of them. */
interface UndeleteElement {
	id?: unknown;
	success: string;
	errors?: unknown;
}

/**
 * Takes records out of the recycle bin under their old IDs, 200 a call, with the child records that their deletion took
 * along. REST has no such call, so that it is SOAP's (SOAP API, undelete).
 *
 * @returns one result for each record, in the same order. Where the credential's session is not one for SOAP, or
 *   Salesforce refuses the call as a whole, none is restored, and each says why.
 */
export async function undeleteRecords(org: Org, ids: readonly string[]): Promise<SaveResult[]> {
	const results: SaveResult[] = [];
	let end: OrgError | undefined;
	for (const batch of batches(ids, RECORDS_PER_CALL)) {
		const answer = end ?? (await undelete(org, batch));
		// What is in doubt may be so for these records only; what is refused as a whole will be for the next ones.
		if (answer instanceof OrgError && !answer.inDoubt) end = answer;
		for (const position of batch.keys()) {
			results.push(answer instanceof OrgError ? { ok: false, error: answer } : (answer[position] as SaveResult));
		}
	}
	return results;
}

async function undelete(org: Org, ids: readonly string[]): Promise<SaveResult[] | OrgError> {
	try {
		const answer = await org.soap('undelete', { ids });
		const elements = isObject(answer) ? [answer.result].flat() : [];
		if (elements.length !== ids.length || !elements.every(isElement)) return unexpectedAnswer();
		return elements.map((element, index) => saveResult(element, ids[index] as string, org.time));
	} catch (error) {
		if (error instanceof OrgError) return error;
		throw error;
	}
}

function isElement(value: unknown): value is UndeleteElement {
	return isObject(value) && (value.success === 'true' || value.success === 'false');
}

function saveResult({ success, errors }: UndeleteElement, id: string, at: Date | undefined): SaveResult {
	if (success === 'true') return { ok: true, id, ...(at === undefined ? {} : { at }) };
	const faults = [errors].flat().filter(isObject);
	return {
		ok: false,
		error: errorFromFaults(
			faults.map(({ message, statusCode }) => ({
				message: String(message ?? ''),
				...(typeof statusCode === 'string' ? { statusCode } : {}),
			})),
		),
	};
}
