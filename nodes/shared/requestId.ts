import type { OrgHost } from './access/callOrg';

/** Calls of this process, over all executions. */
let calls = 0;

/**
 * The ID of a call, by which an auditor finds a run in Salesforce's event logs (REST API, Request ID header): that of
 * the workflow, of the execution, and a number. A panel's lists have no execution.
 *
 * Which characters Salesforce takes, and how many, is not documented; assumed are letters, digits and hyphens, and no
 * more than n8n's own IDs need.
 */
export function requestId(host: OrgHost): string {
	calls++;
	const execution = 'getExecutionId' in host ? host.getExecutionId() : 'panel';
	return [host.getWorkflow().id ?? 'new', execution, calls]
		.map((part) =>
			String(part)
				.replace(/[^A-Za-z0-9]/g, '')
				.slice(0, LONGEST_PART),
		)
		.join('-');
}

/** n8n's IDs of workflows have 16 characters, and those of executions are numbers. */
const LONGEST_PART = 20;
