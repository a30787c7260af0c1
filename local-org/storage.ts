import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { openDatabase } from './database';
import type { Database } from './database';
import { mintId, mintedNumber } from './ids';
import type { FieldSchema, ObjectSchema } from './schema/types';

/** A stored record, or a part of it: field API names and what SQLite holds for them. */
export type Row = Record<string, SQLInputValue>;

/** Statements kept prepared; a caller with ever new sets of fields would otherwise fill the memory. */
const STATEMENTS_KEPT = 1000;

/** Rows from which on a table has its indexes: most tables stay smaller, and making all of them is a third of the start. */
const ROWS_WITHOUT_INDEX = 128;

const quoted = (name: string) => `"${name}"`;

/** What a field's column is declared as; every other type is text that compares without regard to case. */
const COLUMN_TYPES: Partial<Record<FieldSchema['type'], string>> = {
	boolean: 'INTEGER',
	int: 'INTEGER',
	double: 'REAL',
	currency: 'REAL',
	percent: 'REAL',
	id: 'TEXT',
	reference: 'TEXT',
	date: 'TEXT',
	datetime: 'TEXT',
	time: 'TEXT',
	anyType: 'TEXT',
};

function columnType({ type, caseSensitive }: FieldSchema): string {
	return COLUMN_TYPES[type] ?? (caseSensitive ? 'TEXT' : 'TEXT COLLATE NOCASE');
}

function defaultClause({ defaultValue }: FieldSchema): string {
	if (defaultValue === undefined || defaultValue === null) return '';
	const literal = typeof defaultValue === 'string' ? `'${defaultValue.replaceAll("'", "''")}'` : Number(defaultValue);
	return ` DEFAULT ${literal}`;
}

const isStored = (field: FieldSchema) => field.type !== 'address';
/** Who wrote a record is in every one and asked for so seldom that an index would only slow writing down. */
const AUTHORS = ['CreatedById', 'LastModifiedById'];
const isIndexed = ({ name, type, externalId, unique, idLookup }: FieldSchema) =>
	type !== 'id' && (externalId || unique || idLookup || (type === 'reference' && !AUTHORS.includes(name)));

function indexOf(object: string, { name }: FieldSchema): string {
	return `CREATE INDEX IF NOT EXISTS ${quoted(`${object}.${name}`)} ON ${quoted(object)} (${quoted(name)}) WHERE ${quoted(name)} IS NOT NULL;`;
}

/** SQL for an object: its table, and the indexes that the table is to have. */
interface Table {
	object: string;
	sql: string;
	indexes: string[];
}

/** Most objects are the same in every org. */
const known = new WeakMap<ObjectSchema, Table>();

function tableOf(object: ObjectSchema): Table {
	let table = known.get(object);
	if (!table) {
		const columns = object.fields
			.filter(isStored)
			.map((field) =>
				field.type === 'id'
					? `${quoted(field.name)} TEXT PRIMARY KEY`
					: quoted(field.name) + ' ' + columnType(field) + defaultClause(field),
			);
		table = {
			object: object.name,
			sql: `CREATE TABLE IF NOT EXISTS ${quoted(object.name)} (${columns.join(', ')});`,
			indexes: object.fields.filter(isIndexed).map((field) => indexOf(object.name, field)),
		};
		known.set(object, table);
	}
	return table;
}

/**
 * The org's records in SQLite: a table for each object, named as it, with a column for each field that is no
 * compound. Text compares without regard to case, except IDs; booleans are 0 and 1; date-times are
 * `2026-05-01T07:25:37.000Z`.
 */
export class Storage {
	/** Undefined when it is closed. */
	private opened: Database | undefined;
	/** Whether it began without a row. */
	private readonly isNew: boolean;
	/** Whether tables have got columns or indexes that `opened` has not been told of. */
	private isAltered = false;
	private readonly lastNumber = new Map<string, number>();
	private depth = 0;
	/** The indexes that a table is to have once it is large enough, and how many rows have come into it. */
	private readonly toIndex = new Map<string, { sql: string[]; rows: number }>();
	/** Tables indexed in the present transaction, which may undo it. */
	private readonly indexedNow = new Map<string, { sql: string[]; rows: number }>();
	/** Called before the outermost transaction ends, inside it, and after it has ended. */
	beforeCommit: () => void = () => undefined;
	afterCommit: () => void = () => undefined;
	/** Called when a transaction, or a part of one, was undone. */
	afterRollback: () => void = () => undefined;

