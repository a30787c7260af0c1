import type { IDataObject } from 'n8n-workflow';

import type { Fault, LocalOrg, Seed } from '../../../local-org';
import type { TestNode } from '../../support/engine';
import type { Stage } from '../../support/stage';

/** A write that a node makes, of as many records as it is given items. */
export interface Write {
	seed?: Seed;
	/** Brings the org to where the node begins. */
	prepare?(on: Stage): Promise<IDataObject[]>;
	items: IDataObject[];
	node: TestNode;
	/** The call that writes. */
	call: Pick<Fault, 'method' | 'path'>;
	/** How many records are in the org as the node is to make them. */
	done(org: LocalOrg): number;
	/** Whether it can be found out what became of it. */
	looksUp: boolean;
	/** Whether it is made good by running again. */
	repeatable: boolean;
}

/** How many records each write is of. */
export const COUNT = 3;
/** What `make` gives for each record. */
export const each = <T>(make: (index: number) => T): T[] =>
	Array.from({ length: COUNT }, (_none, index) => make(index));
const object = (value: string): IDataObject => ({ __rl: true, mode: 'name', value });
const cases = (org: LocalOrg, holds: (row: Record<string, unknown>) => boolean = () => true): number =>
	org.rows('Case').filter((row) => row.IsDeleted !== true && holds(row)).length;

const moves = each((index) => ({ moveId: `m-${index}`, movePlanId: 'p', employeeName: 'Ada', team: 'Engines' }));
const push = (more: IDataObject = {}): TestNode => ({
	type: 'salesforcePushMove',
	parameters: { ...more } as TestNode['parameters'],
});
const save = (operation: string, sObject: string, more: IDataObject = {}): TestNode => ({
	type: 'salesforceCreateOrUpdateRecord',
	parameters: {
		operation,
		object: object(sObject),
		valuesFrom: 'json',
		record: '={{ $json.record }}',
		recordId: '={{ $json.id }}',
		...more,
	} as TestNode['parameters'],
});
const pushed = async ({ run }: Stage): Promise<IDataObject[]> => {
	await run(
		moves.map((move) => ({ ...move, team: 'Sails' })),
		push(),
	);
	return moves;
};
const reclaim = (operation: string): TestNode => ({
	type: 'salesforceReclaimLicense',
	parameters: { operation, dryRun: false },
});
const users = each((index) => ({
	Username: `u${index}@staff.example`,
	LastName: `U${index}`,
	CreatedDate: '2020-01-01T00:00:00.000Z',
}));
const staff = async ({ org }: Stage): Promise<IDataObject[]> =>
	await Promise.resolve(
		org
			.rows('User')
			.filter(({ Username }) => String(Username).endsWith('@staff.example'))
			.map(({ Id }) => ({ orgId: org.organizationId, user: { id: Id as string } })),
	);
const isFrozen = (org: LocalOrg, frozen: boolean): number => {
	const ids = org.rows('User').flatMap(({ Id, Username }) => (String(Username).endsWith('@staff.example') ? [Id] : []));
	return org.rows('UserLogin').filter(({ UserId, IsFrozen }) => ids.includes(UserId) && IsFrozen === frozen).length;
};

/** Every write of every node, by name. */
export const WRITES: Record<string, Write> = {
	'Push Move, new moves': {
		items: moves,
		node: push(),
		call: { method: 'POST', path: '/composite/sobjects' },
		done: (org) => cases(org),
		looksUp: true,
		repeatable: true,
	},
	'Push Move, changed moves': {
		prepare: pushed,
		items: moves,
		node: push(),
		call: { method: 'PATCH', path: '/composite/sobjects' },
		done: (org) => cases(org, ({ Team__c }) => Team__c === 'Engines'),
		looksUp: true,
		repeatable: true,
	},
	'Undo Move by deleting': {
		prepare: pushed,
		items: moves,
		node: { type: 'salesforceUndoMove' },
		call: { method: 'DELETE', path: '/composite/sobjects' },
		done: (org) => COUNT - cases(org),
		looksUp: true,
		repeatable: true,
	},
	'Undo Move by closing': {
		prepare: pushed,
		items: moves,
		node: { type: 'salesforceUndoMove', parameters: { method: 'close', status: 'Closed' } },
		call: { method: 'PATCH', path: '/composite/sobjects' },
		done: (org) => cases(org, ({ Status }) => Status === 'Closed'),
		looksUp: true,
		repeatable: true,
	},
	'Create or Update Record, create': {
		items: each((index) => ({ record: { LastName: `N${index}` } })),
		node: save('create', 'Contact'),
		call: { method: 'POST', path: '/composite/sobjects' },
		done: (org) => org.rows('Contact').length,
		looksUp: false,
		repeatable: false,
	},
	'Create or Update Record, create, all or none': {
		items: each((index) => ({ record: { LastName: `N${index}` } })),
		node: save('create', 'Contact', { options: { allOrNone: true } }),
		call: { method: 'POST', path: '/composite' },
		done: (org) => org.rows('Contact').length,
		looksUp: false,
		repeatable: false,
	},
	'Create or Update Record, update': {
		seed: { Case: each((index) => ({ Subject: `Old ${index}` })) },
		prepare: async ({ org }) =>
			await Promise.resolve(org.rows('Case').map(({ Id }) => ({ id: Id as string, record: { Subject: 'New' } }))),
		items: [],
		node: save('update', 'Case'),
		call: { method: 'PATCH', path: '/composite/sobjects' },
		done: (org) => cases(org, ({ Subject }) => Subject === 'New'),
		looksUp: false,
		repeatable: true,
	},
	'Create or Update Record, upsert': {
		items: each((index) => ({ record: { ExternalID__c: `x${index}`, Subject: 'New' } })),
		node: save('upsert', 'Case', { externalIdField: object('ExternalID__c') }),
		call: { method: 'PATCH', path: '/composite/sobjects' },
		done: (org) => cases(org, ({ Subject }) => Subject === 'New'),
		looksUp: false,
		repeatable: true,
	},
	'Reclaim License, freeze': {
		seed: { User: users },
		prepare: staff,
		items: [],
		node: reclaim('freeze'),
		call: { method: 'PATCH', path: '/composite/sobjects' },
		done: (org) => isFrozen(org, true),
		looksUp: true,
		repeatable: true,
	},
	'Reclaim License, deactivate': {
		seed: { User: users },
		prepare: staff,
		items: [],
		node: reclaim('deactivate'),
		call: { method: 'PATCH', path: '/composite/sobjects' },
		done: (org) =>
			org
				.rows('User')
				.filter(({ Username, IsActive }) => String(Username).endsWith('@staff.example') && IsActive === false).length,
		looksUp: true,
		repeatable: true,
	},
	'Undo Reclaim': {
		seed: { User: users },
		prepare: async (on) => (await on.run(await staff(on), reclaim('freeze'))).outputs.flat(),
		items: [],
		node: { type: 'salesforceUndoReclaim' },
		call: { method: 'PATCH', path: '/composite/sobjects' },
		done: (org) => isFrozen(org, false),
		looksUp: true,
		repeatable: true,
	},
};
