import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';

/** An open database, and the statements that were prepared on it. */
export interface Database {
	readonly connection: DatabaseSync;
	readonly statements: Map<string, StatementSync>;
	/** What made its tables. */
	readonly tables: string;
	/** Takes over what was done to its tables: nobody can have it after. Outside of any transaction. */
	keep(): void;
	/** Ends its use. */
	close(): void;
}

/** Databases in memory that are kept when their org has ended. */
const KEPT = 12;

/**
 * Databases in memory whose orgs have ended, without any rows; the oldest first. To make the tables and to prepare
 * statements takes longer than all else in the life of an org that serves one test.
 */
const empty: Database[] = [];

/**
 * Opens a database.
 *
 * @param file its path, or `:memory:`
 * @param tables SQL that makes its tables where they are missing
 */
export function openDatabase(file: string, tables: string): Database {
	if (file === ':memory:') return emptyDatabase(tables);
	const connection = open(file, tables);
	return { connection, statements: new Map(), tables, keep: () => {}, close: () => connection.close() };
}

function emptyDatabase(tables: string): Database {
	const at = empty.findIndex((database) => database.tables === tables);
	const [kept] = at < 0 ? [] : empty.splice(at, 1);
	if (kept) return kept;
	const connection = open(':memory:', tables);
	connection.exec('SAVEPOINT empty');
	let isKept = false;
	const database: Database = {
		connection,
		statements: new Map(),
		tables,
		// With its tables altered, each record that is undone would let SQLite read all definitions again.
		keep: () => {
			if (!isKept) connection.exec('RELEASE empty');
			isKept = true;
		},
		close: () => {
			if (isKept) return connection.close();
			connection.exec('ROLLBACK TO empty');
			empty.push(database);
			if (empty.length > KEPT) empty.shift()?.connection.close();
		},
	};
	return database;
}

function open(file: string, tables: string): DatabaseSync {
	const connection = new DatabaseSync(file);
	// A test org that loses its last write when the machine stops loses nothing that matters.
	connection.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;');
	// All in one go: one by one they cost a third of the start.
	connection.exec(`BEGIN; ${tables} COMMIT;`);
	return connection;
}
