import { append } from '../../salesforce/append';
import { matchForm } from '../../salesforce/fieldValue';
import { InputError } from '../../salesforce/inputError';
import type { ReferredRecord } from '../../salesforce/reference';
import type { Decision } from './decide';

type Written = Extract<Decision, { how: unknown }>;

/**
 * Puts records that refer to others of the same run by an external ID into later rounds than those: Salesforce looks
 * for the others when it saves them, and finds none that the same call has yet to make.
 *
 * @returns the decisions with their rounds; records that refer to each other in a circle are refused
 */
export function inRounds(decisions: readonly Decision[]): Decision[] {
	const references = decisions.map((decision) => ('how' in decision ? (decision.refersTo ?? []) : []));
	if (references.every((list) => list.length === 0)) return [...decisions];
	const provided = providers(decisions, references.flat());
	const waitingFor: number[] = [];
	const followers = new Map<number, number[]>();
	references.forEach((list, position) => {
		const earlier = new Set(list.flatMap((reference) => provided.get(placeOf(reference, reference.value)) ?? []));
		// A record that refers to itself is Salesforce's to judge.
		earlier.delete(position);
		waitingFor[position] = earlier.size;
		for (const one of earlier) append(followers, one, position);
	});

	const rounds: number[] = [];
	let ready = [...decisions.keys()].filter((position) => waitingFor[position] === 0);
	for (let round = 0; ready.length > 0; round++) {
		const next: number[] = [];
		for (const position of ready) {
			rounds[position] = round;
			for (const follower of followers.get(position) ?? []) {
				waitingFor[follower] = (waitingFor[follower] ?? 0) - 1;
				if (waitingFor[follower] === 0) next.push(follower);
			}
		}
		ready = next;
	}
	return decisions.map((decision, position) => {
		if (!('how' in decision)) return decision;
		const round = rounds[position];
		return round === undefined ? { error: inCircle() } : { ...decision, round };
	});
}

/** The records that others refer to, by what those name. */
function providers(decisions: readonly Decision[], references: readonly ReferredRecord[]): Map<string, number> {
	const keys = new Map(references.map((reference) => [`${reference.object} ${reference.key.name}`, reference]));
	const provided = new Map<string, number>();
	decisions.forEach((decision, position) => {
		if (!('how' in decision)) return;
		for (const key of keys.values()) {
			const value = valueOf(decision, key);
			if (value !== undefined && value !== null) provided.set(placeOf(key, value), position);
		}
	});
	return provided;
}

function valueOf({ how, fields }: Written, { object, key }: ReferredRecord): unknown {
	return how.sObject === object ? fields[key.name] : undefined;
}

function placeOf({ object, key }: ReferredRecord, value: unknown): string {
	return JSON.stringify([object, key.name, matchForm(key, value)]);
}

function inCircle(): InputError {
	return new InputError(
		'Records of this run refer to each other in a circle',
		'Save one of them without the reference first, and add the reference in a second node.',
	);
}
