import { createHash } from 'node:crypto';

/** What is remembered of records, as plain data that can be stored. */
export interface Remembered {
	/** The fields that it is made of. */
	of: string;
	/** By record, those that were changed last at the end. */
	states: Record<string, string>;
}

/** The most records of which something is remembered; n8n keeps them with the workflow. */
export const MOST_REMEMBERED = 10_000;

/** What records were like when they were seen last, in a text each, so that a later change can be compared with it. */
export class Memory {
	/** Whether it begins without anything. */
	readonly isNew: boolean;
	private readonly of: string;
	private readonly states: Map<string, string>;

	/**
	 * @param fields what the texts are made of
	 * @param remembered what was stored; of no use when it is made of other fields
	 */
	constructor(fields: readonly string[], remembered?: Remembered) {
		this.of = fields.join();
		this.isNew = remembered?.of !== this.of;
		this.states = new Map(this.isNew ? [] : Object.entries(remembered?.states ?? {}));
	}

	/** Undefined for a record of which nothing is remembered. */
	get(id: string): string | undefined {
		return this.states.get(id);
	}

	/** Remembers a record as the one that was changed last. */
	put(id: string, state: string): void {
		this.states.delete(id);
		this.states.set(id, state);
	}

	/** What is to be stored: of the records that were changed last. */
	stored(): Remembered {
		return { of: this.of, states: Object.fromEntries([...this.states].slice(-MOST_REMEMBERED)) };
	}
}

/** A short text that is another one when one of these fields of a record holds another value. */
export function valuesOf(record: Readonly<Record<string, unknown>>, fields: readonly string[]): string {
	const values = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
	const wanted = fields.map((name) => values.get(name.toLowerCase()) ?? null);
	return createHash('sha256').update(JSON.stringify(wanted)).digest('base64').slice(0, DIGEST_LENGTH);
}

/** 96 bits, so that no two values of a record have the same in practice. */
const DIGEST_LENGTH = 16;
