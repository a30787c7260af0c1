import type { INodeProperties } from 'n8n-workflow';

import type { CaseFieldNames } from '../../moves/caseFields';
import type { CaseNews } from '../../moves/caseNews';
import type { ChangeEvent } from '../../receiving/event';
import { bindQuery } from '../../salesforce/binding/bindQuery';
import { checkCondition } from '../../salesforce/binding/condition';
import { withPlainBlanks } from '../../salesforce/soqlTokens';
import { InputError } from '../../salesforce/inputError';
import { readDateTime } from '../../salesforce/values/date';
import { apiCallsToKeepFreeField } from '../shared/apiCallsToKeepFree';
import { caseFieldNameOptions, caseFieldNamesIn } from '../shared/caseFieldNames';
import { choices } from '../shared/choices';
import { optionsCollection } from '../shared/optionsCollection';
import { objectField } from '../shared/pickers';
import type { PollInput } from '../shared/pollInput';
import type { Options } from '../shared/reading';
import { queryParametersField, readBindings } from '../shared/queryParameters';
import { fieldsField, furtherFieldsField, readFieldNames, readFields } from '../shared/recordFields';

/** What is watched, as the panel shows it. */
const WATCHES = {
	moves: { name: 'Cases of Moves', description: 'What becomes of the Cases that Push Move made' },
	platformEvents: { name: 'Platform Events', description: 'Events that flows, Apex or other programs publish' },
	records: { name: 'Records', description: 'Records of any object' },
} as const;

/** How changes are heard of, as the panel shows it. */
const WAYS = {
	poll: { name: 'Poll', description: 'Look for changes at the poll times' },
	push: {
		name: 'Push',
		description:
			'Listen to change events as well, and look for changes within seconds of one. The object must be chosen in Setup under Change Data Capture. Changes that bring no event are found at the poll times.',
	},
} as const;

/** What may become of the Case of a move, as the panel shows it. */
const CASE_NEWS: Record<CaseNews, { name: string; description: string }> = {
	closed: { name: 'Closed', description: 'The Case was closed' },
	deleted: { name: 'Deleted', description: 'The Case went into the recycle bin' },
	reassigned: { name: 'Reassigned', description: 'The Case has another owner' },
	reopened: { name: 'Reopened', description: 'The Case was closed and is open again' },
	restored: { name: 'Restored', description: 'The Case came back out of the recycle bin' },
};

/** What may become of a record, as the panel shows it. */
const EVENTS: Record<ChangeEvent, { name: string; description: string }> = {
	created: { name: 'Created', description: 'A record is new' },
	deleted: { name: 'Deleted', description: 'A record went into the recycle bin' },
	undeleted: { name: 'Undeleted', description: 'A record came back out of the recycle bin' },
	updated: { name: 'Updated', description: 'A record was changed' },
};

/** Which fields the records hold, as the panel shows it. */
const WHICH_FIELDS = {
	all: { name: 'All', description: 'Every field of the object that the API user can see' },
	chosen: { name: 'Chosen', description: 'Those that are chosen below' },
} as const;

/** With what a workflow begins when it is first activated, as the panel shows it. */
const STARTS = {
	everything: { name: 'Everything', description: 'All records that there are, the oldest change first' },
	moment: { name: 'From a Moment On', description: 'What was changed since then' },
	now: { name: 'Now', description: 'What is changed from the activation on' },
} as const;

/** What an item is, as the panel shows it. */
const ITEMS = {
	each: { name: 'One for Each Change', description: 'One item per change' },
	together: { name: 'One for All Changes', description: 'One item, with a list of what a poll found' },
} as const;

const watchField: INodeProperties = {
	displayName: 'Watch',
	name: 'watch',
	type: 'options',
	noDataExpression: true,
	options: choices(WATCHES),
	default: 'records',
	description: 'What starts the workflow',
};

const platformEventField: INodeProperties = {
	displayName: 'Platform Event',
	name: 'platformEvent',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	displayOptions: { show: { watch: ['platformEvents'] } },
	description: 'The event to listen to',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose an event',
			typeOptions: { searchListMethod: 'searchPlatformEvents', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Seat_Freed__e' },
	],
};

const ofRecords = { hide: { watch: ['platformEvents'] } };

const howField: INodeProperties = {
	displayName: 'How',
	name: 'how',
	type: 'options',
	noDataExpression: true,
	options: choices(WAYS),
	default: 'poll',
	displayOptions: ofRecords,
	description: 'How to hear of changes',
};

const onlyRecords = { show: { watch: ['records'] } };

const chosenObjectField: INodeProperties = { ...objectField('searchObjects'), displayOptions: onlyRecords };

