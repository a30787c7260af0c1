import type { SQLInputValue } from 'node:sqlite';
import type { Row, Storage } from '../storage';

/** A record that was deleted. */
export interface Deleted {
	object: string;
	id: string;
	/** The record whose deletion took this one along; the record itself when it was deleted by itself. */
	root: string;
	/** `2026-05-01T07:25:37.000Z` */
	at: string;
	/** Whether it can be restored: it lies in the bin, and not only in the log of what was deleted. */
	restorable: boolean;
}

/** A lookup that was emptied because the record that it pointed to was deleted. */
export interface Emptied {
	object: string;
	id: string;
	field: string;
	value: string;
}

const read = (row: Row): Deleted => ({
	object: String(row.Object),
	id: String(row.Id),
	root: String(row.Root),
	at: String(row.At),
	restorable: row.Restorable === 1,
});

/** SQL of the tables that it is kept in. */
export const BIN_TABLES = `
	CREATE TABLE IF NOT EXISTS "#Deleted" ("Id" TEXT PRIMARY KEY, "Object" TEXT, "Root" TEXT, "At" TEXT, "Restorable" INTEGER);
	CREATE INDEX IF NOT EXISTS "#Deleted.Root" ON "#Deleted" ("Root");
	CREATE INDEX IF NOT EXISTS "#Deleted.At" ON "#Deleted" ("At");
	CREATE TABLE IF NOT EXISTS "#Emptied" ("Root" TEXT, "Object" TEXT, "Id" TEXT, "Field" TEXT, "Value" TEXT);
	CREATE INDEX IF NOT EXISTS "#Emptied.Root" ON "#Emptied" ("Root");`;

/**
 * What was deleted, when, and together with what: the recycle bin and the log that Get Deleted answers from. The
 * records themselves stay in their tables, marked by IsDeleted, as long as they lie in the bin.
 */
export class RecycleBin {
	constructor(private readonly storage: Storage) {}

	/** Notes a record as deleted. */
	put({ object, id, root, at, restorable }: Deleted): void {
		this.storage.run(
			'INSERT OR REPLACE INTO "#Deleted" ("Id", "Object", "Root", "At", "Restorable") VALUES (?, ?, ?, ?, ?)',
			id,
			object,
			root,
			at,
			Number(restorable),
		);
	}

	/** Notes a lookup that a deletion empties. */
	empty(root: string, { object, id, field, value }: Emptied): void {
		this.storage.run('INSERT INTO "#Emptied" VALUES (?, ?, ?, ?, ?)', root, object, id, field, value);
	}

	/** What is known of a deleted record. */
	find(id: string): Deleted | undefined {
		const [row] = this.storage.all('SELECT * FROM "#Deleted" WHERE "Id" = ?', id);
		return row && read(row);
	}

	/** A record and what its deletion took along. */
	with(root: string): Deleted[] {
		return this.storage.all('SELECT * FROM "#Deleted" WHERE "Root" = ? ORDER BY rowid', root).map(read);
	}

	/** The lookups that a deletion emptied. */
	emptiedWith(root: string): Emptied[] {
		return this.storage.all('SELECT * FROM "#Emptied" WHERE "Root" = ?', root).map((row) => ({
			object: String(row.Object),
			id: String(row.Id),
			field: String(row.Field),
			value: String(row.Value),
		}));
	}

	/** Forgets a deletion: its records are restored. */
	restored(root: string): void {
		this.storage.run('DELETE FROM "#Deleted" WHERE "Root" = ?', root);
		this.storage.run('DELETE FROM "#Emptied" WHERE "Root" = ?', root);
	}

	/** Makes a record one that cannot be restored any more; that it was deleted stays known. */
	lose(id: string): void {
		this.storage.run('UPDATE "#Deleted" SET "Restorable" = 0 WHERE "Id" = ?', id);
	}

	/** The records of an object deleted in a span of time, the end not included, in the order of their deletion. */
	between(object: string, start: SQLInputValue, end: SQLInputValue): Deleted[] {
		return this.storage
			.all(
				'SELECT * FROM "#Deleted" WHERE "Object" = ? AND "At" >= ? AND "At" < ? ORDER BY "At", "Id"',
				object,
				start,
				end,
			)
			.map(read);
	}

	/** Removes for good what was deleted before a moment. */
	purge(before: string): void {
		const rows = this.storage.all('SELECT "Id", "Object", "Root" FROM "#Deleted" WHERE "At" < ?', before);
		if (rows.length === 0) return;
		this.storage.transaction(() => {
			for (const { Id, Object: object, Root } of rows) {
				this.storage.run(`DELETE FROM "${String(object)}" WHERE "Id" = ?`, String(Id));
				this.storage.run('DELETE FROM "#Deleted" WHERE "Id" = ?', String(Id));
				this.storage.run('DELETE FROM "#Emptied" WHERE "Root" = ?', String(Root));
			}
		});
	}
}
