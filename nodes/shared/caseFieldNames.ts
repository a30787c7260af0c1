import type { INodeProperties } from 'n8n-workflow';

import { CASE_FIELDS, caseFieldNames } from '../../moves/caseFields';
import type { CaseField, CaseFieldNames } from '../../moves/caseFields';
import { choices } from './choices';
import type { ItemInput } from './input';
import type { Options } from './reading';

/** The fields, as the panel shows them: by their labels in the set-up guide. */
const FIELDS = Object.fromEntries(
	Object.entries(CASE_FIELDS)
		.map(([field, name]) => [field, { name: name.replace(/__c$/, ''), description: name }] as const)
		.sort(([, one], [, other]) => one.name.localeCompare(other.name)),
) as Record<CaseField, { name: string; description: string }>;

const ourField: INodeProperties = {
	displayName: 'Field',
	name: 'field',
	type: 'options',
	noDataExpression: true,
	options: choices(FIELDS),
	default: 'externalId',
	description: 'The field of the set-up guide',
};

const theirNameField: INodeProperties = {
	displayName: 'Name in the Org',
	name: 'name',
	type: 'string',
	noDataExpression: true,
	default: '',
	placeholder: 'e.g. Move_ID__c',
	description: 'Its whole API name in the org, with a namespace prefix where it has one',
};

const namesField: INodeProperties = {
	displayName: 'Case Field Names',
	name: 'caseFieldNames',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	noDataExpression: true,
	placeholder: 'Add Field',
	default: {},
	description: 'The names that the Case fields of moves have in this org, where they differ from the set-up guide',
	options: [{ displayName: 'Field', name: 'fields', values: [ourField, theirNameField] }],
};

const namespaceField: INodeProperties = {
	displayName: 'Case Field Namespace',
	name: 'caseFieldNamespace',
	type: 'string',
	noDataExpression: true,
	default: '',
	placeholder: 'e.g. acme',
	description:
		'The namespace prefix of the Case fields of moves: with acme, Team__c is acme__Team__c. It is not put before names in Case Field Names.',
};

/** The options by which a node that has to do with moves is told what their Case fields are called. */
export const caseFieldNameOptions: INodeProperties[] = [namesField, namespaceField];

/**
 * Reads `caseFieldNameOptions` from the node's options.
 * @throws InputError when they do not name fields
 */
export function caseFieldNamesIn(options: Options): CaseFieldNames {
	const rows = options.has(namesField) ? options.rows(namesField) : [];
	return caseFieldNames(
		options.text(namespaceField),
		rows.map((row) => ({ field: row.oneOf(ourField, FIELDS), name: row.text(theirNameField) })),
	);
}

/** As `caseFieldNamesIn`, once for all items. */
export function readCaseFieldNames(input: ItemInput, options: Options): CaseFieldNames {
	return input.once('names', options, () => caseFieldNamesIn(options));
}

/** The names of a run: the panel takes no expressions for them, so that all items have the same. */
export function namesOfRun(plans: ReadonlyArray<{ names: CaseFieldNames }>): CaseFieldNames {
	return plans[0]?.names ?? CASE_FIELDS;
}
