import { randomBytes } from 'node:crypto';
import type { Storage } from '../storage';

/** The app and the user through which clients sign in. */
export interface Credentials {
	clientId: string;
	clientSecret: string;
	username: string;
	password: string;
	securityToken: string;
}

const made = (): Credentials => ({
	clientId: `3MVG9${randomBytes(30).toString('base64url')}`,
	clientSecret: randomBytes(32).toString('hex').toUpperCase(),
	username: 'api.user@local-org.example',
	password: `Pw-${randomBytes(9).toString('base64url')}`,
	securityToken: randomBytes(12).toString('hex'),
});

/** The credentials that a database was given when it was new: a saved n8n credential goes on opening a reopened org. */
export function credentialsIn(storage: Storage): Credentials {
	storage.database.exec('CREATE TABLE IF NOT EXISTS "#Credentials" ("json" TEXT)');
	const [row] = storage.all('SELECT "json" FROM "#Credentials"');
	if (typeof row?.json === 'string') return JSON.parse(row.json) as Credentials;
	const credentials = made();
	storage.run('INSERT INTO "#Credentials" VALUES (?)', JSON.stringify(credentials));
	return credentials;
}
