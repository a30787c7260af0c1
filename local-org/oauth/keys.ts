import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** The key with which an app proves itself in the JWT flow. */
export interface AppKey {
	/** PKCS #8 in PEM, for the client. */
	privateKey: string;
	publicKey: KeyObject;
}

/** A new RSA key. Making one takes a good part of a second, so an org does it when first asked. */
export function makeAppKey(): AppKey {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	return { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), publicKey };
}
