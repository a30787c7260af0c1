import type { SQLInputValue } from 'node:sqlite';
import { dataError } from '../../errors';
import type { Row } from '../../storage';
import { addBySystem } from '../system';
import { shareWithOwner } from './caseShare';
import { changes, valueOf } from './types';
import type { Change, ObjectRules } from './types';

const FIRST_CASE_NUMBER = 1001;

/** The comments of Cases under way: they become CaseComments once their Case is stored. */
const comments = new WeakMap<Change, SQLInputValue>();

/** Numbers are never given twice, not even when the Case that had one was rolled back. */
function nextCaseNumber({ context: { org } }: Change): string {
	if (org.lastCaseNumber === undefined) {
		const [row] = org.storage.all('SELECT max("CaseNumber") AS last FROM "Case"');
		org.lastCaseNumber = typeof row?.last === 'string' ? Number(row.last) : FIRST_CASE_NUMBER - 1;
	}
	return String(++org.lastCaseNumber).padStart(8, '0');
}

/** Status decides IsClosed, and that ClosedDate. A status that is not in the list leaves the Case open. */
function applyStatus(change: Change): void {
	const { row, before, context } = change;
	if (!before) row.Status ??= 'New';
	if (!changes(change, 'Status')) return;
	const [status] = context.org.storage.all(
		'SELECT "IsClosed" FROM "CaseStatus" WHERE "ApiName" = ?',
		valueOf(change, 'Status'),
	);
	const closed = status?.IsClosed === 1;
	if (!(context.seeding && row.IsClosed !== undefined)) row.IsClosed = Number(closed);
	if (closed && before?.IsClosed !== 1) row.ClosedDate ??= context.now;
	if (!closed) row.ClosedDate = null;
}

/** The Contact's phone numbers and address are shown on the Case; its Account becomes the Case's if that has none. */
function applyContact(change: Change): void {
	if (!changes(change, 'ContactId')) return;
	const { row, context } = change;
	const id = row.ContactId;
	const contact = typeof id === 'string' ? context.org.storage.find('Contact', id) : undefined;
	if (!contact && !change.before) return;
	Object.assign(row, contactColumns(contact));
	if (contact && valueOf(change, 'AccountId') === null) row.AccountId = contact.AccountId ?? null;
}

/** What a Case shows of its Contact. */
export function contactColumns(contact: Row | undefined): Row {
	return {
		ContactPhone: contact?.Phone ?? null,
		ContactMobile: contact?.MobilePhone ?? null,
		ContactEmail: contact?.Email ?? null,
		ContactFax: contact?.Fax ?? null,
	};
}

/** The active assignment rule runs on create and on update, unless `Sforce-Auto-Assign: FALSE`. */
function applyAssignmentRule({ row, before, id, context }: Change): void {
	const { org, autoAssign, seeding } = context;
	if (!org.settings.assignmentRule || !autoAssign || seeding) return;
	row.OwnerId = org.settings.assignmentRule.ownerId;
	org.assignmentRuns.push({ caseId: id, on: before ? 'update' : 'create' });
}

function requireEmail(change: Change): void {
	const { org, seeding } = change.context;
	if (!org.settings.autoResponseRule || seeding || change.before) return;
	if (valueOf(change, 'SuppliedEmail') !== null || valueOf(change, 'ContactEmail') !== null) return;
	throw dataError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [SuppliedEmail]', ['SuppliedEmail']);
}

/** Case: its number, status, contact, owner, and the comment that `Comments` makes. */
export const caseRules: ObjectRules = {
	beforeSave(change) {
		const { row, before } = change;
		if (!before && row.CaseNumber === undefined) row.CaseNumber = nextCaseNumber(change);
		else if (!before) change.context.org.lastCaseNumber = undefined;
		applyStatus(change);
		applyContact(change);
		requireEmail(change);
		applyAssignmentRule(change);
		if (row.Comments) comments.set(change, row.Comments);
		delete row.Comments;
	},
	afterSave(change) {
		shareWithOwner(change);
		const body = comments.get(change);
		if (body === undefined) return;
		addBySystem('CaseComment', { ParentId: change.id, CommentBody: body }, change.context);
	},
};
