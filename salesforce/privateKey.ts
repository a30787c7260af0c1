import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { OrgError } from './errors';

/** A block of a PEM text (RFC 7468), whose dashes a word processor may have made longer or fewer. */
const BLOCK = /[-‐-―−]+\s*BEGIN ([A-Z0-9 ]+?)\s*[-‐-―−]+(.*?)[-‐-―−]+\s*END \1\s*[-‐-―−]+/gs;
const BEGIN = /[-‐-―−]+\s*BEGIN ([A-Z0-9 ]+?)\s*[-‐-―−]+/;

/** What stands for a line break in a text that came through JSON, an environment variable or a shell. */
const WRITTEN_BREAKS = /\\+r\\+n|\\+[nr]/g;

/** The forms that a key's bytes may have: PKCS #8, PKCS #1, and SEC 1 of elliptic curves. */
const ENCODINGS = ['pkcs8', 'pkcs1', 'sec1'] as const;

/** What Node calls the kinds of keys that are not RSA, and what people call them. */
const KINDS: Record<string, string> = {
	dsa: 'a DSA',
	ec: 'an EC',
	ed25519: 'an Ed25519',
	ed448: 'an Ed448',
	'rsa-pss': 'an RSA-PSS',
};

const TO_PEM = 'openssl pkey -in your-key.pem -out salesforce-key.pem';

/**
 * The RSA key in what a person pasted: a PEM text with or without its line breaks, with whatever stands around it (a
 * certificate, the bag attributes of `openssl pkcs12 -nodes`), or the base64 of a PEM text or of the key itself.
 *
 * @throws OrgError `SIGN_IN_REFUSED` that says what the text is instead
 */
export function readPrivateKey(text: string): KeyObject {
	const pem = asPem(text);
	const blocks = [...pem.matchAll(BLOCK)].map(([, label = '', content = '']) => ({ label, content }));
	const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
	if (block === undefined) return rsa(withoutBlocks(pem, blocks[0]?.label));
	if (block.label.startsWith('ENCRYPTED') || block.content.includes('Proc-Type')) {
		throw refused('The private key is encrypted with a passphrase.', `Remove the passphrase: ${TO_PEM}`);
	}
	if (block.label.startsWith('OPENSSH')) {
		throw refused(
			"The private key is in OpenSSH's own form.",
			'Convert it to PEM with ssh-keygen -p -m PEM -f your-key, or make a key with openssl.',
		);
	}
	return rsa(keyOf(block.content));
}

/**
 * What tells one private key from another in whatever form it was pasted: PKCS #8 in base64. A text that is no key
 * stands for itself, less its blanks.
 */
export function privateKeyId(text: string): string {
	try {
		return readPrivateKey(text).export({ type: 'pkcs8', format: 'der' }).toString('base64');
	} catch {
		return text.replace(/\\n|\s/g, '');
	}
}

/** The text without what nobody sees, unpacked where it is the base64 of a PEM text. */
function asPem(text: string): string {
	const plain = text.replace(/[\u200b-\u200d\u2060\ufeff]/g, '').replace(WRITTEN_BREAKS, '\n');
	if (BEGIN.test(plain)) return plain;
	const unpacked = Buffer.from(plain.replace(/["'\s]/g, ''), 'base64').toString('utf8');
	return BEGIN.test(unpacked) ? unpacked.replace(WRITTEN_BREAKS, '\n') : plain;
}

/** The key in a text that has no block of one: bare base64 is read, everything else is told as what it is. */
function withoutBlocks(text: string, label: string | undefined): KeyObject | undefined {
	if (label !== undefined) {
		const what = /CERTIFICATE|PUBLIC KEY/.exec(label)?.[0].toLowerCase() ?? 'something else';
		throw refused(
			`The private key is missing: there is only a ${label.includes('REQUEST') ? 'certificate request' : what}.`,
			'Paste the text from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----; the certificate belongs in the app.',
		);
	}
	if (BEGIN.test(text)) {
		throw refused(
			'The private key cannot be read.',
			'Its last line is missing: paste the text up to -----END … -----.',
		);
	}
	if (text.trimStart().startsWith('PuTTY-User-Key-File')) {
		throw refused(
			"The private key is in PuTTY's own form.",
			'Export it from PuTTYgen as an OpenSSL key, or make a new one.',
		);
	}
	const bytes = Buffer.from(text.replace(/["'\s]/g, ''), 'base64');
	// A PKCS #12 file is a sequence that begins with version 3 (RFC 7292, 4).
	if (bytes[0] === 0x30 && bytes.subarray(2, 8).includes(Buffer.from([0x02, 0x01, 0x03]))) {
		throw refused(
			'The private key is in a PKCS #12 file (.p12, .pfx).',
			'Take it out: openssl pkcs12 -in your-file.p12 -nocerts -nodes -out salesforce-key.pem',
		);
	}
	return keyOf(text);
}

/** The key of a block's base64; the label may say another encoding than the bytes have. */
function keyOf(base64: string): KeyObject | undefined {
	const key = Buffer.from(base64.replace(/[^A-Za-z0-9+/=_-]/g, ''), 'base64');
	for (const type of ENCODINGS) {
		try {
			return createPrivateKey({ key, format: 'der', type });
		} catch {
			// Then it is of another encoding, or no key.
		}
	}
	return undefined;
}

function rsa(key: KeyObject | undefined): KeyObject {
	if (key === undefined) {
		throw refused(
			'The private key cannot be read.',
			'Paste the whole PEM text, from -----BEGIN to -----END, of a key without a passphrase.',
		);
	}
	const { asymmetricKeyType: kind = '' } = key;
	if (kind !== 'rsa') {
		throw refused(
			`The private key is ${KINDS[kind] ?? `another (${kind})`} key, and Salesforce takes only RSA keys.`,
			'Make an RSA key and its certificate, as the set-up guide shows, and upload the new certificate to the app.',
		);
	}
	return key;
}

function refused(message: string, remedy: string): OrgError {
	return new OrgError('SIGN_IN_REFUSED', message, remedy);
}
