import type { FieldSchema } from '../schema/types';
import type { Condition, Name, Query, Selection } from './grammar/ast';
import { childPlan } from './children';
import { SoqlError, UnsupportedSoql } from './errors';
import { isLongTextArea } from './fieldTypes';
import { compoundPart, operandOf } from './operands';
import type { Operand } from './operands';
import type { RecordPlan } from './plan';
import type { Entity, Scope } from './scope';
import { Columns, Shape } from './shape';
import type { Row } from './shape';
import type { SObjectJson } from './types';
import { formattedValue, jsonValue } from './values';

/** FIELDS() came with this API version (docs:soql-sosl/fields). */
const FIELDS_SINCE = 51;
/** FIELDS(ALL) and FIELDS(CUSTOM) want a LIMIT of at most this (docs:soql-sosl/fields). */
const MAX_FIELDS_LIMIT = 200;
/** Child subqueries in one query (docs:soql-sosl, relationship query limits). */
const MAX_SUBQUERIES = 20;

/**
 * Compiles the SELECT list of a query for records.
 * @throws SoqlError for fields and forms that do not fit
 */
export function recordPlan(scope: Scope, query: Query, level: number): RecordPlan {
	return new Selector(scope, query, level).plan;
}

class Selector {
	readonly plan: RecordPlan;

	constructor(
		private readonly scope: Scope,
		private readonly query: Query,
		private readonly level: number,
	) {
		const columns = new Columns();
		const shape = new Shape(scope.statement, columns, scope.root, false);
		this.plan = { columns, shape, children: [], textAreas: 0 };
		for (const selection of query.selections) this.add(selection);
	}

	private add(selection: Selection): void {
		if (selection.kind === 'subquery') return this.addChildren(selection);
		if (selection.kind === 'typeof') return this.addTypeof(selection);
		const { expression, alias } = selection;
		if (expression.kind === 'field') {
			this.addField(this.plan.shape, this.scope.root, expression.name);
			if (alias) throw new SoqlError('MALFORMED_QUERY', 'only aggregate expressions use field aliasing');
			return;
		}
		if (expression.kind === 'call' && expression.function === 'fields') {
			const which = expression.argument.kind === 'field' ? expression.argument.name : { text: '', at: expression.at };
			return this.addFields(which);
		}
		const operand = operandOf(this.scope, expression);
		this.addOperand(alias?.text ?? operand.name, operand);
	}

	private addOperand(key: string, operand: Operand): void {
		const column = this.plan.columns.index(operand.sql);
		const { timeZone } = this.scope.statement.context;
		const { type, formatted } = operand;
		this.plan.shape.add(key, (row) =>
			formatted ? formattedValue(type, row[column], timeZone) : jsonValue(type, row[column]),
		);
	}

	private addField(base: Shape, from: Entity, name: Name): void {
		const { entity, column, relationships } =
			from === this.scope.root
				? this.scope.resolve(name)
				: { entity: from, column: this.scope.column(from, name.text, name), relationships: [] };
		let shape = base;
		for (const relationship of relationships) shape = shape.parent(relationship.key, relationship.entity);
		if (isLongTextArea(column.field)) this.plan.textAreas++;
		shape.add(column.field.name, this.reader(entity, column), name.text);
	}

	private reader(entity: Entity, column: { sql: string; field: FieldSchema }): (row: Row) => unknown {
		const { type } = column.field;
		if (type === 'address') return this.addressReader(entity, column);
		if (type === 'base64') return this.blobReader(entity, column);
		const index = this.plan.columns.index(column.sql);
		if (type === 'boolean' || type === 'datetime' || type === 'anyType') return (row) => jsonValue(type, row[index]);
		return (row) => row[index];
	}

	/** A file: where its bytes are. */
	private blobReader(entity: Entity, { sql, field }: { sql: string; field: FieldSchema }): (row: Row) => unknown {
		const { columns } = this.plan;
		const table = entity.tables[0];
		const [id, isThere] = [columns.index(`${table?.alias}."Id"`), columns.index(`(${sql} IS NOT NULL)`)];
		const { recordUrl } = this.scope.statement.context;
		const url = (row: Row) => `${recordUrl(table?.object.name ?? '', String(row[id]))}/${field.name}`;
		return (row) => (row[isThere] === 1 ? url(row) : null);
	}

	/** A compound address: an object of its parts, or null when all are empty. */
	private addressReader(entity: Entity, column: { sql: string; field: FieldSchema }): (row: Row) => unknown {
		const parts = ADDRESS_PARTS.flatMap(([key, suffix]) => {
			const sql = compoundPart(entity, column, suffix);
			return sql ? [{ key, index: this.plan.columns.index(sql) }] : [];
		});
		return (row) => {
			if (parts.every(({ index }) => row[index] === null)) return null;
			return Object.fromEntries(parts.map(({ key, index }) => [key, row[index]]));
		};
	}

