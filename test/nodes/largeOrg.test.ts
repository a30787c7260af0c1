import type { INodeListSearchResult, INodePropertyOptions, ResourceMapperFields } from 'n8n-workflow';

import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import type { Engine } from '../support/engine';
import { stages } from '../support/stage';

/** As many as a Developer Edition lists, and as many fields as an object may have. */
const OBJECTS = 1_300;
const FIELDS = 800;

const LARGE: LocalOrgOptions['customObjects'] = Object.fromEntries([
	...Array.from({ length: OBJECTS }, (_none, index) => [`Thing${index}__c`, { label: `Thing ${index}` }] as const),
	[
		'Wide__c',
		{
			label: 'Wide',
			fields: Object.fromEntries(
				Array.from({ length: FIELDS }, (_none, index) => [
					`Field${index}__c`,
					{ label: `Field ${index}`, type: 'Text', length: 40, externalId: index % 100 === 0 },
				]),
			),
		},
	],
]);

const stage = stages();

const node = (type: string, object = '') => ({
	type,
	parameters: { object: { __rl: true, mode: 'list', value: object }, operation: 'create' },
});
const described = (org: LocalOrg) => org.calls.filter(({ path }) => path.includes('/sobjects')).map(({ path }) => path);
const search = async (engine: Engine, type: string, method: string, object: string, ...of: string[]) =>
	(await engine.choices(node(type, object), 'listSearch', method, ...of)) as INodeListSearchResult;

describe('the lists of an org with 1,300 objects and 800 fields', () => {
	it('give all objects, 200 at a time, and find one by a part of its label or name, by one call', async () => {
		const { engine, org } = await stage({ customObjects: LARGE });
		const names: unknown[] = [];
		let from: string | undefined;
		do {
			const page = await search(
				engine,
				'salesforceGetRecordFields',
				'searchObjects',
				'',
				'',
				...(from === undefined ? [] : [from]),
			);
			expect(page.results.length).toBeLessThanOrEqual(200);
			names.push(...page.results.map(({ value }) => value));
			from = page.paginationToken as string | undefined;
		} while (from !== undefined);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual(expect.arrayContaining(['Case', 'Thing0__c', `Thing${OBJECTS - 1}__c`, 'Wide__c']));
		for (const [typed, found] of [
			['thing 1299', 'Thing1299__c'],
			['THING1298__', 'Thing1298__c'],
		] as const) {
			const { results, paginationToken } = await search(
				engine,
				'salesforceCreateOrUpdateRecord',
				'searchWritableObjects',
				'',
				typed,
			);
			expect(results.map(({ value }) => value)).toEqual([found]);
			expect(paginationToken).toBeUndefined();
		}
		expect(described(org)).toHaveLength(1);
	});

	it('describe an object once for its columns, its fields and its external IDs', async () => {
		const { engine, org } = await stage({ customObjects: LARGE });
		const mapper = (await engine.choices(
			node('salesforceCreateOrUpdateRecord', 'Wide__c'),
			'resourceMapping',
			'getColumns',
		)) as ResourceMapperFields;
		expect(mapper.fields.filter(({ id }) => id.startsWith('Field'))).toHaveLength(FIELDS);
		const fields = (await engine.choices(
			node('salesforceGetRecordFields', 'Wide__c'),
			'loadOptions',
			'getFields',
		)) as INodePropertyOptions[];
		expect(fields.map(({ value }) => value)).toEqual(expect.arrayContaining(['Name', 'Field0__c', 'Field799__c']));
		const keys = await search(engine, 'salesforceCreateOrUpdateRecord', 'searchExternalIdFields', 'Wide__c');
		expect(keys.results).toHaveLength(FIELDS / 100 + 1);
		expect(described(org)).toHaveLength(1);
	});
});

it('a custom object is written, found by its external ID, and read', async () => {
	const fields = { Key__c: { type: 'Text', length: 40, externalId: true }, Notes__c: { type: 'Text', length: 255 } };
	const { org, run } = await stage({ customObjects: { Invoice__c: { label: 'Invoice', fields } } });
	const object = { __rl: true, mode: 'name', value: 'Invoice__c' };
	const externalIdField = { __rl: true, mode: 'name', value: 'Key__c' };
	const saved = await run([{ Key__c: 'k-1', Notes__c: 'last' }], {
		type: 'salesforceCreateOrUpdateRecord',
		parameters: { operation: 'upsert', object, externalIdField, valuesFrom: 'item' },
	});
	expect(saved.error).toBeUndefined();
	expect(org.rows('Invoice__c')).toMatchObject([{ Key__c: 'k-1', Notes__c: 'last' }]);
	const read = await run([{ id: saved.outputs[0]?.[0]?.id }], {
		type: 'salesforceGetRecordFields',
		parameters: { object, recordId: '={{ $json.id }}', fields: ['Notes__c'] },
	});
	expect(read.outputs[0]).toMatchObject([{ Notes__c: 'last' }]);
});
