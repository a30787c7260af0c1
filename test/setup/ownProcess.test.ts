import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { OwnProcess, ProcessEnded } from '../support/ownProcess';

let folder: string;
let file: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'own-process-'));
	file = join(folder, 'echo.ts');
	const support = JSON.stringify(join(__dirname, '..', 'support', 'ownProcess'));
	writeFileSync(file, `require(${support}).answerQuestions(async (question) => question);`);
});

afterAll(() => rmSync(folder, { recursive: true }));

it('answers questions, and says so when it has ended', async () => {
	const own = new OwnProcess<number, number>(file);
	expect(await own.ask(1)).toBe(1);
	own.close();
	await expect(own.ask(2)).rejects.toThrow(ProcessEnded);
});

it.each([0, 10, 50])('asked %i ms after it was killed, it has ended and nothing else fails', async (milliseconds) => {
	const own = new OwnProcess<number, number>(file);
	expect(await own.ask(1)).toBe(1);
	own.kill();
	const until = performance.now() + milliseconds;
	// The process ends meanwhile, and nobody here notices.
	while (performance.now() < until);
	own.tell('unheard');
	await expect(own.ask(2)).rejects.toThrow(ProcessEnded);
});