	private addFields(which: Name): void {
		const kind = which.text.toUpperCase();
		const { limit } = this.query;
		const { statement } = this.scope;
		if (statement.context.apiVersion < FIELDS_SINCE) {
			// Assumed: before, FIELDS was a field's name, and the bracket behind it too much.
			throw statement.unexpected(statement.soql.lastIndexOf('(', which.at), '(');
		}
		if (kind !== 'ALL' && kind !== 'CUSTOM' && kind !== 'STANDARD') {
			// The wording is assumed.
			throw statement.unexpected(which.at, which.text);
		}
		const isBounded = (limit && limit.value <= MAX_FIELDS_LIMIT) || namesRecords(this.query.where);
		if (kind !== 'STANDARD' && !isBounded) {
			throw new SoqlError(
				'MALFORMED_QUERY',
				`The SOQL FIELDS function must have a LIMIT of at most ${MAX_FIELDS_LIMIT}`,
			);
		}
		for (const { name, custom, type } of this.scope.object.fields) {
			const isCustom = custom ?? name.endsWith('__c');
			if (type !== 'base64' && (kind === 'ALL' || isCustom === (kind === 'CUSTOM'))) {
				this.addField(this.plan.shape, this.scope.root, { text: name, at: which.at });
			}
		}
	}

	private addChildren({ query, alias }: Selection & { kind: 'subquery' }): void {
		if (alias) throw new SoqlError('MALFORMED_QUERY', 'only aggregate expressions use field aliasing');
		const child = childPlan(this.scope, this.query, query, this.level + 1, recordPlan);
		this.plan.children.push(child);
		if (this.plan.children.length > MAX_SUBQUERIES) {
			// The wording is assumed.
			throw new SoqlError('MALFORMED_QUERY', `A query can have at most ${MAX_SUBQUERIES} child subqueries`);
		}
		this.plan.shape.add(child.key, (row) => child.recordsOf(this.plan.shape.id(row)));
	}

	/** TYPEOF: for each object its own fields, for all others those behind ELSE; no reference gives null. */
	private addTypeof({ relationship, whens, otherwise, at }: Selection & { kind: 'typeof' }): void {
		const { statement } = this.scope;
		const { entity, key } = this.scope.parent(relationship);
		if (!entity.polymorphic) {
			// The wording is assumed.
			throw statement.error(at, 'MALFORMED_QUERY', `TYPEOF needs a polymorphic relationship: ${relationship.text}`);
		}
		const shapes = new Map<string, Shape>();
		for (const { object, fields } of whens) {
			const table = entity.tables.find(
				(candidate) => candidate.object.name.toLowerCase() === object.text.toLowerCase(),
			);
			if (!table) {
				// The wording is assumed.
				throw statement.error(object.at, 'INVALID_TYPE', `sObject type '${object.text}' is not supported.`);
			}
			const branch: Entity = { ...entity, name: table.object.name, tables: [table], polymorphic: false };
			const shape = new Shape(statement, this.plan.columns, branch, false);
			for (const field of fields) this.addTypeofField(shape, branch, field);
			shapes.set(table.object.name, shape);
		}
		const rest = new Shape(statement, this.plan.columns, entity, false);
		for (const field of otherwise) this.addTypeofField(rest, entity, field);
		this.plan.shape.add(key, (row): SObjectJson | null => (shapes.get(rest.type(row)) ?? rest).read(row));
	}

	/** The documentation does not say whether TYPEOF goes on to parents. */
	private addTypeofField(shape: Shape, entity: Entity, field: Name): void {
		if (field.text.includes('.')) throw new UnsupportedSoql(`${field.text} in TYPEOF`);
		this.addField(shape, entity, field);
	}
}

/** Whether a query asks for records by their IDs, 200 at most (docs:soql-sosl/fields). */
function namesRecords(condition: Condition | undefined): boolean {
	if (condition?.kind === 'and') return condition.parts.some(namesRecords);
	if (condition?.kind !== 'in' || condition.negated || condition.left.kind !== 'field') return false;
	return condition.left.name.text.toLowerCase() === 'id' && condition.values.length <= MAX_FIELDS_LIMIT;
}

/** The members of a compound address and the ends of its parts' names (recorded: Account of API 58). */
const ADDRESS_PARTS = [
	['city', 'City'],
	['country', 'Country'],
	['countryCode', 'CountryCode'],
	['geocodeAccuracy', 'GeocodeAccuracy'],
	['latitude', 'Latitude'],
	['longitude', 'Longitude'],
	['postalCode', 'PostalCode'],
	['state', 'State'],
	['stateCode', 'StateCode'],
	['street', 'Street'],
] as const;
