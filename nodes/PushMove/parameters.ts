import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readEffectiveDate } from '../../moves/effectiveDate';
import type { Move } from '../../moves/move';
import { PLACES } from '../../moves/moveCase';
import type { CaseFields, CaseTemplate } from '../../moves/moveCase';
import { InputError } from '../../salesforce/inputError';
import { fromItem, moveIdField, movePlanIdField, parallelCalls, parallelCallsField } from '../shared/fields';
import { asText } from '../shared/input';
import type { ItemInput } from '../shared/input';
import { timeZone, timeZoneField } from '../shared/timeZone';

const places = PLACES.map((place) => `{${place}}`).join(', ');

/** Case fields that have an option of their own: label in the panel, option's name, and what it says. */
const CASE_OPTIONS: Array<{ label: string; field: string; name: string; placeholder: string; description: string }> = [
	{
		label: 'Case Origin',
		field: 'Origin',
		name: 'origin',
		placeholder: 'e.g. Web',
		description: 'Where the Case came from, as the org names it',
	},
	{
		label: 'Case Priority',
		field: 'Priority',
		name: 'priority',
		placeholder: 'e.g. Medium',
		description: 'Priority of the Case, as the org names it',
	},
	{
		label: 'Case Status',
		field: 'Status',
		name: 'status',
		placeholder: 'e.g. New',
		description: 'Status of the Case, as the org names it',
	},
	{
		label: 'Case Type',
		field: 'Type',
		name: 'type',
		placeholder: 'e.g. Problem',
		description: 'Type of the Case, as the org names it',
	},
	{
		label: 'Owner ID',
		field: 'OwnerId',
		name: 'ownerId',
		placeholder: 'e.g. 00G5g000004xQZPEA2',
		description: 'ID of the user or queue that owns the Case. With an owner given, assignment rules do not run.',
	},
	{
		label: 'Record Type ID',
		field: 'RecordTypeId',
		name: 'recordTypeId',
		placeholder: 'e.g. 0125g000000HMrYAAW',
		description: 'ID of the record type of the Case',
	},
];

/** The parameters of Salesforce Push Move. */
export const properties: INodeProperties[] = [
	moveIdField,
	movePlanIdField,
	fromItem(
		'Effective Date',
		'effectiveDate',
		'When the move takes place. A move without a date is due; one with a later date waits at the second output.',
		{
			placeholder: 'e.g. 2026-05-01',
		},
	),
	fromItem('Employee Name', 'employeeName', 'Who moves'),
	fromItem('Department', 'department', 'Goes to Department__c of the Case'),
	fromItem('Team', 'team', 'Goes to Team__c of the Case'),
	fromItem('Current Seat', 'currentSeat', 'Goes to CurrentSeat__c of the Case; empty for a new starter'),
	fromItem('New Seat', 'newSeat', 'Goes to NewSeat__c of the Case; empty for an employee who loses the seat'),
	fromItem('Employee Assets', 'employeeAssets', 'Goes to EmployeeAssets__c of the Case', { typeOptions: { rows: 2 } }),
	fromItem('Employee Notes', 'employeeNotes', 'Goes to EmployeeNotes__c of the Case', { typeOptions: { rows: 2 } }),
	{
		displayName: 'Case Subject',
		name: 'subject',
		type: 'string',
		default: 'Move {employeeName}: {currentSeat} → {newSeat}',
		description: `Template of the Case's subject. Places: ${places}.`,
	},
	{
		displayName: 'Case Description',
		name: 'description',
		type: 'string',
		typeOptions: { rows: 4 },
		default:
			'{employeeName} moves from {currentSeat} to {newSeat}.\nEffective date: {effectiveDate}\nDepartment: {department}\nTeam: {team}\nAssets: {employeeAssets}\nNotes: {employeeNotes}',
		description: `Template of the Case's description. Places: ${places}.`,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			...CASE_OPTIONS.map(
				({ label, name, placeholder, description }): INodeProperties => ({
					displayName: label,
					name,
					type: 'string',
					default: '',
					placeholder,
					description,
				}),
			),
			{
				displayName: 'Further Case Fields',
				name: 'caseFields',
				type: 'json',
				default: '{}',
				placeholder: 'e.g. { "Building__c": "North" }',
				description: 'More fields of the Case as a JSON object, by API name',
			},
			{
				displayName: 'Over-Long Text',
				name: 'overLongText',
				type: 'options',
				options: [
					{ name: 'Cut', value: 'cut', description: "Cut it to the field's length; the item lists the fields" },
					{ name: 'Fail', value: 'fail', description: 'Let the item fail before anything is sent' },
				],
				default: 'fail',
				description: 'What to do with text that is longer than its Case field',
			},
			parallelCallsField,
			{
				displayName: 'Run Assignment Rules',
				name: 'assignmentRules',
				type: 'boolean',
				default: true,
				description:
					"Whether the org's assignment rules choose the owner of new Cases. They never run for Cases that exist.",
			},
			timeZoneField("Zone in which a date becomes due; the workflow's by default"),
		].sort((a, b) => a.displayName.localeCompare(b.displayName)) as INodeProperties[],
	},
];

/** Reads the move of an item. */
export function readMove(input: ItemInput): Move {
	return {
		moveId: input.requiredText('moveId', 'Move ID'),
		movePlanId: input.text('movePlanId', 'Move Plan ID'),
		effectiveDate: readEffectiveDate(input.value('effectiveDate'), timeZone(input)),
		employeeName: input.text('employeeName', 'Employee Name'),
		department: input.text('department', 'Department'),
		team: input.text('team', 'Team'),
		currentSeat: input.text('currentSeat', 'Current Seat'),
		newSeat: input.text('newSeat', 'New Seat'),
		employeeAssets: input.text('employeeAssets', 'Employee Assets'),
		employeeNotes: input.text('employeeNotes', 'Employee Notes'),
	};
}

/** Reads how an item's Case is to look. */
export function readCaseTemplate(input: ItemInput): CaseTemplate {
	const options = input.collection('options');
	return {
		subject: input.text('subject', 'Case Subject'),
		description: input.text('description', 'Case Description'),
		fields: { ...chosenFields(options), ...furtherFields(options.caseFields) },
		overLongText: options.overLongText === 'cut' ? 'cut' : 'fail',
	};
}

/** Reads how an item's Case is to be written. */
export function readRules(input: ItemInput): { assignmentRules: boolean; parallelCalls: number } {
	const options = input.collection('options');
	const hasOwner = 'OwnerId' in { ...chosenFields(options), ...furtherFields(options.caseFields) };
	// An assignment rule would put its own owner in the place of the one given.
	return { assignmentRules: options.assignmentRules !== false && !hasOwner, parallelCalls: parallelCalls(input) };
}

function chosenFields(options: IDataObject): CaseFields {
	const fields: CaseFields = {};
	for (const { field, name, label } of CASE_OPTIONS) {
		const value = asText(options[name], label);
		if (value !== '') fields[field] = value;
	}
	return fields;
}

function furtherFields(value: unknown): CaseFields {
	const fields: unknown = typeof value === 'string' ? parsedJson(value) : (value ?? {});
	if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return fields as CaseFields;
	throw new InputError('Further Case Fields is not a JSON object', 'Write it like { "Building__c": "North" }.');
}

function parsedJson(text: string): unknown {
	try {
		return text.trim() === '' ? {} : JSON.parse(text);
	} catch {
		return undefined;
	}
}
