import { startLocalOrg } from '../../local-org';
import { useOrg } from './support/client';

const text = (formula: string) => ({ type: 'Text', formula });
const at = useOrg(() => ({
	customObjects: {
		Plan__c: {
			label: 'Plan',
			nameField: { displayFormat: 'PLAN-{0000}' },
			fields: {
				Steps__c: { type: 'Summary', summaryOperation: 'count', summaryForeignKey: 'Step__c.Plan__c' },
				Cost__c: {
					type: 'Summary',
					summaryOperation: 'sum',
					summaryForeignKey: 'Step__c.Plan__c',
					summarizedField: 'Step__c.Cost__c',
				},
				Dearest__c: {
					type: 'Summary',
					summaryOperation: 'max',
					summaryForeignKey: 'Step__c.Plan__c',
					summarizedField: 'Step__c.Cost__c',
				},
				Size__c: text('IF(Steps__c > 1, "large", "small") & " at " & TEXT(Cost__c)'),
			},
		},
		Step__c: {
			label: 'Step',
			fields: {
				Plan__c: { type: 'MasterDetail', referenceTo: 'Plan__c', relationshipName: 'Steps' },
				Cost__c: { type: 'Currency', precision: 18, scale: 2 },
				Number__c: { type: 'AutoNumber', displayFormat: 'S-{000}', startingNumber: 7 },
				Twice__c: { type: 'Number', precision: 18, scale: 2, formula: 'Cost__c * 2' },
				IsDear__c: { type: 'Checkbox', formula: 'AND(NOT(ISBLANK(Cost__c)), Cost__c >= 100)' },
			},
		},
	},
}));
const plan = async (id: string) =>
	(await at.query(`SELECT Name, Steps__c, Cost__c, Dearest__c, Size__c FROM Plan__c WHERE Id = '${id}'`))[0];
const step = (Plan__c: string, Cost__c: number | null) => at.create('Step__c', { Plan__c, Cost__c });

describe('roll-up summaries', () => {
	it('follow their details as these come, change, go and come back', async () => {
		const id = await at.create('Plan__c', {});
		const other = await at.create('Plan__c', {});
		const first = await step(id, 100);
		await step(id, 20);
		expect(await plan(id)).toMatchObject({ Steps__c: 2, Cost__c: 120, Dearest__c: 100, Size__c: 'large at 120' });
		await at.call('PATCH', `sobjects/Step__c/${first}`, { Cost__c: 10 });
		expect(await plan(id)).toMatchObject({ Cost__c: 30, Dearest__c: 20 });
		await at.call('DELETE', `sobjects/Step__c/${first}`);
		expect(await plan(id)).toMatchObject({ Steps__c: 1, Cost__c: 20, Size__c: 'small at 20' });
		at.org.person().undelete(first);
		expect(await plan(id)).toMatchObject({ Steps__c: 2, Cost__c: 30 });
		expect(await plan(other)).toMatchObject({ Steps__c: 0, Cost__c: 0, Dearest__c: null });
	});

	it('are filtered by, and written by nobody', async () => {
		const id = await at.create('Plan__c', {});
		await step(id, 5);
		expect(await at.query('SELECT Id FROM Plan__c WHERE Cost__c > 4')).toHaveLength(1);
		expect((await at.call('PATCH', `sobjects/Plan__c/${id}`, { Cost__c: 1 })).body).toMatchObject([
			{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' },
		]);
	});
});

describe('formulas', () => {
	it('are calculated when a record is saved', async () => {
		const id = await at.create('Plan__c', {});
		const dear = await step(id, 150);
		await step(id, null);
		const soql = 'SELECT Twice__c, IsDear__c FROM Step__c ORDER BY Number__c';
		expect(await at.query(soql)).toMatchObject([
			{ Twice__c: 300, IsDear__c: true },
			{ Twice__c: 0, IsDear__c: false },
		]);
		await at.call('PATCH', `sobjects/Step__c/${dear}`, { Cost__c: 1.5 });
		expect(await at.query(`${soql} LIMIT 1`)).toMatchObject([{ Twice__c: 3, IsDear__c: false }]);
	});

	it('are told by describe, and come to records that are there', async () => {
		await at.create('Case', { Subject: 'Chair' });
		const field = { FullName: 'Case.Loud__c', Metadata: { label: 'Loud', ...text('UPPER(Subject)') } };
		expect((await at.call('POST', 'tooling/sobjects/CustomField', field)).status).toBe(201);
		expect(at.org.rows('Case')).toMatchObject([{ Loud__c: 'CHAIR' }]);
		const { body } = await at.call<{ fields: Record<string, unknown>[] }>('GET', 'sobjects/Step__c/describe');
		const of = (name: string) => body.fields.find((one) => one.name === name);
		expect(of('Twice__c')).toMatchObject({
			calculated: true,
			calculatedFormula: 'Cost__c * 2',
			createable: false,
			type: 'double',
		});
		expect(of('Number__c')).toMatchObject({ autoNumber: true, updateable: false });
		expect(of('Plan__c')).toMatchObject({
			cascadeDelete: true,
			relationshipOrder: 0,
			nillable: false,
			updateable: false,
		});
		expect(of('OwnerId')).toBeUndefined();
	});

	it.each(['TODAY()', 'Owner.Name', '$User.Id', 'REGEX(Subject, "x")', 'Subject &', '1 # 2'])(
		'that this org does not know keep it from starting: %s',
		async (formula) => {
			await expect(startLocalOrg({ fields: { 'Case.X__c': text(formula) } })).rejects.toThrow('formula');
		},
	);
});

describe('automatic numbers', () => {
	it('are given in their format, never twice', async () => {
		const id = await at.create('Plan__c', {});
		const first = await step(id, 1);
		await at.call('DELETE', `sobjects/Step__c/${first}`);
		await step(id, 1);
		expect(await at.query('SELECT Number__c FROM Step__c')).toMatchObject([{ Number__c: 'S-008' }]);
		expect(await plan(id)).toMatchObject({ Name: 'PLAN-0001' });
		const { body } = await at.call('POST', 'sobjects/Plan__c', { Name: 'mine' });
		expect(body).toMatchObject([{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }]);
	});
});

describe('details', () => {
	it('need their master, stay with it, and go with it', async () => {
		const id = await at.create('Plan__c', {});
		const other = await at.create('Plan__c', {});
		expect((await at.call('POST', 'sobjects/Step__c', {})).body).toMatchObject([
			{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Plan__c'] },
		]);
		const detail = await step(id, 1);
		expect((await at.call('PATCH', `sobjects/Step__c/${detail}`, { Plan__c: other })).status).toBe(400);
		expect(
			await at.query('SELECT Name, (SELECT Cost__c FROM Steps__r) FROM Plan__c ORDER BY Name LIMIT 1'),
		).toMatchObject([{ Steps__r: { totalSize: 1 } }]);
		await at.call('DELETE', `sobjects/Plan__c/${id}`);
		expect(at.org.rows('Step__c')).toEqual([]);
	});
});
