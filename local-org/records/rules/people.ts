import { contactColumns } from './case';
import { valueOf } from './types';
import type { Change, ObjectRules } from './types';

/** Name is put together from its parts. */
export function applyName(change: Change): void {
	if (change.before && change.row.FirstName === undefined && change.row.LastName === undefined) return;
	const parts = [valueOf(change, 'FirstName'), valueOf(change, 'LastName')];
	change.row.Name = parts.filter((part) => part !== null).join(' ');
}

/** Contact: its Cases show its new numbers and address at once. */
export const contactRules: ObjectRules = {
	beforeSave: applyName,
	afterSave({ id, before, context: { org } }) {
		if (!before) return;
		const { ContactPhone, ContactMobile, ContactEmail, ContactFax } = contactColumns(org.storage.find('Contact', id));
		org.storage.run(
			`UPDATE "Case" SET "ContactPhone" = ?, "ContactMobile" = ?, "ContactEmail" = ?, "ContactFax" = ? WHERE "ContactId" = ?`,
			ContactPhone ?? null,
			ContactMobile ?? null,
			ContactEmail ?? null,
			ContactFax ?? null,
			id,
		);
	},
};

/** Lead: its name is put together from its parts. */
export const leadRules: ObjectRules = { beforeSave: applyName };
