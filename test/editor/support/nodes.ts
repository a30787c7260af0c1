import type { LocalOrg } from '../../../local-org';
import type { Editor } from './editor';

/** How a person builds a workflow of one node, and what they see. A new node is one row more. */
export interface NodeRow {
	/** As the list of nodes has it. */
	name: string;
	/** For what it waits, where the workflow begins with it: the entry to choose. */
	event?: string;
	/** The entry to choose, where the node offers several actions. */
	action?: string;
	/** What the node before it gives. */
	input?(org: LocalOrg): object[];
	/** What is added before it, and filled in. */
	before?: { name: string; action: string; fill(editor: Editor): Promise<void> };
	/** Fills the open panel. */
	fill?(editor: Editor, org: LocalOrg): Promise<void>;
	/** What its output then shows. */
	shows: string | RegExp;
	/** Makes it fail: in its panel, in what comes in, or in the org. */
	spoil: {
		panel?(editor: Editor): Promise<void>;
		input?: object[];
		org?(org: LocalOrg): void;
	};
	/** What it then says. */
	says: string | RegExp;
}

const move = { moveId: 'E-1', movePlanId: 'EDITOR', employeeName: 'Ada', currentSeat: 'A-1', newSeat: 'B-2' };

const idOf = (org: LocalOrg, object: string): string => String(org.rows(object)[0]?.Id);

/** Somebody who has not logged in for long, of the org's staff. */
function idleUser(org: LocalOrg): object {
	const quarterAgo = new Date(Date.now() - 80 * 24 * 60 * 60 * 1000).toISOString();
	const idle = org
		.rows('User')
		.find(
			({ Username, LastLoginDate }) => /@staff\./.test(String(Username)) && String(LastLoginDate ?? '9') < quarterAgo,
		);
	return { user: { id: idle?.Id }, orgId: org.organizationId };
}

const forbidApi = (org: LocalOrg): void => {
	org.settings.apiDisabledForUser = true;
};

const takeBack = async (editor: Editor): Promise<void> => await editor.toggle('dryRun');

export const NODES: NodeRow[] = [
	{
		name: 'Salesforce SOQL Query',
		fill: async (editor) => await editor.text('query', 'SELECT Name FROM Account ORDER BY Name'),
		shows: 'Northwind Logistics',
		spoil: { panel: async (editor) => await editor.text('query', 'SELECT Nmae FROM Account') },
		says: /Nmae/,
	},
	{
		name: 'Salesforce Get Record Fields',
		fill: async (editor, org) => {
			await editor.pick('object', 'Account (Account)');
			await editor.text('recordId', idOf(org, 'Account'));
			await editor.several('fields', 'Account Name', 'Industry');
		},
		shows: 'Transportation',
		spoil: { panel: async (editor) => await editor.text('recordId', '001Lo000000000AIAA') },
		says: /Record ID is not a Salesforce ID/,
	},
	{
		name: 'Salesforce Create or Update Record',
		action: 'Create records',
		fill: async (editor) => {
			await editor.pick('object', 'Contact (Contact)');
			await editor.mapped('LastName', 'Editor');
		},
		shows: 'created',
		spoil: { panel: async (editor) => await editor.mapped('LastName', 'E'.repeat(81)) },
		says: /LastName|Last Name/,
	},
	{
		name: 'Salesforce Delete Record',
		fill: async (editor, org) => {
			await editor.pick('object', 'Contact (Contact)');
			await editor.text('recordId', idOf(org, 'Contact'));
		},
		shows: 'notSent',
		spoil: { panel: async (editor) => await editor.text('recordId', 'nobody') },
		says: /Record ID/,
	},
	{
		name: 'Salesforce Undo Changes',
		before: {
			name: 'Salesforce Create or Update Record',
			action: 'Create records',
			fill: async (editor) => {
				await editor.pick('object', 'Contact (Contact)');
				await editor.mapped('LastName', 'Undone');
			},
		},
		shows: /undone|notSent|would/i,
		spoil: { panel: async (editor) => await editor.text('change', '{}') },
		says: /undo|change/i,
	},
	{
		name: 'Salesforce Prepare Org',
		action: 'Check an org',
		fill: async (editor) => await editor.several('jobs', 'Push Moves'),
		shows: /requirement|summary/,
		spoil: { org: forbidApi },
		says: /API/,
	},
	{
		name: 'Salesforce Push Move',
		input: () => [move],
		shows: 'created',
		spoil: { input: [{ ...move, moveId: '' }] },
		says: /Move ID/,
	},
	{
		name: 'Salesforce Undo Move',
		input: () => [move],
		shows: 'deleted',
		spoil: { input: [{ ...move, moveId: '' }] },
		says: /Move ID/,
	},
	{
		name: 'Salesforce Reconcile Moves',
		input: () => [move],
		shows: 'To Push Branch (1 item)',
		spoil: { input: [{ ...move, moveId: '' }] },
		says: /Move ID/,
	},
	{
		name: 'Salesforce Record Trigger',
		event: 'On created',
		fill: async (editor) => await editor.pick('object', 'Account (Account)'),
		shows: /Fjord|Alba|Ostsee/,
		spoil: { org: forbidApi },
		says: /API/,
	},
	{
		name: 'Salesforce Download Subscriptions',
		shows: /Ada|staff\.example/,
		spoil: { org: forbidApi },
		says: /API/,
	},
	{
		name: 'Salesforce Download Consumption',
		shows: /Salesforce Platform/,
		spoil: { org: forbidApi },
		says: /API/,
	},
	{
		name: 'Salesforce Reclaim License',
		action: 'Freeze a user',
		input: (org) => [idleUser(org)],
		shows: /freeze/i,
		spoil: { input: [{ user: { id: 'nobody' }, orgId: 'no org' }] },
		says: /User ID|Org ID/,
	},
	{
		name: 'Salesforce Undo Reclaim',
		before: { name: 'Salesforce Reclaim License', action: 'Freeze a user', fill: takeBack },
		input: (org) => [idleUser(org)],
		shows: 'undone',
		spoil: { panel: async (editor) => await editor.text('reclaim', '{}') },
		says: /Reclaim is not what/,
	},
	{
		name: 'Salesforce Reconcile Licenses',
		input: () => [{ license: 'Salesforce', org: 'Europe', quantity: 90, unitPrice: 165, currency: 'EUR' }],
		shows: 'Salesforce',
		spoil: { input: [{ license: 'Salesforce', org: 'Europe', quantity: 'many' }] },
		says: /Quantity/,
	},
];
