import { InputError } from '../salesforce/inputError';
import { EXTERNAL_ID_FIELD, EXTERNAL_ID_LENGTH, externalId } from './externalId';
import type { Move } from './move';

/** Values of a Case by API name; null leaves a field empty. */
export type CaseFields = Record<string, unknown>;

/** What makes a Case of a move, beside the move itself. */
export interface CaseTemplate {
	/** Text with places such as `{employeeName}`. */
	subject: string;
	description: string;
	/** Further fields, which win over those of the move; all but the external ID. */
	fields: CaseFields;
	/** What becomes of text that is longer than its field. */
	overLongText: 'fail' | 'cut';
}

/** A move as the Case it is to become. */
export interface MoveCase {
	externalId: string;
	fields: CaseFields;
	/** API names of the fields whose text was cut. */
	cut: string[];
}

/** Lengths in characters: Salesforce's own for Subject and Description, the set-up guide's for the others. */
const LENGTHS: Record<string, number> = {
	Subject: 255,
	Description: 32_000,
	Department__c: 255,
	Team__c: 255,
	CurrentSeat__c: 255,
	NewSeat__c: 255,
	EmployeeAssets__c: 1_024,
	EmployeeNotes__c: 1_024,
};

/** Keys of a Case that say which Case it is, in lower case, since Salesforce ignores the case of names. */
const NODE_FIELDS = [EXTERNAL_ID_FIELD.toLowerCase(), 'id', 'attributes'];

/** The names that a template may hold in braces. */
export const PLACES = [
	'moveId',
	'movePlanId',
	'effectiveDate',
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
 * The Case that a move becomes.
 *
 * @throws InputError for a template with an unknown place, an external ID over 255 characters, and, unless it is
 *   to be cut, text that is longer than its field
 */
export function moveCase(move: Move, template: CaseTemplate): MoveCase {
	const id = externalId(move.movePlanId, move.moveId);
	if (id.length > EXTERNAL_ID_LENGTH) {
		throw new InputError(
			`Move ID and Move Plan ID together make an external ID of ${id.length} characters, and ${EXTERNAL_ID_FIELD} holds ${EXTERNAL_ID_LENGTH}`,
			'Use shorter IDs; capital letters, spaces and special characters take more than one character each.',
		);
	}
	const taken = Object.keys(template.fields).find((name) => NODE_FIELDS.includes(name.toLowerCase()));
	if (taken !== undefined) {
		throw new InputError(
			`${taken} is among the further Case fields`,
			`Remove it: the node fills ${EXTERNAL_ID_FIELD} from Move ID and Move Plan ID, and finds the Case by it again.`,
		);
	}
	const fields: CaseFields = {
		Subject: filled(template.subject, move),
		Description: filled(template.description, move),
		Department__c: move.department,
		Team__c: move.team,
		CurrentSeat__c: move.currentSeat,
		NewSeat__c: move.newSeat,
		EmployeeAssets__c: move.employeeAssets,
		EmployeeNotes__c: move.employeeNotes,
		...template.fields,
	};
	const cut: string[] = [];
	for (const [name, value] of Object.entries(fields)) {
		if (value === '') fields[name] = null;
		const limit = LENGTHS[name];
		if (limit === undefined || typeof value !== 'string' || value.length <= limit) continue;
		if (template.overLongText === 'fail') throw tooLong(name, value.length, limit);
		fields[name] = firstCharacters(value, limit);
		cut.push(name);
	}
	return { externalId: id, fields: { [EXTERNAL_ID_FIELD]: id, ...fields }, cut };
}

/** Puts a move's values in a template's places. A value's own braces are left as they are. */
function filled(template: string, move: Move): string {
	return template.replace(/\{(\w+)\}/g, (_place, name: string) => {
		if (!isPlace(name)) {
			throw new InputError(
				`The Case template names {${name}}, which a move does not have`,
				`Use one of ${PLACES.map((place) => `{${place}}`).join(', ')}.`,
			);
		}
		if (name === 'effectiveDate') return move.effectiveDate?.toISODate() ?? '';
		const value = move[name];
		return value === '' && (name === 'currentSeat' || name === 'newSeat') ? NO_SEAT : value;
	});
}

function isPlace(name: string): name is (typeof PLACES)[number] {
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
