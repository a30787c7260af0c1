import { insufficientAccess } from '../../errors';
import { changes } from './types';
import type { ObjectRules } from './types';

/**
 * CurrencyType: whoever may customize the application changes rates. Further currencies, and which are in use, are said
 * when the org starts.
 */
export const currencyTypeRules: ObjectRules = {
	beforeSave(change) {
		const { before, row, context } = change;
		const { org, isAdmin } = context;
		if (!isAdmin && !org.allows('canCustomize')) throw insufficientAccess();
		if (!isAdmin && !org.catalog.userHas('CustomizeApplication')) throw insufficientAccess();
		const others = ['IsoCode', 'IsActive', 'IsCorporate'].filter((name) => row[name] !== undefined);
		if (before && !others.some((name) => changes(change, name))) return;
		org.refuse(before ? 'changing which currencies are in use' : 'a further CurrencyType');
		throw insufficientAccess();
	},
};
