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
	description: 'Accounts created fewer than so many days ago never count as inactive',
};

/** The zone whose calendar days are counted. */
export const activityTimeZoneField = timeZoneField("Zone whose calendar days are counted; the workflow's by default");

/**
 * Reads `inactiveDaysField`, `newAccountDaysField` and `activityTimeZoneField`.
 * @throws InputError
 */
export function activityRules(input: ItemInput, options: Options): ActivityRules {
	return {
		now: input.now.setZone(timeZone(input, options)),
		inactiveAfterDays: input.wholeNumber(inactiveDaysField),
		spareNewDays: input.wholeNumber(newAccountDaysField),
	};
}

/** A list in a text parameter: its members are separated by commas or lines. */
export function namesIn(text: string): string[] {
	return text
		.split(/[,\n]/)
		.map((name) => name.trim())
		.filter((name) => name !== '');
}
