import type { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { CASE_FIELDS } from '../../moves/caseFields';
import type { CaseField, CaseFieldNames } from '../../moves/caseFields';
import { readEffectiveDate } from '../../moves/effectiveDate';
import { isDue } from '../../moves/move';
import type { Move } from '../../moves/move';
import { checkFurtherNames, moveCase, PLACES, textTemplate } from '../../moves/moveCase';
import type { CaseFields, CaseTemplate } from '../../moves/moveCase';
import type { CasePlan } from '../../moves/org/caseMaker';
import { caseFieldNameOptions, readCaseFieldNames } from './caseFieldNames';
import { choices } from './choices';
import { fromItem, moveIdField, movePlanIdField, requiredId } from './fields';
import type { ItemInput } from './input';
import type { Options } from './reading';
import { timeZone, timeZoneField } from './timeZone';

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

const goesTo = (field: CaseField): string => `Goes to ${CASE_FIELDS[field]} of the Case`;

const effectiveDateField = fromItem(
	'Effective Date',
	'effectiveDate',
	'When the move takes place. A move without a date is due, and one with a later date is not.',
	{
		placeholder: 'e.g. 2026-05-01',
	},
);
const employeeIdField = fromItem(
	'Employee ID',
	'employeeId',
	'Tells employees of the same name apart when Seat Conflicts are looked for; empty if the planner has no such ID',
);
const employeeNameField = fromItem('Employee Name', 'employeeName', 'Who moves');
const departmentField = fromItem('Department', 'department', goesTo('department'));
const teamField = fromItem('Team', 'team', goesTo('team'));
const currentSeatField = fromItem('Current Seat', 'currentSeat', `${goesTo('currentSeat')}; empty for a new starter`);
const newSeatField = fromItem('New Seat', 'newSeat', `${goesTo('newSeat')}; empty for an employee who loses the seat`);
const employeeAssetsField = fromItem('Employee Assets', 'employeeAssets', goesTo('employeeAssets'), {
	typeOptions: { rows: 2 },
});
const employeeNotesField = fromItem('Employee Notes', 'employeeNotes', goesTo('employeeNotes'), {
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
	description:
		'More fields of the Case as a JSON object, by API name. Values are brought to the type of their field; a parent may be named by its external ID.',
};

const overLongTextField: INodeProperties = {
	displayName: 'Over-Long Text',
	name: 'overLongText',
	type: 'options',
	options: choices(OVER_LONG_TEXT),
	default: 'fail',
	description: 'What to do with text that is too long for its Case field',
};

/** The parameters by which an item says what its move is, and how its Case is to look. */
export const moveFields: INodeProperties[] = [
	moveIdField,
	movePlanIdField,
	effectiveDateField,
	employeeIdField,
	employeeNameField,
	departmentField,
	teamField,
	currentSeatField,
	newSeatField,
	employeeAssetsField,
	employeeNotesField,
	subjectField,
	descriptionField,
];

/** The options that go with them. */
export const moveOptions: INodeProperties[] = [
	...CASE_OPTIONS.map(({ option }) => option),
	...caseFieldNameOptions,
	caseFieldsField,
	overLongTextField,
	timeZoneField("Time zone in which a date becomes due; the workflow's by default"),
];

/** A move as its item has it, ready for its Case. */
export interface ReadMove extends CasePlan {
	/** Whether its date has come, or it has none. */
	isDue: boolean;
	/** The day on which it takes place: today's for a move without a date. */
	day: string;
	/** API names of the fields whose text was cut; undefined where none was. */
	cut?: string[];
}

/**
 * Reads and checks the move of an item.
 *
 * @param options the collection that has `moveOptions` among its options
 * @throws InputError
 */
export function readMove(input: ItemInput, options: Options): ReadMove {
	const zone = input.once('zone', options, () => timeZone(input, options));
	const date = readDate(input, zone);
	const move: Move = {
		moveId: requiredId(input, moveIdField),
		movePlanId: input.text(movePlanIdField),
		effectiveDate: date?.day,
		employeeId: input.text(employeeIdField),
		employeeName: input.text(employeeNameField),
		department: input.text(departmentField),
		team: input.text(teamField),
		currentSeat: input.text(currentSeatField),
		newSeat: input.text(newSeatField),
		employeeAssets: input.text(employeeAssetsField),
		employeeNotes: input.text(employeeNotesField),
	};
	const names = readCaseFieldNames(input, options);
	const further = input.once('further', options, () => readFurther(options, names));
	const template = readTemplate(input, options);
	const { externalId, cut } = moveCase(move, template, names);
	return {
		move,
		externalId,
		isDue: date?.isDue ?? true,
		day: date?.day ?? input.once('today', zone, () => dayOf(input.now.setZone(zone))),
		template,
		further,
		timeZone: zone,
		...(cut.length > 0 ? { cut } : {}),
	};
}

/** The day of a move, and whether it has come; undefined for a move that is due at once. */
function readDate(input: ItemInput, zone: string): { day: string; isDue: boolean } | undefined {
	const value = input.value(effectiveDateField);
	const read = (): { day: string; isDue: boolean } | undefined => {
		const date = readEffectiveDate(value, zone);
		return date && { day: dayOf(date), isDue: isDue(date, input.now) };
	};
	return typeof value === 'string' ? input.once(`date in ${zone}`, value, read) : read();
}

function dayOf(date: DateTime): string {
	return date.toISODate() as string;
}

function readTemplate(input: ItemInput, options: Options): CaseTemplate {
	const subject = input.text(subjectField);
	const description = input.text(descriptionField);
	const rest = input.once('template', options, () => ({
		fields: chosenFields(options),
		overLongText: options.oneOf(overLongTextField, OVER_LONG_TEXT),
	}));
	return {
		subject: input.once('text template', subject, () => textTemplate(subject)),
		description: input.once('text template', description, () => textTemplate(description)),
		...rest,
	};
}

function readFurther(options: Options, names: CaseFieldNames): CaseFields {
	const further = options.json(caseFieldsField);
	checkFurtherNames(further, names);
	return further;
}

function chosenFields(options: Options): CaseFields {
	const fields: CaseFields = {};
	for (const { caseField, option } of CASE_OPTIONS) {
		const value = options.text(option).trim();
		if (value !== '') fields[caseField] = value;
	}
	return fields;
}
