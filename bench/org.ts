import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { LocalOrg, LocalOrgOptions } from '../local-org';

/** What the process of an org is told. */
export type OrgOrder = { start: LocalOrgOptions } | { do: 'count' | 'expireSessions' };

/** How an org is reached and what it has counted so far. */
export type OrgReport = Pick<
	LocalOrg,
	'url' | 'clientId' | 'clientSecret' | 'username' | 'password' | 'privateKey' | 'apiCalls' | 'logIns'
>;

/** A local org in a process of its own, so that its work is not taken for the node's. */
export interface BenchOrg {
	/** As plain data, to be handed to the process that is measured. */
	readonly access: OrgReport;
	/** API calls and log-ins since it began. */
	counts(): Promise<Pick<OrgReport, 'apiCalls' | 'logIns'>>;
	/** Ends every session. */
	expireSessions(): Promise<void>;
	stop(): void;
}

/**
 * Starts an org beside this process. Its options must be plain data: no clock, no rules.
 * @throws Error when it cannot start
 */
export async function startOrg(options: LocalOrgOptions): Promise<BenchOrg> {
	const child = fork(join(__dirname, 'orgChild.ts'), {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const order = async (what: OrgOrder): Promise<OrgReport> =>
		await new Promise((resolve, reject) => {
			const ended = (): void => reject(new Error('The local org ended.'));
			child.once('exit', ended);
			child.once('message', (report: OrgReport) => {
				child.off('exit', ended);
				resolve(report);
			});
			child.send(what);
		});
	return {
		access: await order({ start: options }),
		counts: async () => await order({ do: 'count' }),
		expireSessions: async () => void (await order({ do: 'expireSessions' })),
		stop: () => child.disconnect(),
	};
}