	/**
	 * Opens a file, or a database in memory for `:memory:`, and makes the tables that are missing in it.
	 *
	 * @param objects each has a table
	 * @param more SQL of tables beside those
	 */
	constructor(file: string, objects: ObjectSchema[], more: string[] = []) {
		const tables = objects.map((object) => tableOf(object));
		this.isNew = file === ':memory:';
		this.opened = openDatabase(file, [...tables.map(({ sql }) => sql), ...more].join('\n'));
		for (const { object, indexes } of tables) this.toIndex.set(object, { sql: [...indexes], rows: 0 });
		if (!this.isNew) this.indexAll();
	}

	/** @throws when it is closed */
	get database(): DatabaseSync {
		return this.open.connection;
	}

	private get open(): Database {
		if (this.opened === undefined) throw new Error('The database is closed');
		return this.opened;
	}

	/** Gives every table its indexes now, as a query's plan wants them. */
	indexAll(): void {
		for (const object of [...this.toIndex.keys()]) this.makeIndexes(object);
	}

	private makeIndexes(object: string): void {
		const waiting = this.toIndex.get(object);
		if (!waiting) return;
		this.toIndex.delete(object);
		if (waiting.sql.length === 0) return;
		if (this.depth > 0) this.indexedNow.set(object, waiting);
		this.alter(waiting.sql.join('\n'));
	}

	private alter(sql: string): void {
		this.database.exec(sql);
		this.isAltered = true;
		this.tellAltered();
	}

	/** Tells that tables were altered, once no transaction is under way. */
	private tellAltered(): void {
		if (!this.isAltered || this.depth > 0) return;
		this.open.keep();
		this.isAltered = false;
	}

	/** Adds the column of a new field, unless a reopened file has it. */
	addColumn(object: string, field: FieldSchema): void {
		const columns = this.database.prepare(`SELECT name FROM pragma_table_info('${object}')`).all();
		if (!columns.some(({ name }) => name === field.name)) {
			this.alter(
				`ALTER TABLE ${quoted(object)} ADD COLUMN ${quoted(field.name)} ${columnType(field)}${defaultClause(field)}`,
			);
		}
		if (isIndexed(field)) {
			const waiting = this.toIndex.get(object);
			if (waiting) waiting.sql.push(indexOf(object, field));
			else this.alter(indexOf(object, field));
		}
		this.open.statements.clear();
	}

	/** A new ID of a key prefix. */
	nextId(object: string, keyPrefix: string): string {
		const last = this.lastNumber.get(object) ?? this.largestNumber(object, keyPrefix);
		this.lastNumber.set(object, last + 1);
		return mintId(keyPrefix, last + 1);
	}

