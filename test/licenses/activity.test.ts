import { DateTime } from 'luxon';

import { activity, isoMoment } from '../../licenses/activity';

const rules = (now: string, zone = 'UTC') => ({
	now: DateTime.fromISO(now, { zone }),
	inactiveAfterDays: 60,
	spareNewDays: 30,
});
const OLD = '2020-01-01T00:00:00.000+0000';

describe('activity', () => {
	it('counts calendar days of the zone, not spans of 24 hours', () => {
		const lastLogin = '2026-05-01T22:30:00.000+0000';
		expect(activity(lastLogin, OLD, rules('2026-05-02T00:30:00Z')).daysInactive).toBe(1);
		// In Berlin both moments fall on 2 May.
		expect(activity(lastLogin, OLD, rules('2026-05-02T00:30:00Z', 'Europe/Berlin')).daysInactive).toBe(0);
		expect(activity(lastLogin, OLD, rules('2026-05-02T06:30:00Z', 'America/Los_Angeles')).daysInactive).toBe(0);
	});

	it('counts a day of 23 hours as one', () => {
		const { daysInactive } = activity(
			'2026-03-28T12:00:00.000+0000',
			OLD,
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
		expect(activity(lastLogin, OLD, now)).toEqual({ daysInactive: days, isNew: false, isInactive });
	});

	it('counts from the creation of an account that was never used, and spares a new one', () => {
		expect(activity(null, '2026-02-01T00:00:00.000+0000', rules('2026-05-01T12:00:00Z'))).toMatchObject({
			daysInactive: 89,
			isInactive: true,
		});
		expect(
			activity(null, '2026-04-10T00:00:00.000+0000', { ...rules('2026-05-01T12:00:00Z'), inactiveAfterDays: 10 }),
		).toEqual({
			daysInactive: 21,
			isNew: true,
			isInactive: false,
		});
	});

	it('takes a log-in that is ahead of this clock for today', () => {
		expect(activity('2026-05-03T00:00:00.000+0000', OLD, rules('2026-05-01T12:00:00Z')).daysInactive).toBe(0);
	});
});

describe('isoMoment', () => {
	it("turns Salesforce's moments into ISO 8601, and leaves nothing as it is", () => {
		expect(isoMoment('2026-05-01T07:25:37.000+0000')).toBe('2026-05-01T07:25:37.000Z');
		expect(isoMoment(null)).toBeNull();
	});
});
