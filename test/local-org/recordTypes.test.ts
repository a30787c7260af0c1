import { useOrg } from './support/client';

const picklist = (...names: string[]) => ({
	type: 'Picklist',
	valueSet: {
		restricted: true,
		valueSetDefinition: {
			value: names.map((valueName) => ({ valueName, label: valueName, default: valueName === 'Desk' })),
		},
	},
});
const at = useOrg(() => ({
	fields: { 'Case.Thing__c': picklist('Desk', 'Chair', 'Room') },
	seed: {
		RecordType: [
			{ Name: 'Move', DeveloperName: 'Move', SobjectType: 'Case' },
			{ Name: 'Other', DeveloperName: 'Other', SobjectType: 'Case' },
		],
	},
	settings: { recordTypePicklists: { 'Case.Move': { Thing__c: ['Desk', 'Chair'], Reason: ['Other'] } } },
}));
const typeOf = (name: string) => String(at.org.rows('RecordType').find((one) => one.DeveloperName === name)?.Id);
const create = (name: string, fields: object) =>
	at.call<{ id: string; errorCode: string }>('POST', 'sobjects/Case', { RecordTypeId: typeOf(name), ...fields });

describe('record types with picklists of their own', () => {
	it('take their values of restricted picklists alone', async () => {
		expect((await create('Move', { Thing__c: 'Room' })).body).toMatchObject([
			{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['Thing__c'] },
		]);
		expect((await create('Other', { Thing__c: 'Room' })).status).toBe(201);
		expect((await create('Move', { Reason: 'Feedback' })).status).toBe(201);
		const { body } = await create('Move', { Thing__c: 'Chair' });
		const path = `sobjects/Case/${body.id}`;
		expect((await at.call('PATCH', path, { Thing__c: 'Room' })).status).toBe(400);
		expect((await at.call('PATCH', path, { Thing__c: 'Room', RecordTypeId: typeOf('Other') })).status).toBe(204);
	});

	it('are told by the user interface’s API', async () => {
		const ask = async (id: string) =>
			await at.call<{ picklistFieldValues: Record<string, { values: { value: string }[]; defaultValue: unknown }> }>(
				'GET',
				`ui-api/object-info/Case/picklist-values/${id}`,
			);
		const things = async (id: string) =>
			(await ask(id)).body.picklistFieldValues.Thing__c?.values.map(({ value }) => value);
		expect(await things(typeOf('Move'))).toEqual(['Desk', 'Chair']);
		expect(await things('012000000000000AAA')).toEqual(['Desk', 'Chair', 'Room']);
		expect((await ask(typeOf('Move'))).body.picklistFieldValues.Thing__c?.defaultValue).toMatchObject({
			value: 'Desk',
		});
		expect((await ask('012000000000001AAA')).status).toBe(404);
	});
});
