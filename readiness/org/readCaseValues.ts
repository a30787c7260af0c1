import type { Org } from '../../salesforce/org';
import { queryRecords } from '../../salesforce/query';
import type { CaseValueFacts, PicklistFacts, RecordTypeFacts } from '../facts';
import type { Requirement } from '../requirements';
import { describeAnswer } from './describeAnswer';
import type { DescribedField } from './describeAnswer';
import { told } from './told';

/**
 * What values fields of Case may have, as far as requirements ask for any.
 *
 * @param isSignedIn whether the user whom it is about is signed in: only then it is told which record types are theirs
 * @returns undefined where nothing is asked for, or Case is hidden
 * @throws OrgError
 */
export async function readCaseValues(
	org: Org,
	requirements: readonly Requirement[],
	isSignedIn: boolean,
): Promise<CaseValueFacts | undefined> {
	const kinds = new Set(requirements.map(({ kind }) => kind));
	if (!kinds.has('caseValue') && !kinds.has('caseRecordType') && !kinds.has('closedStatus')) return undefined;
	const described = await describeAnswer(org, 'Case');
	if (described === undefined) return undefined;
	const { fields, recordTypeInfos = [] } = described;
	return {
		fields: new Map(fields.map((field) => [field.name.toLowerCase(), picklistOf(field)])),
		recordTypes: recordTypeInfos.map(({ recordTypeId, name, developerName = name, active = true, available }) => {
			const type: RecordTypeFacts = { id: recordTypeId, name, developerName, isActive: active };
			return isSignedIn ? { ...type, isAvailable: available } : type;
		}),
		...(kinds.has('closedStatus') ? { statuses: await told(readStatuses(org)) } : {}),
	};
}

function picklistOf({ type, picklistValues, restrictedPicklist }: DescribedField): PicklistFacts | undefined {
	if (!/picklist$|^combobox$/.test(type)) return undefined;
	return { values: picklistValues.filter(({ active }) => active), isRestricted: restrictedPicklist === true };
}

async function readStatuses(org: Org): Promise<CaseValueFacts['statuses']> {
	const records = await queryRecords(org, 'SELECT ApiName, MasterLabel, IsClosed FROM CaseStatus');
	return records.map(({ ApiName, MasterLabel, IsClosed }) => ({
		value: String(ApiName),
		label: String(MasterLabel),
		isClosed: IsClosed === true,
	}));
}
