import { CASE_FIELDS } from '../../moves/caseFields';
import type { Move } from '../../moves/move';
import { checkFurtherNames, moveCase, textTemplate } from '../../moves/moveCase';
import type { CaseTemplate } from '../../moves/moveCase';

const move: Move = {
	moveId: 'm-1',
	movePlanId: 'plan-1',
	effectiveDate: '2026-05-01',
	employeeId: '',
	employeeName: 'Ada Lovelace',
	department: 'Research',
	team: 'Engines',
	currentSeat: '',
	newSeat: 'B-2',
	employeeAssets: 'Desk {team}',
	employeeNotes: '',
};
const template: CaseTemplate = {
	subject: textTemplate('{employeeName}: {currentSeat} → {newSeat}'),
	description: textTemplate('{effectiveDate} {employeeAssets}'),
	fields: {},
	overLongText: 'fail',
};

describe('moveCase', () => {
	it('fills the seven fields, the templates and nothing else', () => {
		expect(moveCase(move, template, CASE_FIELDS)).toEqual({
			externalId: 'plan-1:m-1',
			cut: [],
			fields: {
				ExternalID__c: 'plan-1:m-1',
				Subject: 'Ada Lovelace: no seat → B-2',
				Description: '2026-05-01 Desk {team}',
				Department__c: 'Research',
				Team__c: 'Engines',
				CurrentSeat__c: null,
				NewSeat__c: 'B-2',
				EmployeeAssets__c: 'Desk {team}',
				EmployeeNotes__c: null,
			},
		});
	});

	it('lets further fields win', () => {
		const { fields } = moveCase(move, { ...template, fields: { Team__c: 'Other', Priority: 'High' } }, CASE_FIELDS);
		expect(fields).toMatchObject({ Team__c: 'Other', Priority: 'High' });
	});

	it.each(['ExternalID__c', 'externalid__C', 'Id', 'attributes', ' id', 'ID\u200b'])(
		'refuses %j among further fields',
		(name) => {
			expect(() => checkFurtherNames({ Subject: 'a', [name]: 'x' }, CASE_FIELDS)).toThrow(
				`${name} is among the further Case fields`,
			);
			expect(() => checkFurtherNames({ ExternalID: 'a', IdOfBuilding__c: 'b' }, CASE_FIELDS)).not.toThrow();
		},
	);

	it('goes by the names that the fields have in an org', () => {
		const names = { ...CASE_FIELDS, externalId: 'sp__Move__c', team: 'sp__Crew__c' };
		const { fields } = moveCase({ ...move, team: 'x'.repeat(256) }, { ...template, overLongText: 'cut' }, names);
		expect(fields).toMatchObject({
			sp__Move__c: 'plan-1:m-1',
			sp__Crew__c: 'x'.repeat(255),
			Department__c: 'Research',
		});
		expect(fields).not.toHaveProperty('ExternalID__c');
		expect(() => checkFurtherNames({ sp__move__c: 'x' }, names)).toThrow('sp__move__c is among');
		expect(() => checkFurtherNames({ ExternalID__c: 'x' }, names)).not.toThrow();
	});

	it.each([
		['department', 'Department__c', 255],
		['employeeNotes', 'EmployeeNotes__c', 1024],
	])('holds %s to the length of %s', (name, field, limit) => {
		const long = { ...move, [name]: 'x'.repeat(limit + 1) };
		expect(() => moveCase(long, template, CASE_FIELDS)).toThrow(
			`The text for ${field} has ${limit + 1} characters, and the field holds ${limit}`,
		);
		expect(moveCase({ ...move, [name]: 'x'.repeat(limit) }, template, CASE_FIELDS).cut).toEqual([]);
		const cut = moveCase(long, { ...template, overLongText: 'cut' }, CASE_FIELDS);
		expect(cut.cut).toEqual([field]);
		expect(cut.fields[field]).toBe('x'.repeat(limit));
	});

	it('does not cut an emoji in two', () => {
		const { fields } = moveCase(
			{ ...move, team: `${'x'.repeat(254)}🪑` },
			{ ...template, overLongText: 'cut' },
			CASE_FIELDS,
		);
		expect(fields.Team__c).toBe('x'.repeat(254));
	});

	it('refuses IDs that are too long together', () => {
		expect(() => moveCase({ ...move, moveId: 'x'.repeat(255) }, template, CASE_FIELDS)).toThrow(
			'Move ID and Move Plan ID together make an external ID of 262 characters',
		);
	});

	it('names an unknown place of a template', () => {
		expect(() => textTemplate('{team}{employee} {moveId}')).toThrow('The Case template names {employee}');
	});
});
