import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { asError } from '../../salesforce/asError';
import type { Org } from '../../salesforce/org';
import { connectOrg } from '../shared/connectOrg';
import { nodeError } from '../shared/nodeError';
import { PollInput } from '../shared/pollInput';
import { eventsKept } from './events';
import { gather, gatherNewest, recordsKept } from './gather';
import { keyOf, liveOf } from './live';
import { isOfRecords, readTrigger } from './parameters';
import type { RecordSettings } from './parameters';

/** The nodes whose poll is under way: n8n begins the next one at its time, ready or not. */
const underWay = new Set<string>();

/**
 * One poll of Salesforce Record Trigger. Where the trigger hands over by itself, the poll has it look, so that two looks
 * never read from the same place.
 *
 * @returns null when there is nothing to hand over, so that no execution is started
 */
export async function poll(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const settings = readTrigger(new PollInput(host));
		const org = connectOrg(host, settings.keepFree);
		const isTest = host.getMode() === 'manual';
		if (!isOfRecords(settings)) return isTest ? await eventsKept(org, settings) : null;
		if (isTest) return await gatherNewest(org, settings);
		const node = keyOf(host);
		if (underWay.has(node)) return null;
		underWay.add(node);
		try {
			return await pollRecords(host, org, settings);
		} finally {
			underWay.delete(node);
		}
	} catch (error) {
		throw nodeError(host.getNode(), asError(error));
	}
}

async function pollRecords(
	host: IPollFunctions,
	org: Org,
	settings: RecordSettings,
): Promise<INodeExecutionData[][] | null> {
	const data = host.getWorkflowStaticData('node');
	const live = liveOf(host);
	// With n8n's scheduler each poll has static data of its own, which n8n may store together with the execution.
	if (live !== undefined && (settings.isPushed || live.data === data)) {
		await live.look('poll');
		return null;
	}
	const kept = await recordsKept(org, settings, data);
	const [oldest] = kept.handing;
	const { items, state } = await gather(org, settings, oldest === undefined ? kept.state : oldest.from, host.logger);
	kept.keep(state);
	return items;
}
