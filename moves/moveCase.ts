import { InputError } from '../salesforce/inputError';
import { asSeen } from './asSeen';
import type { CaseFieldNames } from './caseFields';
import { EXTERNAL_ID_LENGTH, externalId } from './externalId';
import type { Move } from './move';

/** Values of a Case by API name; null leaves a field empty. */
export type CaseFields = Record<string, unknown>;

/** Makes a text of a move; see `textTemplate`. */
export type TextTemplate = (move: Move) => string;

/** What makes a Case of a move, beside the move itself. */
export interface CaseTemplate {
	subject: TextTemplate;
	description: TextTemplate;
	/** Further fields by API name, which win over those of the move; all but the external ID. */
	fields: CaseFields;
	/** What becomes of text that is longer than its field. */
	overLongText: 'fail' | 'cut';
}

/** A move as the Case it is to become. */
export interface MoveCase {
	externalId: string;
	/** The external ID among them. */
	fields: CaseFields;
	/** API names of the fields whose text was cut. */
	cut: string[];
}

/** Lengths in characters: Salesforce's own for Subject and Description, the set-up guide's for the others. */
const LENGTHS = { short: 255, description: 32_000, long: 1_024 };

/** The names that a template may hold in braces. */
export const PLACES = [
	'moveId',
	'movePlanId',
	'effectiveDate',
	'employeeId',
	'employeeName',
	'department',
	'team',
	'currentSeat',
	'newSeat',
	'employeeAssets',
	'employeeNotes',
] as const;

/** What a template says where a move has no such seat. */
const NO_SEAT = 'no seat';

/**
 * The external ID of a move's Case.
 * @throws InputError when it is longer than its field
 */
export function checkedExternalId({ movePlanId, moveId }: Move, names: CaseFieldNames): string {
	const id = externalId(movePlanId, moveId);
	if (id.length <= EXTERNAL_ID_LENGTH) return id;
	throw new InputError(
		`Move ID and Move Plan ID together make an external ID of ${id.length} characters, and ${names.externalId} holds ${EXTERNAL_ID_LENGTH}`,
		'Use shorter IDs; capital letters, spaces and special characters take more than one character each.',
	);
}

/**
 * The Case that a move becomes.
 *
 * @param id its external ID, where that is known
 * @throws InputError for an external ID over 255 characters, and, unless it is to be cut, text that is longer than its
 *   field
 */
export function moveCase(
	move: Move,
	template: CaseTemplate,
	names: CaseFieldNames,
	id = checkedExternalId(move, names),
): MoveCase {
	const cut: string[] = [];
	const fitted = (name: string, value: unknown, limit: number): unknown => {
		if (typeof value !== 'string' || value.length <= limit) return value === '' ? null : value;
		if (template.overLongText === 'fail') throw tooLong(name, value.length, limit);
		cut.push(name);
		return firstCharacters(value, limit);
	};
	const fields: CaseFields = { [names.externalId]: id };
	const put = (name: string, value: string, limit: number): void => {
		fields[name] = fitted(name, Object.hasOwn(template.fields, name) ? template.fields[name] : value, limit);
	};
	put('Subject', template.subject(move), LENGTHS.short);
	put('Description', template.description(move), LENGTHS.description);
	put(names.department, move.department, LENGTHS.short);
	put(names.team, move.team, LENGTHS.short);
	put(names.currentSeat, move.currentSeat, LENGTHS.short);
	put(names.newSeat, move.newSeat, LENGTHS.short);
	put(names.employeeAssets, move.employeeAssets, LENGTHS.long);
	put(names.employeeNotes, move.employeeNotes, LENGTHS.long);
	for (const name in template.fields) {
		if (!Object.hasOwn(fields, name)) fields[name] = template.fields[name] === '' ? null : template.fields[name];
	}
	return { externalId: id, fields, cut };
}

/**
 * Checks the names of further Case fields.
 * @throws InputError when they say which Case it is, which is the node's to say
 */
export function checkFurtherNames(further: Readonly<Record<string, unknown>>, names: CaseFieldNames): void {
	// Salesforce ignores the case of names.
	const taken = [names.externalId.toLowerCase(), 'id', 'attributes'];
	const name = Object.keys(further).find((key) => taken.includes(asSeen(key).toLowerCase()));
	if (name === undefined) return;
	throw new InputError(
		`${name} is among the further Case fields`,
		`Remove it: the node fills ${names.externalId} from Move ID and Move Plan ID, and finds the Case by it again.`,
	);
}

/**
 * A text with places such as `{employeeName}`, which a move's values fill. A value's own braces are left as they are.
 * @throws InputError for a place that a move does not have
 */
export function textTemplate(text: string): TextTemplate {
	// Every second piece is the name of a place.
	const pieces = text.split(/\{(\w+)\}/);
	const names = pieces.filter((_piece, index) => index % 2 === 1);
	const unknown = names.find((name) => !isPlace(name));
	if (unknown !== undefined) {
		throw new InputError(
			`The Case template names {${unknown}}, which a move does not have`,
			`Use one of ${PLACES.map((place) => `{${place}}`).join(', ')}.`,
		);
	}
	const places = names as Place[];
	return (move) => {
		let filled = pieces[0] as string;
		for (let at = 0; at < places.length; at++) filled += valueFor(places[at] as Place, move) + pieces[2 * at + 2];
		return filled;
	};
}

function valueFor(place: Place, move: Move): string {
	const value = move[place] ?? '';
	return value === '' && (place === 'currentSeat' || place === 'newSeat') ? NO_SEAT : value;
}

type Place = (typeof PLACES)[number];

function isPlace(name: string): name is Place {
	return PLACES.some((place) => place === name);
}

/** A text's beginning that does not end in the middle of a character which takes two places, such as an emoji. */
function firstCharacters(text: string, length: number): string {
	const cutsPair = /[\ud800-\udbff]/.test(text.charAt(length - 1));
	return text.slice(0, cutsPair ? length - 1 : length);
}

function tooLong(field: string, length: number, limit: number): InputError {
	return new InputError(
		`The text for ${field} has ${length} characters, and the field holds ${limit}`,
		'Shorten it, or set Over-Long Text to Cut.',
	);
}
