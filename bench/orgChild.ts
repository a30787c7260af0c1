import { startLocalOrg } from '../local-org';
import type { LocalOrg } from '../local-org';
import type { OrgOrder, OrgReport } from './org';

/** The process of an org: starts it, does what it is told, reports after each order, and ends with who started it. */
let org: LocalOrg | undefined;

process.on('message', (order: OrgOrder) => {
	obey(order).catch((error: unknown) => {
		console.error(error);
		process.exit(1);
	});
});
process.once('disconnect', () => process.exit());

async function obey(order: OrgOrder): Promise<void> {
	if ('start' in order) org = await startLocalOrg(order.start);
	if (org === undefined) throw new Error('The org has not been started.');
	if ('do' in order && order.do === 'expireSessions') org.expireSessions();
	const { url, clientId, clientSecret, username, password, privateKey, apiCalls, logIns } = org;
	process.send?.({ url, clientId, clientSecret, username, password, privateKey, apiCalls, logIns } satisfies OrgReport);
}
