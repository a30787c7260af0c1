import { InputError } from '../../salesforce/inputError';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import { queryRecords } from '../../salesforce/query';
import { textLiteral } from '../../salesforce/soql';
import { queryTooling } from '../../salesforce/tooling';
import type { CustomFieldFacts } from '../facts';
import { differencesOf } from '../fieldDifferences';
import { GUIDE } from '../guide';
import type { FieldKind } from '../job';
import { readCaseFields } from './readCaseFields';
import { nameParts } from './nameParts';
import type { Found, Thing } from './thing';

/** How to make the field for the external ID. */
export interface ExternalIdRules {
	unique: boolean;
	caseSensitive: boolean;
}

/**
 * The Case fields as things that may have to be made, by the Tooling API: fields so made are hidden from everybody until
 * a permission set shows them.
 *
 * @throws InputError for one that only a package can bring
 * @throws OrgError
 */
export async function fieldThings(
	org: Org,
	fields: ReadonlyArray<{ name: string; as: FieldKind }>,
	rules: ExternalIdRules,
): Promise<Thing[]> {
	const names = fields.map(({ name }) => name);
	const facts = await readCaseFields(org, names);
	await refuseForeign(
		org,
		names.filter((name) => facts?.get(name.toLowerCase()) === undefined),
	);
	return fields.map(({ name, as }) => {
		const wanted = {
			...as,
			...(as.externalId && rules.unique ? { unique: true, caseSensitive: rules.caseSensitive } : {}),
		};
		const there = facts?.get(name.toLowerCase());
		const look = (known: CustomFieldFacts): Found => ({ id: '', differs: differencesOf(known, wanted) });
		return {
			name: `Field Case.${name}`,
			sObject: 'CustomField',
			tooling: true,
			setup: 'ObjectManager/Case/FieldsAndRelationships/view',
			guide: GUIDE.fields,
			found: there === undefined ? undefined : look(there),
			lookAgain: async () => {
				const { namespace, developerName } = nameParts(name);
				const [record] = await queryTooling(
					org,
					`SELECT Id FROM CustomField WHERE TableEnumOrId = 'Case' AND DeveloperName = ${textLiteral(developerName)} AND NamespacePrefix = ${namespace === undefined ? 'null' : textLiteral(namespace)}`,
				);
				const now = (await readCaseFields(org, [name]))?.get(name.toLowerCase());
				return record === undefined || now === undefined ? undefined : { ...look(now), id: String(record.Id) };
			},
			record: () => ({ FullName: `Case.${name}`, Metadata: { ...wanted, required: false } }),
		};
	});
}

/** Fields are made in the org's own namespace, or in none: those of another one come with its package. */
async function refuseForeign(org: Org, missing: readonly string[]): Promise<void> {
	const namespaced = missing.filter((name) => nameParts(name).namespace !== undefined);
	if (namespaced.length === 0) return;
	const [organization] = await queryRecords(org, 'SELECT NamespacePrefix FROM Organization');
	const own = String(organization?.NamespacePrefix ?? '').toLowerCase();
	const foreign = namespaced.filter((name) => nameParts(name).namespace?.toLowerCase() !== own);
	if (foreign.length === 0) return;
	throw new InputError(
		`Case lacks ${listed(foreign)}, which only the package of that namespace can bring`,
		'Install or upgrade the package, or correct Case Field Namespace and Case Field Names.',
	);
}
