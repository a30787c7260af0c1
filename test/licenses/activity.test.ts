import { DateTime } from 'luxon';

import { activity, isoMoment } from '../../licenses/activity';
import type { LicenseDays, Presence } from '../../licenses/activity';

const rules = (now: string, zone = 'UTC') => ({
	now: DateTime.fromISO(now, { zone }),
	inactiveAfterDays: 60,
	spareNewDays: 30,
	daysByLicense: [] as LicenseDays[],
});
const OLD = '2020-01-01T00:00:00.000+0000';

const there = (lastLogin: string | null, created = OLD, more: Partial<Presence> = {}): Presence => ({
	lastLogin,
	created,
	isActive: true,
	isFrozen: false,
	...more,
});

describe('activity', () => {
	it('counts calendar days of the zone, not spans of 24 hours', () => {
		const lastLogin = '2026-05-01T22:30:00.000+0000';
		expect(activity(there(lastLogin), rules('2026-05-02T00:30:00Z')).daysInactive).toBe(1);
		// In Berlin both moments fall on 2 May.
		expect(activity(there(lastLogin), rules('2026-05-02T00:30:00Z', 'Europe/Berlin')).daysInactive).toBe(0);
		expect(activity(there(lastLogin), rules('2026-05-02T06:30:00Z', 'America/Los_Angeles')).daysInactive).toBe(0);
	});

	it('counts a day of 23 hours as one', () => {
		const { daysInactive } = activity(
			there('2026-03-28T12:00:00.000+0000'),
			rules('2026-03-30T00:00:00', 'Europe/Berlin'),
		);
		expect(daysInactive).toBe(2);
	});

	it.each([
		[59, false],
		[60, true],
	])('calls somebody who was away for %i days inactive: %s', (days, isInactive) => {
		const now = rules('2026-05-01T12:00:00Z');
		const lastLogin = now.now.minus({ days }).toISO() ?? '';
		expect(activity(there(lastLogin), now)).toMatchObject({ daysInactive: days, isNew: false, isInactive });
	});

	it('counts from the creation of an account that was never used, and spares a new one', () => {
		expect(activity(there(null, '2026-02-01T00:00:00.000+0000'), rules('2026-05-01T12:00:00Z'))).toMatchObject({
			daysInactive: 89,
			isInactive: true,
		});
		expect(
			activity(there(null, '2026-04-10T00:00:00.000+0000'), {
				...rules('2026-05-01T12:00:00Z'),
				inactiveAfterDays: 10,
			}),
		).toMatchObject({
			daysInactive: 21,
			isNew: true,
			isInactive: false,
		});
	});

	it('takes a log-in that is ahead of this clock for today', () => {
		expect(activity(there('2026-05-03T00:00:00.000+0000'), rules('2026-05-01T12:00:00Z')).daysInactive).toBe(0);
	});

	it.each<[string, Partial<Presence>, boolean]>([
		['a leaver', { isActive: false }, true],
		['a frozen user', { isFrozen: true }, true],
		['a user of whom it is not known', { isFrozen: null }, false],
	])('calls %s who was there yesterday inactive, whatever the age of the account: %s', (_who, more, isInactive) => {
		const yesterday = '2026-04-30T12:00:00.000+0000';
		expect(activity(there(yesterday, yesterday, more), rules('2026-05-01T12:00:00Z')).isInactive).toBe(isInactive);
	});

	it.each<[string, LicenseDays[], number]>([
		['the name', [{ license: 'sales USER', days: 20 }], 20],
		['the API name', [{ license: 'SalesUserPsl', days: 20 }], 20],
		['the ID', [{ license: '0PLxx0000000001', days: 20 }], 20],
		['another license', [{ license: 'Salesforce', days: 20 }], 60],
		['two rows, of which the milder counts', [20, 40].map((days) => ({ license: 'Sales User', days })), 40],
	])('has days of its own for a license by %s', (_how, daysByLicense, days) => {
		const license = { id: '0PLxx0000000001AAA', apiName: 'SalesUserPsl', name: 'Sales User' };
		const own = { ...rules('2026-05-01T12:00:00Z'), daysByLicense };
		expect(activity(there(OLD), own, license).inactiveAfterDays).toBe(days);
		expect(activity(there(OLD), own).inactiveAfterDays).toBe(60);
	});
});

describe('isoMoment', () => {
	it("turns Salesforce's moments into ISO 8601, and leaves nothing as it is", () => {
		expect(isoMoment('2026-05-01T07:25:37.000+0000')).toBe('2026-05-01T07:25:37.000Z');
		expect(isoMoment(null)).toBeNull();
	});
});
