import type { DateTime } from 'luxon';

import { listed } from '../salesforce/listed';
import { idKey } from '../salesforce/recordId';
import { licenseState } from './licenseState';
import type { LicenseState } from './licenseState';
import { nameKey } from './nameKey';
import { peopleOverOrgs } from './people';
import type { Account, Held, PersonOverOrgs } from './people';

/** The license of a row, as the downloads give it; of an entitlement that no org knows only the name. */
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

/** A user's license. */
export interface HoldingItem extends OfOrg {
	user: Account;
	isInactive: boolean;
}

/** Salesforce's own count of a license. */
export interface CountItem extends OfOrg {
	/** Null for unlimited. */
	bought: number | null;
	used: number | null;
	/** `users`, or what else is counted. */
	unit: string;
	/** Salesforce's own word, `Active`; null where it has none. */
	status: string | null;
	/** The last day or moment; null for none. */
	expiry: string | null;
	/** How many users with it logged in within 30 days, by Salesforce's metrics; null where it has none. */
	active: number | null;
}

/** What a contract says of a license. */
export interface Entitlement extends Sourced {
	/** Name or API name. */
	license: string;
	/** Display name or ID; empty where only one org is in question. */
	org: string;
	/** `users`, `logins` or what else is counted; empty where the license is counted in one way only. */
	unit: string;
	quantity: number;
	/** For one license and month; null where it is not known. */
	monthlyPrice: number | null;
	/** Empty where it is not known. */
	currency: string;
}

/** One license of one org. */
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
	/** Whether the license can be used; null where Salesforce does not count it. */
	state: LicenseState | null;
	expiry: string | null;
	/** By Salesforce's metrics, of all users: how many logged in within 30 days; null where there are none. */
	activeIn30Days: number | null;
	/** For one license and month. */
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

/** A person who holds licenses in several orgs, with the items that it was made from. */
export interface PersonRow extends PersonOverOrgs {
	items: number[];
}

/**
 * Sets what is owned against what is assigned and used, license by license, unit by unit and org by org, in the order in
 * which the licenses first appear. An entitlement for a license that no org knows has a row of its own, so nothing is
 * lost. Beside them stand the people who hold licenses in several orgs, with what their seats cost.
 *
 * @param now when it is; a date of expiry is a day of its time zone
 */
export function reconcile(
	holdings: readonly HoldingItem[],
	counts: readonly CountItem[],
	entitlements: readonly Entitlement[],
	now: DateTime,
): { rows: Row[]; people: PersonRow[]; faults: EntitlementFault[] } {
	const drafts = new Map<string, Draft>();
	const draftOf = (item: OfOrg, unit: string): Draft => {
		const key = [orgKey(item), licenseKey(item.license), unit.toLowerCase()].join('\n');
		const draft = drafts.get(key) ?? new Draft(item.org, item.orgId, item.license, unit);
		drafts.set(key, draft);
		draft.items.push(item.item);
		return draft;
	};
	for (const count of counts) draftOf(count, count.unit).count = count;
	const seats = holdings.flatMap((holding) => {
		const draft = draftOf(holding, USERS);
		return draft.hold(holding) ? [{ holding, draft }] : [];
	});
	const faults = new Entitlements([...drafts.values()]).addAll(entitlements, drafts);
	const orgs = new Set(holdings.map(orgKey));
	const people = orgs.size > 1 ? peopleOverOrgs(seats.map(held)) : [];
	return { rows: [...drafts.values()].map((draft) => draft.row(now)), people, faults };
}

function held({ holding, draft }: { holding: HoldingItem; draft: Draft }): Held {
	const { item, org, orgId, license, user, isInactive } = holding;
	return { item, account: user, seat: { org, orgId, license, isInactive, ...draft.price() } };
}

/** What seats are counted in, and what is sold by log-ins. */
const USERS = 'users';
const LOGINS = 'logins';

/** A row under way. */
class Draft {
	readonly items: number[] = [];
	count?: CountItem;
	readonly entitlements: Entitlement[] = [];
	private holders = 0;
	private idle = 0;
	/** IDs of the holders. */
	private readonly known = new Set<string>();

	constructor(
		readonly org: string,
		readonly orgId: string,
		readonly license: ReconciledLicense,
		readonly unit: string,
	) {}

	/** @returns whether it counts: a user whose item comes twice, as of two downloads of one org, holds the license once */
	hold({ user, isInactive }: HoldingItem): boolean {
		if (user.id !== '' && this.known.has(user.id)) return false;
		this.known.add(user.id);
		this.holders++;
		if (isInactive) this.idle++;
		return true;
	}

