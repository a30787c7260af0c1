/** Starts local orgs and a real n8n with the package and the example workflows in it, and stays until it is ended. */
import { workflowFile } from './exampleWorkflows';
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
	const n8nEnded = n8n.ended.then(() => Promise.reject(new Error(`n8n ended by itself:\n${n8n.log().slice(-4000)}`)));
	try {
		const { name: first } = await workflowFile('push-move-plan');
		say(`
first flow  ${n8n.url}/workflow/${await n8n.api.workflowId(first)}   (${first})
all flows   ${n8n.url}/home/workflows
log-in      ${login.email}   ${login.password}
org         ${org.url}   (client ID ${org.clientId}, client secret ${org.clientSecret})
second org  ${secondOrg.url}
bare org    ${unpreparedOrg.url}   (the workflow "Prepare an org that nobody has prepared" makes it ready)
files       ${folder}

Open the first flow in a browser, log in, and press "Execute workflow". Every flow can be run so: the data that its
webhook would receive is pinned to it. The address of an org, opened in a browser, shows its records and every call.
Mails are not sent; their subjects and links are printed here. Waits of days take five seconds.
Ctrl-C ends all of it and forgets everything.`);
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
