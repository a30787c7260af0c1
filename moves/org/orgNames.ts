import { describeObject } from '../../salesforce/describe';
import type { ObjectDescribe } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import { CASE_FIELDS } from '../caseFields';
import type { CaseField, CaseFieldNames } from '../caseFields';

/**
 * The names of the Case fields in the very letters of the org. Salesforce finds a field whatever the case of its name,
 * and answers with its own: a Case would not be known again by what a person has typed. The names of the set-up guide
 * are taken as they are, and cost no call.
 *
 * @returns names that the API user does not see stay as they are, to be refused where they are used
 * @throws OrgError when Case cannot be described
 */
export async function orgNames(org: Org, names: CaseFieldNames): Promise<CaseFieldNames> {
	const own = (Object.keys(names) as CaseField[]).filter((field) => names[field] !== CASE_FIELDS[field]);
	if (own.length === 0) return names;
	const start = Date.now();
	let object = await describeObject(org, 'Case');
	// A field that is not in an older answer may have been made since.
	if (own.some((field) => nameIn(object, names[field]) === undefined))
		object = await describeObject(org, 'Case', start);
	return {
		...names,
		...Object.fromEntries(own.map((field) => [field, nameIn(object, names[field]) ?? names[field]])),
	};
}

function nameIn({ fieldsByName }: ObjectDescribe, name: string): string | undefined {
	return fieldsByName.get(name.toLowerCase())?.name;
}
