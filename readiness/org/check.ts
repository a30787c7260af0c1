import type { Org } from '../../salesforce/org';
import { isReady, judge } from '../judge';
import type { Finding } from '../judge';
import type { Job, JobChoice } from '../job';
import { requirementsOf, requirementsOfAll } from '../requirements';
import { readFacts } from './readFacts';

/** How an org stands to one job. */
export interface Readiness {
	job: Job;
	ready: boolean;
	findings: Finding[];
}

/**
 * How an org stands to each of the chosen jobs. Writes nothing.
 *
 * @param username who is to do them; whoever is signed in where it is empty
 * @throws InputError when there is no such user
 * @throws OrgError
 */
export async function checkOrg(org: Org, choice: JobChoice, username: string): Promise<Readiness[]> {
	const facts = await readFacts(org, requirementsOfAll(choice), username);
	return choice.jobs.map((job) => {
		const findings = requirementsOf(job, choice).map((one) => judge(one, facts));
		return { job, ready: isReady(findings), findings };
	});
}
