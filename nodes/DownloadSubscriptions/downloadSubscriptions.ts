import type { IDataObject } from 'n8n-workflow';

import { subscribers } from '../../licenses/subscriptions';
import type { Subscriber } from '../../licenses/subscriptions';
import type { Org } from '../../salesforce/org';
import type { Action, OutcomeRecord } from '../shared/action';
import { orgStamp } from '../shared/licenseQueries';
import type { OrgStamp } from '../shared/licenseQueries';
import { oneByOne } from '../shared/oneByOne';
import { countLogIns } from './countLogIns';
import type { LogIns } from './countLogIns';
import { readDownload } from './parameters';
import type { DownloadPlan } from './parameters';
import { readLicenseRecords } from './readLicenseRecords';

/** Gives every user's licences, with the last activity. */
export const downloadSubscriptions: Action<DownloadPlan> = {
	outputs: 1,
	extendsItem: false,
	done: 'downloaded',
	plan: readDownload,

	async run(org, plans) {
		return await oneByOne(plans, async (plan) => await download(org, plan));
	},
};

async function download(org: Org, plan: DownloadPlan): Promise<OutcomeRecord[]> {
	const records = await readLicenseRecords(org, plan.selection.kinds, plan.kindsChosen);
	const logIns = plan.logInDays === 0 ? undefined : await countLogIns(org, plan.logInDays);
	const stamp = orgStamp(records.organization, plan.orgName);
	return subscribers(records, plan.selection, plan.rules).flatMap((subscriber) =>
		items(subscriber, stamp, plan, logIns).map((json) => ({ json })),
	);
}

function items(
	{ licenses, ...subscriber }: Subscriber,
	stamp: OrgStamp,
	{ onePerUser, logInDays }: DownloadPlan,
	logIns: Map<string, LogIns> | undefined,
): IDataObject[] {
	const common = {
		...stamp,
		...subscriber,
		...(logIns === undefined
			? {}
			: { logIns: { days: logInDays, ...(logIns.get(subscriber.user.id) ?? { count: 0, last: null, refused: 0 }) } }),
	};
	return onePerUser ? [{ ...common, licenses }] : licenses.map((license) => ({ ...common, license }));
}
