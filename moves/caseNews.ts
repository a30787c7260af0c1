import { readMoment } from '../salesforce/moment';
import type { CaseFieldNames } from './caseFields';

/** What may become of a move's Case that the planner wants to hear of. */
export type CaseNews = 'closed' | 'deleted' | 'reassigned' | 'reopened' | 'restored';

/** What is read of a Case to tell what became of it, and by whom it is to be done now. */
export function newsFields({ externalId }: Pick<CaseFieldNames, 'externalId'>): string[] {
	return [externalId, 'CaseNumber', 'ClosedDate', 'IsClosed', 'Owner.Name', 'OwnerId', 'Status'];
}

/** A Case that was changed. */
export interface ChangedCase {
	/** Its `newsFields`, as Salesforce gives them. */
	record: Readonly<Record<string, unknown>>;
	isDeleted: boolean;
	/** Whether it is back out of the recycle bin. */
	isRestored: boolean;
	/** Whether it is new. */
	isCreated: boolean;
	/** What it was closed at from then on was not told; a moment in UTC. */
	since: string;
	/** Its `caseState` when it was seen last; undefined where that is not known. */
	before?: string;
}

/** What of a Case tells whether there is news: whether it is closed, and whose it is. */
export function caseState({ IsClosed, OwnerId }: Readonly<Record<string, unknown>>): string {
	return `${IsClosed === true ? CLOSED : OPEN}${String(OwnerId)}`;
}

const CLOSED = '1';
const OPEN = '0';

/**
 * What became of a Case. Salesforce empties ClosedDate when a Case is opened again (Object Reference, Case), so it tells
 * of the last closing alone, and one that was opened and closed again is `closed` once more.
 */
export function caseNews({ record, isDeleted, isRestored, isCreated, since, before }: ChangedCase): CaseNews[] {
	if (isDeleted) return ['deleted'];
	const state = caseState(record);
	const isClosed = state.startsWith(CLOSED);
	const wasOpen = isCreated || before?.startsWith(OPEN) === true;
	const closedAt = readMoment(record.ClosedDate);
	const news: CaseNews[] = isRestored ? ['restored'] : [];
	if (before !== undefined && before.slice(1) !== state.slice(1)) news.push('reassigned');
	if (isClosed && (wasOpen || closedAt >= Date.parse(since))) news.push('closed');
	if (!isClosed && before?.startsWith(CLOSED) === true) news.push('reopened');
	return news;
}
