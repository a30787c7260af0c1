import { setImmediate } from 'node:timers/promises';

/** How long a piece of work may go on before others get a turn, in milliseconds. */
const LONGEST_TURN = 40;

/**
 * Lets long work give way: n8n answers webhooks, polls and its editor in the process that runs a node, and a hundred
 * thousand items take seconds.
 *
 * @returns to be awaited once for each of many small pieces of work; it waits only when the turn has lasted too long
 */
export function givingWay(): () => Promise<void> | undefined {
	let began = performance.now();
	return () => {
		if (performance.now() - began < LONGEST_TURN) return undefined;
		return setImmediate().then(() => {
			began = performance.now();
		});
	};
}

/**
 * What `make` gives of each member of a list, one after the other, and giving way to others.
 * @throws what `make` throws
 */
export async function inTurns<Member, Made>(
	list: Iterable<Member>,
	make: (member: Member, place: number) => Made | Promise<Made>,
): Promise<Made[]> {
	const giveWay = givingWay();
	const all: Made[] = [];
	for (const member of list) {
		await giveWay();
		const made = make(member, all.length);
		all.push(made instanceof Promise ? await made : made);
	}
	return all;
}
