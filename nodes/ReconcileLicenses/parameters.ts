import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CountItem, Entitlement, HoldingItem, ReconciledLicense } from '../../licenses/reconcile';
import { InputError } from '../../salesforce/inputError';
import { isBlank } from '../../salesforce/values/blank';
import { readBoolean } from '../../salesforce/values/boolean';
import { readNumber } from '../../salesforce/values/number';
import { fromItem } from '../shared/fields';
import type { ItemInput } from '../shared/input';

/** What an item is, told by what it holds. */
export type ReconcileItem =
	| { is: 'holdings'; holdings: HoldingItem[] }
	| { is: 'count'; count: CountItem }
	| { is: 'entitlement'; entitlement: Entitlement };

/** What a price is for. */
const PERIODS = { month: { name: 'Month', months: 1 }, year: { name: 'Year', months: 12 } } as const;

const licenseField = fromItem('Owned License', 'license', 'Name or API name of the license that is owned', {
	placeholder: 'e.g. Salesforce',
});
const orgField = fromItem(
	'Org',
	'org',
	'Display name or ID of the org that it is for; may be empty where only one org is downloaded',
	{
		placeholder: 'e.g. Europe',
	},
);
const quantityField = fromItem('Quantity', 'quantity', 'How many are owned', { placeholder: 'e.g. 120' });
const unitField = fromItem(
	'Unit',
	'unit',
	'What the quantity counts: users (members) or logins; may be empty where the license is counted in one way only',
	{ placeholder: 'e.g. logins' },
);
const unitPriceField = fromItem('Unit Price', 'unitPrice', 'Price of one license; may be empty', {
	placeholder: 'e.g. 165',
});
const currencyField = fromItem('Currency', 'currency', 'Currency of the price; it is passed on and never converted', {
	placeholder: 'e.g. EUR',
});

const pricePerField: INodeProperties = {
	displayName: 'Price Is Per',
	name: 'pricePer',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(PERIODS).map(([value, { name }]) => ({ name, value })),
	default: 'month',
	description: 'The time that Unit Price is for; costs are given per month',
};

/** The parameters of Salesforce Reconcile Licenses. */
export const properties: INodeProperties[] = [
	{
		displayName:
			'Send in, through a Merge node, the items of Salesforce Download Subscriptions and Download Consumption, of one org or several, and one item for each license that you own. The parameters below read the items of licenses that you own.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	licenseField,
	orgField,
	quantityField,
	unitField,
	unitPriceField,
	pricePerField,
	currencyField,
];

/**
 * Tells what an item is and reads it.
 *
 * @param position the item's place among the items
 * @throws InputError for an entitlement that lacks a license or a quantity
 */
export function readItem(input: ItemInput, position: number): ReconcileItem {
	const item = input.item();
	if (isObject(item.user)) return { is: 'holdings', holdings: holdings(item, item.user, position) };
	if (isObject(item.license) && 'bought' in item) {
		const { bought, used, unit, status, expiry, active } = item;
		const count = {
			...ofOrg(item, position),
			license: license(item.license),
			bought: numberOrNull(bought, 'bought'),
			used: numberOrNull(used, 'used'),
			unit: textOf(unit),
			status: textOrNull(status),
			expiry: textOrNull(expiry),
			active: numberOrNull(active, 'active'),
		};
		return { is: 'count', count };
	}
	return { is: 'entitlement', entitlement: entitlement(input, position) };
}

/** One for each license: an item is a license of a user, or a user with all of them. */
function holdings(item: IDataObject, user: IDataObject, position: number): HoldingItem[] {
	const account = {
		id: textOrNull(user.id) ?? textOrNull(user.username) ?? '',
		name: textOf(user.name),
		username: textOf(user.username),
		email: textOrNull(user.email),
		federationId: textOrNull(user.federationId),
	};
	const licenses = Array.isArray(item.licenses) ? item.licenses : [item.license];
	return licenses.filter(isObject).map((one) => ({
		...ofOrg(item, position),
		license: license(one),
		user: account,
		// Days without activity may differ by license.
		isInactive: flag(one.isInactive ?? item.isInactive, 'isInactive'),
	}));
}

function ofOrg(item: IDataObject, position: number): { item: number; org: string; orgId: string } {
	return { item: position, org: textOf(item.org), orgId: textOf(item.orgId) };
}

function license({ kind, apiName, name, family }: IDataObject): ReconciledLicense {
	return { kind: textOf(kind), apiName: textOf(apiName), name: textOf(name), family: textOf(family) };
}

function entitlement(input: ItemInput, position: number): Entitlement {
	const price = input.text(unitPriceField).trim();
	const months = PERIODS[input.oneOf(pricePerField, PERIODS)].months;
	return {
		item: position,
		license: input.requiredText(licenseField).trim(),
		org: input.text(orgField).trim(),
		unit: input.text(unitField).trim(),
		quantity: amount(input.requiredText(quantityField), quantityField),
		monthlyPrice: price === '' ? null : amount(price, unitPriceField) / months,
		currency: input.text(currencyField).trim().toUpperCase(),
	};
}

function amount(text: string, { displayName }: INodeProperties): number {
	const value = numberIn(text);
	if (value !== undefined && value >= 0) return value;
	throw new InputError(
		`${displayName} is not a number of at least 0`,
		'Write it with a point and without separators, like 1200.50.',
	);
}

/** A number of a downloaded item, which a table may have kept as text; nothing is null. */
function numberOrNull(value: unknown, name: string): number | null {
	if (isBlank(value)) return null;
	const read = numberIn(value);
	if (read !== undefined) return read;
	throw changed(name, 'a number');
}

/** A switch of a downloaded item; nothing is off. */
function flag(value: unknown, name: string): boolean {
	if (isBlank(value)) return false;
	const read = readBoolean(value);
	if ('value' in read) return read.value;
	throw changed(name, read.wants);
}

function numberIn(value: unknown): number | undefined {
	const read = readNumber(value);
	return 'value' in read ? Number(read.value) : undefined;
}

function changed(name: string, wants: string): InputError {
	return new InputError(
		`The value ${name} of the downloaded item is not ${wants}`,
		'Pass on the items of the downloads as they are.',
	);
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A name as an item has it; empty for what is none. */
function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
