import { dataError } from '../../errors';
import { valueOf } from './types';
import type { ObjectRules } from './types';

/** Asset: it belongs to an account, a contact, or both (wording seen in orgs). */
export const assetRules: ObjectRules = {
	beforeSave(change) {
		const isOwned = ['AccountId', 'ContactId'].some((name) => valueOf(change, name) !== null);
		if (isOwned || change.context.seeding) return;
		throw dataError(
			'FIELD_INTEGRITY_EXCEPTION',
			'Every asset needs an account, a contact, or both.: Account ID, Contact ID',
			['AccountId', 'ContactId'],
		);
	},
};