	insert(object: string, row: Row): void {
		const waiting = this.toIndex.get(object);
		if (waiting && ++waiting.rows > ROWS_WITHOUT_INDEX) this.makeIndexes(object);
		const names = Object.keys(row);
		const sql = () =>
			`INSERT INTO ${quoted(object)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
		this.prepared(`insert ${object} ${names.join(' ')}`, sql).run(...Object.values(row));
	}

	update(object: string, id: string, changes: Row): void {
		const names = Object.keys(changes);
		if (names.length === 0) return;
		const sql = () =>
			`UPDATE ${quoted(object)} SET ${names.map((name) => `${quoted(name)} = ?`).join(', ')} WHERE "Id" = ?`;
		this.prepared(`update ${object} ${names.join(' ')}`, sql).run(...Object.values(changes), id);
	}

	/** Removes a record for good. */
	erase(object: string, id: string): void {
		this.prepared(`erase ${object}`, () => `DELETE FROM ${quoted(object)} WHERE "Id" = ?`).run(id);
	}

	/** The record of this 18-character ID, even when it lies in the recycle bin. */
	find(object: string, id: string): Row | undefined {
		return this.prepared(`find ${object}`, () => `SELECT * FROM ${quoted(object)} WHERE "Id" = ?`).get(id) as
			| Row
			| undefined;
	}

	/** One field of such a record; undefined when it is not there. A User has some two hundred others. */
	value(object: string, id: string, field: string): SQLInputValue | undefined {
		const sql = () => `SELECT ${quoted(field)} FROM ${quoted(object)} WHERE "Id" = ?`;
		return (this.prepared(`value ${object} ${field}`, sql).get(id) as Row | undefined)?.[field];
	}

	/** Whether a record of this ID is there and not in the recycle bin; quicker than reading all its fields. */
	isLiving(object: ObjectSchema, id: string): boolean {
		const hasBin = object.fields.some(({ name }) => name === 'IsDeleted');
		const sql = () => `SELECT 1 FROM ${quoted(object.name)} WHERE "Id" = ?${hasBin ? ' AND "IsDeleted" = 0' : ''}`;
		return this.prepared(`living ${object.name}`, sql).get(id) !== undefined;
	}

	/**
	 * The records whose field has this value, recycle bin included; text is compared without regard to case unless
	 * `exact`.
	 */
	findBy(object: string, field: string, value: SQLInputValue, exact = false): Row[] {
		// Numbered parameters, `?1`, are not bound before Node.js 24.
		const binary = exact ? ` AND ${quoted(field)} = ? COLLATE BINARY` : '';
		const sql = () => `SELECT * FROM ${quoted(object)} WHERE ${quoted(field)} = ?${binary} ORDER BY "Id"`;
		const values = exact ? [value, value] : [value];
		return this.prepared(`findBy ${object} ${field} ${exact}`, sql).all(...values) as Row[];
	}

	/** Runs any statement with its parameters; what it selects comes back as rows. */
	all(sql: string, ...values: SQLInputValue[]): Row[] {
		return this.prepared(sql, () => sql).all(...values) as Row[];
	}

	/** Runs any statement that changes rows. */
	run(sql: string, ...values: SQLInputValue[]): void {
		this.prepared(sql, () => sql).run(...values);
	}

	/** Does the work as a whole or not at all: what it throws undoes what it wrote. May be nested. */
	transaction<T>(work: () => T): T {
		const name = `level${this.depth++}`;
		this.database.exec(`SAVEPOINT ${name}`);
		let result: T;
		try {
			result = work();
			if (this.depth === 1) this.beforeCommit();
			this.database.exec(`RELEASE ${name}`);
		} catch (error) {
			this.database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
			// Their indexes may be undone as well: they are made again with the next row, where they are not there.
			for (const [object, waiting] of this.indexedNow) this.toIndex.set(object, waiting);
			this.indexedNow.clear();
			this.afterRollback();
			throw error;
		} finally {
			this.depth--;
			this.tellAltered();
		}
		if (this.depth > 0) return result;
		this.indexedNow.clear();
		this.afterCommit();
		return result;
	}

	/** A number that is kept with the records: a transaction that is undone takes its change back too. */
	get mark(): number {
		return Number(this.database.prepare('PRAGMA user_version').get()?.user_version);
	}

	set mark(mark: number) {
		this.database.exec(`PRAGMA user_version = ${mark}`);
	}

	/** May be called again. */
	close(): void {
		this.opened?.close();
		this.opened = undefined;
	}

	private largestNumber(object: string, keyPrefix: string): number {
		if (this.isNew && this.toIndex.get(object)?.rows === 0) return 0;
		const [row] = this.all(`SELECT max("Id") AS id FROM ${quoted(object)} WHERE "Id" LIKE ?`, `${keyPrefix}Lo0%`);
		return typeof row?.id === 'string' ? mintedNumber(row.id) : 0;
	}

	private prepared(key: string, sql: () => string): StatementSync {
		const { connection, statements } = this.open;
		let statement = statements.get(key);
		if (!statement) {
			if (statements.size >= STATEMENTS_KEPT) statements.clear();
			statement = connection.prepare(sql());
			statements.set(key, statement);
		}
		return statement;
	}
}
