import type { INodeProperties } from 'n8n-workflow';

import type { Withheld } from '../../changes/withhold';
import type { CaseFieldNames } from '../../moves/caseFields';
import type { PushRules } from '../../moves/org/pushed';
import { apiName } from '../../salesforce/apiName';
import { isBlank } from '../../salesforce/values/blank';
import { readCaseFieldNames } from '../shared/caseFieldNames';
import { choices } from '../shared/choices';
import { dryRunField, parallelCalls, parallelCallsField, recordsPerCallField, writesTogether } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { moveFields, moveOptions, readMove } from '../shared/moveFields';
import type { ReadMove } from '../shared/moveFields';
import { optionsCollection } from '../shared/optionsCollection';
import type { Options } from '../shared/reading';
import { readUndoRecord, undoRecordFields } from '../shared/undoRecord';

/** What is done about moves that get in each other's way, as the panel shows it. */
const SEAT_CONFLICTS = {
	fail: ['Fail', 'Let the items fail before anything is sent'],
	ignore: ['Ignore', 'Do not look for them'],
	tell: ['Tell', 'Push the moves, and list what is wrong with each as case.warnings'],
} as const;

/** What is done about moves that get in each other's way. */
export type SeatConflicts = keyof typeof SEAT_CONFLICTS;

const assignmentRulesField: INodeProperties = {
	displayName: 'Run Assignment Rules',
	name: 'assignmentRules',
	type: 'boolean',
	default: true,
	description: "Whether the org's assignment rules choose the owner of new Cases. They never run for existing Cases.",
};

const reopenField: INodeProperties = {
	displayName: 'Reopen Cases With Status',
	name: 'reopenStatuses',
	type: 'string',
	noDataExpression: true,
	default: '',
	placeholder: 'e.g. Closed, Cancelled',
	description:
		'Closed statuses, separated by commas, such as the one that Undo Move sets. A Case with one of them is opened again when its move is pushed. All other closed Cases are left as they are.',
};

const seatConflictsField: INodeProperties = {
	displayName: 'Seat Conflicts',
	name: 'seatConflicts',
	type: 'options',
	noDataExpression: true,
	options: choices(SEAT_CONFLICTS),
	default: 'tell',
	description:
		'What to do about two moves into one seat on one day, one employee who moves twice on one day, and a current seat that is not the new seat of the move before',
};

const openCasesField: INodeProperties = {
	displayName: 'Seat Conflicts With Open Cases',
	name: 'openCases',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to look for open Cases of other moves into the same seats too; one more call for every thousand seats',
};

/** The options of Salesforce Push Move. */
const optionsField = optionsCollection([
	...moveOptions,
	assignmentRulesField,
	dryRunField,
	openCasesField,
	parallelCallsField,
	recordsPerCallField,
	reopenField,
	seatConflictsField,
	...undoRecordFields,
]);

/** The parameters of Salesforce Push Move. */
export const properties: INodeProperties[] = [...moveFields, optionsField];

/** How the moves of a run are pushed, as an item has it. */
export interface RunRules extends Omit<PushRules, 'keeps'> {
	seatConflicts: SeatConflicts;
	/** Whether open Cases of the org count among the conflicts. */
	openCases: boolean;
	/** What the Case fields are called, as a person has written it. */
	names: CaseFieldNames;
	/** What is not kept of the Cases before the write; undefined where nothing is kept. */
	undo?: Withheld;
}

/** One move, checked. */
export interface PushPlan extends ReadMove {
	/** Whether the org's assignment rules run if the Case is created. */
	assignmentRules: boolean;
	rules: RunRules;
}

/**
 * Reads what an item says.
 * @throws InputError
 */
export function readPlan(input: ItemInput): PushPlan {
	const options = input.collection(optionsField);
	const read = readMove(input, options);
	return {
		...read,
		// An assignment rule would put its own owner in the place of the one given.
		assignmentRules: options.flag(assignmentRulesField) && !hasOwner(read),
		rules: input.once('rules', options, () => readRules(input, options)),
	};
}

function readRules(input: ItemInput, options: Options): RunRules {
	const undo = readUndoRecord(input, options);
	return {
		reopen: options
			.text(reopenField)
			.split(',')
			.map((status) => status.trim())
			.filter((status) => status !== ''),
		parallel: parallelCalls(options),
		together: writesTogether(options),
		dryRun: options.flag(dryRunField),
		seatConflicts: options.oneOf(seatConflictsField, SEAT_CONFLICTS),
		openCases: options.flag(openCasesField),
		names: readCaseFieldNames(input, options),
		...(undo === undefined ? {} : { undo }),
	};
}

function hasOwner({ template, further }: ReadMove): boolean {
	return Object.entries({ ...template.fields, ...further }).some(
		([name, value]) => !isBlank(value) && /^owner(id$|\.|$)/i.test(apiName(name)),
	);
}
