import type { OrgCountry } from '../../local-org';
import { describeRecorded, recorded } from './support/recordings';
import { openClient, useOrg } from './support/client';

type Row = Record<string, unknown>;
interface Described {
	fields: { name: string; picklistValues: { value: string; label: string; validFor: string | null }[] }[];
}

const COUNTRIES: OrgCountry[] = [
	{ code: 'DE', name: 'Germany' },
	{ code: 'IT', name: 'Italy', states: { AG: 'Agrigento', RM: 'Rome' } },
	{ code: 'MX', name: 'Mexico', states: { AG: 'Aguascalientes' } },
	{ code: 'US', name: 'United States', states: { CA: 'California', TX: 'Texas' } },
];
const at = useOrg(() => ({ countries: COUNTRIES }));
const create = (fields: Row) => at.call<Row[]>('POST', 'sobjects/Account', { Name: 'x', ...fields });
const account = () => {
	const [row] = at.org.rows('Account');
	return [row?.BillingCountry, row?.BillingCountryCode, row?.BillingState, row?.BillingStateCode];
};
const GERMANY = ['Germany', 'DE', null, null];
const CALIFORNIA = ['United States', 'US', 'California', 'CA'];
const NOWHERE = [null, null, null, null];

describe('a new address', () => {
	it.each<[Row, unknown[]]>([
		[{ BillingCountry: 'Germany' }, GERMANY],
		[{ BillingCountryCode: 'DE' }, GERMANY],
		[{ BillingCountry: 'united states', BillingState: 'CALIFORNIA' }, CALIFORNIA],
		[{ BillingCountryCode: 'US', BillingState: 'California' }, CALIFORNIA],
		[{ BillingCountry: 'United States', BillingStateCode: 'CA' }, CALIFORNIA],
		[{ BillingStateCode: 'ca', BillingCountryCode: 'us' }, CALIFORNIA],
		// What is written beside a code gives way to it.
		[{ BillingCountryCode: 'DE', BillingCountry: 'Italy' }, GERMANY],
		[{ BillingCountryCode: 'US', BillingStateCode: 'CA', BillingState: 'Texas' }, CALIFORNIA],
		[{ BillingCountryCode: 'MX', BillingStateCode: 'AG' }, ['Mexico', 'MX', 'Aguascalientes', 'AG']],
		[{ BillingCountryCode: 'IT', BillingStateCode: 'AG' }, ['Italy', 'IT', 'Agrigento', 'AG']],
		[{ BillingCity: 'Berlin' }, NOWHERE],
		[{ BillingCountry: '', BillingState: null }, NOWHERE],
	])('%j', async (fields, expected) => {
		expect((await create(fields)).status).toBe(201);
		expect(account()).toEqual(expected);
	});

	const problem = (what: string) =>
		`There's a problem with this ${what}, even though it may appear correct. Please select`;
	it.each<[Row, string, string]>([
		[
			{ BillingCountry: 'USA' },
			`${problem('country')} a country/territory from the list of valid countries.: Billing Country`,
			'BillingCountry',
		],
		[{ BillingCountry: 'US' }, problem('country'), 'BillingCountry'],
		[{ BillingCountryCode: 'XX' }, problem('country'), 'BillingCountryCode'],
		[
			{ BillingCountry: 'United States', BillingState: 'CA' },
			`${problem('state')} a state from the list of valid states.: Billing State/Province`,
			'BillingState',
		],
		[{ BillingCountryCode: 'DE', BillingState: 'Bavaria' }, problem('state'), 'BillingState'],
		[
			{ BillingCountryCode: 'US', BillingStateCode: 'RM' },
			"The existing country/territory doesn't recognize the state value for field: Billing State/Province Code",
			'BillingStateCode',
		],
		[
			{ BillingState: 'California' },
			'A country/territory must be specified before specifying a state value for field: Billing State/Province',
			'BillingState',
		],
		[
			{ BillingStateCode: 'CA', BillingCountry: null },
			'A country/territory must be specified before specifying a state value for field: Billing State/Province Code',
			'BillingStateCode',
		],
	])('is refused: %j', async (fields, message, field) => {
		const { status, body } = await create(fields);
		expect(status).toBe(400);
		expect(body).toEqual([
			{ message: expect.stringContaining(message), errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: [field] },
		]);
		expect(at.org.rows('Account')).toEqual([]);
	});
});

