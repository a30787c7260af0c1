import type { IDataObject } from 'n8n-workflow';

import type { LocalOrgOptions } from '../../local-org';
import type { TestNode } from '../../test/support/engine';
import type { Scenario } from '../scenario';
import { each, gone, reading, standings, undoing, whole } from '../work';
import type { Ground, Work } from '../work';

const PLAN = 'p-1';
const move = (place: number, team: string): IDataObject => ({
	moveId: `m-${place}`,
	movePlanId: PLAN,
	employeeName: `Employee ${place}`,
	effectiveDate: '2020-01-01',
	newSeat: `B-${place}`,
	team,
});
const key = (place: number): string => `${PLAN}:m-${place}`;
const keys = ({ count }: Scenario): string[] => each(count, key);

/** Cases whose external IDs look like those of the plan's moves and are none of theirs. */
const ALIKE = ['p-1', 'p-1.m-0', 'p-10:m-0', 'p-:m-0', 'xp-1:m-0'];
/** The same, of moves of the plan that no item names. */
const OTHERS = ['p-1:m-0x', 'p-1:m-00', 'p-1:m-', 'p-1:m-99999'];

const orgWith =
	(ids: string[]) =>
	(scenario: Scenario): LocalOrgOptions => ({
		seed: { Case: [...ids.map((id) => ({ ExternalID__c: id, Subject: 'Not ours' })), { Subject: 'Without a move' }] },
		settings: { uniqueExternalId: scenario.isUnique },
	});

const options = ({ parallelCalls, recordsPerCall }: Scenario) => ({ options: { parallelCalls, recordsPerCall } });
const push = (scenario: Scenario): TestNode => ({ type: 'salesforcePushMove', parameters: options(scenario) });

const common = {
	most: 2_000,
	keeps: { Case: whole },
	shared: 'same',
	again: 'all',
	change: { field: 'Priority', value: 'High' },
	idOf: ({ case: found }: IDataObject) => (found as IDataObject | undefined)?.id,
} as const satisfies Partial<Work>;

/** Whether the Cases of the moves are closed, or of a team. */
const status =
	(isClosed: boolean): Work['look'] =>
	(org, scenario) =>
		standings(org, 'Case', 'ExternalID__c', keys(scenario), ({ Status }) => (Status === 'Closed') === isClosed);
const team =
	(name: string): Work['look'] =>
	(org, scenario) =>
		standings(org, 'Case', 'ExternalID__c', keys(scenario), ({ Team__c }) => Team__c === name);
const noCase: Work['look'] = (org, scenario) => gone(org, 'Case', 'ExternalID__c', keys(scenario));

const pushing = (before: (place: number) => string | undefined): Work => ({
	...common,
	creates: before(0) === undefined,
	org: orgWith([...ALIKE, ...OTHERS]),
	begin: async ({ run, scenario }) => {
		const earlier = each(scenario.count, (place) => ({ place, team: before(place) })).filter(
			({ team }) => team !== undefined,
		);
		if (earlier.length > 0)
			await run(
				earlier.map(({ place, team }) => move(place, String(team))),
				push(scenario),
			);
		return each(scenario.count, (place) => move(place, 'Engines'));
	},
	node: push,
	look: (org, scenario) =>
		standings(
			org,
			'Case',
			'ExternalID__c',
			keys(scenario),
			({ Team__c, NewSeat__c }, place) => Team__c === 'Engines' && NewSeat__c === `B-${place}`,
		),
	told: reading('case', { written: ['created', 'updated', 'reopened'], idle: ['unchanged'] }),
	ends: 'there',
	hides: ['Case.Team__c'],
});

const pushed = async ({ run, scenario }: Ground): Promise<IDataObject[]> => {
	const items = each(scenario.count, (place) => move(place, 'Engines'));
	await run(items, push(scenario));
	return items;
};

const deleting: Work = {
	...common,
	org: orgWith([...ALIKE, ...OTHERS]),
	begin: pushed,
	node: (scenario) => ({ type: 'salesforceUndoMove', parameters: options(scenario) }),
	look: noCase,
	told: reading('case', { written: ['deleted'], idle: ['alreadyUndone', 'notFound'] }),
	ends: 'gone',
};

const closing: Work = {
	...common,
	org: orgWith([...ALIKE, ...OTHERS]),
	begin: pushed,
	node: (scenario) => ({
		type: 'salesforceUndoMove',
		parameters: { method: 'close', status: 'Closed', ...options(scenario) },
	}),
	look: status(true),
	told: reading('case', { written: ['closed'], idle: ['alreadyUndone'] }),
	ends: 'there',
};

/** One item that stands for the whole plan. */
const ofPlan = (work: Work): Work => ({
	...work,
	org: orgWith(ALIKE),
	begin: async (ground) => {
		await pushed(ground);
		return [{ movePlanId: PLAN }];
	},
	node: (scenario) => {
		const { type, parameters } = work.node(scenario);
		return { type, parameters: { ...parameters, undo: 'plan' } };
	},
	isOneItem: true,
});

/** Moves that become Cases, and are taken back. */
export const MOVES: Record<string, Work> = {
	'push new moves': pushing(() => undefined),
	'push changed moves': pushing(() => 'Sails'),
	'push repeated moves': { ...pushing(() => 'Engines'), isIdle: true },
	'push new, changed and repeated moves': pushing((place) => [undefined, 'Sails', 'Engines'][place % 3]),
	'undo moves by deleting': deleting,
	'undo moves by closing': closing,
	'undo a plan by deleting': ofPlan(deleting),
	'undo a plan by closing': ofPlan(closing),
	'undo pushes of new moves': undoing(
		pushing(() => undefined),
		{ look: noCase, ends: 'gone' },
	),
	'undo pushes of changed moves': undoing(
		pushing(() => 'Sails'),
		{ look: team('Sails'), ends: 'there' },
	),
	'undo the undoing by deleting': undoing(deleting, { look: team('Engines'), ends: 'there' }),
	'undo the undoing by closing': undoing(closing, { look: status(false), ends: 'there' }),
};
