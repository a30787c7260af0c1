import type { ComparisonOperator, Literal } from './grammar/ast';
import { quoted } from './statement';
import type { Statement } from './statement';
import { findField } from './scope';
import type { Entity } from './scope';

/** Whether the org has several currencies, and with them the object that holds their rates. */
export const hasCurrencies = ({ context }: Statement): boolean => context.schema.object('CurrencyType') !== undefined;

/** The corporate currency, in which what is added up of several records is told (docs:soql-sosl/convertcurrency). */
export const CORPORATE = `(SELECT "IsoCode" FROM "CurrencyType" WHERE "IsCorporate" = 1)`;

const rateSql = (code: string) =>
	`coalesce((SELECT "ConversionRate" FROM "CurrencyType" WHERE "IsoCode" = ${code}), 1)`;

/** SQL for the currency of a record's amounts; undefined where the org has but one. */
export function currencySql(statement: Statement, { tables }: Entity): string | undefined {
	const [table] = tables;
	if (!table || !hasCurrencies(statement)) return undefined;
	// Assumed: what is of a record without a currency is in the corporate one.
	return findField(table.object, 'CurrencyIsoCode') ? `${table.alias}.${quoted('CurrencyIsoCode')}` : CORPORATE;
}

/** SQL for the currency of the user who asks. */
export function userCurrencySql({ parameters, context }: Statement): string {
	parameters.userId = context.userId;
	return `coalesce((SELECT "DefaultCurrencyIsoCode" FROM "User" WHERE "Id" = :userId), ${CORPORATE})`;
}

/** SQL for an amount of one currency in the corporate one. */
export const corporateSql = (sql: string, currency: string): string => `(${sql} / ${rateSql(currency)})`;

/** SQL for an amount of one currency in another. */
export const convertedSql = (sql: string, from: string, to: string): string =>
	`(${corporateSql(sql, from)} * ${rateSql(to)})`;

/** An amount to compare with, as `USD5000`. */
export type Money = Literal & { kind: 'currency' };

/** What an amount is compared with: a field that holds money. */
export interface MoneyOperand {
	sql: string;
	currency?: string | undefined;
	aggregate: boolean;
	at: number;
}

/**
 * SQL that compares money with an amount of a currency, by their worth.
 * @throws SoqlError for an amount of a currency that the org does not use, and for totals, which are compared with
 *   numbers alone (docs:soql-sosl/convertcurrency; codes and wordings are assumed)
 */
export function moneySql(
	statement: Statement,
	{ sql, currency, aggregate, at }: MoneyOperand,
	operator: Exclude<ComparisonOperator, 'like'>,
	money: Money,
): string {
	// Salesforce's own grammar knows amounts with a currency only where the org has several (isMultiCurrencyEnabled).
	if (!hasCurrencies(statement)) throw statement.unexpected(money.at, money.text);
	if (currency === undefined || aggregate) {
		throw statement.error(at, 'MALFORMED_QUERY', `${money.text} can only be compared with a currency field`);
	}
	const code = money.text.slice(0, 3).toUpperCase();
	const isUsed = statement.context.database
		.prepare('SELECT 1 FROM "CurrencyType" WHERE "IsoCode" = ? AND "IsActive" = 1')
		.get(code);
	if (!isUsed) throw statement.error(money.at, 'MALFORMED_QUERY', `Invalid currency code: ${code}`);
	const amount = statement.bind(Number(money.text.slice(3).replace(/\.+/, '.')));
	const [left, right] = [corporateSql(sql, currency), corporateSql(amount, statement.bind(code))];
	return operator === '!=' ? `${left} IS NOT ${right}` : `${left} ${operator} ${right}`;
}
