import { join } from 'node:path';

import type { LocalOrg, LocalOrgOptions } from '../local-org';
import { OwnProcess } from '../test/support/ownProcess';

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
	const own = new OwnProcess<OrgOrder, OrgReport>(join(__dirname, 'orgChild.ts'));
	const access = await own.ask({ start: options }).catch((error: unknown) => {
		own.close();
		throw error;
	});
	return {
		access,
		counts: async () => await own.ask({ do: 'count' }),
		expireSessions: async () => void (await own.ask({ do: 'expireSessions' })),
		stop: () => own.close(),
	};
}