describe('an address that is there', () => {
	const change = async (fields: Row) => {
		const id = await at.create('Account', { Name: 'x', BillingCountryCode: 'US', BillingStateCode: 'CA' });
		return (await at.call<Row[]>('PATCH', `sobjects/Account/${id}`, fields)).body;
	};

	it.each<[Row, unknown[]]>([
		[{ BillingState: 'Texas' }, ['United States', 'US', 'Texas', 'TX']],
		[{ BillingStateCode: 'TX' }, ['United States', 'US', 'Texas', 'TX']],
		[{ BillingStateCode: 'TX', BillingState: 'Texas' }, ['United States', 'US', 'Texas', 'TX']],
		[{ BillingCountry: 'Germany', BillingState: null }, GERMANY],
		[{ BillingCountry: 'Italy', BillingStateCode: 'RM' }, ['Italy', 'IT', 'Rome', 'RM']],
		[{ BillingCountryCode: null }, NOWHERE],
		[{ BillingCountry: '' }, NOWHERE],
		[{ BillingState: null }, ['United States', 'US', null, null]],
		[{ BillingCity: 'Oakland' }, CALIFORNIA],
	])('takes %j', async (fields, expected) => {
		expect(await change(fields)).toBeUndefined();
		expect(account()).toEqual(expected);
	});

	it.each<[Row, string]>([
		[{ BillingCountryCode: 'DE' }, "doesn't recognize the state value for field: Billing State/Province Code"],
		[{ BillingCountry: 'Mexico' }, "doesn't recognize the state value for field: Billing State/Province Code"],
		[{ BillingCountryCode: 'DE', BillingCountry: 'Italy' }, 'problem with this country'],
		[{ BillingStateCode: 'TX', BillingState: 'California' }, 'problem with this state'],
		[{ BillingCountryCode: null, BillingState: 'Texas' }, 'must be specified before specifying a state'],
	])('refuses %j', async (fields, message) => {
		expect(await change(fields)).toMatchObject([
			{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: expect.stringContaining(message) },
		]);
		expect(account()).toEqual(CALIFORNIA);
	});
});

it('every address has its codes, in answers and queries', async () => {
	await at.create('Contact', {
		LastName: 'x',
		MailingCountryCode: 'IT',
		MailingStateCode: 'RM',
		OtherCountry: 'Germany',
	});
	await at.create('Lead', { LastName: 'x', Company: 'x', CountryCode: 'DE' });
	const [contact] = await at.query(
		"SELECT MailingAddress, OtherCountryCode FROM Contact WHERE MailingStateCode = 'RM'",
	);
	expect(contact).toMatchObject({
		MailingAddress: { country: 'Italy', countryCode: 'IT', state: 'Rome', stateCode: 'RM' },
		OtherCountryCode: 'DE',
	});
	expect(at.org.rows('Lead')).toMatchObject([{ Country: 'Germany', Address: { countryCode: 'DE' } }]);
	const user = String(at.org.rows('User')[0]?.Id);
	expect((await at.call('PATCH', `sobjects/User/${user}`, { CountryCode: 'XX' })).status).toBe(400);
	const master = '012000000000000AAA';
	const { body } = await at.call<{ picklistFieldValues: Record<string, Row> }>(
		'GET',
		`ui-api/object-info/Account/picklist-values/${master}`,
	);
	expect(body.picklistFieldValues.BillingStateCode).toMatchObject({
		controllerValues: { DE: 0, IT: 1, MX: 2, US: 3 },
		values: [
			{ value: 'AG', label: 'Agrigento', validFor: [1] },
			{ value: 'AG', label: 'Aguascalientes', validFor: [2] },
			{ value: 'CA', validFor: [3] },
			{ value: 'RM', validFor: [1] },
			{ value: 'TX', validFor: [3] },
		],
	});
});

describeRecorded('the codes of a real org', () => {
	const real = recorded<Described>('describe/Account.v58.nango.json');
	const realField = (name: string) => real.fields.find((field) => field.name === name);

	it('are described in the same words', async () => {
		const countries = (realField('BillingCountryCode')?.picklistValues ?? []).map(({ value, label }, index) => {
			const states = (realField('BillingStateCode')?.picklistValues ?? []).filter(({ validFor }) => {
				const bytes = Buffer.from(validFor ?? '', 'base64');
				return ((bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
			});
			return { code: value, name: label, states: Object.fromEntries(states.map((one) => [one.value, one.label])) };
		});
		const client = await openClient({ countries });
		const { body } = await client.call<Described>('GET', 'sobjects/Account/describe');
		const order = body.fields.map(({ name }) => name).filter((name) => name.startsWith('Billing'));
		expect(order).toEqual(real.fields.map(({ name }) => name).filter((name) => name.startsWith('Billing')));
		const sorted = <T extends { label: string; value: string }>(values: T[]) =>
			values.toSorted((a, b) => (a.label + a.value < b.label + b.value ? -1 : 1));
		for (const name of ['BillingCountryCode', 'BillingStateCode', 'ShippingStateCode']) {
			const ours = body.fields.find((field) => field.name === name);
			const theirs = realField(name);
			expect({ ...ours, picklistValues: sorted(ours?.picklistValues ?? []) }).toEqual({
				...theirs,
				picklistValues: sorted(theirs?.picklistValues ?? []),
			});
		}
		await client.org.close();
	});
});
