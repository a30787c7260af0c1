import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { basename, join } from 'node:path';

/** Arguments that let Node.js run TypeScript. */
export const TYPESCRIPT = ['--require', join(__dirname, '..', '..', 'setup', 'typescript.cjs')];

/** A question on its way; what a process is only told goes as it is. */
interface Asking {
	question: unknown;
}

type Answering = { answer: unknown } | { failed: string };

/** A process that ended, by itself or killed, before it answered. */
export class ProcessEnded extends Error {}

/**
 * A TypeScript file in a process of its own, which answers questions by `answerQuestions`. It ends with who started it.
 * Questions and answers are plain data.
 */
export class OwnProcess<Question, Answer> {
	private readonly child: ChildProcess;

	/**
	 * @param file with its whole path
	 * @param env further environment variables
	 */
	constructor(
		private readonly file: string,
		env: Record<string, string> = {},
	) {
		this.child = fork(file, {
			execArgv: TYPESCRIPT,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
	}

	/** False once it has ended, or has been told to. */
	get isAlive(): boolean {
		return this.child.connected && this.child.exitCode === null && this.child.signalCode === null;
	}

	/**
	 * Asks a question and waits for the answer; one at a time. The first waits until the file is loaded.
	 *
	 * @throws ProcessEnded when it ends before it answers
	 * @throws Error for what the file throws, with its stack as the message
	 */
	async ask(question: Question): Promise<Answer> {
		return await new Promise((resolve, reject) => {
			const ended = (): void =>
				reject(new ProcessEnded(`The process of ${basename(this.file)} ended without an answer.`));
			this.child.once('exit', ended);
			this.child.once('message', (answering: Answering) => {
				this.child.off('exit', ended);
				if ('failed' in answering) reject(new Error(answering.failed));
				else resolve(answering.answer as Answer);
			});
			// One that was killed is alive until that is noticed.
			if (this.isAlive) this.child.send({ question } satisfies Asking, (error) => error && ended());
			else ended();
		});
	}

	/** Sends what is not answered; nothing happens when it has ended. */
	tell(what: string): void {
		if (this.isAlive) this.child.send(what, () => {});
	}

	/** Ends it at once, in the middle of whatever it does. */
	kill(): void {
		this.child.kill('SIGKILL');
	}

	/** Lets it end. */
	close(): void {
		if (this.child.connected) this.child.disconnect();
	}
}

/** The other end of `OwnProcess`: answers each question that comes, and ends the process with who started it. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Promise<Answer>): void {
	process.on('message', (asking: Asking | string) => {
		if (typeof asking === 'string') return;
		answer(asking.question as Question).then(
			(given) => process.send?.({ answer: given } satisfies Answering),
			(error: unknown) =>
				process.send?.({
					failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
				} satisfies Answering),
		);
	});
	process.once('disconnect', () => process.exit());
}
