import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { consumptionOf } from '../../licenses/consumption';
import type { ConsumptionKind } from '../../licenses/consumption';
import { isHidden, LICENSE_OBJECTS, ORGANIZATION, orgStamp, seen } from '../../licenses/org/licenseQueries';
import { describeObject } from '../../salesforce/describe';
import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueryOutcome } from '../../salesforce/query';
import type { Action } from '../shared/action';
import { choices } from '../shared/choices';
import type { ItemInput } from '../shared/input';
import { orgNameField } from '../shared/licenseFields';
import { oneByOne } from '../shared/oneByOne';
import { optionsCollection } from '../shared/optionsCollection';

const NODE = 'Salesforce Download Consumption';
const RIGHT = 'View Setup and Configuration';

/** What each kind is read from. */
const SOURCES: Record<ConsumptionKind, { object: string; fields: string }> = {
	user: {
		object: LICENSE_OBJECTS.user.object,
		fields: `${LICENSE_OBJECTS.user.fields}, Status, TotalLicenses, UsedLicenses, UsedLicensesLastUpdated`,
	},
	permissionSet: {
		object: LICENSE_OBJECTS.permissionSet.object,
		fields: `${LICENSE_OBJECTS.permissionSet.fields}, Status, TotalLicenses, UsedLicenses, ExpirationDate`,
	},
	package: {
		object: LICENSE_OBJECTS.package.object,
		fields: `${LICENSE_OBJECTS.package.fields}, Status, AllowedLicenses, UsedLicenses, ExpirationDate`,
	},
	usage: {
		object: 'TenantUsageEntitlement',
		fields:
			'Id, Setting, MasterLabel, ResourceGroupKey, Frequency, CurrentAmountAllowed, AmountUsed, UsageDate, EndDate',
	},
};

const KINDS = Object.keys(SOURCES) as ConsumptionKind[];

/** Fields of UserLicense that only orgs with Digital Experiences have. */
const MONTHLY_LOGINS = ['MonthlyLoginsEntitlement', 'MonthlyLoginsUsed'];

/** One download. */
export interface ConsumptionPlan {
	/** Empty for the organization's own name. */
	orgName: string;
	kinds: readonly ConsumptionKind[];
	/** Whether the kinds were asked for by name. */
	kindsChosen: boolean;
}

/** The kinds, as the panel shows them. */
const PANEL: Record<ConsumptionKind, { name: string; description?: string }> = {
	package: { name: 'Package License', description: 'Of installed managed packages' },
	permissionSet: { name: 'Permission Set License' },
	usage: { name: 'Usage-Based Entitlement', description: 'What is paid by use rather than by user' },
	user: { name: 'User License' },
};

const kindsField: INodeProperties = {
	displayName: 'License Kinds',
	name: 'kinds',
	type: 'multiOptions',
	options: choices(PANEL),
	default: ['user'],
	description: 'Which kinds to download; all that the org has unless chosen',
};

/** The options of Salesforce Download Consumption. */
const optionsField = optionsCollection([kindsField]);

/** The parameters of Salesforce Download Consumption. */
export const properties: INodeProperties[] = [orgNameField, optionsField];

/** Gives how much of every licence and entitlement was bought and used. */
export const downloadConsumption: Action<ConsumptionPlan> = {
	outputs: 1,
	extendsItem: false,
	done: 'downloaded',

	plan(input: ItemInput): ConsumptionPlan {
		const kinds = input.collection(optionsField).someOf(kindsField, PANEL);
		return {
			orgName: input.text(orgNameField),
			kinds: kinds ?? KINDS,
			kindsChosen: kinds !== undefined,
		};
	},

	async run(org, plans) {
		return await oneByOne(plans, async (plan) => await download(org, plan));
	},
};

async function download(org: Org, { orgName, kinds, kindsChosen }: ConsumptionPlan): Promise<IDataObject[]> {
	// User licences are always read: they tell a kind that the org does not have from one that the user may not see.
	const asked = KINDS.filter((kind) => kind === 'user' || kinds.includes(kind));
	const outcomes = await queryEach(org, [
		ORGANIZATION,
		...(await Promise.all(asked.map(async (kind) => await query(org, kind)))),
	]);
	const stamp = orgStamp(seen(outcomes[0] as QueryOutcome, 'Organization', RIGHT, NODE), orgName);
	return asked.flatMap((kind, index) => {
		const outcome = outcomes[index + 1] as QueryOutcome;
		if (kind !== 'user' && !kindsChosen && isHidden(outcome)) return [];
		const records = seen(outcome, SOURCES[kind].object, RIGHT, NODE);
		if (!kinds.includes(kind)) return [];
		return consumptionOf(kind, records).map((consumption) => ({ ...stamp, ...consumption }));
	});
}

async function query(org: Org, kind: ConsumptionKind): Promise<string> {
	const { object, fields } = SOURCES[kind];
	return `SELECT ${[fields, ...(kind === 'user' ? await monthlyLogins(org) : [])].join(', ')} FROM ${object}`;
}

/** Naming a field that the org does not have would refuse the whole query. */
async function monthlyLogins(org: Org): Promise<string[]> {
	const described = await describeObject(org, LICENSE_OBJECTS.user.object).catch(unlessHidden);
	return MONTHLY_LOGINS.filter((name) => described?.fieldsByName.has(name.toLowerCase()));
}

/** What hides the object is explained where it is queried. */
function unlessHidden(error: unknown): undefined {
	if (error instanceof OrgError && error.hidesTheObject) return undefined;
	throw error;
}
