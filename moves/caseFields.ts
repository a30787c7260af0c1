import { apiName, nameKey } from '../salesforce/apiName';
import { InputError } from '../salesforce/inputError';

/** The custom fields of Case that a move fills, by what they hold; their API names are those of the set-up guide. */
export const CASE_FIELDS = {
	externalId: 'ExternalID__c',
	department: 'Department__c',
	team: 'Team__c',
	currentSeat: 'CurrentSeat__c',
	newSeat: 'NewSeat__c',
	employeeAssets: 'EmployeeAssets__c',
	employeeNotes: 'EmployeeNotes__c',
} as const;

/** One of those fields, by what it holds. */
export type CaseField = keyof typeof CASE_FIELDS;

/** What those fields are called in an org. */
export type CaseFieldNames = Readonly<Record<CaseField, string>>;

/**
 * An API name of a custom field: letters, digits and single underscores, a letter first, and a namespace prefix of up to
 * 15 characters before it where it has one (Salesforce Help: custom field names; namespace prefixes).
 */
const CUSTOM_FIELD = /^(?:[a-z](?:_?[a-z0-9]){0,14}__)?[a-z](?:_?[a-z0-9])*__c$/i;

const NAMESPACE = /^[a-z](?:_?[a-z0-9]){0,14}$/i;

/**
 * What the Case fields of moves are called in an org: as in the set-up guide, with a namespace prefix where there is
 * one, and otherwise as a table says.
 *
 * @param namespace empty where there is none
 * @param own the org's own API names, whole, so that the prefix does not go before them
 * @throws InputError for what is no namespace prefix or no API name of a custom field, a field that is given twice, and
 *   one name for two fields
 */
export function caseFieldNames(
	namespace: string,
	own: ReadonlyArray<{ field: CaseField; name: string }>,
): CaseFieldNames {
	const prefix = apiName(namespace).replace(/__$/, '');
	if (prefix !== '' && !NAMESPACE.test(prefix)) {
		throw new InputError(
			'Case Field Namespace is not a namespace prefix',
			"Write it like acme, without underscores after it. Setup's page Package Manager names the org's own.",
		);
	}
	const names: Record<CaseField, string> = { ...CASE_FIELDS };
	for (const field of Object.keys(names) as CaseField[]) {
		if (prefix !== '') names[field] = `${prefix}__${names[field]}`;
	}
	const given = new Set<CaseField>();
	for (const { field, name } of own) {
		if (given.has(field))
			throw new InputError(`Case Field Names has ${CASE_FIELDS[field]} twice`, 'Remove one of the two.');
		given.add(field);
		names[field] = checkedName(field, name);
	}
	refuseOneForTwo(names);
	return names;
}

function checkedName(field: CaseField, given: string): string {
	const name = apiName(given);
	if (CUSTOM_FIELD.test(name)) return name;
	throw new InputError(
		`Case Field Names has no API name of a custom field for ${CASE_FIELDS[field]}`,
		'Write it as Setup shows it under Object Manager, Case, Fields & Relationships: it ends in __c.',
	);
}

function refuseOneForTwo(names: CaseFieldNames): void {
	const seen = new Set<string>();
	for (const name of Object.values(names)) {
		if (seen.has(nameKey(name))) {
			throw new InputError(`Case Field Names has ${name} for two fields`, 'Give each of them a field of its own.');
		}
		seen.add(nameKey(name));
	}
}
