import type { Storage } from '../storage';

/** An event as it is kept. */
export interface KeptEvent {
	/** Where it stands among all events of the org; later ones have larger numbers, not always the next. */
	replayId: number;
	/** `/data/CaseChangeEvent` or `/event/Seat_Freed__e` */
	channel: string;
	payload: Record<string, unknown>;
}

/** The channel of all change events, which stands for every channel of one object. */
export const ALL_CHANGES = '/data/ChangeEvents';

/** SQL of the table that events are kept in. */
export const EVENT_TABLE = `
	CREATE TABLE IF NOT EXISTS "#Events" ("ReplayId" INTEGER PRIMARY KEY AUTOINCREMENT, "Channel" TEXT, "At" INTEGER, "Payload" TEXT);
	CREATE INDEX IF NOT EXISTS "#Events.At" ON "#Events" ("At");`;

/** The events of an org, kept for replay until they are too old. */
export class EventLog {
	constructor(private readonly storage: Storage) {}

	/** Keeps an event; `at` is in milliseconds since 1970. */
	add(channel: string, at: number, payload: Record<string, unknown>): void {
		this.storage.run(
			'INSERT INTO "#Events" ("Channel", "At", "Payload") VALUES (?, ?, ?)',
			channel,
			at,
			JSON.stringify(payload),
		);
	}

	/** The events of a channel behind a replay ID, the oldest first, so many at most. */
	after(channel: string, replayId: number, limit: number): KeptEvent[] {
		const wanted = channel === ALL_CHANGES ? '/data/%' : channel;
		return this.storage
			.all(
				'SELECT * FROM "#Events" WHERE "ReplayId" > ? AND "Channel" LIKE ? ORDER BY "ReplayId" LIMIT ?',
				replayId,
				wanted,
				limit,
			)
			.map((row) => ({
				replayId: Number(row.ReplayId),
				channel: String(row.Channel),
				payload: JSON.parse(String(row.Payload)) as Record<string, unknown>,
			}));
	}

	/** Whether this event is still kept. */
	has(replayId: number): boolean {
		return this.storage.all('SELECT 1 FROM "#Events" WHERE "ReplayId" = ?', replayId).length > 0;
	}

	/** The replay ID of the last event there was. */
	latest(): number {
		const [row] = this.storage.all(`SELECT "seq" FROM "sqlite_sequence" WHERE "name" = '#Events'`);
		return Number(row?.seq ?? 0);
	}

	/** Forgets the events of before a moment, in milliseconds since 1970. */
	purge(before: number): void {
		this.storage.run('DELETE FROM "#Events" WHERE "At" < ?', before);
	}
}
