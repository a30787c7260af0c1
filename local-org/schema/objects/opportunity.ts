import {
	AUDIT,
	IS_DELETED,
	READ_ONLY,
	VIEWED,
	checkbox,
	field,
	longText,
	picklist,
	recordId,
	reference,
	stamp,
	text,
} from '../fields';
import type { ObjectSchema } from '../types';

/** How sure an opportunity is, as its stage says and as a list shows it. */
const FORECAST_CATEGORIES = [
	['Omitted', 'Omitted'],
	['Pipeline', 'Pipeline'],
	['BestCase', 'Best Case'],
	['MostLikely', 'Most Likely'],
	['Forecast', 'Commit'],
	['Closed', 'Closed'],
] as const;

/** The stages of a new org: probability and forecast category of each. */
export const STAGES = [
	{ name: 'Prospecting', probability: 10, category: 'Pipeline' },
	{ name: 'Qualification', probability: 10, category: 'Pipeline' },
	{ name: 'Needs Analysis', probability: 20, category: 'Pipeline' },
	{ name: 'Value Proposition', probability: 50, category: 'Pipeline' },
	{ name: 'Id. Decision Makers', probability: 60, category: 'Pipeline' },
	{ name: 'Perception Analysis', probability: 70, category: 'Pipeline' },
	{ name: 'Proposal/Price Quote', probability: 75, category: 'Pipeline' },
	{ name: 'Negotiation/Review', probability: 90, category: 'Pipeline' },
	{ name: 'Closed Won', probability: 100, category: 'Closed' },
	{ name: 'Closed Lost', probability: 0, category: 'Omitted' },
] as const;

/** What a list shows for a forecast category. */
export const categoryName = (category: string): string | undefined =>
	FORECAST_CATEGORIES.find(([value]) => value === category)?.[1];

const owner = reference('OwnerId', 'Owner ID', 'User', {
	nillable: false,
	defaultedOnCreate: true,
	permissionable: false,
});
const sources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
const lastActivity = field('LastActivityDate', 'Last Activity', 'date', READ_ONLY);

/** Opportunity with its standard fields (docs:object-reference/opportunity); products, quotes and campaigns are not there. */
export const OPPORTUNITY: ObjectSchema = {
	name: 'Opportunity',
	label: 'Opportunity',
	labelPlural: 'Opportunities',
	keyPrefix: '006',
	fields: [
		recordId('Opportunity ID'),
		IS_DELETED,
		reference('AccountId', 'Account ID', 'Account'),
		checkbox('IsPrivate', 'Private'),
		text('Name', 'Name', 120, { nillable: false, nameField: true, permissionable: false }),
		longText('Description', 'Description', 32000),
		picklist(
			'StageName',
			'Stage',
			STAGES.map(({ name }) => name),
			{ nillable: false, permissionable: false },
		),
		field('Amount', 'Amount', 'currency', { precision: 18, scale: 2 }),
		field('Probability', 'Probability (%)', 'percent', { precision: 3, scale: 0, defaultedOnCreate: true }),
		field('ExpectedRevenue', 'Expected Amount', 'currency', { ...READ_ONLY, precision: 18, scale: 2 }),
		field('TotalOpportunityQuantity', 'Quantity', 'double', { precision: 18, scale: 2 }),
		field('CloseDate', 'Close Date', 'date', { nillable: false, permissionable: false }),
		picklist('Type', 'Opportunity Type', [
			'Existing Customer - Upgrade',
			'Existing Customer - Replacement',
			'New Customer',
		]),
		text('NextStep', 'Next Step', 255),
		picklist('LeadSource', 'Lead Source', sources),
		checkbox('IsClosed', 'Closed', READ_ONLY),
		checkbox('IsWon', 'Won', READ_ONLY),
		picklist(
			'ForecastCategory',
			'Forecast Category',
			FORECAST_CATEGORIES.map(([value]) => value),
			{
				...READ_ONLY,
				length: 40,
				restrictedPicklist: true,
			},
		),
		picklist(
			'ForecastCategoryName',
			'Forecast Category',
			FORECAST_CATEGORIES.map(([, label]) => label),
			{
				defaultedOnCreate: true,
			},
		),
		reference('CampaignId', 'Campaign ID', 'Campaign', { relationshipName: undefined }),
		checkbox('HasOpportunityLineItem', 'Has Line Item', READ_ONLY),
		reference('Pricebook2Id', 'Price Book ID', 'Pricebook2', { relationshipName: undefined }),
		owner,
		...AUDIT,
		lastActivity,
		field('PushCount', 'Push Count', 'int', { ...READ_ONLY, defaultValue: 0 }),
		stamp('LastStageChangeDate', 'Last Stage Change Date'),
		field('FiscalQuarter', 'Fiscal Quarter', 'int', READ_ONLY),
		field('FiscalYear', 'Fiscal Year', 'int', READ_ONLY),
		text('Fiscal', 'Fiscal Period', 6, READ_ONLY),
		reference('ContactId', 'Contact ID', 'Contact', { updateable: false }),
		...VIEWED,
		checkbox('HasOpenActivity', 'Has Open Activity', READ_ONLY),
		checkbox('HasOverdueTask', 'Has Overdue Task', READ_ONLY),
	],
	childRelationships: [
		{ childSObject: 'Task', field: 'WhatId', relationshipName: 'Tasks', cascadeDelete: true },
		{ childSObject: 'Event', field: 'WhatId', relationshipName: 'Events', cascadeDelete: true },
	],
};
