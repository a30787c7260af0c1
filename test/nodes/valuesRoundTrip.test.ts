import type { IDataObject } from 'n8n-workflow';

import { stages } from '../support/stage';
import type { Stage } from '../support/stage';
import { FIELDS, isThere, ORG, TRIPS, wallClock } from './support/roundTrips';
import type { Trip } from './support/roundTrips';
import { fc } from '../support/properties';

const stage = stages();

const create = (bulk: boolean) => ({
	type: 'salesforceCreateOrUpdateRecord',
	parameters: {
		operation: 'create',
		object: { __rl: true, mode: 'name', value: 'Thing__c' },
		valuesFrom: 'json',
		record: '={{ $json.record }}',
		options: { bulkApi: bulk ? 'always' : 'never' },
	},
	onError: 'continueRegularOutput' as const,
});

const read = {
	type: 'salesforceSoqlQuery',
	parameters: { query: `SELECT Id, ${FIELDS.join(', ')} FROM Thing__c`, returnAll: true },
};

/** What became of a record: what of it is in the org, as far as it is expected to be, or that it was refused. */
function result(record: IDataObject | undefined, { expected, zone }: Trip): unknown {
	if (record === undefined) return 'refused';
	if (expected === 'refused') return record;
	return Object.fromEntries(
		Object.keys(expected).map((field) => [
			field,
			zone !== undefined && field === 'Moment__c' ? wallClock(record[field], zone) : record[field],
		]),
	);
}

async function roundTrip({ org, run, engine }: Stage, zone: string, all: Trip[], bulk: boolean): Promise<void> {
	engine.timezone = zone;
	const trips = all
		.map((trip) => ({ ...trip, ...(trip.zone === undefined ? {} : { zone }) }))
		.filter(({ written, zone: own }) => own === undefined || isThere(textOf(written), own));
	const before = org.rows('Thing__c').length;
	const { outputs, error } = await run(
		trips.map(({ written }) => ({ record: written })),
		create(bulk),
	);
	expect(error).toBeUndefined();
	const ids = (outputs[0] ?? []).map(({ id }) => id);
	const { outputs: found } = await run([{}], read);
	const byId = new Map((found[0] ?? []).map((record) => [record.Id, record]));
	expect(trips.map((trip, index) => ({ ...trip, expected: result(byId.get(ids[index]), trip) }))).toEqual(trips);
	const refused = trips.filter(({ expected }) => expected === 'refused').length;
	expect(org.rows('Thing__c')).toHaveLength(before + trips.length - refused);
}

function textOf({ Day__c: day, Moment__c: moment }: IDataObject): string {
	return String(day ?? moment).replace(' ', 'T');
}

describe.each(Object.entries(TRIPS))('%s', (_kind, trip) => {
	it.each([false, true])('come back from the org as they went in, or are refused; by Bulk API: %p', async (bulk) => {
		const on = await stage(ORG);
		const trips = fc.array(trip, { minLength: 20, maxLength: 60 });
		const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
		await fc.assert(
			fc.asyncProperty(trips, zones, async (list, zone) => await roundTrip(on, zone, list, bulk)),
			{ numRuns: 4, endOnFailure: true },
		);
	});
});
