import timers from 'node:timers/promises';

/** The shortest pause that the package makes of its own accord, in milliseconds. */
const SHORTEST = 500;

/** How much faster pauses pass. */
const FASTER = 100;

/**
 * Lets the pauses of the package pass faster in the tests of a file, as many as there are and one after the other:
 * those before a call is made again, before a sign-in is tried again, and between looks at a job. What waits for less,
 * such as a test, or an org that takes its time, waits as long as it says.
 */
export function shortenPauses(): void {
	let spy: jest.SpyInstance;

	beforeAll(() => {
		const { setTimeout } = timers;
		spy = jest
			.spyOn(timers, 'setTimeout')
			.mockImplementation(
				async (delay = 0, value, options) =>
					await setTimeout(delay < SHORTEST ? delay : delay / FASTER, value, options),
			);
	});

	afterAll(() => spy.mockRestore());
}
