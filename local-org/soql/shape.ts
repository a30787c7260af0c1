import type { ObjectSchema } from '../schema/types';
import { SoqlError } from './errors';
import { typeSql } from './scope';
import type { Entity } from './scope';
import { quoted } from './statement';
import type { Statement } from './statement';
import type { SObjectJson } from './types';

/** One row as SQLite returns it, by column number. */
export type Row = unknown[];

type Reader = (row: Row) => unknown;

/** The columns of a SELECT; the same SQL twice is one column. */
export class Columns {
	private readonly sql = new Map<string, number>();

	/** The number of the column that holds this SQL. */
	index(sql: string): number {
		const known = this.sql.get(sql);
		if (known !== undefined) return known;
		this.sql.set(sql, this.sql.size);
		return this.sql.size - 1;
	}

	/** The SELECT list. */
	list(): string {
		return [...this.sql.keys()].map((sql, index) => `${sql} AS c${index}`).join(', ');
	}

	get count(): number {
		return this.sql.size;
	}
}

/** How one record, or one parent inside it, is built from a row: its members in the order selected. */
export class Shape {
	private readonly members = new Map<string, { key: string; read: Reader }>();
	private readonly parents = new Map<string, Shape>();
	private readonly idColumn: number;
	private readonly typeColumn: number | undefined;

	/**
	 * @param named whether a polymorphic parent says `Name` as its type, as it does everywhere but in TYPEOF
	 */
	constructor(
		private readonly statement: Statement,
		private readonly columns: Columns,
		private readonly entity: Entity,
		private readonly named: boolean,
	) {
		this.idColumn = columns.index(idSql(entity));
		this.typeColumn = entity.tables.length > 1 ? columns.index(typeSql(entity)) : undefined;
	}

	/**
	 * Adds a member.
	 * @throws SoqlError INVALID_FIELD when its name is taken
	 */
	add(key: string, read: Reader, path = key): void {
		const lower = key.toLowerCase();
		if (this.members.has(lower)) throw new SoqlError('INVALID_FIELD', `duplicate field selected: ${path}`);
		this.members.set(lower, { key, read });
	}

	/** Whether a member of this name is there already. */
	has(key: string): boolean {
		return this.members.has(key.toLowerCase());
	}

	/** The shape of a parent, made at its first mention. */
	parent(key: string, entity: Entity): Shape {
		const known = this.parents.get(key);
		if (known) return known;
		const shape = new Shape(this.statement, this.columns, entity, entity.polymorphic);
		this.parents.set(key, shape);
		this.add(key, (row) => shape.read(row));
		return shape;
	}

	/** The record of a row, or null when a parent is not there. */
	read(row: Row): SObjectJson | null {
		const id = row[this.idColumn];
		if (typeof id !== 'string') return null;
		const type = this.type(row);
		const record: SObjectJson = {
			attributes: { type: this.named ? this.entity.name : type, url: this.statement.context.recordUrl(type, id) },
		};
		for (const { key, read } of this.members.values()) record[key] = read(row);
		return record;
	}

	/** The ID of a row's record. */
	id(row: Row): string {
		return String(row[this.idColumn]);
	}

	/** The object of a row's record. */
	type(row: Row): string {
		return this.typeColumn === undefined ? firstObject(this.entity).name : String(row[this.typeColumn]);
	}
}

function idSql(entity: Entity): string {
	const ids = entity.tables.map(({ alias }) => `${alias}.${quoted('Id')}`);
	return ids.length > 1 ? `COALESCE(${ids.join(', ')})` : (ids[0] ?? 'NULL');
}

function firstObject(entity: Entity): ObjectSchema {
	const object = entity.tables[0]?.object;
	if (!object) throw new Error(`${entity.name} has no table`);
	return object;
}
