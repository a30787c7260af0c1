import type { INodeProperties } from 'n8n-workflow';

import type { ActivityRules } from '../../licenses/activity';
import { LICENSE_KINDS } from '../../licenses/license';
import type { LicenseKind } from '../../licenses/license';
import type { Selection } from '../../licenses/subscriptions';
import { InputError } from '../../salesforce/inputError';
import { isBlank } from '../../salesforce/values/blank';
import { readStart } from '../../salesforce/values/date';
import { choices } from '../shared/choices';
import type { ItemInput } from '../shared/input';
import {
	activityRules,
	activityTimeZoneField,
	daysByLicenseField,
	inactiveDaysField,
	namesIn,
	newAccountDaysField,
	orgNameField,
} from '../shared/licenseFields';
import { optionsCollection } from '../shared/optionsCollection';
import type { Options } from '../shared/reading';
import { timeZone } from '../shared/timeZone';

/** Salesforce keeps the log-in history for six months (object reference, LoginHistory). */
const DAYS_KEPT = 180;

/** One download. */
export interface DownloadPlan {
	/** Empty for the organization's own name. */
	orgName: string;
	rules: ActivityRules;
	selection: Selection;
	/** Whether every kind of the selection was asked for by name, so that one the org does not show is no small matter. */
	kindsChosen: boolean;
	/** Whether an item is a user rather than a user's license. */
	onePerUser: boolean;
	/** Of how many days the log-ins are counted; 0 for none. */
	logInDays: number;
}

/** The kinds of license, as the panel shows them. */
const KINDS: Record<LicenseKind, { name: string; description?: string }> = {
	feature: { name: 'Feature License', description: 'Such as Marketing User or Service Cloud User' },
	package: { name: 'Package License', description: 'Of installed managed packages' },
	permissionSet: { name: 'Permission Set License' },
	user: { name: 'User License', description: 'The one that comes with the profile' },
};

const changedSinceField: INodeProperties = {
	displayName: 'Changed Since',
	name: 'changedSince',
	type: 'dateTime',
	default: '',
	description:
		'Only users who logged in, whose record was changed, or who were frozen or unfrozen since then, and licenses that were given since then. Licenses that were taken away do not show.',
};

const systemUsersField: INodeProperties = {
	displayName: 'Include System Users',
	name: 'systemUsers',
	type: 'boolean',
	default: false,
	description: "Whether to include the org's own users, such as Automated Process and site guests",
};

const kindsField: INodeProperties = {
	displayName: 'License Kinds',
	name: 'kinds',
	type: 'multiOptions',
	options: choices(KINDS),
	default: ['user'],
	description: 'Which kinds of license to download; all of them when none is chosen',
};

const licensesField: INodeProperties = {
	displayName: 'Licenses',
	name: 'licenses',
	type: 'string',
	default: '',
	placeholder: 'e.g. Salesforce, SalesConsoleUser',
	description: 'Only these licenses, by name or API name, separated by commas; all when empty',
};

const logInDaysField: INodeProperties = {
	displayName: 'Log-In History (Days)',
	name: 'logInDays',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: DAYS_KEPT },
	default: DAYS_KEPT,
	description:
		'For how many days to count log-ins; Salesforce keeps 180. Needs the right Manage Users; 0 leaves it out.',
};

const onePerUserField: INodeProperties = {
	displayName: 'One Item per User',
	name: 'onePerUser',
	type: 'boolean',
	default: false,
	description: 'Whether to give one item per user with the licenses nested, rather than one per user and license',
};

/** The options of Salesforce Download Subscriptions. */
const optionsField = optionsCollection([
	changedSinceField,
	systemUsersField,
	kindsField,
	licensesField,
	logInDaysField,
	onePerUserField,
	daysByLicenseField,
	activityTimeZoneField,
]);

/** The parameters of Salesforce Download Subscriptions. */
export const properties: INodeProperties[] = [orgNameField, inactiveDaysField, newAccountDaysField, optionsField];

/**
 * Reads one item's download.
 * @throws InputError
 */
export function readDownload(input: ItemInput): DownloadPlan {
	const options = input.collection(optionsField);
	const kinds = options.someOf(kindsField, KINDS);
	return {
		orgName: input.text(orgNameField),
		rules: activityRules(input, options),
		selection: {
			kinds: kinds ?? LICENSE_KINDS,
			licenses: namesIn(options.text(licensesField)),
			systemUsers: options.flag(systemUsersField),
			changedSince: changedSince(input, options),
		},
		kindsChosen: kinds !== undefined,
		onePerUser: options.flag(onePerUserField),
		logInDays: options.wholeNumber(logInDaysField, 0),
	};
}

function changedSince(input: ItemInput, options: Options): number | undefined {
	const value = options.value(changedSinceField);
	if (isBlank(value)) return undefined;
	const read = readStart(value, timeZone(input, options));
	if ('value' in read) return read.value.toMillis();
	throw read.remedy === undefined
		? new InputError('Changed Since is not a date', 'Write it as 2026-05-01, or with a time as 2026-05-01T09:30:00Z.')
		: new InputError(`Changed Since is not ${read.wants}`, read.remedy);
}
