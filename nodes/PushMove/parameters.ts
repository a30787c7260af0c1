import type { INodeProperties } from 'n8n-workflow';

import { readEffectiveDate } from '../../moves/effectiveDate';
import type { Move } from '../../moves/move';
import { PLACES } from '../../moves/moveCase';
import type { CaseFields, CaseTemplate } from '../../moves/moveCase';
import { fromItem, moveIdField, movePlanIdField, parallelCalls, parallelCallsField } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { optionsCollection } from '../shared/optionsCollection';
import type { Options } from '../shared/reading';
import { timeZone, timeZoneField } from '../shared/timeZone';

const places = PLACES.map((place) => `{${place}}`).join(', ');

/** An option that gives a Case field its value. */
const caseOption = (
	caseField: string,
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): { caseField: string; option: INodeProperties } => ({
	caseField,
	option: { displayName, name, type: 'string', default: '', placeholder, description },
});

/** Case fields that have an option of their own. */
const CASE_OPTIONS = [
	caseOption('Origin', 'Case Origin', 'origin', 'e.g. Web', 'Where the Case came from, as the org names it'),
	caseOption('Priority', 'Case Priority', 'priority', 'e.g. Medium', 'Priority of the Case, as the org names it'),
	caseOption('Status', 'Case Status', 'status', 'e.g. New', 'Status of the Case, as the org names it'),
	caseOption('Type', 'Case Type', 'type', 'e.g. Problem', 'Type of the Case, as the org names it'),
	caseOption(
		'OwnerId',
		'Owner ID',
		'ownerId',
		'e.g. 00G5g000004xQZPEA2',
		'ID of the user or queue that owns the Case. With an owner given, assignment rules do not run.',
	),
	caseOption(
		'RecordTypeId',
		'Record Type ID',
		'recordTypeId',
		'e.g. 0125g000000HMrYAAW',
		'ID of the record type of the Case',
	),
];

/** What becomes of text that is too long, as the panel shows it. */
const OVER_LONG_TEXT = {
	cut: ['Cut', "Cut it to the field's length; the item lists the fields"],
	fail: ['Fail', 'Let the item fail before anything is sent'],
} as const;

const effectiveDateField = fromItem(
	'Effective Date',
	'effectiveDate',
	'When the move takes place. A move without a date is due; one with a later date waits at the second output.',
	{
		placeholder: 'e.g. 2026-05-01',
	},
);
const employeeNameField = fromItem('Employee Name', 'employeeName', 'Who moves');
const departmentField = fromItem('Department', 'department', 'Goes to Department__c of the Case');
const teamField = fromItem('Team', 'team', 'Goes to Team__c of the Case');
const currentSeatField = fromItem(
	'Current Seat',
	'currentSeat',
	'Goes to CurrentSeat__c of the Case; empty for a new starter',
);
const newSeatField = fromItem(
	'New Seat',
	'newSeat',
	'Goes to NewSeat__c of the Case; empty for an employee who loses the seat',
);
const employeeAssetsField = fromItem('Employee Assets', 'employeeAssets', 'Goes to EmployeeAssets__c of the Case', {
	typeOptions: { rows: 2 },
});
const employeeNotesField = fromItem('Employee Notes', 'employeeNotes', 'Goes to EmployeeNotes__c of the Case', {
	typeOptions: { rows: 2 },
});

const subjectField: INodeProperties = {
	displayName: 'Case Subject',
	name: 'subject',
	type: 'string',
	default: 'Move {employeeName}: {currentSeat} → {newSeat}',
	description: `Template of the Case's subject. Places: ${places}.`,
};

const descriptionField: INodeProperties = {
	displayName: 'Case Description',
	name: 'description',
	type: 'string',
	typeOptions: { rows: 4 },
	default:
		'{employeeName} moves from {currentSeat} to {newSeat}.\nEffective date: {effectiveDate}\nDepartment: {department}\nTeam: {team}\nAssets: {employeeAssets}\nNotes: {employeeNotes}',
	description: `Template of the Case's description. Places: ${places}.`,
};

const caseFieldsField: INodeProperties = {
	displayName: 'Further Case Fields',
	name: 'caseFields',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "Building__c": "North" }',
	description: 'More fields of the Case as a JSON object, by API name',
};

const overLongTextField: INodeProperties = {
	displayName: 'Over-Long Text',
	name: 'overLongText',
	type: 'options',
	options: Object.entries(OVER_LONG_TEXT).map(([value, [name, description]]) => ({ name, value, description })),
	default: 'fail',
	description: 'What to do with text that is longer than its Case field',
};

const assignmentRulesField: INodeProperties = {
	displayName: 'Run Assignment Rules',
	name: 'assignmentRules',
	type: 'boolean',
	default: true,
	description: "Whether the org's assignment rules choose the owner of new Cases. They never run for Cases that exist.",
};

/** The options of Salesforce Push Move. */
const optionsField = optionsCollection([
	...CASE_OPTIONS.map(({ option }) => option),
	caseFieldsField,
	overLongTextField,
	parallelCallsField,
	assignmentRulesField,
	timeZoneField("Zone in which a date becomes due; the workflow's by default"),
]);

/** The parameters of Salesforce Push Move. */
export const properties: INodeProperties[] = [
	moveIdField,
	movePlanIdField,
	effectiveDateField,
	employeeNameField,
	departmentField,
	teamField,
	currentSeatField,
	newSeatField,
	employeeAssetsField,
	employeeNotesField,
	subjectField,
	descriptionField,
	optionsField,
];

/** Reads the move of an item. */
export function readMove(input: ItemInput): Move {
	return {
		moveId: input.requiredText(moveIdField),
		movePlanId: input.text(movePlanIdField),
		effectiveDate: readEffectiveDate(input.value(effectiveDateField), timeZone(input, input.collection(optionsField))),
		employeeName: input.text(employeeNameField),
		department: input.text(departmentField),
		team: input.text(teamField),
		currentSeat: input.text(currentSeatField),
		newSeat: input.text(newSeatField),
		employeeAssets: input.text(employeeAssetsField),
		employeeNotes: input.text(employeeNotesField),
	};
}

/** Reads how an item's Case is to look. */
export function readCaseTemplate(input: ItemInput): CaseTemplate {
	const options = input.collection(optionsField);
	return {
		subject: input.text(subjectField),
		description: input.text(descriptionField),
		fields: { ...chosenFields(options), ...options.json(caseFieldsField) },
		overLongText: options.oneOf(overLongTextField, OVER_LONG_TEXT),
	};
}

/** Reads how an item's Case is to be written. */
export function readRules(input: ItemInput): { assignmentRules: boolean; parallelCalls: number } {
	const options = input.collection(optionsField);
	const hasOwner = 'OwnerId' in { ...chosenFields(options), ...options.json(caseFieldsField) };
	// An assignment rule would put its own owner in the place of the one given.
	return { assignmentRules: options.flag(assignmentRulesField) && !hasOwner, parallelCalls: parallelCalls(options) };
}

function chosenFields(options: Options): CaseFields {
	const fields: CaseFields = {};
	for (const { caseField, option } of CASE_OPTIONS) {
		const value = options.text(option);
		if (value !== '') fields[caseField] = value;
	}
	return fields;
}
