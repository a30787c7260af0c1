import { dataError } from '../../errors';
import { categoryName, STAGES } from '../../schema/objects/opportunity';
import { changes, valueOf } from './types';
import type { Change, ObjectRules } from './types';

/** What follows from an Opportunity's stage, unless it is given with it. */
function applyStage(change: Change): void {
	if (!changes(change, 'StageName')) return;
	const { row, before, context } = change;
	const name = valueOf(change, 'StageName');
	row.IsWon = Number(name === 'Closed Won');
	row.IsClosed = Number(name === 'Closed Won' || name === 'Closed Lost');
	if (before) row.LastStageChangeDate = context.now;
	const stage = STAGES.find((one) => one.name === name);
	row.Probability ??= stage?.probability ?? null;
	const category = stage?.category ?? 'Pipeline';
	row.ForecastCategory ??= category;
	row.ForecastCategoryName ??= categoryName(category) ?? null;
}

/** What follows from the day on which it is to close: the fiscal year of a new org is the calendar's. */
function applyCloseDate(change: Change): void {
	const { row, before } = change;
	const day = valueOf(change, 'CloseDate');
	if (!changes(change, 'CloseDate') || typeof day !== 'string') return;
	const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
	row.FiscalYear = year;
	row.FiscalQuarter = Math.ceil(month / 3);
	row.Fiscal = `${year} ${row.FiscalQuarter}`;
	// It is pushed when it moves into a later month (docs:object-reference/opportunity).
	if (before && day.slice(0, 7) > String(before.CloseDate).slice(0, 7))
		row.PushCount = Number(before.PushCount ?? 0) + 1;
}

/** A probability is one of a hundred; code and wording are assumed, as of other numbers. */
function checkProbability({ object, row: { Probability: value }, context }: Change): void {
	if (context.seeding || typeof value !== 'number' || (value >= 0 && value <= 100)) return;
	const label = object.fields.find(({ name }) => name === 'Probability')?.label;
	throw dataError('NUMBER_OUTSIDE_VALID_RANGE', `${label}: value outside of valid range on numeric field: ${value}`, [
		'Probability',
	]);
}

/** Opportunity: what follows from its stage, its amount and its day. */
export const opportunityRules: ObjectRules = {
	beforeSave(change) {
		applyStage(change);
		applyCloseDate(change);
		checkProbability(change);
		const [amount, probability] = [valueOf(change, 'Amount'), valueOf(change, 'Probability')];
		change.row.ExpectedRevenue = amount === null ? null : (Number(amount) * Number(probability ?? 0)) / 100;
	},
};

const LEAD = '00Q';

/**
 * What is about a lead is about nothing else (docs:object-reference/task). The fields were seen in orgs; the wording is
 * assumed.
 */
function checkRelations(change: Change): void {
	const [who, what] = [valueOf(change, 'WhoId'), valueOf(change, 'WhatId')];
	if (change.context.seeding || what === null || !String(who).startsWith(LEAD)) return;
	throw dataError(
		'FIELD_INTEGRITY_EXCEPTION',
		'Related To ID: an activity of a lead can not be related to another record',
		['WhoId', 'WhatId'],
	);
}

/** How many records an activity names beside itself. */
function countRelations(change: Change): void {
	checkRelations(change);
	for (const [id, count] of [
		['WhoId', 'WhoCount'],
		['WhatId', 'WhatCount'],
	] as const)
		if (changes(change, id)) change.row[count] = Number(valueOf(change, id) !== null);
}

/** Task: what follows from its status and priority. */
export const taskRules: ObjectRules = {
	beforeSave(change) {
		countRelations(change);
		if (changes(change, 'Priority')) change.row.IsHighPriority = Number(valueOf(change, 'Priority') === 'High');
		if (!changes(change, 'Status')) return;
		const isClosed = valueOf(change, 'Status') === 'Completed';
		change.row.IsClosed = Number(isClosed);
		change.row.CompletedDateTime = isClosed ? change.context.now : null;
	},
};

const MINUTE = 60_000;
const MINUTES_OF_DAY = 24 * 60;
/** The longest event in an org with multiday events (docs:object-reference/event). */
const MAX_MINUTES = 14 * MINUTES_OF_DAY;

/**
 * An Event has a beginning, and an end or a duration; what is left out follows from the others
 * (docs:object-reference/event). Codes and wordings are assumed.
 */
function applyTimes(change: Change): void {
	const { row, before, context } = change;
	const times = [
		'StartDateTime',
		'ActivityDateTime',
		'ActivityDate',
		'EndDateTime',
		'DurationInMinutes',
		'IsAllDayEvent',
	];
	if (before && !times.some((name) => row[name] !== undefined)) return;
	const isAllDay = valueOf(change, 'IsAllDayEvent') === 1;
	const day = row.ActivityDate ?? (isAllDay ? before?.ActivityDate : undefined);
	const start =
		row.StartDateTime ??
		row.ActivityDateTime ??
		(isAllDay && day ? `${String(day)}T00:00:00.000Z` : before?.StartDateTime);
	if (typeof start !== 'string') {
		if (context.seeding) return;
		throw dataError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [StartDateTime]', ['StartDateTime']);
	}
	const begins = Date.parse(start);
	const minutes = durationOf(change, begins, isAllDay);
	if (minutes === undefined) {
		if (context.seeding) return;
		throw dataError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [DurationInMinutes]', [
			'DurationInMinutes',
		]);
	}
	if (minutes < 0) {
		throw dataError('FIELD_INTEGRITY_EXCEPTION', 'End Date Time: Your event must end after it starts', ['EndDateTime']);
	}
	if (minutes > MAX_MINUTES && !context.seeding) {
		// Seen in an org without multiday events, where it is 1440.
		throw dataError('FIELD_INTEGRITY_EXCEPTION', `Duration must be between 0 and ${MAX_MINUTES} minutes: Duration`, [
			'DurationInMinutes',
		]);
	}
	const end = new Date(begins + minutes * MINUTE).toISOString();
	const last = isAllDay ? new Date(begins + Math.max(0, minutes - MINUTES_OF_DAY) * MINUTE).toISOString() : end;
	Object.assign(row, {
		StartDateTime: start,
		ActivityDateTime: start,
		ActivityDate: start.slice(0, 10),
		DurationInMinutes: minutes,
		EndDateTime: last,
		EndDate: last.slice(0, 10),
	});
}

/** Minutes from the beginning of an Event on; undefined when nothing says so. */
function durationOf({ row, before }: Change, begins: number, isAllDay: boolean): number | undefined {
	if (typeof row.EndDateTime === 'string') {
		const whole = isAllDay ? MINUTES_OF_DAY : 0;
		const minutes = (Date.parse(row.EndDateTime) - begins) / MINUTE + whole;
		if (typeof row.DurationInMinutes === 'number' && row.DurationInMinutes !== minutes)
			throw dataError('FIELD_INTEGRITY_EXCEPTION', 'Duration and end of the event do not agree', ['DurationInMinutes']);
		return minutes;
	}
	const minutes = row.DurationInMinutes ?? before?.DurationInMinutes ?? (isAllDay ? MINUTES_OF_DAY : undefined);
	return typeof minutes === 'number' ? minutes : undefined;
}

/** Event: when it begins and ends. */
export const eventRules: ObjectRules = {
	beforeSave(change) {
		countRelations(change);
		applyTimes(change);
	},
};
