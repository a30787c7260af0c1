import timers from 'node:timers/promises';

import { Engine } from '../test/support/engine';
import { answerQuestions } from '../test/support/ownProcess';
import { random } from '../test/support/random';
import { STOP } from './engines';
import type { Flow, Report } from './engines';

/**
 * The process of one engine: runs the flows that it is sent, one after the other, and stops the one under way when it is
 * told to.
 */

/** So much faster pauses pass in here: a thousand runs wait for what passes by itself. */
const QUICKER = 100;

const { setTimeout: pause } = timers;
Object.assign(timers, {
	setTimeout: async <T>(milliseconds?: number, value?: T, options?: Parameters<typeof pause>[2]): Promise<T> =>
		await pause((milliseconds ?? 0) / QUICKER, value, options),
});

const started = Engine.start();

answerQuestions(run);
process.on('message', (told: unknown) => {
	if (told === STOP) void started.then((engine) => engine.stop());
});

async function run({ credential, items, node, seed }: Flow): Promise<Report> {
	// The pauses between tries differ by chance.
	Math.random = random(seed);
	const engine = await started;
	engine.useCredential(credential);
	const { items: outputs, error } = await engine.run(items, node);
	return {
		items: outputs.flat().map(({ json, pairedItem }) => ({ json, from: pairedPlace(pairedItem) })),
		...(error === undefined ? {} : { error: { message: error.message, description: error.description ?? '' } }),
	};
}

/** The place of the input item that an item is paired with; -1 where it is paired with none, or with several. */
function pairedPlace(paired: unknown): number {
	if (typeof paired === 'number') return paired;
	return typeof paired === 'object' && paired !== null && 'item' in paired ? Number(paired.item) : -1;
}
