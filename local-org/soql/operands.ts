import type { FieldSchema, FieldType } from '../schema/types';
import type { Expression } from './grammar/ast';
import { CORPORATE, convertedSql, corporateSql, currencySql, hasCurrencies, userCurrencySql } from './currencies';
import { allows, comparisonOf } from './fieldTypes';
import { DATE_FUNCTIONS } from './functions';
import type { Column, Entity, Scope } from './scope';
import { quoted } from './statement';

/** Something that has a value in each row or group: a field, or a function of one. */
export interface Operand {
	sql: string;
	type: FieldType;
	/** As messages and results name it: the field without its path. */
	name: string;
	/** The field it reads, where it is a field and nothing else. */
	field: FieldSchema | undefined;
	aggregate: boolean;
	/** SQL for the currency of its value, where it is money and the org has several. */
	currency?: string | undefined;
	/** Whether its value is written for people: FORMAT. */
	formatted: boolean;
	at: number;
}

const AGGREGATES = new Set(['count', 'count_distinct', 'sum', 'avg', 'min', 'max']);
const DISTANCE_UNITS = ['mi', 'km'];

/** Whether an expression is COUNT, SUM, AVG, MIN or MAX of something. */
export const isAggregate = (expression: Expression & { kind: 'call' }): boolean => AGGREGATES.has(expression.function);

/** Whether an expression gives one value for many rows, or one that must be grouped: a date function. */
export function isAggregated(expression: Expression): boolean {
	if (expression.kind !== 'call') return false;
	const { function: name, argument } = expression;
	return AGGREGATES.has(name) || name === 'grouping' || Object.hasOwn(DATE_FUNCTIONS, name) || isAggregated(argument);
}

/**
 * What an expression means in a scope.
 * @throws SoqlError for an unknown field or a function that does not fit it
 */
export function operandOf(scope: Scope, expression: Expression): Operand {
	if (expression.kind === 'distance') return distance(scope, expression);
	if (expression.kind === 'field') return fieldOperand(scope, expression);
	const { function: name, argument, at } = expression;
	if (AGGREGATES.has(name)) return aggregate(scope, name, operandOf(scope, argument), at);
	if (Object.hasOwn(DATE_FUNCTIONS, name)) return dateFunction(scope, name, argument, at);
	const inner = operandOf(scope, argument);
	switch (name) {
		case 'tolabel':
			return { ...inner, sql: labelSql(inner), at };
		case 'format':
			if (inner.currency === undefined) return { ...inner, formatted: true, at };
			return { ...inner, sql: `soql_money(${inner.sql}, ${inner.currency})`, type: 'string', currency: undefined, at };
		case 'convertcurrency':
			return converted(scope, inner, at);
		default:
			throw noFunction(scope, name, at);
	}
}

function fieldOperand(scope: Scope, { name, at }: Expression & { kind: 'field' }): Operand {
	const { column, entity } = scope.resolve(name);
	const { sql, field } = column;
	const currency = field.type === 'currency' ? currencySql(scope.statement, entity) : undefined;
	return { sql, type: field.type, name: field.name, field, currency, aggregate: false, formatted: false, at };
}

/** The wording is assumed: such a name is no function, so the parenthesis has no place. */
const noFunction = ({ statement }: Scope, name: string, at: number) => statement.unexpected(at + name.length, '(');

/**
 * An amount in the user's currency (docs:soql-sosl/convertcurrency).
 * @throws SoqlError for what is no amount, or the total of several; code and wording are assumed
 */
function converted(scope: Scope, of: Operand, at: number): Operand {
	const { statement } = scope;
	// It wants an org with several currencies.
	if (!hasCurrencies(statement)) throw noFunction(scope, 'convertCurrency', at);
	if (of.currency === undefined || of.aggregate) {
		throw statement.error(at, 'MALFORMED_QUERY', `convertCurrency() can not be used with ${of.name}`);
	}
	const currency = userCurrencySql(statement);
	return { ...of, sql: convertedSql(of.sql, of.currency, currency), currency, at };
}

function aggregate(scope: Scope, name: string, of: Operand, at: number): Operand {
	const numeric = comparisonOf(of.type) === 'number';
	const fits = of.field && allows(of.field, 'aggregatable') && (numeric || !['sum', 'avg'].includes(name));
	if (!fits) {
		throw scope.statement.error(
			at,
			'MALFORMED_QUERY',
			`field ${of.name} does not support aggregate operator ${name.toUpperCase()}`,
		);
	}
	const counts = name === 'count' || name === 'count_distinct';
	if (of.currency === undefined || counts) {
		const type = counts ? 'int' : name === 'avg' ? 'double' : of.type;
		return { ...of, sql: aggregateSql(name, of), type, field: undefined, currency: undefined, aggregate: true, at };
	}
	const sql = aggregateSql(name, { ...of, sql: corporateSql(of.sql, of.currency) });
	return { ...of, sql, field: undefined, currency: CORPORATE, aggregate: true, at };
}

