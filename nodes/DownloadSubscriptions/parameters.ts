import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import type { ActivityRules } from '../../licenses/activity';
import { LICENSE_KINDS } from '../../licenses/license';
import type { LicenseKind } from '../../licenses/license';
import type { Selection } from '../../licenses/subscriptions';
import { InputError } from '../../salesforce/inputError';
import { asText } from '../shared/input';
import type { ItemInput } from '../shared/input';
import {
	activityRules,
	activityTimeZoneField,
	inactiveDaysField,
	namesIn,
	newAccountDaysField,
	orgNameField,
} from '../shared/licenseFields';
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
	/** Whether an item is a user rather than a user's licence. */
	onePerUser: boolean;
	/** Of how many days the log-ins are counted; 0 for none. */
	logInDays: number;
}

/** The parameters of Salesforce Download Subscriptions. */
export const properties: INodeProperties[] = [
	orgNameField,
	inactiveDaysField,
	newAccountDaysField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Changed Since',
				name: 'changedSince',
				type: 'dateTime',
				default: '',
				description:
					'Only users whose record changed or who logged in since then, and licenses given since then. What was taken away is not seen by this.',
			},
			{
				displayName: 'Include System Users',
				name: 'systemUsers',
				type: 'boolean',
				default: false,
				description: "Whether to include the org's own users, such as Automated Process and site guests",
			},
			{
				displayName: 'License Kinds',
				name: 'kinds',
				type: 'multiOptions',
				options: [
					{ name: 'Feature License', value: 'feature', description: 'Such as Marketing User or Service Cloud User' },
					{ name: 'Package License', value: 'package', description: 'Of installed managed packages' },
					{ name: 'Permission Set License', value: 'permissionSet' },
					{ name: 'User License', value: 'user', description: 'The one that comes with the profile' },
				],
				default: ['user'],
				description: 'Which kinds of license to download; all that the org has unless chosen',
			},
			{
				displayName: 'Licenses',
				name: 'licenses',
				type: 'string',
				default: '',
				placeholder: 'e.g. Salesforce, SalesConsoleUser',
				description: 'Only these licenses, by name or API name, separated by commas; all when empty',
			},
			{
				displayName: 'Log-In History (Days)',
				name: 'logInDays',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: DAYS_KEPT },
				default: DAYS_KEPT,
				description:
					'Count the log-ins of so many days, up to the 180 that Salesforce keeps. Needs the right Manage Users; 0 leaves it out.',
			},
			{
				displayName: 'One Item per User',
				name: 'onePerUser',
				type: 'boolean',
				default: false,
				description: 'Whether to give one item per user with the licenses nested, rather than one per user and license',
			},
			activityTimeZoneField,
		],
	},
];

/**
 * Reads one item's download.
 * @throws InputError
 */
export function readDownload(input: ItemInput): DownloadPlan {
	const options = input.collection('options');
	return {
		orgName: input.text('orgName', 'Org Display Name'),
		rules: activityRules(input),
		selection: {
			kinds: (options.kinds as LicenseKind[] | undefined) ?? LICENSE_KINDS,
			licenses: namesIn(asText(options.licenses, 'Licenses')).map((name) => name.toLowerCase()),
			systemUsers: options.systemUsers === true,
			changedSince: changedSince(input),
		},
		kindsChosen: options.kinds !== undefined,
		onePerUser: options.onePerUser === true,
		logInDays: Math.min(DAYS_KEPT, Math.max(0, Math.trunc(Number(options.logInDays ?? 0)) || 0)),
	};
}

function changedSince(input: ItemInput): number | undefined {
	const text = asText(input.collection('options').changedSince, 'Changed Since').trim();
	if (text === '') return undefined;
	const moment = DateTime.fromISO(text, { zone: timeZone(input) });
	if (moment.isValid) return moment.toMillis();
	throw new InputError(
		'Changed Since is not a date',
		'Write it as 2026-05-01, or with a time as 2026-05-01T09:30:00Z.',
	);
}