const caseEventsField: INodeProperties = {
	displayName: 'Events',
	name: 'caseEvents',
	type: 'multiOptions',
	noDataExpression: true,
	options: choices(CASE_NEWS),
	default: ['closed', 'deleted', 'reassigned', 'reopened', 'restored'],
	required: true,
	displayOptions: { show: { watch: ['moves'] } },
	description: "Which changes of a move's Case start the workflow",
};

const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	noDataExpression: true,
	options: choices(EVENTS),
	default: ['created', 'updated'],
	required: true,
	displayOptions: onlyRecords,
	description: 'Which changes of a record start the workflow',
};

const onlyWhenChangedField: INodeProperties = {
	displayName: 'Only When These Fields Changed',
	name: 'onlyWhenChanged',
	type: 'string',
	default: '',
	placeholder: 'e.g. Status, OwnerId',
	displayOptions: { show: { watch: ['records'], events: ['updated'] } },
	description:
		'API names of fields, separated by commas; a record counts as updated only when one of them has another value than when it was seen last. Empty for any change.',
};

const conditionField: INodeProperties = {
	displayName: 'Condition',
	name: 'condition',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	displayOptions: ofRecords,
	placeholder: "e.g. Status = 'Closed' AND Priority IN :priorities",
	description:
		'Which records count: what would follow WHERE in SOQL; empty for all. Write <code>:name</code> for each value and give the value under Query Parameters.',
};

const whichFieldsField: INodeProperties = {
	displayName: 'Fields to Return',
	name: 'whichFields',
	type: 'options',
	noDataExpression: true,
	options: choices(WHICH_FIELDS),
	default: 'all',
	displayOptions: ofRecords,
	description: 'Which fields the records hold',
};

const onlyChosen = { show: { whichFields: ['chosen'] }, ...ofRecords };

const startFromField: INodeProperties = {
	displayName: 'Start',
	name: 'startFrom',
	type: 'options',
	noDataExpression: true,
	options: choices(STARTS),
	default: 'now',
	description: 'Where to begin when the workflow is first activated. After that it goes on where it stopped.',
};

const startMomentField: INodeProperties = {
	displayName: 'Moment',
	name: 'startMoment',
	type: 'dateTime',
	default: '',
	required: true,
	displayOptions: { show: { startFrom: ['moment'] } },
	description: 'From when on changes count',
};

const itemsField: INodeProperties = {
	displayName: 'Items',
	name: 'items',
	type: 'options',
	noDataExpression: true,
	options: choices(ITEMS),
	default: 'each',
	description: 'Whether each change is an item, or all of a poll together',
};

const changesPerPollField: INodeProperties = {
	displayName: 'Changes per Poll',
	name: 'changesPerPoll',
	type: 'number',
	noDataExpression: true,
	typeOptions: { minValue: 1, maxValue: 10_000 },
	default: 1000,
	description: 'The most changes that one poll gives; more wait for the next polls, in order',
};

const changedFieldsField: INodeProperties = {
	displayName: 'Changed Fields',
	name: 'changedFields',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether items of updated records list the fields that were changed, with the values before and after, as far as the org keeps field history. It costs one more call for a poll that finds updates.',
};

const ofWatched = (rule: 'show' | 'hide', watch: keyof typeof WATCHES): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { [rule]: { '/watch': [watch] } },
});

const optionsField = optionsCollection(
	[
		...caseFieldNameOptions.map((option) => ({ ...option, ...ofWatched('show', 'moves') })),
		{ ...changedFieldsField, ...ofWatched('hide', 'platformEvents') },
		{ ...changesPerPollField, ...ofWatched('hide', 'platformEvents') },
	],
	'How much a poll does',
);

/** The parameters of Salesforce Record Trigger. */
export const properties: INodeProperties[] = [
	watchField,
	chosenObjectField,
	eventsField,
	caseEventsField,
	platformEventField,
	howField,
	onlyWhenChangedField,
	conditionField,
	{ ...queryParametersField, displayOptions: ofRecords },
	whichFieldsField,
	{ ...fieldsField, displayOptions: onlyChosen },
	{ ...furtherFieldsField, displayOptions: onlyChosen },
	startFromField,
	startMomentField,
	itemsField,
	optionsField,
];

/** How a trigger begins, and how it hands over. */
interface GeneralSettings {
	start: { from: 'now' | 'everything' } | { from: 'moment'; moment: Date };
	together: boolean;
	/** Percent of the org's API calls. */
	keepFree: number;
}

