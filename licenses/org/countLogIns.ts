import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { textLiteral } from '../../salesforce/soql';
import { isoMoment } from '../activity';
import { seen } from './licenseQueries';

/** Grouped results have no second page; Salesforce gives this many rows at most (SOQL reference, GROUP BY). */
const MOST_GROUPS = 2_000;

/** The log-ins of one user. */
export interface LogIns {
	count: number;
	/** ISO 8601; null where there was none that succeeded. */
	last: string | null;
	/** Attempts that did not succeed. */
	refused: number;
}

/**
 * Counts the log-ins of the last days from the log-in history, in rounds of 2,000 rows in the order of the users' IDs.
 *
 * @param days at most the 180 that Salesforce keeps
 * @returns by user ID; users without an entry did not try
 * @throws OrgError that names the right Manage Users, which the history needs
 */
export async function countLogIns(org: Org, days: number): Promise<Map<string, LogIns>> {
	const logIns = new Map<string, LogIns>();
	let from = '';
	for (;;) {
		const [outcome] = await queryEach(org, [
			`SELECT UserId, Status, COUNT(Id) logIns, MAX(LoginTime) latest FROM LoginHistory WHERE LoginTime = LAST_N_DAYS:${days}${
				from === '' ? '' : ` AND UserId >= ${textLiteral(from)}`
			} GROUP BY UserId, Status ORDER BY UserId LIMIT ${MOST_GROUPS}`,
		]);
		const rows = seen(outcome as QueryOutcome, 'LoginHistory', 'Manage Users', 'The option Log-In History');
		const last = rows.length < MOST_GROUPS ? undefined : String(rows.at(-1)?.UserId);
		// The last user of a full round may have more rows in the next one, which begins with that user.
		for (const row of rows) if (row.UserId !== last) note(logIns, row);
		if (last === undefined) return logIns;
		from = last;
	}
}

function note(logIns: Map<string, LogIns>, { UserId, Status, logIns: count, latest }: QueriedRecord): void {
	const user = logIns.get(String(UserId)) ?? { count: 0, last: null, refused: 0 };
	if (Status === 'Success') {
		user.count += Number(count);
		user.last = isoMoment(latest);
	} else {
		user.refused += Number(count);
	}
	logIns.set(String(UserId), user);
}
