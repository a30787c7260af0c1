/** The licence of a row, as the downloads give it; of an entitlement that no org knows only the name. */
export interface ReconciledLicense {
	kind: string;
	apiName: string;
	name: string;
	family: string;
}

interface Sourced {
	/** Position of the item that it came from. */
	item: number;
}

interface OfOrg extends Sourced {
	org: string;
	orgId: string;
	license: ReconciledLicense;
}

/** A user's licence. */
export interface HoldingItem extends OfOrg {
	isInactive: boolean;
}

/** Salesforce's own count of a licence. */
export interface CountItem extends OfOrg {
	/** Null for unlimited. */
	bought: number | null;
	used: number | null;
	/** `users`, or what else is counted. */
	unit: string;
}

/** What a contract says of a licence. */
export interface Entitlement extends Sourced {
	/** Name or API name. */
	license: string;
	/** Display name or ID; empty where only one org is in question. */
	org: string;
	quantity: number;
	/** For one licence and month; null where it is not known. */
	monthlyPrice: number | null;
	/** Empty where it is not known. */
	currency: string;
}

/** One licence of one org. */
export interface Reconciled {
	org: string;
	orgId: string;
	license: ReconciledLicense;
	unit: string;
	/** By the contract; by Salesforce's count where no contract was given. Null for unlimited or unknown. */
	owned: number | null;
	/** By Salesforce's count. */
	bought: number | null;
	/** By Salesforce's count, which includes users whom the download left out; by the downloaded users where there is none. */
	assigned: number;
	/** Of the downloaded users; null where none were downloaded who hold it, though it is assigned. */
	active: number | null;
	idle: number | null;
	/** Owned, and in nobody's hands. */
	unassigned: number | null;
	position: 'overLicensed' | 'underLicensed' | 'balanced' | 'unlimited';
	/** For one licence and month. */
	monthlyPrice: number | null;
	currency: string | null;
	/** What idle holders cost in a month, and what nobody holds; to the cent. */
	idleCostPerMonth: number | null;
	unassignedCostPerMonth: number | null;
}

/** An entitlement that cannot be used, and what to do about it. */
export interface EntitlementFault {
	item: number;
	message: string;
	remedy: string;
}

/** One row of the result with the items that it was made from. */
export interface Row extends Reconciled {
	items: number[];
}

/**
 * Sets what is owned against what is assigned and used, licence by licence and org by org, in the order in which the
 * licences first appear. An entitlement for a licence that no org knows has a row of its own, so nothing is lost.
 */
export function reconcile(
	holdings: readonly HoldingItem[],
	counts: readonly CountItem[],
	entitlements: readonly Entitlement[],
): { rows: Row[]; faults: EntitlementFault[] } {
	const drafts = new Map<string, Draft>();
	const draftOf = (item: OfOrg, unit: string): Draft => {
		const key = [item.orgId, item.license.kind, item.license.apiName, unit].join('\n').toLowerCase();
		const draft = drafts.get(key) ?? new Draft(item.org, item.orgId, item.license, unit);
		drafts.set(key, draft);
		draft.items.push(item.item);
		return draft;
	};
	for (const count of counts) draftOf(count, count.unit).count = count;
	for (const holding of holdings) draftOf(holding, 'users').hold(holding);
	const faults = new Entitlements([...drafts.values()]).addAll(entitlements, drafts);
	return { rows: [...drafts.values()].map((draft) => draft.row()), faults };
}

/** A row under way. */
class Draft {
	readonly items: number[] = [];
	count?: CountItem;
	readonly entitlements: Entitlement[] = [];
	private holders = 0;
	private idle = 0;

	constructor(
		readonly org: string,
		readonly orgId: string,
		readonly license: ReconciledLicense,
		readonly unit: string,
	) {}

	hold({ isInactive }: HoldingItem): void {
		this.holders++;
		if (isInactive) this.idle++;
	}

