import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { asError } from '../../salesforce/asError';
import { connectOrg } from '../shared/connectOrg';
import { nodeError } from '../shared/nodeError';
import { PollInput } from '../shared/pollInput';
import { eventsKept } from './events';
import { gather, gatherNewest } from './gather';
import { keyOf, liveOf } from './live';
import { isOfRecords, readTrigger } from './parameters';

/** The nodes whose poll is under way: n8n begins the next one at its time, ready or not. */
const underWay = new Set<string>();

/**
 * One poll of Salesforce Record Trigger. Where it listens as well, the poll has the listener look, which hands over by
 * itself, so that two looks never read from the same place.
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
		const live = settings.isPushed ? liveOf(host) : undefined;
		if (live !== undefined) {
			await live.look('poll');
			return null;
		}
		const node = keyOf(host);
		if (underWay.has(node)) return null;
		underWay.add(node);
		try {
			const kept = host.getWorkflowStaticData('node');
			const { items, keep } = await gather(org, settings, kept, host.logger);
			keep();
			return items;
		} finally {
			underWay.delete(node);
		}
	} catch (error) {
		throw nodeError(host.getNode(), asError(error));
	}
}
