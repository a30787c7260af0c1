import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';
import { ExpressionError, NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { createOrUpdateRecord } from '../../nodes/CreateOrUpdateRecord/createOrUpdateRecord';
import { deleteRecord } from '../../nodes/DeleteRecord/deleteRecord';
import { downloadConsumption } from '../../nodes/DownloadConsumption/downloadConsumption';
import { downloadSubscriptions } from '../../nodes/DownloadSubscriptions/downloadSubscriptions';
import { getRecordFields } from '../../nodes/GetRecordFields/getRecordFields';
import { prepareOrg } from '../../nodes/PrepareOrg/prepareOrg';
import { pushMove } from '../../nodes/PushMove/pushMove';
import { reclaimLicense } from '../../nodes/ReclaimLicense/reclaimLicense';
import { reconcileLicenses } from '../../nodes/ReconcileLicenses/reconcileLicenses';
import { readTrigger } from '../../nodes/RecordTrigger/parameters';
import { reconcileMoves } from '../../nodes/ReconcileMoves/reconcileMoves';
import type { Action } from '../../nodes/shared/action';
import { ItemInput } from '../../nodes/shared/input';
import { PollInput } from '../../nodes/shared/pollInput';
import { soqlQuery } from '../../nodes/SoqlQuery/soqlQuery';
import { undoChangesAction } from '../../nodes/UndoChanges/undoChanges';
import { undoMove } from '../../nodes/UndoMove/undoMove';
import { undoReclaim } from '../../nodes/UndoReclaim/undoReclaim';
import { OrgError } from '../../salesforce/errors';
import { InputError } from '../../salesforce/inputError';
import { Engine } from '../support/engine';
import { random } from '../support/random';

const NOW = DateTime.fromISO('2026-05-01T09:30:00', { zone: 'UTC' });

const planned =
	(action: Pick<Action<unknown>, 'plan'>) =>
	(host: IExecuteFunctions): unknown =>
		action.plan(new ItemInput(host, 0, NOW));

/** The trigger, which has no items. */
const TRIGGER = 'salesforceRecordTrigger';

/** What reads the parameters of each node, by its name. */
const PLANS: Record<string, (host: IExecuteFunctions & IPollFunctions) => unknown> = {
	salesforceCreateOrUpdateRecord: planned(createOrUpdateRecord),
	salesforceDeleteRecord: planned(deleteRecord),
	salesforceDownloadConsumption: planned(downloadConsumption),
	salesforceDownloadSubscriptions: planned(downloadSubscriptions),
	salesforceGetRecordFields: planned(getRecordFields),
	salesforcePrepareOrg: planned(prepareOrg),
	salesforcePushMove: planned(pushMove),
	salesforceReclaimLicense: planned(reclaimLicense),
	[TRIGGER]: (host) => readTrigger(new PollInput(host)),
	salesforceReconcileLicenses: reconcileLicenses,
	salesforceReconcileMoves: planned(reconcileMoves),
	salesforceSoqlQuery: planned(soqlQuery),
	salesforceUndoChanges: planned(undoChangesAction),
	salesforceUndoMove: planned(undoMove),
	salesforceUndoReclaim: planned(undoReclaim),
};

/** The nodes as the built package describes them. */
function descriptions(): INodeTypeDescription[] {
	const file = join(__dirname, '..', '..', 'dist', 'types', 'nodes.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as INodeTypeDescription[]).filter(({ name }) => name in PLANS);
}

/** Words of errors that nobody wrote for a person. */
const RAW = /\bundefined\b|\[object|\bNaN\b|is not a function|is not iterable|Cannot (read|convert|set)|malformed/;

/**
 * Gives every node parameters of any JSON type, as a person, an expression or an AI agent could, and looks at what
 * comes of it: a plan, or a sentence for a person.
 *
 * @param times how many parameters are made up, over all nodes
 * @returns what is wrong, a line each, with the seed of the try
 */
function tryParameters(engine: Engine, seed: number, times: number): string[] {
	const nodes = descriptions();
	const wrong: string[] = [];
	for (let done = 0, next = seed; done < times; next++) {
		const roll = random(next);
		const node = nodes[next % nodes.length] as INodeTypeDescription;
		const { parameters, item, count } = made(node, roll);
		done += count;
		const testNode = { type: node.name, parameters: parameters as never };
		const host = node.name === TRIGGER ? engine.pollContext(testNode) : engine.context(testNode, [item]);
		const tells = (what: string): void =>
			void wrong.push(`${node.name}, seed ${next}: ${what}; ${JSON.stringify({ parameters, item })}`);
		// What plans an item has no way to the org; whoever looked for one would be told here.
		host.helpers.httpRequestWithAuthentication = () => {
			throw new TypeError('A plan sent something');
		};
		try {
			const plan = JSON.stringify(PLANS[node.name]?.(host as never)) ?? '';
			if (/\[object |"(undefined|NaN)"/.test(plan)) tells(`planned ${plan}`);
		} catch (error) {
			const isForPeople = [InputError, OrgError, ExpressionError, NodeOperationError].some(
				(one) => error instanceof one,
			);
			const { message } = error as Error;
			if (!isForPeople || message === '' || RAW.test(message)) tells(`${(error as Error).name}: ${message}`);
		}
	}
	return wrong;
}

/**
 * Parameters of a node, some as they are and some by an expression of the item, where there is one; and how many were
 * made up.
 */
function made(
	node: INodeTypeDescription,
	roll: () => number,
): { parameters: IDataObject; item: IDataObject; count: number } {
	const parameters: IDataObject = {};
	const item: IDataObject = {};
	let count = 0;
	for (const property of node.properties) {
		if (property.name === 'authentication' || roll() < 0.4) continue;
		const value = valueFor(property, roll);
		count++;
		if (node.name === TRIGGER || roll() < 0.5) parameters[property.name] = withoutExpressions(value);
		else {
			item[property.name] = value;
			parameters[property.name] = `={{ $json.${property.name} }}`;
		}
	}
	for (const name of READ_OF_ITEMS) if (roll() < 0.1) item[name] ??= anyValue(roll) as never;
	return { parameters, item, count };
}

/** A value of any type, or a collection of such; half of the choices are right ones, to get on to what comes next. */
function valueFor(property: INodeProperties, roll: () => number): never {
	const { type, options = [] } = property;
	if (type === 'collection' && roll() < 0.8) {
		const chosen = options.filter(() => roll() < 0.3) as INodeProperties[];
		return Object.fromEntries(chosen.map((one) => [one.name, valueFor(one, roll)])) as never;
	}
	// What takes no expression is chosen by hand, or set by whoever writes the workflow's file.
	if (type === 'options' && roll() < (property.noDataExpression ? 0.9 : 0.5)) {
		return (options[Math.floor(roll() * options.length)] as { value?: unknown } | undefined)?.value as never;
	}
	if (type === 'resourceLocator' && roll() < 0.6) {
		return { __rl: true, mode: 'name', value: roll() < 0.5 ? 'Case' : anyValue(roll) } as never;
	}
	return anyValue(roll) as never;
}

const LEAVES: unknown[] = [
	null,
	true,
	false,
	0,
	-0,
	-1,
	1,
	2.5,
	200,
	1e21,
	1e308,
	Number.MAX_SAFE_INTEGER + 2,
	'',
	' ',
	'\u200b',
	'0',
	'true',
	'12',
	'1e400',
	'2026-05-01',
	'2026-02-30',
	'2026-05-01T10:00:00Z',
	'Case',
	'Case, Contact',
	'SELECT Id FROM Case WHERE Subject = :x',
	'SELECT',
	"it's",
	'\ud800',
	'🪑',
	'{"a":1}',
	'[1,',
	'500Lo0000000004IAA',
	'005Lo0000000002IAA',
	'x'.repeat(300),
	'Europe/Nowhere',
];
const NAMES = [
	'id',
	'Id',
	'value',
	'name',
	'__proto__',
	'constructor',
	'toString',
	'length',
	'case',
	'changes',
	'undo',
	'é',
];

/** What nodes read of items themselves. */
const READ_OF_ITEMS = ['user', 'license', 'licenses', 'bought', 'org', 'orgId', 'undo', 'changes', 'id', 'moveId'];

function anyValue(roll: () => number, depth = 0): unknown {
	const kind = roll();
	if (depth >= 3 || kind < 0.6) return LEAVES[Math.floor(roll() * LEAVES.length)];
	const size = Math.floor(roll() * 4);
	if (kind < 0.8) return Array.from({ length: size }, () => anyValue(roll, depth + 1));
	// As JSON.parse makes it, so that `__proto__` is a name like any other.
	const members = Array.from({ length: size }, () => [
		NAMES[Math.floor(roll() * NAMES.length)],
		anyValue(roll, depth + 1),
	]);
	return JSON.parse(`{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`);
}

/** A text that begins with an equals sign would be an expression where a person typed it. */
function withoutExpressions(value: never): never {
	return (typeof value === 'string' && (value as string).startsWith('=') ? '' : value) as never;
}

/** How many parameters are made up; `.ci/run` has ten thousand made up for each node. */
const TIMES = Number(process.env.PARAMETERS ?? 10_000);

it('comes to a plan or to a sentence for a person, whatever parameters are, and sends nothing', async () => {
	const engine = await Engine.start();
	expect(tryParameters(engine, 1, TIMES)).toEqual([]);
	engine.close();
}, 120_000);

it('has a sentence for an ID that cannot even become text', async () => {
	const engine = await Engine.start();
	const parameters = {
		operation: 'update',
		object: { __rl: true, mode: 'name', value: 'Case' },
		recordId: '={{ $json.id }}',
		valuesFrom: 'item',
	};
	const type = 'salesforceCreateOrUpdateRecord';
	const host = engine.context({ type, parameters }, [{ id: { toString: [] } as never }]);
	expect(() => PLANS[type]?.(host as never)).toThrow('Record ID is not a Salesforce ID of 15 or 18 letters and digits');
	engine.close();
});