/** MIN and MAX of a picklist go by the order of its values, those that it does not list behind (docs:soql-sosl/aggregate-functions). */
function aggregateSql(name: string, { sql, field }: Operand): string {
	if (name === 'count_distinct') return `COUNT(DISTINCT ${sql})`;
	const values = field?.type === 'picklist' ? (field.picklistValues ?? []) : [];
	if ((name !== 'min' && name !== 'max') || values.length === 0) return `${name.toUpperCase()}(${sql})`;
	const places = values.map(({ value }, index) => `WHEN '${value.replaceAll("'", "''")}' THEN ${index}`);
	const place = `printf('%04d', CASE ${sql} ${places.join(' ')} ELSE ${values.length} END)`;
	return `substr(${name.toUpperCase()}(${place} || ${sql}), 5)`;
}

/** Days of a datetime are UTC's unless convertTimezone() makes them the user's (docs:soql-sosl/date-functions). */
function dateFunction(scope: Scope, name: string, argument: Expression, at: number): Operand {
	const converts = argument.kind === 'call' && argument.function === 'converttimezone';
	const of = operandOf(scope, converts ? argument.argument : argument);
	const needsTime = converts || name === 'hour_in_day' || name === 'day_only';
	const fits = of.type === 'datetime' || (of.type === 'date' && !needsTime);
	if (!fits) {
		// The wording is assumed.
		const upper = name.toUpperCase();
		throw scope.statement.error(at, 'MALFORMED_QUERY', `field ${of.name} does not support date function ${upper}`);
	}
	const value = converts ? `soql_local(${of.sql}, ${timeZoneParameter(scope)})` : of.sql;
	const sql = DATE_FUNCTIONS[name]?.(value) ?? '';
	return { ...of, sql, type: name === 'day_only' ? 'date' : 'int', field: undefined, at };
}

/** Bound once for each statement, so that the same expression is the same SQL wherever it stands. */
function timeZoneParameter(scope: Scope): string {
	scope.statement.parameters.timeZone = scope.statement.context.timeZone;
	return ':timeZone';
}

/** The label of a picklist value, or of each of several; any other value is its own label. */
function labelSql({ sql, field }: Operand): string {
	const translated = (field?.picklistValues ?? []).filter(({ value, label }) => label !== undefined && label !== value);
	if (translated.length === 0) return sql;
	const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
	if (field?.type === 'multipicklist') {
		const labels = Object.fromEntries(translated.map(({ value, label }) => [value, label]));
		return `soql_labels(${sql}, ${literal(JSON.stringify(labels))})`;
	}
	const branches = translated.map(({ value, label }) => `WHEN ${literal(value)} THEN ${literal(label ?? value)}`);
	return `CASE ${sql} ${branches.join(' ')} ELSE ${sql} END COLLATE NOCASE`;
}

function distance(scope: Scope, { field, latitude, longitude, unit, at }: Expression & { kind: 'distance' }): Operand {
	const { entity, column } = scope.resolve(field);
	const [north, east] = ['Latitude', 'Longitude'].map((part) => compoundPart(entity, column, part));
	if (!north || !east) {
		// The wording is assumed.
		throw scope.statement.error(field.at, 'INVALID_FIELD', `field '${column.field.name}' does not support DISTANCE`);
	}
	const normalized = unit.toLowerCase();
	if (!DISTANCE_UNITS.includes(normalized)) {
		// The wording is assumed.
		throw scope.statement.error(at, 'MALFORMED_QUERY', `Invalid distance unit: ${unit}. Valid units are 'mi' and 'km'`);
	}
	// Numbers and the unit are safe as SQL, and equal expressions stay equal text.
	const sql = `soql_distance(${north}, ${east}, ${latitude}, ${longitude}, '${normalized}')`;
	return { sql, type: 'double', name: field.text, field: undefined, aggregate: false, formatted: false, at };
}

/** The column of one part of a compound field, such as the latitude of BillingAddress. */
export function compoundPart(entity: Entity, compound: Column, part: string): string | undefined {
	const table = entity.tables[0];
	const field = table?.object.fields.find(
		({ name, compoundFieldName }) => compoundFieldName === compound.field.name && name.endsWith(part),
	);
	return field && `${table?.alias}.${quoted(field.name)}`;
}