	row(now: DateTime): Row {
		const bought = this.count?.bought ?? null;
		const owned = this.entitlements.length === 0 ? bought : sum(this.entitlements.map(({ quantity }) => quantity));
		const assigned = this.count?.used ?? this.holders;
		const known = this.unit === USERS && (this.holders > 0 || assigned === 0);
		const idle = known ? this.idle : null;
		const unassigned = owned === null ? null : Math.max(0, owned - assigned);
		const { monthlyPrice, currency } = this.price();
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
			state: this.count === undefined ? null : licenseState(this.count, now),
			expiry: this.count?.expiry ?? null,
			activeIn30Days: this.count?.active ?? null,
			monthlyPrice,
			currency,
			idleCostPerMonth: cost(idle, monthlyPrice),
			unassignedCostPerMonth: cost(unassigned, monthlyPrice),
			items: this.items,
		};
	}

	/** For one license and month; of several contracts, the price on average. */
	price(): { monthlyPrice: number | null; currency: string | null } {
		const currency = this.entitlements.find((one) => one.currency !== '')?.currency ?? null;
		return { monthlyPrice: this.monthlyPrice(), currency };
	}

	private monthlyPrice(): number | null {
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
		this.orgs = new Map(drafts.map((draft) => [orgKey(draft), draft]));
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
		const orgs = [...this.orgs.values()].filter((one) => isOrg(entitlement.org, one));
		if (orgs.length > 1) {
			return {
				message: `${orgs.length} orgs have the name that the entitlement gives: ${listed(orgs.map(({ orgId }) => orgId))}`,
				remedy: 'Give it the ID of the org that it is for, or download the orgs under display names of their own.',
			};
		}
		const [own] = orgs;
		const ofOrg = [...drafts.values()].filter((one) =>
			own === undefined ? isOrg(entitlement.org, one) : orgKey(one) === orgKey(own),
		);
		const candidates = named(entitlement.license, ofOrg);
		const licenses = new Map(candidates.map(({ license }) => [licenseKey(license), license]));
		if (licenses.size > 1) {
			const names = [...licenses.values()].map(({ kind, apiName }) => `${apiName} (${kind})`);
			return {
				message: `The entitlement may be for any of ${licenses.size} licenses: ${listed(names)}`,
				remedy: 'Give it the API name of the license; where two have the same, download only the kind that it is for.',
			};
		}
		const units = [...new Set(candidates.map(({ unit }) => unit))];
		if (entitlement.unit === '' && units.length > 1) {
			return {
				message: `The license is counted in several ways, and the entitlement does not say in which: ${units.join(', ')}`,
				remedy: 'Give the entitlement a unit: what its quantity counts.',
			};
		}
		const isCounted = units.some((unit) => sameUnit(entitlement.unit, unit));
		if (entitlement.unit !== '' && units.length > 0 && !isCounted && knownUnit(entitlement.unit) === undefined) {
			return {
				message: `The license is not counted in the unit of the entitlement, but in ${units.join(', ')}`,
				remedy: 'Give the entitlement one of these units, or logins or users: what its quantity counts.',
			};
		}
		const draft =
			candidates.find(({ unit }) => entitlement.unit === '' || sameUnit(entitlement.unit, unit)) ??
			this.unknown(entitlement, { own, known: candidates[0]?.license }, drafts);
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

	/** A row for a license, or a unit of it, that nobody counted or holds. */
	private unknown(
		{ license, org, unit }: Entitlement,
		{ own, known }: { own?: Draft; known?: ReconciledLicense },
		drafts: Map<string, Draft>,
	): Draft {
		const draft = new Draft(
			own?.org ?? org,
			own?.orgId ?? '',
			known ?? { kind: 'unknown', apiName: license, name: license, family: 'unrecognised' },
			unit === '' ? USERS : (knownUnit(unit) ?? unit),
		);
		drafts.set(`entitlement\n${draft.orgId}\n${org}\n${license}\n${draft.unit}`.toLowerCase(), draft);
		return draft;
	}
}

/** The rows of a license: by its API name, by its name where none has that. */
function named(license: string, drafts: readonly Draft[]): Draft[] {
	const having = (name: 'apiName' | 'name'): Draft[] =>
		drafts.filter((draft) => nameKey(draft.license[name]) === nameKey(license));
	const byApiName = having('apiName');
	return byApiName.length > 0 ? byApiName : having('name');
}

/** What tells a license from the others of its org. */
function licenseKey({ kind, apiName }: ReconciledLicense): string {
	return `${kind}\n${apiName}`.toLowerCase();
}

/** What tells an org from others: its ID, or its name where an item has no ID. */
function orgKey({ org, orgId }: Pick<OfOrg, 'org' | 'orgId'>): string {
	return orgId === '' ? nameKey(org) : idKey(orgId);
}

/** What people call the units that Salesforce counts licenses in, by `unitKey`. */
const UNITS: Record<string, string> = {
	user: USERS,
	nameduser: USERS,
	member: USERS,
	seat: USERS,
	license: USERS,
	licence: USERS,
	login: LOGINS,
	monthlylogin: LOGINS,
	loginpermonth: LOGINS,
	loginmonth: LOGINS,
};

/** What two spellings of a unit have in common: `Log-Ins / Month`, `logins/month`. */
function unitKey(unit: string): string {
	return unit
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '')
		.replace(/s(?=$|per|month)/g, '');
}

/** A unit as Salesforce counts it; undefined for one that people do not give licenses. */
function knownUnit(unit: string): string | undefined {
	return UNITS[unitKey(unit)];
}

function sameUnit(written: string, unit: string): boolean {
	return (knownUnit(written) ?? written).toLowerCase() === unit.toLowerCase();
}

function isOrg(name: string, { org, orgId }: Draft): boolean {
	return name === '' || nameKey(name) === nameKey(org) || (orgId !== '' && idKey(name) === idKey(orgId));
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
