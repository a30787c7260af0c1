import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { privateKeyId, readPrivateKey } from '../../salesforce/privateKey';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1' | 'spki', more: object = {}): string =>
	key.export({ type, format: 'pem', ...more } as never).toString();

const PKCS8 = pem(privateKey, 'pkcs8');
const PKCS1 = pem(privateKey, 'pkcs1');
const ENCRYPTED = { cipher: 'aes-256-cbc', passphrase: 'pass' };
const CERTIFICATE = `-----BEGIN CERTIFICATE-----\n${'MIID'.repeat(40)}\n-----END CERTIFICATE-----\n`;
const BAG = `Bag Attributes
    friendlyName: n8n
    localKeyID: 54 69 6D 65 20 31
Key Attributes: <No Attributes>
`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const bytes = (type: 'pkcs8' | 'pkcs1'): string => privateKey.export({ type, format: 'der' }).toString('base64');
const modulus = (key: KeyObject): unknown => createPublicKey(key).export({ format: 'jwk' }).n;

describe('a private key is read', () => {
	it.each<[string, string]>([
		['in PKCS #8', PKCS8],
		['in PKCS #1', PKCS1],
		['with its certificate first', CERTIFICATE + PKCS8],
		['with its certificate after it', PKCS8 + CERTIFICATE],
		[
			'from openssl pkcs12 -nodes',
			`${BAG}subject=CN = n8n\n\nissuer=CN = n8n\n\n${CERTIFICATE}${BAG}${PKCS8}${CERTIFICATE}`,
		],
		['with \\n written out', PKCS8.replaceAll('\n', '\\n')],
		['with \\r\\n written out', PKCS8.replaceAll('\n', '\\r\\n')],
		['with \\r\\n written out, certificate first', (CERTIFICATE + PKCS1).replaceAll('\n', '\\r\\n')],
		['with \\\\n written out twice', PKCS8.replaceAll('\n', '\\\\n')],
		['with Windows line breaks', PKCS8.replaceAll('\n', '\r\n')],
		['with the line breaks of old Macs', PKCS8.replaceAll('\n', '\r')],
		['on one line', PKCS8.replaceAll('\n', ' ')],
		['without any blank', PKCS8.replaceAll('\n', '')],
		['with blanks before each line', PKCS8.replace(/^/gm, '\t  ')],
		['with hard blanks', PKCS8.replaceAll('\n', '\u00a0\n')],
		['with a byte order mark', `\ufeff${PKCS8}`],
		['as a JSON string', JSON.stringify(PKCS8)],
		['quoted in a mail', PKCS8.replace(/^/gm, '> ')],
		['with dashes of a word processor', PKCS8.replaceAll('-----', '—–—')],
		['in base64', base64(PKCS8)],
		['in base64 with its certificate', base64(CERTIFICATE + PKCS1)],
		['in base64, wrapped', base64(PKCS8).replace(/.{76}/g, '$&\n')],
		['as the bare base64 between its lines', bytes('pkcs8')],
		['as the bare base64 of PKCS #1', bytes('pkcs1')],
		['whose label is of the other encoding', PKCS8.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')],
	])('%s', (_form, text) => {
		expect(modulus(readPrivateKey(text))).toBe(modulus(privateKey));
		expect(privateKeyId(text)).toBe(privateKeyId(PKCS8));
	});

	it('and told from another', () => {
		const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		expect(privateKeyId(pem(other, 'pkcs8'))).not.toBe(privateKeyId(PKCS8));
		expect(privateKeyId('no key\\n at all')).toBe('nokeyatall');
	});
});

describe('what is not an RSA key is called by its name:', () => {
	const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
	const block = (label: string): string => `-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`;

	it.each<[string, string, RegExp]>([
		['EC key', pem(ec, 'pkcs8'), /is an EC key, and Salesforce takes only RSA keys/],
		['EC key in SEC 1, with its parameters', block('EC PARAMETERS') + pem(ec, 'sec1'), /is an EC key/],
		['EC key with its certificate first', CERTIFICATE + pem(ec, 'pkcs8'), /is an EC key/],
		['Ed25519 key', pem(generateKeyPairSync('ed25519').privateKey, 'pkcs8'), /is an Ed25519 key/],
		[
			'RSA-PSS key',
			pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey, 'pkcs8'),
			/is an RSA-PSS key/,
		],
		['encrypted PKCS #8', pem(privateKey, 'pkcs8', ENCRYPTED), /encrypted with a passphrase/],
		['encrypted PKCS #1', pem(privateKey, 'pkcs1', ENCRYPTED), /encrypted with a passphrase/],
		[
			'encrypted, on one line',
			pem(privateKey, 'pkcs1', ENCRYPTED).replaceAll('\n', ' '),
			/encrypted with a passphrase/,
		],
		['certificate alone', CERTIFICATE, /missing: there is only a certificate\./],
		['public key alone', pem(publicKey, 'spki'), /missing: there is only a public key\./],
		['certificate request', block('CERTIFICATE REQUEST'), /missing: there is only a certificate request\./],
		['OpenSSH key', block('OPENSSH PRIVATE KEY'), /OpenSSH's own form/],
		['PuTTY key', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none', /PuTTY's own form/],
		['PKCS #12 file', Buffer.from('3082095102010330820917', 'hex').toString('base64'), /in a PKCS #12 file/],
		['key cut off', PKCS8.slice(0, 300), /cannot be read/],
		['damaged key', PKCS8.replace(/\n.{20}/, '\n'), /cannot be read/],
		['something else', 'no-such-key', /cannot be read/],
		['nothing', '', /cannot be read/],
	])('%s', (_what, text, message) => {
		expect(() => readPrivateKey(text)).toThrow(message);
		expect(() => readPrivateKey(text)).toThrow(
			expect.objectContaining({ remedy: expect.stringMatching(/\./) as string }),
		);
	});
});
