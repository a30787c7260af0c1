import type { IDataObject } from 'n8n-workflow';

import { stages } from '../support/stage';
import { ORG, TRIPS } from './support/roundTrips';
import type { Trip } from './support/roundTrips';
import { fc } from '../support/properties';

const stage = stages();

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));

/** The kinds of value that a query compares for being equal: the field, and the type of the parameter. */
const COMPARED: Array<[kind: string, field: string, type: string]> = [
	['numbers', 'Number__c', 'number'],
	['texts', 'Text__c', 'text'],
	['dates', 'Day__c', 'date'],
	['date-times', 'Moment__c', 'dateTime'],
	['times', 'Time__c', 'time'],
	['booleans', 'Box__c', 'boolean'],
	['IDs', 'Place__c', 'id'],
];

const isKept = ({ written, expected }: Trip): boolean =>
	expected !== 'refused' && Object.values(written).every((value) => value !== null);

describe.each(COMPARED)('%s', (kind, field, type) => {
	it('find the records that they were written to, and no others', async () => {
		const { org, run, engine } = await stage(ORG);
		const trips = fc.array((TRIPS[kind] as fc.Arbitrary<Trip>).filter(isKept), { minLength: 10, maxLength: 25 });
		await fc.assert(
			fc.asyncProperty(trips, zones, async (list, zone) => {
				engine.timezone = zone;
				const items = list.map(({ written }) => ({ value: written[field], record: written }));
				const saved = await run(items, {
					type: 'salesforceCreateOrUpdateRecord',
					parameters: {
						operation: 'create',
						object: { __rl: true, mode: 'name', value: 'Thing__c' },
						valuesFrom: 'json',
						record: '={{ $json.record }}',
					},
				});
				expect(saved.error).toBeUndefined();
				const parameter = [{ name: 'value', type, value: '={{ $json.value }}' }];
				const { items: found, error } = await run(items, {
					type: 'salesforceSoqlQuery',
					parameters: {
						query: `SELECT Id, ${field} FROM Thing__c WHERE ${field} = :value`,
						returnAll: true,
						queryParameters: { parameter },
					},
				});
				expect(error).toBeUndefined();
				const rows = org.rows('Thing__c');
				const ids = (saved.outputs[0] ?? []).map(({ id }) => id);
				const wanted = ids.map((id) => {
					const own = rows.find(({ Id }) => Id === id)?.[field];
					return rows.filter((row) => same(row[field], own)).map(({ Id }) => Id);
				});
				const given: unknown[][] = ids.map(() => []);
				for (const { json, pairedItem } of found[0] ?? []) {
					given[(pairedItem as { item: number }).item]?.push(json.Id);
				}
				expect(given.map((list) => [...list].sort())).toEqual(wanted.map((list) => [...list].sort()));
			}),
			{ numRuns: 4, endOnFailure: true },
		);
	});
});

/** SOQL compares texts without regard to case. */
function same(one: unknown, other: unknown): boolean {
	return typeof one === 'string' && typeof other === 'string'
		? one.toLowerCase() === other.toLowerCase()
		: one === other;
}

/** What people name things, down to what looks like something else. */
const NAMES = [
	'plain',
	"O'Hara",
	'Smith, John',
	'a;b',
	'"quoted"',
	"'quoted'",
	'back\\slash',
	'50%',
	'under_score',
	'[b]',
	'["c"]',
	'1001',
	'null',
	'true',
	':name',
	'--',
	'Zürich 😀',
	'tab\tinside',
	'(x)',
	'{}',
];

/** A list as people give it: which of the names can be given so, and whether it is taken in any case. */
interface Way {
	names: string[];
	value: unknown;
	separator?: string;
	isTaken: boolean;
}

const safely =
	(separator: string, text: (names: string[]) => string) =>
	(names: string[]): Way => ({ names, value: text(names), separator, isTaken: true });

/** Text with a separator that somebody chose holds no name with that separator. */
const chosen = (separator: string, glue: string) => (all: string[]) => {
	const names = all.filter((name) => !name.includes(glue.trim() || glue));
	return safely(separator, (list) => list.join(glue))(names.length === 0 ? ['plain'] : names);
};

/** Text that is to be told apart by itself: several names, none with what is between them, and not all in quotes. */
const unchosen = (glue: string) => (all: string[]) => {
	const names = ['plain', ...all.filter((name) => name !== 'plain' && !name.includes(glue.trim() || glue)), '50%'];
	const list = [...new Set(names)];
	return { names: list, value: list.join(glue), isTaken: false };
};

const WAYS: Array<(names: string[]) => Way> = [
	(names) => ({ names, value: names, isTaken: true }),
	(names) => ({ names, value: [null, ...names, '', ' '], isTaken: true }),
	safely('automatic', (names) => JSON.stringify(names)),
	safely('json', (names) => JSON.stringify(names, null, 2)),
	// As programs write them.
	safely('automatic', (names) => names.map((name) => JSON.stringify(name)).join(',')),
	chosen('line', '\n'),
	chosen('line', '\r\n'),
	chosen('comma', ','),
	chosen('semicolon', ' ; '),
	unchosen('\n'),
	unchosen(', '),
	unchosen(';'),
	// As queries have them.
	(names) => ({ names, value: names.map((name) => `'${name}'`).join(', '), isTaken: false }),
];

describe('a list', () => {
	it('finds the records of its members, or is refused', async () => {
		const { run } = await stage({ seed: { Contact: NAMES.map((name) => ({ LastName: name })) } });
		const names = fc.shuffledSubarray(NAMES, { minLength: 1 });
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(names, fc.constantFrom(...WAYS)), { minLength: 20, maxLength: 40 }),
				async (lists) => {
					const items = lists.map(([list, way]) => way(list) as unknown as IDataObject);
					const { items: found, error } = await run(items, {
						type: 'salesforceSoqlQuery',
						parameters: {
							query: 'SELECT LastName FROM Contact WHERE LastName IN :names',
							returnAll: true,
							queryParameters: {
								parameter: [
									{
										name: 'names',
										list: true,
										separator: '={{ $json.separator ?? "automatic" }}',
										value: '={{ $json.value }}',
									},
								],
							},
						},
						onError: 'continueRegularOutput',
					});
					expect(error).toBeUndefined();
					const given = lists.map((): string[] | 'refused' => []);
					for (const { json, pairedItem } of found[0] ?? []) {
						const { item } = pairedItem as { item: number };
						if (json.error !== undefined) given[item] = 'refused';
						else (given[item] as string[]).push(String(json.LastName));
					}
					lists.forEach(([list, way], index) => {
						const { names: wanted, value, separator, isTaken } = way(list);
						const one = given[index] ?? [];
						const seen = { value, separator, found: one === 'refused' ? one : [...one].sort() };
						if (one !== 'refused' || isTaken) expect(seen).toEqual({ value, separator, found: [...wanted].sort() });
					});
				},
			),
			{ numRuns: 4, endOnFailure: true },
		);
	});
});
