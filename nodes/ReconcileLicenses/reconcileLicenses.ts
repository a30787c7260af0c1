import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { reconcile } from '../../licenses/reconcile';
import type { CountItem, Entitlement, HoldingItem } from '../../licenses/reconcile';
import { asError } from '../../salesforce/asError';
import { InputError } from '../../salesforce/inputError';
import { ItemInput } from '../shared/input';
import { nodeError, readable } from '../shared/nodeError';
import { readItem } from './parameters';

/**
 * One item for each license and org, and by the second output one for each person with licenses in several orgs, from all
 * input items together; each is paired with those that it was made from.
 *
 * @throws NodeOperationError for the first item that cannot be used, unless the node continues on fail
 */
export function reconcileLicenses(host: IExecuteFunctions): INodeExecutionData[][] {
	const holdings: HoldingItem[] = [];
	const counts: CountItem[] = [];
	const entitlements: Entitlement[] = [];
	const faults = new Map<number, Error>();
	const now = DateTime.now().setZone(host.getTimezone());
	host.getInputData().forEach((_item, index) => {
		try {
			const read = readItem(new ItemInput(host, index, now), index);
			if (read.is === 'holdings') holdings.push(...read.holdings);
			else if (read.is === 'count') counts.push(read.count);
			else entitlements.push(read.entitlement);
		} catch (error) {
			faults.set(index, asError(error));
		}
	});
	const { rows, people, faults: unusable } = reconcile(holdings, counts, entitlements, now);
	for (const { item, message, remedy } of unusable) faults.set(item, new InputError(message, remedy));

	const failed = [...faults].map(([index, error]): INodeExecutionData => {
		if (!host.continueOnFail()) throw nodeError(host.getNode(), error, index, 'Nothing was reconciled.');
		const { message, remedy } = readable(error);
		return { json: { error: message, details: { remedy } }, pairedItem: { item: index } };
	});
	return [[...rows.map(paired), ...failed], people.map(paired)];
}

function paired({ items, ...json }: { items: number[] }): INodeExecutionData {
	return { json: { ...json }, pairedItem: items.map((item) => ({ item })) };
}
