import {
	AUDIT,
	IS_DELETED,
	READ_ONLY,
	checkbox,
	field,
	longText,
	picklist,
	recordId,
	reference,
	stamp,
	text,
} from '../fields';
import type { FieldSchema, ObjectSchema } from '../types';

const owner = reference('OwnerId', 'Owner ID', 'User', {
	nillable: false,
	defaultedOnCreate: true,
	permissionable: false,
});

const who = reference('WhoId', 'Name ID', ['Contact', 'Lead']);
const what = reference('WhatId', 'Related To ID', ['Account', 'Asset', 'Case', 'Opportunity']);

const activity = (fields: FieldSchema[]): FieldSchema[] => [
	IS_DELETED,
	who,
	what,
	field('Subject', 'Subject', 'combobox', { length: 255, nameField: true }),
	...fields,
	longText('Description', 'Description', 32000),
	field('WhoCount', 'Relation Count', 'int', READ_ONLY),
	field('WhatCount', 'Related To Count', 'int', READ_ONLY),
	checkbox('IsArchived', 'Archived', READ_ONLY),
	owner,
	reference('AccountId', 'Account ID', 'Account', READ_ONLY),
	...AUDIT,
];

/** What a series of activities says of itself. */
const recurrence = (startType: 'date' | 'datetime'): FieldSchema[] => [
	reference('RecurrenceActivityId', 'Recurrence Activity ID', startType === 'date' ? 'Task' : 'Event', {
		...READ_ONLY,
		relationshipName: 'RecurrenceActivity',
	}),
	checkbox('IsRecurrence', 'Create Recurring Series', { updateable: false }),
	field(startType === 'date' ? 'RecurrenceStartDateOnly' : 'RecurrenceStartDateTime', 'Recurrence Start', startType),
	field('RecurrenceEndDateOnly', 'Recurrence End', 'date'),
	text('RecurrenceTimeZoneSidKey', 'Recurrence Time Zone', 40, { type: 'picklist' }),
	picklist(
		'RecurrenceType',
		'Recurrence Type',
		[
			'RecursDaily',
			'RecursEveryWeekday',
			'RecursMonthly',
			'RecursMonthlyNth',
			'RecursWeekly',
			'RecursYearly',
			'RecursYearlyNth',
		],
		{ length: 40, restrictedPicklist: true },
	),
	field('RecurrenceInterval', 'Recurrence Interval', 'int'),
	field('RecurrenceDayOfWeekMask', 'Recurrence Day of Week Mask', 'int'),
	field('RecurrenceDayOfMonth', 'Recurrence Day of Month', 'int'),
	picklist('RecurrenceInstance', 'Recurrence Instance', ['First', 'Second', 'Third', 'Fourth', 'Last'], {
		length: 40,
		restrictedPicklist: true,
	}),
	picklist('RecurrenceMonthOfYear', 'Recurrence Month of Year', MONTHS, { length: 40, restrictedPicklist: true }),
];

const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

const reminder = (): FieldSchema[] => [
	field('ReminderDateTime', 'Reminder Date/Time', 'datetime'),
	checkbox('IsReminderSet', 'Reminder Set'),
];

/** A thing to do about another record, with its standard fields (docs:object-reference/task). A series makes no further tasks here. */
export const TASK: ObjectSchema = {
	name: 'Task',
	label: 'Task',
	labelPlural: 'Tasks',
	keyPrefix: '00T',
	fields: [
		recordId('Activity ID'),
		...activity([
			field('ActivityDate', 'Due Date Only', 'date'),
			picklist(
				'Status',
				'Status',
				['Not Started*', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'],
				{
					nillable: false,
					defaultedOnCreate: true,
					defaultValue: 'Not Started',
					permissionable: false,
				},
			),
			picklist('Priority', 'Priority', ['High', 'Normal*', 'Low'], {
				nillable: false,
				defaultedOnCreate: true,
				defaultValue: 'Normal',
				permissionable: false,
			}),
			checkbox('IsHighPriority', 'High Priority', READ_ONLY),
			checkbox('IsClosed', 'Closed', READ_ONLY),
			picklist('Type', 'Type', ['Call', 'Email', 'Meeting', 'Other'], { length: 40 }),
			picklist('TaskSubtype', 'Task Subtype', ['Task*', 'Email', 'Call', 'ListEmail', 'Cadence'], {
				length: 40,
				defaultValue: 'Task',
				updateable: false,
			}),
			field('CallDurationInSeconds', 'Call Duration', 'int'),
			picklist('CallType', 'Call Type', ['Internal', 'Inbound', 'Outbound'], { length: 40, restrictedPicklist: true }),
			text('CallDisposition', 'Call Result', 255),
			text('CallObject', 'Call Object Identifier', 255),
			stamp('CompletedDateTime', 'Completed Date'),
			...reminder(),
			...recurrence('date'),
			picklist(
				'RecurrenceRegeneratedType',
				'Repeat This Task',
				['RecurrenceRegenerateAfterDueDate', 'RecurrenceRegenerateAfterToday', 'RecurrenceRegenerated'],
				{ restrictedPicklist: true },
			),
		]),
	],
};

/** An entry in a calendar about another record, with its standard fields (docs:object-reference/event). A series makes no further events here. */
export const EVENT: ObjectSchema = {
	name: 'Event',
	label: 'Event',
	labelPlural: 'Events',
	keyPrefix: '00U',
	fields: [
		recordId('Activity ID'),
		...activity([
			text('Location', 'Location', 255),
			checkbox('IsAllDayEvent', 'All-Day Event'),
			field('ActivityDateTime', 'Due Date Time', 'datetime'),
			field('ActivityDate', 'Due Date Only', 'date'),
			field('DurationInMinutes', 'Duration', 'int'),
			field('StartDateTime', 'Start Date Time', 'datetime'),
			field('EndDateTime', 'End Date Time', 'datetime'),
			field('EndDate', 'End Date', 'date', READ_ONLY),
			picklist('Type', 'Type', ['Call', 'Email', 'Meeting', 'Other'], { length: 40 }),
			checkbox('IsPrivate', 'Private'),
			checkbox('IsChild', 'Is Child', READ_ONLY),
			checkbox('IsGroupEvent', 'Is Group Event', READ_ONLY),
			picklist('GroupEventType', 'Group Event Type', ['0', '1', '2', '3'], {
				...READ_ONLY,
				length: 40,
				defaultValue: '0',
			}),
			picklist('EventSubtype', 'Event Subtype', ['Event*'], { length: 40, defaultValue: 'Event', updateable: false }),
			...reminder(),
			...recurrence('datetime'),
			checkbox('IsRecurrence2', 'Repeat', READ_ONLY),
			checkbox('IsRecurrence2Exception', 'Is Exception', READ_ONLY),
			checkbox('IsRecurrence2Exclusion', 'Historical Event, Not Following Recurrence', READ_ONLY),
			longText('Recurrence2PatternText', 'Recurrence Pattern', 512),
			text('Recurrence2PatternVersion', 'Pattern Version', 40, { ...READ_ONLY, type: 'picklist' }),
			stamp('Recurrence2PatternStartDate', 'Recurrence Pattern Start'),
			text('Recurrence2PatternTimeZone', 'Recurrence Pattern Time Zone Reference', 255, READ_ONLY),
			picklist('ShowAs', 'Show Time As', ['Busy*', 'OutOfOffice', 'Free'], { length: 40, defaultValue: 'Busy' }),
		]),
	],
};
