import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { mintId, mintedNumber } from './ids';
import type { FieldSchema, ObjectSchema } from './schema/types';

/** A stored record, or a part of it: field API names and what SQLite holds for them. */
export type Row = Record<string, SQLInputValue>;

/** Statements kept prepared; a caller with ever new sets of fields would otherwise fill the memory. */
const STATEMENTS_KEPT = 1000;

/** Rows from which on a table has its indexes: most tables stay smaller, and making all of them is a third of the start. */
const ROWS_WITHOUT_INDEX = 32;

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

/**
 * The org's records in SQLite: a table for each object, named as it, with a column for each field that is no
 * compound. Text compares without regard to case, except IDs; booleans are 0 and 1; date-times are
 * `2026-05-01T07:25:37.000Z`.
 */
export class Storage {
	readonly database: DatabaseSync;
	private readonly isInMemory: boolean;
	private readonly statements = new Map<string, StatementSync>();
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

	/** Opens a file, or a database in memory for `:memory:`. */
	constructor(file: string) {
		this.database = new DatabaseSync(file);
		this.isInMemory = file === ':memory:';
		// A test org that loses its last write when the machine stops loses nothing that matters.
		this.database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;');
	}

	/** Makes the tables of these objects where they are missing, all in one go: one by one they cost a third of the start. */
	createTables(objects: ObjectSchema[]): void {
		const sql = objects.map((object) => {
			const columns = object.fields
				.filter(isStored)
				.map((field) =>
					field.type === 'id'
						? `${quoted(field.name)} TEXT PRIMARY KEY`
						: quoted(field.name) + ' ' + columnType(field) + defaultClause(field),
				);
			const indexes = object.fields.filter(isIndexed).map((field) => this.indexOf(object.name, field));
			this.toIndex.set(object.name, { sql: indexes, rows: 0 });
			return `CREATE TABLE IF NOT EXISTS ${quoted(object.name)} (${columns.join(', ')});`;
		});
		this.transaction(() => this.database.exec(sql.join('\n')));
		if (!this.isInMemory) this.indexAll();
	}

	/** Gives every table its indexes now, as a query's plan wants them. */
	indexAll(): void {
		for (const object of [...this.toIndex.keys()]) this.makeIndexes(object);
	}

	private makeIndexes(object: string): void {
		const waiting = this.toIndex.get(object);
		if (!waiting) return;
		this.toIndex.delete(object);
		if (this.depth > 0) this.indexedNow.set(object, waiting);
		this.database.exec(waiting.sql.join('\n'));
	}

	/** Adds the column of a new field, unless a reopened file has it. */
	addColumn(object: string, field: FieldSchema): void {
		const columns = this.database.prepare(`SELECT name FROM pragma_table_info('${object}')`).all();
		if (!columns.some(({ name }) => name === field.name)) {
			this.database.exec(
				`ALTER TABLE ${quoted(object)} ADD COLUMN ${quoted(field.name)} ${columnType(field)}${defaultClause(field)}`,
			);
		}
		if (isIndexed(field)) {
			const waiting = this.toIndex.get(object);
			if (waiting) waiting.sql.push(this.indexOf(object, field));
			else this.database.exec(this.indexOf(object, field));
		}
		this.statements.clear();
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
		const binary = exact ? ` AND ${quoted(field)} = ?1 COLLATE BINARY` : '';
		const sql = () => `SELECT * FROM ${quoted(object)} WHERE ${quoted(field)} = ?1${binary} ORDER BY "Id"`;
		return this.prepared(`findBy ${object} ${field} ${exact}`, sql).all(value) as Row[];
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

	close(): void {
		this.statements.clear();
		this.database.close();
	}

	private largestNumber(object: string, keyPrefix: string): number {
		const [row] = this.all(`SELECT max("Id") AS id FROM ${quoted(object)} WHERE "Id" LIKE ?`, `${keyPrefix}Lo0%`);
		return typeof row?.id === 'string' ? mintedNumber(row.id) : 0;
	}

	private indexOf(object: string, field: FieldSchema): string {
		return `CREATE INDEX IF NOT EXISTS ${quoted(`${object}.${field.name}`)} ON ${quoted(object)} (${quoted(field.name)}) WHERE ${quoted(field.name)} IS NOT NULL;`;
	}

	private prepared(key: string, sql: () => string): StatementSync {
		let statement = this.statements.get(key);
		if (!statement) {
			if (this.statements.size >= STATEMENTS_KEPT) this.statements.clear();
			statement = this.database.prepare(sql());
			this.statements.set(key, statement);
		}
		return statement;
	}
}
