import { randomBytes } from 'node:crypto';
import type { Storage } from '../storage';

/** An app and the user through which a client signs in. */
export interface SignIn {
	clientId: string;
	clientSecret: string;
	username: string;
	password: string;
	securityToken: string;
}

/** The ways into an org: as its API user and, through an app of its own, as its administrator. */
export interface Credentials extends SignIn {
	admin: SignIn;
}

const made = (username: string): SignIn => ({
	clientId: `3MVG9${randomBytes(30).toString('base64url')}`,
	clientSecret: randomBytes(32).toString('hex').toUpperCase(),
	username,
	password: `Pw-${randomBytes(9).toString('base64url')}`,
	securityToken: randomBytes(12).toString('hex'),
});

/** SQL of the table that they are kept in. */
export const CREDENTIALS_TABLE = 'CREATE TABLE IF NOT EXISTS "#Credentials" ("json" TEXT);';

/** The credentials that a database was given when it was new: a saved n8n credential goes on opening a reopened org. */
export function credentialsIn(storage: Storage): Credentials {
	const [row] = storage.all('SELECT "json" FROM "#Credentials"');
	if (typeof row?.json === 'string') return JSON.parse(row.json) as Credentials;
	const credentials = { ...made('api.user@local-org.example'), admin: made('admin@local-org.example') };
	storage.run('INSERT INTO "#Credentials" VALUES (?)', JSON.stringify(credentials));
	return credentials;
}