	row(): Row {
		const bought = this.count?.bought ?? null;
		const owned = this.entitlements.length === 0 ? bought : sum(this.entitlements.map(({ quantity }) => quantity));
		const assigned = this.count?.used ?? this.holders;
		const known = this.holders > 0 || assigned === 0;
		const idle = known ? this.idle : null;
		const unassigned = owned === null ? null : Math.max(0, owned - assigned);
		const monthlyPrice = this.price();
		return {
			org: this.org,
			orgId: this.orgId,
			license: this.license,
			unit: this.unit,
			owned,
			bought,
			assigned,
			active: known ? this.holders - this.idle : null,
			idle,
			unassigned,
			position: position(owned, assigned),
			monthlyPrice,
			currency: this.entitlements.find(({ currency }) => currency !== '')?.currency ?? null,
			idleCostPerMonth: cost(idle, monthlyPrice),
			unassignedCostPerMonth: cost(unassigned, monthlyPrice),
			items: this.items,
		};
	}

	/** Of several contracts for one licence, the price on average. */
	private price(): number | null {
		const priced = this.entitlements.filter(({ monthlyPrice }) => monthlyPrice !== null);
		const quantity = sum(priced.map((entitlement) => entitlement.quantity));
		if (priced.length < 2 || quantity === 0) return priced[0]?.monthlyPrice ?? null;
		return sum(priced.map((entitlement) => entitlement.quantity * (entitlement.monthlyPrice ?? 0))) / quantity;
	}
}

/** Finds the row of each entitlement. */
class Entitlements {
	private readonly orgs: Map<string, Draft>;

	constructor(drafts: readonly Draft[]) {
		this.orgs = new Map(drafts.map((draft) => [draft.orgId, draft]));
	}

	addAll(entitlements: readonly Entitlement[], drafts: Map<string, Draft>): EntitlementFault[] {
		return entitlements.flatMap((entitlement) => {
			const fault = this.add(entitlement, drafts);
			return fault === undefined ? [] : [{ item: entitlement.item, ...fault }];
		});
	}

	private add(entitlement: Entitlement, drafts: Map<string, Draft>): Omit<EntitlementFault, 'item'> | undefined {
		if (entitlement.org === '' && this.orgs.size > 1) {
			return {
				message: 'The entitlement names no org, and the other items are of several',
				remedy: 'Give it the display name of the org that it is for.',
			};
		}
		const draft = [...drafts.values()].find((one) => isFor(entitlement, one)) ?? this.unknown(entitlement, drafts);
		const currency = draft.entitlements.find((one) => one.currency !== '')?.currency ?? '';
		if (entitlement.currency !== '' && currency !== '' && entitlement.currency !== currency) {
			return {
				message: 'Another entitlement for the same license has another currency',
				remedy: 'Convert one of them: the node knows no exchange rates.',
			};
		}
		draft.entitlements.push(entitlement);
		draft.items.push(entitlement.item);
		return undefined;
	}

	/** A row for a licence that nobody counted or holds. */
	private unknown({ license, org }: Entitlement, drafts: Map<string, Draft>): Draft {
		const found = [...this.orgs.values()].find((one) => isOrg(org, one));
		const draft = new Draft(
			found?.org ?? org,
			found?.orgId ?? '',
			{ kind: 'unknown', apiName: license, name: license, family: 'unrecognised' },
			'users',
		);
		drafts.set(`entitlement\n${org}\n${license}`.toLowerCase(), draft);
		return draft;
	}
}

function isFor({ license, org }: Entitlement, draft: Draft): boolean {
	const names = [draft.license.apiName.toLowerCase(), draft.license.name.toLowerCase()];
	return names.includes(license.toLowerCase()) && isOrg(org, draft);
}

function isOrg(org: string, draft: Draft): boolean {
	return org === '' || org.toLowerCase() === draft.org.toLowerCase() || org === draft.orgId;
}

function position(owned: number | null, assigned: number): Reconciled['position'] {
	if (owned === null) return 'unlimited';
	if (assigned > owned) return 'underLicensed';
	return assigned < owned ? 'overLicensed' : 'balanced';
}

function cost(licenses: number | null, price: number | null): number | null {
	return licenses === null || price === null ? null : Math.round(licenses * price * 100) / 100;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
