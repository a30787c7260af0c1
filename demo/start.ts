/** Starts local orgs and a real n8n with the package and the example workflows in it, and stays until it is ended. */
import { freePort } from './freePort';
import { interrupted } from './interrupted';
import { setPlayground } from './playground';

/** n8n's usual port. */
const EDITOR_PORT = 5678;

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
	const stopped = interrupted();
	const { n8n, org, secondOrg, unpreparedOrg, folder, login, close } = await setPlayground(
		say,
		await freePort(EDITOR_PORT),
	);
	say(`
n8n         ${n8n.url}
log-in      ${login.email}   ${login.password}
org         ${org.url}   (client ID ${org.clientId}, client secret ${org.clientSecret})
second org  ${secondOrg.url}
bare org    ${unpreparedOrg.url}   (the workflow "Prepare an org that nobody has prepared" makes it ready)
files       ${folder}

Open one of the workflows and press "Execute workflow": what its webhook is to receive is pinned to it. The address of
an org, opened in a browser, shows its records and every call. Mails come here with their links,
and go nowhere. Where a workflow waits for days, it waits five seconds.
Ctrl-C ends all of it and forgets everything.`);
	const n8nEnded = n8n.ended.then(() => Promise.reject(new Error(`n8n ended by itself:\n${n8n.log().slice(-4000)}`)));
	try {
		await Promise.race([stopped, n8nEnded]);
		say('\nEnding …');
	} finally {
		await close();
	}
}

main().catch((error: Error) => {
	process.stderr.write(`\n${error.message}\n`);
	process.exitCode = 1;
});
