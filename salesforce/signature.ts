import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { longRecordId } from './recordId';
import { readJson } from './values/json';

/**
 * What signed records are for. A record that was signed for one use does not pass for another.
 *
 * - `reclaim`: undo records of licenses
 * - `change`: undo records of other writes
 */
export type SignedUse = 'reclaim' | 'change';

/**
 * What a signature says of the record that it came with.
 *
 * - `valid`: the record is as it was signed, in this org and with the credential's present secret
 * - `otherSecret`: it was signed for another use or org, or with another secret, such as an earlier one of the
 *   credential. Whether it was altered cannot be told, and anybody can write such a signature.
 * - `altered`: it was signed with the present secret, and the record is no longer the one that was signed
 * - `unsigned`: there is no signature, or none of ours
 */
export type SignatureVerdict = 'valid' | 'otherSecret' | 'altered' | 'unsigned';

/** Signatures begin with the number of their form, so that there can be others. */
const FORM = '1';

/**
 * Signs records that say what to write back, and checks those that come back: whoever could write such a record
 * would otherwise have the API user's rights.
 *
 * The signature is HMAC-SHA-256 over the record as canonical JSON, so it outlives what happens to a record on its way
 * through n8n: another order of its keys, JSON as text and back, a text column of a Data Table. The key is derived
 * (HKDF-SHA-256, RFC 5869) from the credential's secret and the org's ID, stays within this object, and cannot be
 * computed from a signature.
 *
 * A node gets one from its Org:
 *
 * ```ts
 * const { orgId, userId } = await readIdentity(org);
 * const signer = await org.signer(orgId, 'reclaim');
 * const undo = signer.sign({ version: 1, userId, before, after }); // the record with its `signature`
 * const record = readRecord(parameter); // an object, or its JSON as text
 * if (record === undefined || signer.verdict(record) !== 'valid') refuse();
 * ```
 *
 * Signing and checking take some microseconds a record and no call. Whoever writes should ask for the signer before the
 * first write: it is refused where the credential has no secret.
 */
export class Signer {
	/** Made once: to make one of plain bytes for each signature takes five times as long as the signature. */
	readonly #key: KeyObject;
	private readonly keyId: string;

	/**
	 * @param secret a secret of the credential that was made by a machine: a password could be guessed from signatures
	 * @param orgId of 15 or 18 characters
	 */
	constructor(secret: string, orgId: string, use: SignedUse) {
		const org = longRecordId(orgId.slice(0, 15));
		const key = Buffer.from(hkdfSync('sha256', secret, org, `n8n-nodes-salesforce-ops ${use}`, 32));
		this.#key = createSecretKey(key);
		this.keyId = this.mac('key ID').slice(0, 8);
	}

	/**
	 * The record with a `signature`; one that it had is replaced.
	 * @param record plain data: what JSON can hold
	 */
	sign<T extends object>(record: T): T & { signature: string } {
		return { ...record, signature: [FORM, this.keyId, this.mac(content(record))].join('.') };
	}

	/** Whether a record is one that this credential signed for this org and use. */
	verdict(record: object): SignatureVerdict {
		const { signature } = record as { signature?: unknown };
		if (typeof signature !== 'string') return 'unsigned';
		const [form, keyId, mac, ...more] = signature.split('.');
		if (form !== FORM || mac === undefined || more.length > 0) return 'unsigned';
		if (keyId !== this.keyId) return 'otherSecret';
		return isSame(mac, this.mac(content(record))) ? 'valid' : 'altered';
	}

	private mac(text: string): string {
		return createHmac('sha256', this.#key).update(text).digest('base64url');
	}
}

/**
 * A record that came by a parameter: an object, or its JSON as text, as a text column of a table gives it.
 * @returns undefined for anything else
 */
export function readRecord(value: unknown): Record<string, unknown> | undefined {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return nestsAtMost(DEEPEST, value) ? (value as Record<string, unknown>) : undefined;
	}
	if (typeof value !== 'string') return undefined;
	const read = readJson(value);
	// Text within text is what an expression makes of a text column inside JSON.
	return 'value' in read ? readRecord(read.value) : undefined;
}

/** Levels of lists and objects in a record at most; no record that is signed has so many, and deeper ones fill the stack. */
const DEEPEST = 50;

function nestsAtMost(levels: number, value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return true;
	return levels > 0 && Object.values(value).every((one) => nestsAtMost(levels - 1, one));
}

/** What of a record is signed: all of it but the signature. */
function content(record: object): string {
	return canonicalJson({ ...record, signature: undefined });
}

/** JSON without blanks, with the keys of every object sorted, and without the members that JSON leaves out. */
function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((member) => canonicalJson(member ?? null)).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	// A hundred thousand records may be signed in a run, so no lists are made of them.
	const members = value as Readonly<Record<string, unknown>>;
	let text = '';
	for (const key of Object.keys(members).sort()) {
		if (members[key] === undefined) continue;
		text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(members[key])}`;
	}
	return `{${text}}`;
}

function isSame(one: string, other: string): boolean {
	const [a, b] = [Buffer.from(one), Buffer.from(other)];
	return a.length === b.length && timingSafeEqual(a, b);
}
