/** The field of Case that ties it to its move. */
export const EXTERNAL_ID_FIELD = 'ExternalID__c';

/** Salesforce's longest text field, and so the longest external ID, in characters. */
export const EXTERNAL_ID_LENGTH = 255;

/** Stands between plan and move; an encoded ID never holds it. */
const SEPARATOR = ':';

/**
 * The external ID of a move's Case: `plan:move`, or the move alone where it has no plan.
 *
 * No two pairs of IDs give the same one, even where Salesforce compares without regard to case, and only the moves of
 * one plan begin with `planPrefix(plan)`. It consists of `a-z 0-9 - . ^ = :`, so it needs no escaping anywhere.
 *
 * @param planId may be empty
 * @param moveId not empty
 */
export function externalId(planId: string, moveId: string): string {
	return planId === '' ? encoded(moveId) : planPrefix(planId) + encoded(moveId);
}

/** What the external IDs of one plan's moves begin with, and those of no other plan. */
export function planPrefix(planId: string): string {
	return encoded(planId) + SEPARATOR;
}

/**
 * An ID in characters that stay apart when case is ignored: `^` turns capitals on and off for the letters after it,
 * `=` and two hex digits stand for a byte of UTF-8. `MP-7 b` becomes `^mp-7=20^b`.
 */
function encoded(id: string): string {
	let capitals = false;
	let result = '';
	for (const character of id) {
		if (/[a-z]/i.test(character)) {
			const capital = character < 'a';
			if (capital !== capitals) result += '^';
			capitals = capital;
			result += character.toLowerCase();
		} else if (/[0-9.-]/.test(character)) {
			result += character;
		} else {
			for (const byte of Buffer.from(character)) result += `=${byte.toString(16).padStart(2, '0')}`;
		}
	}
	return result;
}
