import { startLocalOrg } from '../local-org';
import type { LocalOrg } from '../local-org';
import { answerQuestions } from '../test/support/ownProcess';
import type { OrgOrder, OrgReport } from './org';

/** The process of an org: starts it, does what it is told, and reports after each order. */
let org: LocalOrg | undefined;

answerQuestions(async (order: OrgOrder): Promise<OrgReport> => {
	if ('start' in order) org = await startLocalOrg(order.start);
	if (org === undefined) throw new Error('The org has not been started.');
	if ('do' in order && order.do === 'expireSessions') org.expireSessions();
	const { url, clientId, clientSecret, username, password, privateKey, apiCalls, logIns } = org;
	return { url, clientId, clientSecret, username, password, privateKey, apiCalls, logIns };
});
