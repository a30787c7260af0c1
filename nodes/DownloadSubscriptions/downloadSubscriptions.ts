import type { IDataObject } from 'n8n-workflow';

import { quoted } from '../../licenses/exclusions';
import { countLogIns } from '../../licenses/org/countLogIns';
import { readDaysLicenses } from '../../licenses/org/readDaysLicenses';
import type { LogIns } from '../../licenses/org/countLogIns';
import { orgStamp } from '../../licenses/org/licenseQueries';
import type { OrgStamp } from '../../licenses/org/licenseQueries';
import { readLicenseRecords } from '../../licenses/org/readLicenseRecords';
import { subscribers, unknownLicenses } from '../../licenses/subscriptions';
import type { Subscriber } from '../../licenses/subscriptions';
import { givingWay } from '../../salesforce/giveWay';
import { InputError } from '../../salesforce/inputError';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import type { Action } from '../shared/action';
import { oneByOne } from '../shared/oneByOne';
import { readDownload } from './parameters';
import type { DownloadPlan } from './parameters';

const NODE = 'Salesforce Download Subscriptions';

/** Gives every user's licenses, with the last activity. */
export const downloadSubscriptions: Action<DownloadPlan> = {
	outputs: 1,
	extendsItem: false,
	done: 'downloaded',
	plan: readDownload,

	async run(org, plans) {
		return await oneByOne(plans, async (plan) => await download(org, plan));
	},
};

async function download(org: Org, plan: DownloadPlan): Promise<IDataObject[]> {
	await readDaysLicenses(org, plan.rules.daysByLicense, NODE);
	const records = await readLicenseRecords(org, plan.selection, plan.kindsChosen);
	const unknown = unknownLicenses(records, plan.selection);
	if (unknown.length > 0) {
		throw new InputError(
			`Licenses: the org has no license ${listed(unknown.map(quoted))} of the kinds that are downloaded`,
			'Write its name or API name as Salesforce Download Consumption gives it, and separate several by commas.',
		);
	}
	const logIns = plan.logInDays === 0 ? undefined : await countLogIns(org, plan.logInDays);
	const stamp = orgStamp(records.organization, plan.orgName);
	const giveWay = givingWay();
	const all: IDataObject[] = [];
	for (const subscriber of subscribers(records, plan.selection, plan.rules)) {
		await giveWay();
		all.push(...items(subscriber, stamp, plan, logIns));
	}
	return all;
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
	if (onePerUser) return [{ ...common, licenses }];
	return licenses.map((license) => ({ ...common, isInactive: license.isInactive, license }));
}
