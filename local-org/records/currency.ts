import type { Org } from '../org';
import type { Summary } from '../schema/types';
import { fieldNamed, indexOf } from './fieldIndex';
import type { Change } from './rules/types';

/** A new record has its user's currency, the corporate one where the user has none (docs:object-reference/user). */
export function applyCurrency({ object, row, context: { org, userId } }: Change): void {
	if (row.CurrencyIsoCode !== undefined || !indexOf(object).byName.has('CurrencyIsoCode')) return;
	const own = org.storage.find('User', userId)?.DefaultCurrencyIsoCode;
	if (typeof own === 'string') row.CurrencyIsoCode = own;
}

const rateOf = (record: string) =>
	`coalesce((SELECT "ConversionRate" FROM "CurrencyType" WHERE "IsoCode" = ${record}."CurrencyIsoCode"), 1)`;

/**
 * SQL for what a roll-up summary takes of each row of `child`: money in its parent's currency (help, managing multiple
 * currencies).
 */
export function amountSql({ catalog }: Org, parent: string, { child, by, of }: Summary): string {
	if (of === undefined) return '*';
	const sql = `child."${of}"`;
	const isMoney = fieldNamed(catalog.stored(child), of)?.type === 'currency';
	if (!isMoney || catalog.known('CurrencyType').length === 0) return sql;
	return `${sql} / ${rateOf('child')} * (SELECT ${rateOf('p')} FROM "${parent}" p WHERE p."Id" = child."${by}")`;
}
