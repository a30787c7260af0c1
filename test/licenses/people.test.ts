import { peopleOverOrgs } from '../../licenses/people';
import type { Account, Held, Seat } from '../../licenses/people';

const SALES = { kind: 'user', apiName: 'SFDC', name: 'Salesforce', family: 'Sales Cloud' };
const SEATMAP = { kind: 'package', apiName: 'seatmap', name: 'seatmap', family: 'Managed Package' };

let item = 0;
const held = (org: string, id: string, account: Partial<Account> = {}, seat: Partial<Seat> = {}): Held => ({
	item: item++,
	account: { id, name: id, username: `${id}@${org}.example`, email: null, federationId: null, ...account },
	seat: { org, orgId: `00D${org}`, license: SALES, isInactive: false, monthlyPrice: 165, currency: 'EUR', ...seat },
});

beforeEach(() => {
	item = 0;
});

describe('peopleOverOrgs', () => {
	it('sets the seats of one person side by side, with what they cost', () => {
		const people = peopleOverOrgs([
			held('Europe', 'ada', { federationId: 'A1', email: 'ada@example.com' }),
			held('Europe', 'ada', { federationId: 'A1', email: 'ada@example.com' }, { license: SEATMAP, monthlyPrice: null }),
			held('Asia', 'ada2', { federationId: 'a1 ' }, { isInactive: true, currency: 'USD', monthlyPrice: 99.5 }),
			held('Europe', 'ben', { federationId: 'B1' }),
			held('Asia', 'cleo', { federationId: 'C1' }),
		]);
		expect(people).toEqual([
			{
				name: 'ada',
				email: 'ada@example.com',
				federationId: 'A1',
				matchedBy: 'federationId',
				orgs: ['Europe', 'Asia'],
				seats: [
					expect.objectContaining({ org: 'Europe', userId: 'ada', license: SALES, monthlyPrice: 165 }),
					expect.objectContaining({ org: 'Europe', userId: 'ada', license: SEATMAP, monthlyPrice: null }),
					expect.objectContaining({ org: 'Asia', userId: 'ada2', username: 'ada2@Asia.example', isInactive: true }),
				],
				paidTwice: true,
				costs: [
					{ currency: 'EUR', perMonth: 165 },
					{ currency: 'USD', perMonth: 99.5 },
				],
				items: [0, 1, 2],
			},
		]);
	});

	it.each<[string, Partial<Account>, Partial<Account>, string | undefined]>([
		['the same federation ID', { federationId: 'A1' }, { federationId: 'a1' }, 'federationId'],
		['the same address', { email: 'ada@example.com' }, { email: 'Ada@Example.com' }, 'email'],
		[
			'the address that a sandbox made of it',
			{ email: 'ada@example.com' },
			{ email: 'ada@example.com.invalid' },
			'email',
		],
		['the same username', { username: 'ada@example.com' }, { username: 'ADA@example.com' }, 'username'],
		['the same name alone', { name: 'Ada' }, { name: 'Ada' }, undefined],
		['nothing', {}, {}, undefined],
		['no federation ID, both', { federationId: '' }, { federationId: '' }, undefined],
		[
			'the same address and other federation IDs',
			{ email: 'ada@example.com', federationId: 'A1' },
			{ email: 'ada@example.com', federationId: 'B1' },
			undefined,
		],
		[
			'the same address, one without a federation ID',
			{ email: 'ada@example.com', federationId: 'A1' },
			{ email: 'ada@example.com' },
			'email',
		],
	])('takes users with %s for one person, or not', (_what, one, other, matchedBy) => {
		const people = peopleOverOrgs([held('Europe', 'a', one), held('Asia', 'b', other)]);
		expect(people.map((person) => person.matchedBy)).toEqual(matchedBy === undefined ? [] : [matchedBy]);
	});

	it('takes an address that several users of one org have for nobody', () => {
		const shared = { email: 'it@example.com' };
		const people = peopleOverOrgs([
			held('Europe', 'a', shared),
			held('Europe', 'b', shared),
			held('Asia', 'c', shared),
		]);
		expect(people).toEqual([]);
	});

	it('finds a person over three orgs by what two of them have in common each', () => {
		const people = peopleOverOrgs([
			held('Europe', 'a', { federationId: 'A1' }),
			held('Asia', 'b', { federationId: 'A1', email: 'ada@example.com' }),
			held('America', 'c', { email: 'ada@example.com' }),
		]);
		expect(people).toMatchObject([{ orgs: ['Europe', 'Asia', 'America'], matchedBy: 'email' }]);
	});

	it('does not call two seats of one org, or a seat without a price, paid twice', () => {
		const ada = { federationId: 'A1' };
		const [free] = peopleOverOrgs([
			held('Europe', 'a', ada),
			held('Europe', 'a', ada, { license: SEATMAP }),
			held('Asia', 'b', ada, { monthlyPrice: 0 }),
		]);
		expect(free).toMatchObject({ paidTwice: false, costs: [{ currency: 'EUR', perMonth: 330 }] });
		const [unknown] = peopleOverOrgs([held('Europe', 'a', ada), held('Asia', 'b', ada, { monthlyPrice: null })]);
		expect(unknown).toMatchObject({ paidTwice: false });
	});
});
