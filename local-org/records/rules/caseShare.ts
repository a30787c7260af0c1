import { dataError, insufficientAccess } from '../../errors';
import type { Row } from '../../storage';
import { addBySystem } from '../system';
import type { WriteContext } from '../context';
import { changes, valueOf } from './types';
import type { Change, ObjectRules } from './types';

const MANUAL = 'Manual';
/** What a Case may be shared with, from the least on; All is the owner's, and is not given (docs:object-reference/caseshare). */
const LEVELS = ['None', 'Read', 'Edit'];

/** What everyone may do with everyone's Cases. */
const everyones = ({ org }: WriteContext) => org.settings.defaultAccess.Case ?? 'Edit';

/** Only what was shared by hand is changed, and only by those who have full access to the Case (assumed code). */
function requireManual({ CaseId, RowCause }: Row, { org, isAdmin, seeding, automated }: WriteContext): void {
	if (seeding || typeof CaseId !== 'string') return;
	const cases = org.catalog.stored('Case');
	const isOpen = isAdmin || automated === true;
	// A Case that the user does not see cannot be named in the first place.
	const may = isOpen || !org.catalog.sees(cases, CaseId) || org.catalog.mayShare(cases, CaseId);
	if (RowCause !== MANUAL || !may) throw insufficientAccess();
}

/** The code is that of accounts, as it was seen in orgs' logs; the wording is assumed. */
function checkLevel(change: Change): void {
	const level = valueOf(change, 'CaseAccessLevel');
	const least = everyones(change.context);
	if (level === null || LEVELS.indexOf(String(level)) > LEVELS.indexOf(least)) return;
	throw dataError('INVALID_ACCESS_LEVEL', `Case Levels (${String(level)}) are below organization levels (${least})`, [
		'CaseAccessLevel',
	]);
}

/** CaseShare: what may be shared, and by whom. The same share once more changes the one that is there. */
export const caseShareRules: ObjectRules = {
	twin({ CaseId, UserOrGroupId, RowCause }, { org }) {
		return org.storage
			.findBy('CaseShare', 'CaseId', CaseId ?? null)
			.find(
				(one) => one.UserOrGroupId === UserOrGroupId && one.RowCause === (RowCause ?? MANUAL) && one.IsDeleted !== 1,
			);
	},
	beforeSave(change) {
		const { row, before, context } = change;
		if (context.seeding) return;
		// Other causes are written by Salesforce alone (docs:object-reference/caseshare; the code is assumed).
		if (!before && (row.RowCause ?? MANUAL) !== MANUAL)
			throw dataError('INVALID_FIELD_FOR_INSERT_UPDATE', 'RowCause: only Manual can be created', ['RowCause']);
		requireManual(before ?? { ...row, RowCause: MANUAL }, context);
		checkLevel(change);
	},
	beforeDelete(row, context, isAlong) {
		if (!isAlong) requireManual(row, context);
	},
};

/**
 * Where Cases are not everyone's, the owner's full access stands among the shares; what was shared by hand ends with the
 * owner (help, manual sharing). A Case that was saved before its org was made private has no such row.
 */
export function shareWithOwner(change: Change): void {
	const { id, before, context } = change;
	const { storage } = context.org;
	if (!changes(change, 'OwnerId')) return;
	if (before) storage.run(`DELETE FROM "CaseShare" WHERE "CaseId" = ? AND "RowCause" IN ('Manual', 'Owner')`, id);
	if (everyones(context) === 'Edit') return;
	const UserOrGroupId = valueOf(change, 'OwnerId');
	addBySystem('CaseShare', { CaseId: id, UserOrGroupId, CaseAccessLevel: 'All', RowCause: 'Owner' }, context);
}