/** What a trigger waits for that watches records, and how it tells of it. */
export interface RecordSettings extends GeneralSettings {
	watched:
		| {
				kind: 'records';
				object: string;
				events: ChangeEvent[];
				/** Fields of which one must have been changed; none for any change. */
				onlyWhenChanged: string[];
		  }
		| {
				kind: 'moves';
				events: CaseNews[];
				/** What the Case fields of moves are called in the org. */
				names: CaseFieldNames;
		  };
	/** Whether change events are listened to. */
	isPushed: boolean;
	/** With its values; empty for all records. */
	condition: string;
	/** Undefined for all. */
	fields?: string[];
	changesPerPoll: number;
	/** Whether the field history is read. */
	changedFields: boolean;
}

/** What a trigger waits for that watches a platform event. */
export interface EventSettings extends GeneralSettings {
	watched: { kind: 'platformEvents'; event: string };
}

/** What a trigger waits for, and how it tells of it. */
export type TriggerSettings = RecordSettings | EventSettings;

/** Whether a trigger watches records. */
export function isOfRecords(settings: TriggerSettings): settings is RecordSettings {
	return settings.watched.kind !== 'platformEvents';
}

/**
 * Reads the trigger's parameters.
 * @throws InputError for what it cannot wait for
 */
export function readTrigger(input: PollInput): TriggerSettings {
	const options = input.collection(optionsField);
	const general = {
		start: readStart(input),
		together: input.oneOf(itemsField, ITEMS) === 'together',
		keepFree: options.wholeNumber(apiCallsToKeepFreeField, 0),
	};
	const kind = input.oneOf(watchField, WATCHES);
	if (kind === 'platformEvents') {
		return { watched: { kind, event: input.requiredLocator(platformEventField) }, ...general };
	}
	return {
		watched: readWatched(input, options, kind),
		isPushed: input.oneOf(howField, WAYS) === 'push',
		condition: readCondition(input),
		...(input.oneOf(whichFieldsField, WHICH_FIELDS) === 'all' ? {} : { fields: readFields(input) }),
		changesPerPoll: options.wholeNumber(changesPerPollField, Number(changesPerPollField.default)),
		changedFields: options.flag(changedFieldsField),
		...general,
	};
}

function readWatched(
	input: PollInput,
	options: Options,
	kind: RecordSettings['watched']['kind'],
): RecordSettings['watched'] {
	if (kind === 'moves') {
		const events = readEvents(input, caseEventsField, CASE_NEWS);
		return { kind, events, names: caseFieldNamesIn(options) };
	}
	const object = input.requiredLocator(chosenObjectField);
	const events = readEvents(input, eventsField, EVENTS);
	return { kind, object, events, onlyWhenChanged: readOnlyWhenChanged(input) };
}

function readOnlyWhenChanged(input: PollInput): string[] {
	const names = readFieldNames(input, [onlyWhenChangedField]);
	const ofParents = names.filter((name) => name.includes('.'));
	if (ofParents.length === 0) return names;
	throw new InputError(
		`${onlyWhenChangedField.displayName} has fields of a parent: ${ofParents.join(', ')}`,
		'Name fields of the object itself: a record is not changed when its parent is.',
	);
}

function readEvents<Event extends string>(
	input: PollInput,
	field: INodeProperties,
	table: Readonly<Record<Event, unknown>>,
): Event[] {
	const events = input.someOf(field, table) ?? [];
	if (events.length > 0) return events;
	throw new InputError('No event is chosen', `Choose at least one under ${field.displayName}.`);
}

function readCondition(input: PollInput): string {
	const condition = withPlainBlanks(input.text(conditionField)).trim();
	checkCondition(condition, conditionField.displayName);
	const { byName } = readBindings(input);
	const [statement, ...more] = bindQuery(`${START}${condition}`, byName);
	// A list without members, which every record would have to meet.
	if (statement === undefined) return 'Id = null';
	// What is read is in the order of its changes, so that it cannot be read in parts.
	if (more.length === 0) return statement.slice(START.length);
	throw new InputError(
		`${conditionField.displayName} holds more values than one query has room for`,
		'Give its lists fewer values, or let a Filter node behind the trigger choose.',
	);
}

const START = 'SELECT Id FROM Object WHERE ';

function readStart(input: PollInput): GeneralSettings['start'] {
	const from = input.oneOf(startFromField, STARTS);
	if (from !== 'moment') return { from };
	const read = readDateTime(input.value(startMomentField), input.now.zoneName ?? 'UTC');
	if ('value' in read) return { from, moment: new Date(read.value) };
	throw new InputError(`${startMomentField.displayName} is not ${read.wants}`, read.remedy ?? 'Correct it.');
}
