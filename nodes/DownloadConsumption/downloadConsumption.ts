import type { INodeProperties } from 'n8n-workflow';

import type { ConsumptionKind } from '../../licenses/consumption';
import { readConsumption } from '../../licenses/org/readConsumption';
import type { ConsumptionRequest } from '../../licenses/org/readConsumption';
import type { Action } from '../shared/action';
import { choices } from '../shared/choices';
import type { ItemInput } from '../shared/input';
import { orgNameField } from '../shared/licenseFields';
import { oneByOne } from '../shared/oneByOne';
import { optionsCollection } from '../shared/optionsCollection';

/** The kinds, as the panel shows them. */
const PANEL: Record<ConsumptionKind, { name: string; description?: string }> = {
	feature: { name: 'Feature License', description: "Such as Marketing User; by Salesforce's metrics" },
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
	description: 'Which kinds to download; all of them when none is chosen',
};

const trendDaysField: INodeProperties = {
	displayName: 'Trend (Days)',
	name: 'trendDays',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 90,
	description:
		"For how many past days each item also says how many were bought, assigned and active, as far back as Salesforce's metrics go; 0 leaves it out",
};

/** The options of Salesforce Download Consumption. */
const optionsField = optionsCollection([kindsField, trendDaysField]);

/** The parameters of Salesforce Download Consumption. */
export const properties: INodeProperties[] = [orgNameField, optionsField];

/** Gives how much of every license and entitlement was bought and used. */
export const downloadConsumption: Action<ConsumptionRequest> = {
	outputs: 1,
	extendsItem: false,
	readsOnly: true,
	done: 'downloaded',

	plan(input: ItemInput): ConsumptionRequest {
		const options = input.collection(optionsField);
		const kinds = options.someOf(kindsField, PANEL);
		return {
			orgName: input.text(orgNameField),
			kinds: kinds ?? (Object.keys(PANEL) as ConsumptionKind[]),
			all: kinds !== undefined,
			trendDays: options.wholeNumber(trendDaysField, 0),
		};
	},

	async run(org, plans) {
		return await oneByOne(plans, async (plan) => (await readConsumption(org, plan)).map((one) => ({ ...one })));
	},
};
