import type { Org } from '../../salesforce/org';
import { isObject } from '../../salesforce/shapes';
import { readStamp, stampOf } from '../cursor';
import type { DeletionLog } from '../deletions';

const MINUTE = 60_000;

/**
 * What of an object was deleted from a moment on, by Salesforce's log.
 *
 * @param from a stamp of the last 15 days
 * @param now Salesforce's time
 * @throws OrgError `EXCEEDED_ID_LIMIT` beyond 600,000 deletions
 */
export async function readDeletions(org: Org, object: string, from: string, now: Date): Promise<DeletionLog> {
	// Seconds are cut off, and the span must be longer than a minute (SOAP API, getDeleted).
	const start = new Date(Math.min(Date.parse(from), now.getTime() - 2 * MINUTE));
	const end = new Date(now.getTime() + MINUTE);
	const span = [start, end].map((moment) => encodeURIComponent(stampOf(moment)));
	const path = `/sobjects/${object}/deleted/?start=${span[0]}&end=${span[1]}`;
	const { deletedRecords, latestDateCovered } = await org.call('GET', path, isLog);
	return {
		deletions: deletedRecords.map(({ id, deletedDate }) => ({ id, at: readStamp(deletedDate) })),
		covered: readStamp(latestDateCovered),
	};
}

interface LogAnswer {
	deletedRecords: Array<{ id: string; deletedDate: string }>;
	latestDateCovered: string;
}

function isLog(answer: unknown): answer is LogAnswer {
	return isObject(answer) && Array.isArray(answer.deletedRecords) && typeof answer.latestDateCovered === 'string';
}
