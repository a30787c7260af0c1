import type { INodeProperties } from 'n8n-workflow';

import type { ActivityRules } from '../../licenses/activity';
import type { ItemInput } from './input';
import type { Options } from './reading';
import { timeZone, timeZoneField } from './timeZone';

/** What the org is called in the items, so that several orgs are told apart. */
export const orgNameField: INodeProperties = {
	displayName: 'Org Display Name',
	name: 'orgName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe',
	description: "What the org is called in the items; the organization's own name when empty",
};

/** After how many days without a log-in somebody counts as inactive. */
export const inactiveDaysField: INodeProperties = {
	displayName: 'Days Without Activity',
	name: 'inactiveDays',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 60,
	description: 'After how many days without a log-in a user counts as inactive',
};

/** For how many days a new account is left alone. */
export const newAccountDaysField: INodeProperties = {
	displayName: 'Spare Accounts Newer Than (Days)',
	name: 'newAccountDays',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 30,
	description: 'Accounts that are younger than this many days never count as inactive',
};

const licenseField: INodeProperties = {
	displayName: 'License',
	name: 'license',
	type: 'string',
	default: '',
	placeholder: 'e.g. Salesforce Platform',
	description: 'Name, API name or ID of the license',
};

const daysField: INodeProperties = {
	displayName: 'Days',
	name: 'days',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 90,
	description: 'After how many days without a log-in somebody with this license counts as inactive',
};

/** Other days without activity for single licenses. */
export const daysByLicenseField: INodeProperties = {
	displayName: 'Days by License',
	name: 'daysByLicense',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add license',
	default: {},
	description: 'Another number of days for users who have a certain license',
	options: [{ name: 'rows', displayName: 'License', values: [licenseField, daysField] }],
};

/** The zone whose calendar days are counted. */
export const activityTimeZoneField = timeZoneField(
	"Time zone whose calendar days are counted; the workflow's by default",
);

/**
 * Reads `inactiveDaysField`, `newAccountDaysField`, `daysByLicenseField` and `activityTimeZoneField`.
 * @throws InputError
 */
export function activityRules(input: ItemInput, options: Options): ActivityRules {
	return {
		now: input.now.setZone(timeZone(input, options)),
		inactiveAfterDays: input.wholeNumber(inactiveDaysField),
		spareNewDays: input.wholeNumber(newAccountDaysField),
		daysByLicense: options.has(daysByLicenseField)
			? options.rows(daysByLicenseField).map((row) => ({
					license: row.requiredText(licenseField).trim(),
					days: row.wholeNumber(daysField),
				}))
			: [],
	};
}

/** A list in a text parameter: its members are separated by commas or lines. */
export function namesIn(text: string): string[] {
	return text
		.split(/[,\n]/)
		.map((name) => name.trim())
		.filter((name) => name !== '');
}
