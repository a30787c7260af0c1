import { stages } from '../support/stage';

const stage = stages();

const noObject = { mode: 'list', value: '' };
const read = { type: 'salesforceGetRecordFields', parameters: { object: noObject } };
const save = { type: 'salesforceCreateOrUpdateRecord', parameters: { object: noObject, operation: 'create' } };

describe('before an object is chosen', () => {
	it.each([
		['Field Names or IDs', read, 'loadOptions', 'getFields', []],
		['External ID Field', read, 'listSearch', 'searchExternalIdFields', { results: [] }],
		['Matching Field', save, 'listSearch', 'searchMatchFields', { results: [] }],
		['Fields', save, 'resourceMapping', 'getColumns', { fields: [], emptyFieldsNotice: 'Choose the object first.' }],
	] as const)('%s is an empty list, and asks the org nothing', async (_name, node, kind, method, empty) => {
		const { engine, org } = await stage();
		expect(await engine.choices(node, kind, method)).toEqual(empty);
		expect(org.calls).toEqual([]);
	});
});
