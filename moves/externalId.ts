import { asSeen } from './asSeen';

/** Salesforce's longest text field, and so the longest external ID, in characters. */
export const EXTERNAL_ID_LENGTH = 255;

/** Stands between plan and move; an encoded ID never holds it. */
const SEPARATOR = ':';

/** The two IDs that name a move in the planner. */
export interface MoveName {
	/** Empty where there is none. */
	movePlanId: string;
	moveId: string;
}

/**
 * The external ID of a move's Case: `plan:move`, or the move alone where it has no plan.
 *
 * IDs that look alike to people, see `asSeen`, give the same one. No two others do, even where Salesforce compares
 * without regard to case, and only the moves of one plan begin with `planPrefix(plan)`. It consists of
 * `a-z 0-9 - . ^ = :`, so it needs no escaping anywhere.
 *
 * @param planId may be empty
 * @param moveId not empty
 */
export function externalId(planId: string, moveId: string): string {
	return asSeen(planId) === '' ? encoded(moveId) : planPrefix(planId) + encoded(moveId);
}

/** What the external IDs of one plan's moves begin with, and those of no other plan. */
export function planPrefix(planId: string): string {
	return encoded(planId) + SEPARATOR;
}

/** The move that an external ID names; undefined when `externalId` never gives it. */
export function moveNamed(id: string): MoveName | undefined {
	const parts = id.split(SEPARATOR);
	const [first = '', second] = parts;
	const name =
		second === undefined
			? { movePlanId: '', moveId: decoded(first) }
			: { movePlanId: decoded(first), moveId: decoded(second) };
	if (parts.length > 2 || name.moveId === '') return undefined;
	return externalId(name.movePlanId, name.moveId) === id ? name : undefined;
}

/**
 * An ID in characters that stay apart when case is ignored: `^` turns capitals on and off for the letters after it,
 * `=` and two hex digits stand for a byte of UTF-8. `MP-7 b` becomes `^mp-7=20^b`.
 */
function encoded(id: string): string {
	const seen = asSeen(id);
	// Most IDs are such already, and there may be a hundred thousand of them.
	if (/^[a-z0-9.-]*$/.test(seen)) return seen;
	let capitals = false;
	let result = '';
	for (const character of seen) {
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

function decoded(text: string): string {
	const bytes: number[] = [];
	let capitals = false;
	for (const [part] of text.matchAll(/=[0-9a-f]{2}|[^]/g)) {
		if (part === '^') capitals = !capitals;
		else if (part.length === 3) bytes.push(parseInt(part.slice(1), 16));
		else bytes.push(...Buffer.from(capitals ? part.toUpperCase() : part));
	}
	return Buffer.from(bytes).toString();
}
