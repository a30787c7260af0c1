import type { INodeProperties } from 'n8n-workflow';

import type { Withheld } from '../../changes/withhold';
import type { CaseFieldNames } from '../../moves/caseFields';
import { externalId, planPrefix } from '../../moves/externalId';
import type { UndoTarget } from '../../moves/org/findToUndo';
import { readRecordId } from '../../salesforce/described';
import { caseFieldNameOptions, readCaseFieldNames } from '../shared/caseFieldNames';
import { choices } from '../shared/choices';
import {
	dryRunField,
	moveIdField,
	movePlanIdField,
	parallelCalls,
	parallelCallsField,
	recordsPerCallField,
	requiredId,
	writesTogether,
} from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { optionsCollection } from '../shared/optionsCollection';
import { readUndoRecord, undoRecordFields } from '../shared/undoRecord';

/** What is undone for an item: name in the panel, and what it says. */
const TARGETS = {
	moves: ['Moves of the Items', "Each item's own move"],
	plan: ['Whole Move Plan', 'Every move of the plan that the item names'],
} as const;

/** What becomes of the Cases: name in the panel, and what it says. */
const METHODS = {
	close: ['Close Cases', 'For API users who may not delete Cases'],
	delete: ['Delete Cases', 'They go to the recycle bin'],
} as const;

/** The options of Salesforce Undo Move. */
const optionsField = optionsCollection([
	...caseFieldNameOptions,
	dryRunField,
	parallelCallsField,
	recordsPerCallField,
	...undoRecordFields,
]);

const undoField: INodeProperties = {
	displayName: 'Undo',
	name: 'undo',
	type: 'options',
	noDataExpression: true,
	options: choices(TARGETS),
	default: 'moves',
};

const caseIdField: INodeProperties = {
	displayName: 'Case ID',
	name: 'caseId',
	type: 'string',
	default: '={{ $json.reconcile.case.id }}',
	displayOptions: { show: { undo: ['moves'] } },
	description:
		'The one Case of the move that is undone, where it has several; empty for all of them. Reconcile Moves names it.',
};

const methodField: INodeProperties = {
	displayName: 'Method',
	name: 'method',
	type: 'options',
	noDataExpression: true,
	options: choices(METHODS),
	default: 'delete',
};

const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'string',
	default: 'Closed',
	required: true,
	displayOptions: { show: { method: ['close'] } },
	placeholder: 'e.g. Closed',
	description: 'The closed status that the Cases get, as the org names it',
};

/** The parameters of Salesforce Undo Move. */
export const properties: INodeProperties[] = [
	undoField,
	{ ...moveIdField, displayOptions: { show: { undo: ['moves'] } } },
	{
		...movePlanIdField,
		displayOptions: { show: { undo: ['moves'] } },
		description: 'The plan ID that the move was pushed with; empty where there was none',
	},
	{
		...movePlanIdField,
		required: true,
		displayOptions: { show: { undo: ['plan'] } },
		description: 'The plan whose moves are undone',
	},
	caseIdField,
	methodField,
	statusField,
	optionsField,
];

/** What to undo for one item, and how. */
export interface UndoPlan extends UndoTarget {
	/** What the Case fields are called, as a person has written it. */
	names: CaseFieldNames;
	parallelCalls: number;
	together: boolean;
	dryRun: boolean;
	/** What is not kept of the Cases before the write; undefined where nothing is kept. */
	keep?: Withheld;
}

/**
 * Reads what an item says.
 * @throws InputError
 */
export function readPlan(input: ItemInput): UndoPlan {
	const options = input.collection(optionsField);
	const keep = readUndoRecord(input, options);
	const isClosed = input.oneOf(methodField, METHODS) === 'close';
	return {
		names: readCaseFieldNames(input, options),
		of: readTarget(input),
		...(isClosed ? { status: input.requiredText(statusField).trim() } : {}),
		parallelCalls: parallelCalls(options),
		together: writesTogether(options),
		dryRun: options.flag(dryRunField),
		...(keep === undefined ? {} : { keep }),
	};
}

function readTarget(input: ItemInput): UndoTarget['of'] {
	if (input.oneOf(undoField, TARGETS) === 'plan') {
		return { planPrefix: planPrefix(requiredId(input, movePlanIdField)) };
	}
	const id = externalId(input.text(movePlanIdField), requiredId(input, moveIdField));
	const caseId = input.text(caseIdField).trim();
	return { externalId: id, ...(caseId === '' ? {} : { caseId: readRecordId(caseId, caseIdField.displayName) }) };
}
