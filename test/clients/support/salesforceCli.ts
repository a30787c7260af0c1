import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../../setup/clients/node_modules/@salesforce/cli/bin/run.js');

/** Nothing is reported, looked up or kept outside the temporary home. */
const QUIET = {
	SF_DISABLE_TELEMETRY: 'true',
	SF_AUTOUPDATE_DISABLE: 'true',
	SF_SKIP_NEW_VERSION_CHECK: 'true',
	SF_HIDE_RELEASE_NOTES: 'true',
	SF_DISABLE_LOG_FILE: 'true',
	// A keychain of the machine's would ask a person.
	SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
};

/** What a command said. */
export interface CommandResult {
	/** 0 when it did what it was told. */
	code: number;
	stdout: string;
	/** What `--json` printed under `result`; undefined for other commands and failures. */
	result: unknown;
	/** What `--json` printed as the name of a failure. */
	name: string | undefined;
}

/** The Salesforce CLI, in a home and a working folder of its own. */
export class SalesforceCli {
	private constructor(
		private readonly home: string,
		private readonly accessToken: string,
	) {}

	/** Makes its home. `accessToken` is what it signs in by. */
	static async open(accessToken: string): Promise<SalesforceCli> {
		return new SalesforceCli(await mkdtemp(join(tmpdir(), 'salesforce-ops-cli-')), accessToken);
	}

	/** Writes a file in its working folder, for a command to read. */
	async file(name: string, content: string): Promise<void> {
		await writeFile(join(this.home, name), content);
	}

	/** Runs `sf` with these arguments, to its end. */
	async run(...args: string[]): Promise<CommandResult> {
		const env = {
			PATH: process.env.PATH,
			HOME: this.home,
			USERPROFILE: this.home,
			SF_ACCESS_TOKEN: this.accessToken,
			...QUIET,
		};
		const { code, stdout } = await new Promise<{ code: number; stdout: string }>((resolve) => {
			execFile(process.execPath, [SCRIPT, ...args], { cwd: this.home, env }, (error, stdout) =>
				resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout }),
			);
		});
		const printed = (args.includes('--json') ? JSON.parse(stdout) : {}) as { result?: unknown; name?: string };
		return { code, stdout, result: printed.result, name: printed.name };
	}

	/** Removes its home. */
	async close(): Promise<void> {
		await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
	}
}
