import type { INodeProperties } from 'n8n-workflow';

import { asSeen } from '../../moves/asSeen';
import type { CaseFieldNames } from '../../moves/caseFields';
import { planPrefix } from '../../moves/externalId';
import { readCaseFieldNames } from '../shared/caseFieldNames';
import { choices } from '../shared/choices';
import { moveIdField, parallelCalls, parallelCallsField } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { moveFields, moveOptions, readMove } from '../shared/moveFields';
import type { ReadMove } from '../shared/moveFields';
import { optionsCollection } from '../shared/optionsCollection';
import { asText } from '../shared/reading';

const plansWithoutMovesField: INodeProperties = {
	displayName: 'Plans Without Moves',
	name: 'plansWithoutMoves',
	type: 'string',
	default: '',
	placeholder: 'e.g. HQ-2024-Q1, HQ-2024-Q2',
	description:
		'IDs of plans that have no moves left, separated by commas: their open Cases are to be undone. A plan that is not named here and has no move among the items is left alone, so that an empty answer of the planner undoes nothing. An item may name such plans and no move.',
};

/** What is done about moves that get in each other's way, as the panel shows it. */
const SEAT_CONFLICTS = {
	ignore: ['Ignore', 'Do not look for them'],
	tell: ['Tell', 'The moves leave by Attention, with what is wrong with each as reconcile.warnings'],
} as const;

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

const historyField: INodeProperties = {
	displayName: 'Read History',
	name: 'history',
	type: 'boolean',
	noDataExpression: true,
	default: true,
	description:
		'Whether to read who changed what in the Cases that differ, are closed or have no move, if the org keeps field history. It also shows which Cases were opened again.',
};

const optionsField = optionsCollection([...moveOptions, historyField, parallelCallsField, seatConflictsField]);

/** The parameters of Salesforce Reconcile Moves. */
export const properties: INodeProperties[] = [
	...moveFields.map((field) => (field === moveIdField ? { ...field, required: false } : field)),
	plansWithoutMovesField,
	optionsField,
];

/** What an item says. */
export interface ComparePlan {
	/** Undefined for an item that only names plans without moves. */
	read?: ReadMove;
	/** Prefixes of the external IDs of plans without moves. */
	emptyPlans: string[];
	/** What the Case fields are called, as a person has written it. */
	names: CaseFieldNames;
	history: boolean;
	seatConflicts: keyof typeof SEAT_CONFLICTS;
	parallelCalls: number;
}

/**
 * Reads what an item says.
 * @throws InputError
 */
export function readPlan(input: ItemInput): ComparePlan {
	const options = input.collection(optionsField);
	const emptyPlans = readEmptyPlans(input.value(plansWithoutMovesField));
	const namesNoMove = emptyPlans.length > 0 && asSeen(input.text(moveIdField)) === '';
	return {
		...(namesNoMove ? {} : { read: readMove(input, options) }),
		emptyPlans,
		names: readCaseFieldNames(input, options),
		history: options.flag(historyField),
		seatConflicts: options.oneOf(seatConflictsField, SEAT_CONFLICTS),
		parallelCalls: parallelCalls(options),
	};
}

function readEmptyPlans(value: unknown): string[] {
	const { displayName } = plansWithoutMovesField;
	const ids = Array.isArray(value)
		? value.map((id) => asText(id, displayName))
		: asText(value, displayName).split(/[,\n]/);
	return ids.filter((id) => asSeen(id) !== '').map(planPrefix);
}
