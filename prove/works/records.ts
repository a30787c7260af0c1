import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg, LocalOrgOptions, Seed } from '../../local-org';
import type { TestNode } from '../../test/support/engine';
import type { Scenario } from '../scenario';
import { each, gone, reading, standings, undoing, whole } from '../work';
import type { Ground, Standing, Work } from '../work';

const named = (value: string): IDataObject => ({ __rl: true, mode: 'name', value });
const key = (place: number): string => `k-${place}`;
const keys = ({ count }: Scenario): string[] => each(count, key);
const name = (place: number): string => `N-${place}`;

/** What an option says besides the number of calls at once. */
type More = IDataObject;

const save =
	(operation: string, sObject: string, parameters: IDataObject = {}, more: More = {}) =>
	(scenario: Scenario): TestNode => ({
		type: 'salesforceCreateOrUpdateRecord',
		parameters: {
			operation,
			object: named(sObject),
			valuesFrom: 'json',
			record: '={{ $json.record }}',
			recordId: '={{ $json.id }}',
			...parameters,
			options: { parallelCalls: scenario.parallelCalls, ...more },
		} as TestNode['parameters'],
	});

const BULK = { bulkApi: 'always' };

/** Records that look like those of a run. */
const ALIKE: Seed = {
	Case: ['k-0x', 'k-', 'xk-0'].map((id) => ({ ExternalID__c: id, Subject: 'Not ours' })),
	Contact: ['N-0x', 'N-', 'XN-0'].map((LastName) => ({ LastName })),
};

/** An org with the Cases of some places. */
const orgWith =
	(has: (place: number) => boolean = () => false) =>
	({ count, isUnique }: Scenario): LocalOrgOptions => ({
		seed: {
			...ALIKE,
			Case: [
				...(ALIKE.Case ?? []),
				...each(count, (place) => place)
					.filter(has)
					.map((place) => ({ ExternalID__c: key(place), Subject: 'Old' })),
			],
		},
		settings: { uniqueExternalId: isUnique },
	});
const all = (): boolean => true;
const half = (place: number): boolean => place % 2 === 0;

const common = {
	most: 2_000,
	keeps: { Case: whole, Contact: whole },
	told: reading(undefined, { written: ['created', 'updated'], idle: ['unchanged'] }),
	idOf: ({ id }: IDataObject) => id,
	ends: 'there',
} as const satisfies Partial<Work>;

const creating = (more: More = {}): Work => ({
	...common,
	org: orgWith(),
	begin: async ({ scenario }) =>
		await Promise.resolve(each(scenario.count, (place) => ({ record: { LastName: name(place), Title: 'New' } }))),
	node: save('create', 'Contact', {}, more),
	look: (org, { count }) => standings(org, 'Contact', 'LastName', each(count, name), ({ Title }) => Title === 'New'),
	creates: true,
	shared: 'parts',
	again: 'rest',
	hides: ['Contact.Title'],
});

const cases =
	(subject: string) =>
	(org: LocalOrg, scenario: Scenario): Standing[] =>
		standings(org, 'Case', 'ExternalID__c', keys(scenario), ({ Subject }) => Subject === subject);

/** The IDs of the run's Cases, by their places. */
const idsOf = (org: LocalOrg, scenario: Scenario): string[] =>
	cases('')(org, scenario).map(({ ids }) => String(ids[0]));

const onCases = {
	...common,
	look: cases('New'),
	shared: 'same',
	again: 'all',
	change: { field: 'Priority', value: 'High' },
	hides: ['Case.Subject'],
} as const satisfies Partial<Work>;

const updating = (more: More = {}): Work => ({
	...onCases,
	org: orgWith(all),
	begin: async ({ org, scenario }) =>
		await Promise.resolve(idsOf(org, scenario).map((id) => ({ id, record: { Subject: 'New' } }))),
	node: save('update', 'Case', {}, more),
});

/** The records are named by their external ID. */
const keyed = (operation: string, parameters: IDataObject, has: (place: number) => boolean, more: More = {}): Work => ({
	...onCases,
	org: orgWith(has),
	begin: async ({ scenario }) =>
		await Promise.resolve(each(scenario.count, (place) => ({ record: { ExternalID__c: key(place), Subject: 'New' } }))),
	node: save(operation, 'Case', parameters, more),
});
const upserting = (more: More = {}): Work => keyed('upsert', { externalIdField: named('ExternalID__c') }, half, more);
const matched = { matchField: named('ExternalID__c'), recordId: '' };

const deleting = (parameters: IDataObject, more: More = {}): Work => ({
	...onCases,
	org: orgWith(all),
	begin: async ({ org, scenario }) =>
		await Promise.resolve(idsOf(org, scenario).map((Id, place) => ({ Id, key: key(place) }))),
	node: ({ parallelCalls, recordsPerCall }) => ({
		type: 'salesforceDeleteRecord',
		parameters: {
			object: named('Case'),
			dryRun: false,
			atMost: 2_000,
			...parameters,
			options: { parallelCalls, recordsPerCall, ...more },
		} as TestNode['parameters'],
	}),
	look: (org, scenario) => gone(org, 'Case', 'ExternalID__c', keys(scenario)),
	told: reading('delete', { written: ['deleted'], idle: ['alreadyDeleted', 'notFound'] }),
	idOf: undefined,
	ends: 'gone',
});

/** Records that are created, updated, upserted and deleted, and what takes it back. */
export const RECORDS: Record<string, Work> = {
	create: creating(),
	'create all or none': { ...creating({ allOrNone: true }), most: 1_000, isAtomic: true },
	'create in bulk': creating(BULK),
	update: updating(),
	'update only changes': updating({ onlyChanges: true }),
	'update by a matching field': keyed('update', matched, all),
	'update all or none': { ...updating({ allOrNone: true }), most: 1_000, isAtomic: true },
	'update in bulk': updating(BULK),
	upsert: upserting(),
	'upsert all or none': { ...upserting({ allOrNone: true }), most: 1_000, isAtomic: true },
	'upsert in bulk': upserting(BULK),
	// It looks first and then writes, so two runs at the same moment may both create.
	'create or update': { ...keyed('createOrUpdate', matched, half), shared: 'parts' },
	delete: deleting({}),
	'delete by external ID': deleting({
		findBy: 'externalId',
		externalIdField: named('ExternalID__c'),
		externalId: '={{ $json.key }}',
	}),
	'delete in bulk': deleting({}, BULK),
	'undo updates': undoing(updating(), { look: cases('Old'), ends: 'there' }),
	'undo upserts': undoing(upserting(), {
		// What was there before is as it was, and the rest is gone.
		look: (org, scenario) =>
			cases('Old')(org, scenario).map(({ ids, done }, place) => ({ ids, done: half(place) ? done : ids.length === 0 })),
		ends: 'gone',
	}),
	'undo creations': {
		...undoing(creating(), {
			look: (org: Ground['org'], { count }) => gone(org, 'Contact', 'LastName', each(count, name)),
			ends: 'gone',
		}),
		shared: 'same',
		change: { field: 'Department', value: 'Ours' },
		hides: [],
	},
	'undo deletions': undoing(deleting({}), { look: cases('Old'), ends: 'there' }),
};
