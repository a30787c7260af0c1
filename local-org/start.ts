import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bareOrg, startLocalOrg } from './index';

const HELP = `Starts a Salesforce org on this machine and keeps it running until Ctrl-C.

  npm run local-org -- [--port N] [--database FILE] [--key FILE] [--bare-org] [--json]

  --port N         listen on this port instead of any free one
  --database FILE  keep the records in this file
  --key FILE       write the private key for the JWT flow to this file
  --bare-org       start as an org that nobody has prepared: no Case fields, an API user without rights
  --json           print one line of JSON instead of text`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string' },
			database: { type: 'string' },
			key: { type: 'string' },
			'bare-org': { type: 'boolean' },
			json: { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) return console.log(HELP);
	const port = Number(values.port ?? 0);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new Error(`--port ${values.port} is not a port number.`);
	const org = await startLocalOrg({
		...(values['bare-org'] ? bareOrg() : {}),
		port,
		...(values.database ? { database: values.database } : {}),
	});
	if (values.key) writeFileSync(values.key, org.privateKey, { mode: 0o600 });
	const { url, clientId, clientSecret, username, password, securityToken, admin } = org;
	if (values.json) {
		console.log(JSON.stringify({ url, clientId, clientSecret, username, password, admin }));
	} else {
		console.log(`A Salesforce org is running at ${url}

  Client ID       ${clientId}
  Client secret   ${clientSecret}
  Username        ${username}
  Password        ${password}
  Security token  ${securityToken}

Its administrator, through an app of its own:

  Client ID       ${admin.clientId}
  Client secret   ${admin.clientSecret}
  Username        ${admin.username}
  Password        ${admin.password}

Ctrl-C ends it.`);
	}
	const stop = () => void org.close();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
