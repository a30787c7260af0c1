import { createHash, randomUUID } from 'node:crypto';
import { toSecond } from '../clock';
import type { OrgSettings } from '../options';
import type { Storage } from '../storage';
import type { EventLog } from './eventLog';

/** What happened to a record. */
export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';

/** A change that becomes an event when its transaction ends. */
export interface PendingChange {
	object: string;
	changeType: ChangeType;
	id: string;
	userId: string;
	/** `com/salesforce/api/rest/66.0`, or nothing for what a person did. */
	origin: string;
	fields: Record<string, unknown>;
	changedFields: string[];
}

/** A platform event that is published when its transaction ends. */
export interface PendingEvent {
	event: string;
	payload: Record<string, unknown>;
}

/** What the record IDs of an overflow event are (docs:change-data-capture, overflow events). */
const NO_ID = '000000000000000AAA';

/** The channel of an object's change events: `/data/CaseChangeEvent`, `/data/Seat__ChangeEvent`. */
export const channelOf = (object: string): string => `/data/${object.replace(/__c$/, '__')}ChangeEvent`;

/** The ID of the schema that events of a name have: it stays as long as their fields do. */
export const schemaId = (name: string): string => createHash('sha256').update(name).digest('base64url').slice(0, 22);

type Settings = Pick<OrgSettings, 'gapEvents' | 'changeEventsPerTransaction'>;

/** SQL of the table that they are kept in meanwhile, which is there for as long as a database is open. */
export const PENDING_TABLE = 'CREATE TEMP TABLE "#Pending" ("Number" INTEGER PRIMARY KEY, "Json" TEXT);';

/**
 * The events of the transaction that is under way. They are kept in the database until it ends, so that what is undone
 * takes its events along.
 */
export class PendingEvents {
	/** Whether anything was noted since the last transaction; what was undone counts too. */
	private noted = false;
	private commits = 0;

	constructor(
		private readonly storage: Storage,
		private readonly log: EventLog,
		private readonly settings: Settings,
		private readonly clock: () => Date,
	) {}

	note(pending: PendingChange | PendingEvent): void {
		this.noted = true;
		this.storage.run('INSERT INTO temp."#Pending" ("Json") VALUES (?)', JSON.stringify(pending));
	}

	/** Makes events of what is pending. Returns whether there are any. */
	flush(): boolean {
		if (!this.noted) return false;
		this.noted = false;
		const pending = this.storage
			.all('SELECT "Json" FROM temp."#Pending" ORDER BY "Number"')
			.map(({ Json }) => JSON.parse(String(Json)) as PendingChange | PendingEvent);
		if (pending.length === 0) return false;
		this.storage.run('DELETE FROM temp."#Pending"');
		const at = this.clock();
		for (const one of pending) if ('event' in one) this.log.add(`/event/${one.event}`, at.getTime(), one.payload);
		this.tellChanges(
			pending.filter((one) => 'changeType' in one),
			at,
		);
		return true;
	}

	private tellChanges(changes: PendingChange[], at: Date): void {
		const { gapEvents, changeEventsPerTransaction } = this.settings;
		const commitTimestamp = Date.parse(toSecond(at));
		const transactionKey = randomUUID();
		const commitNumber = ++this.commits;
		const told = merged(changes.slice(0, changeEventsPerTransaction), gapEvents);
		const beyond = new Map(changes.slice(changeEventsPerTransaction).map((change) => [change.object, change]));
		const add = ({ change, ids }: Merged, changeType: string, sequenceNumber: number, isWhole: boolean) => {
			const header = {
				commitNumber,
				commitUser: change.userId,
				sequenceNumber,
				entityName: change.object,
				changeType,
				changedFields: isWhole && change.changeType === 'UPDATE' ? change.changedFields : [],
				changeOrigin: change.origin,
				transactionKey,
				commitTimestamp,
				recordIds: ids,
			};
			const payload = { ChangeEventHeader: header, ...(isWhole ? change.fields : {}) };
			this.log.add(channelOf(change.object), at.getTime(), payload);
		};
		// Gap events always have the number 1 (docs:change-data-capture, gap events).
		told.forEach((one, index) =>
			add(one, `${gapEvents ? 'GAP_' : ''}${one.change.changeType}`, gapEvents ? 1 : index + 1, !gapEvents),
		);
		for (const change of beyond.values()) add({ change, ids: [NO_ID] }, 'GAP_OVERFLOW', 1, false);
	}
}

interface Merged {
	change: PendingChange;
	ids: string[];
}

/**
 * The same change of several records of one object in one transaction is one event (docs:change-data-capture, header
 * fields); of new and restored records each has its own.
 */
function merged(changes: PendingChange[], withoutFields: boolean): Merged[] {
	const all: Merged[] = [];
	const known = new Map<string, Merged>();
	for (const change of changes) {
		const { object, changeType, userId, fields } = change;
		const isAlike = withoutFields || changeType === 'UPDATE' || changeType === 'DELETE';
		const key = JSON.stringify([object, changeType, userId, withoutFields ? null : fields]);
		const same = isAlike ? known.get(key) : undefined;
		if (same) {
			same.ids.push(change.id);
			continue;
		}
		const one = { change, ids: [change.id] };
		known.set(key, one);
		all.push(one);
	}
	return all;
}
