import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { LocalOrgOptions } from '../../local-org';
import { stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();

/** An object with a field of every kind of value. */
const OBJECT: LocalOrgOptions['customObjects'] = {
	Thing__c: {
		label: 'Thing',
		fields: {
			Text__c: { type: 'Text', label: 'Text', length: 255 },
			Number__c: { type: 'Number', label: 'Number', precision: 18, scale: 4 },
			Box__c: { type: 'Checkbox', label: 'Box', defaultValue: false },
			Day__c: { type: 'Date', label: 'Day' },
			Moment__c: { type: 'DateTime', label: 'Moment' },
		},
	},
};

/** What is written, and what must come back: as it was written, or not at all. */
interface Case {
	written: IDataObject;
	expected: IDataObject | 'refused';
}

const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia', 'America/Sao_Paulo'];
const moment = fc.date({
	min: new Date('1700-01-03T00:00:00Z'),
	max: new Date('4000-12-29T00:00:00Z'),
	noInvalidDate: true,
});

const numbers: fc.Arbitrary<Case> = fc.oneof(
	fc.integer({ min: -1e9, max: 1e9 }).map((number) => ({
		written: { Number__c: number / 100 },
		expected: { Number__c: number / 100 },
	})),
	fc.integer({ min: -1e9, max: 1e9 }).map((number) => ({
		written: { Number__c: ` ${number}.50` },
		expected: { Number__c: Number(`${number}.5`) },
	})),
	fc
		.integer({ min: 1, max: 1e6 })
		.map((more) => ({ written: { Number__c: Number.MAX_SAFE_INTEGER + more }, expected: 'refused' as const })),
	fc.constantFrom('1,5', '0x10', 'one', '1 000').map((text) => ({
		written: { Number__c: text },
		expected: 'refused' as const,
	})),
);

const texts: fc.Arbitrary<Case> = fc.oneof(
	fc.string({ unit: fc.constantFrom('a', "'", '"', ',', '\\', 'é', '😀', '\t', ';', '<', '=') }).map((text) => ({
		written: { Text__c: `x${text}x` },
		expected: { Text__c: `x${text}x` },
	})),
	fc.string({ maxLength: 5 }).map((text) => ({ written: { Text__c: `x${text}\ud83d` }, expected: 'refused' as const })),
);

const days: fc.Arbitrary<Case> = fc.oneof(
	moment.map((date) => {
		const day = date.toISOString().slice(0, 10);
		return { written: { Day__c: day }, expected: { Day__c: day } };
	}),
	fc.tuple(moment, fc.constantFrom('Z', '+02:00', '-11:00', '+0000')).map(([date, offset]) => {
		const day = date.toISOString().slice(0, 10);
		return { written: { Day__c: `${day}T00:00:00.000${offset}` }, expected: { Day__c: day } };
	}),
	fc
		.constantFrom('2026', '2026-05', '0026-05-01', '4001-01-01', '1699-12-31', '2026-02-30', '01.05.2026')
		.map((day) => ({ written: { Day__c: day }, expected: 'refused' as const })),
);

/** Salesforce keeps whole seconds. */
const moments: fc.Arbitrary<Case> = moment.map((date) => ({
	written: { Moment__c: date.toISOString() },
	expected: { Moment__c: date.toISOString().replace(/\.\d{3}Z$/, '.000+0000') },
}));

const boxes: fc.Arbitrary<Case> = fc.oneof(
	fc.constantFrom(true, 'TRUE', 'yes', 1, '1').map((box) => ({ written: { Box__c: box }, expected: { Box__c: true } })),
	fc.constantFrom('on', 2, 'maybe').map((box) => ({ written: { Box__c: box }, expected: 'refused' as const })),
);

async function roundTrip({ org, run, engine }: Stage, zone: string, cases: Case[], bulk: boolean): Promise<void> {
	engine.timezone = zone;
	const before = org.rows('Thing__c').length;
	const { outputs, error } = await run(
		cases.map(({ written }) => ({ record: written })),
		{
			type: 'salesforceCreateOrUpdateRecord',
			parameters: {
				operation: 'create',
				object: { __rl: true, mode: 'name', value: 'Thing__c' },
				valuesFrom: 'json',
				record: '={{ $json.record }}',
				options: { bulkApi: bulk ? 'always' : 'never' },
			},
			onError: 'continueRegularOutput',
		},
	);
	expect(error).toBeUndefined();
	const ids = (outputs[0] ?? []).map(({ id }) => id);
	const read = await run([{}], {
		type: 'salesforceSoqlQuery',
		parameters: {
			query: 'SELECT Id, Text__c, Number__c, Box__c, Day__c, Moment__c FROM Thing__c',
			returnAll: true,
		},
	});
	const byId = new Map((read.outputs[0] ?? []).map((record) => [record.Id, record]));
	cases.forEach(({ written, expected }, index) => {
		const seen = { written, result: ids[index] === undefined ? 'refused' : byId.get(ids[index]) };
		expect(seen).toEqual({
			written,
			result: expected === 'refused' ? 'refused' : (expect.objectContaining(expected) as unknown),
		});
	});
	const refused = cases.filter(({ expected }) => expected === 'refused').length;
	expect(org.rows('Thing__c')).toHaveLength(before + cases.length - refused);
}

describe('a value', () => {
	it.each([false, true])('comes back from the org as it went in, or is refused; by Bulk API: %p', async (bulk) => {
		const on = await stage({ customObjects: OBJECT });
		const cases = fc.array(fc.oneof(numbers, texts, days, moments, boxes), { minLength: 20, maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(cases, fc.constantFrom(...ZONES), async (list, zone) => await roundTrip(on, zone, list, bulk)),
			{ numRuns: 8, endOnFailure: true },
		);
	});
});
