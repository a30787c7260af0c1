import { append } from '../salesforce/append';

/** A user of one org, as far as it tells which person it is. */
export interface Account {
	/** Empty where it is not known: then every license is of a user of its own. */
	id: string;
	name: string;
	username: string;
	email: string | null;
	/** By which single sign-on knows the person. */
	federationId: string | null;
}

/** A license in somebody's hands. */
export interface Seat {
	org: string;
	orgId: string;
	license: { kind: string; apiName: string; name: string; family: string };
	isInactive: boolean;
	/** By the contract; null where there is none, or without a price. */
	monthlyPrice: number | null;
	currency: string | null;
}

/** By what the users of several orgs were found to be one person, the surest first. */
export type MatchedBy = 'federationId' | 'email' | 'username';

/** One person who holds licenses in several orgs. */
export interface PersonOverOrgs {
	name: string;
	email: string | null;
	federationId: string | null;
	/** The least sure of what the users have in common. */
	matchedBy: MatchedBy;
	orgs: string[];
	seats: Array<Seat & { userId: string; username: string }>;
	/** Whether seats with a price are held in more than one org. */
	paidTwice: boolean;
	/** What all the seats cost in a month, by currency and to the cent. */
	costs: Array<{ currency: string; perMonth: number }>;
}

/** A license with the user who holds it, and the item that it came from. */
export interface Held {
	item: number;
	account: Account;
	seat: Seat;
}

/**
 * The people who hold licenses in several orgs: users with the same federation ID, the same e-mail address or the same
 * username. Users with different federation IDs are different people whatever else they share; an address that several
 * users of one org have tells nobody from another.
 */
export function peopleOverOrgs(held: readonly Held[]): Array<PersonOverOrgs & { items: number[] }> {
	const users = usersOf(held);
	for (const by of MATCHES) join(users, by);
	const groups = new Map<Group, User[]>();
	for (const user of users) append(groups, user.group, user);
	return [...groups].filter(([, members]) => members.length > 1).map(([group, members]) => person(group, members));
}

const MATCHES: readonly MatchedBy[] = ['federationId', 'email', 'username'];

/** Users who are one person. */
interface Group {
	matchedBy?: MatchedBy;
	members: User[];
}

interface User {
	orgId: string;
	account: Account;
	seats: Seat[];
	items: number[];
	group: Group;
}

function usersOf(held: readonly Held[]): User[] {
	const users = new Map<string, User>();
	for (const { item, account, seat } of held) {
		const key = `${seat.orgId} ${account.id || `item ${item}`}`;
		let user = users.get(key);
		if (user === undefined) {
			user = { orgId: seat.orgId, account, seats: [], items: [], group: { members: [] } };
			user.group.members.push(user);
			users.set(key, user);
		}
		user.seats.push(seat);
		if (user.items.at(-1) !== item) user.items.push(item);
	}
	return [...users.values()];
}

/** Makes one group of those who have the same value, where nothing speaks against it. */
function join(users: readonly User[], by: MatchedBy): void {
	const sharing = new Map<string, User[]>();
	for (const user of users) {
		const value = keyOf(user.account, by);
		if (value !== '') append(sharing, value, user);
	}
	for (const same of sharing.values()) {
		if (new Set(same.map(({ orgId }) => orgId)).size < same.length) continue;
		for (const user of same.slice(1)) unite(same[0] as User, user, by);
	}
}

function unite(one: User, other: User, by: MatchedBy): void {
	const [group, merged] = [one.group, other.group];
	if (group === merged) return;
	const members = [...group.members, ...merged.members];
	const ids = new Set(members.map(({ account }) => keyOf(account, 'federationId')).filter((id) => id !== ''));
	if (ids.size > 1 || new Set(members.map(({ orgId }) => orgId)).size < members.length) return;
	group.matchedBy = by;
	group.members = members;
	for (const member of merged.members) member.group = group;
}

/** Sandboxes put `.invalid` behind every address (Salesforce Help, sandbox setup). */
function keyOf(account: Account, by: MatchedBy): string {
	const value = (account[by] ?? '').trim().toLowerCase();
	return by === 'email' ? value.replace(/\.invalid$/, '') : value;
}

function person({ matchedBy = 'federationId' }: Group, members: readonly User[]): PersonOverOrgs & { items: number[] } {
	const [{ account }] = members as [User];
	const seats = members.flatMap((user) =>
		user.seats.map((seat) => ({ ...seat, userId: user.account.id, username: user.account.username })),
	);
	const paid = seats.filter(({ monthlyPrice }) => monthlyPrice !== null && monthlyPrice > 0);
	return {
		name: account.name,
		email: account.email,
		federationId: members.find((user) => user.account.federationId !== null)?.account.federationId ?? null,
		matchedBy,
		orgs: [...new Set(seats.map(({ org }) => org))],
		seats,
		paidTwice: new Set(paid.map(({ orgId }) => orgId)).size > 1,
		costs: costsOf(paid),
		items: members.flatMap(({ items }) => items),
	};
}

function costsOf(seats: readonly Seat[]): PersonOverOrgs['costs'] {
	const costs = new Map<string, number>();
	for (const { monthlyPrice, currency } of seats) {
		costs.set(currency ?? '', (costs.get(currency ?? '') ?? 0) + (monthlyPrice ?? 0));
	}
	return [...costs].map(([currency, sum]) => ({ currency, perMonth: Math.round(sum * 100) / 100 }));
}
