import { batches } from '../../salesforce/batches';
import { bindQuery } from '../../salesforce/binding/bindQuery';
import { checkHabits } from '../../salesforce/binding/habits';
import { bulkObstacle } from '../../salesforce/bulkQuery';
import { OrgError } from '../../salesforce/errors';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import { explainQueries, firstPages, QUERIES_PER_CALL } from '../../salesforce/query';
import { soqlOutline } from '../../salesforce/soqlOutline';
import type { SoqlOutline } from '../../salesforce/soqlOutline';
import { soqlTokens } from '../../salesforce/soqlTokens';
import type { Action } from '../shared/action';
import type { ItemInput } from '../shared/input';
import { readBindings } from '../shared/queryParameters';
import { readSettings } from './parameters';
import type { QuerySettings } from './parameters';
import { QueryReading } from './queryReading';
import type { QueryPlan } from './queryReading';
import { readQuery } from './queryText';

/** Runs each item's query and gives one item for each record. */
export const soqlQuery: Action<QueryPlan> = {
	outputs: 1,
	extendsItem: false,
	readsOnly: true,
	done: 'read',

	plan(input: ItemInput): QueryPlan {
		const soql = readQuery(input);
		const settings = readSettings(input);
		const tokens = soqlTokens(soql);
		checkHabits(tokens);
		const outline = soqlOutline(tokens);
		if (settings.api === 'bulk' && !settings.explain) checkBulk(outline, settings);
		const { byName, dropped } = readBindings(input);
		const statements = bindQuery(soql, byName);
		if (outline.hasOffset) checkHabits(soqlTokens(statements[0] ?? ''));
		return { ...settings, statements, outline, dropped };
	},

	async run(org, plans) {
		const readings = plans.map((plan) => new QueryReading(plan));
		const waiting: Record<Way, Statement[]> = { explain: [], bulk: [], rest: [] };
		for (const reading of readings) {
			for (const soql of reading.plan.statements) waiting[wayOf(reading.plan)].push({ reading, soql });
		}
		for (const batch of batches(waiting.explain, QUERIES_PER_CALL)) await explain(org, batch);
		for (const batch of batches(waiting.rest, QUERIES_PER_CALL)) await query(org, batch);
		for (const { reading, soql } of waiting.bulk) await reading.readJob(org, soql);
		return readings.map((reading) => reading.outcome());
	},
};

function checkBulk(outline: SoqlOutline, { shape }: QuerySettings): void {
	const obstacle = bulkObstacle(outline) ?? (shape.attributes ? 'Include Attributes' : undefined);
	if (obstacle !== undefined) {
		throw new InputError(`Bulk 2.0 does not take ${obstacle}`, 'Choose Automatic or REST under API.');
	}
}

type Way = 'explain' | 'bulk' | 'rest';

function wayOf({ explain, api }: QueryPlan): Way {
	if (explain) return 'explain';
	return api === 'bulk' ? 'bulk' : 'rest';
}

/** A statement on behalf of one item. */
interface Statement {
	reading: QueryReading;
	soql: string;
}

async function explain(org: Org, statements: Statement[]): Promise<void> {
	const explanations = await explainQueries(
		org,
		statements.map(({ soql }) => soql),
	);
	explanations.forEach((explanation, index) => {
		const { reading } = statements[index] as Statement;
		if (explanation instanceof OrgError) reading.fail(explanation);
		else reading.add({ ...explanation });
	});
}

async function query(org: Org, statements: Statement[]): Promise<void> {
	const open = statements.filter(({ reading }) => reading.wanted > 0);
	const pages = await firstPages(
		org,
		open.map(({ reading, soql }) => reading.query(soql)),
	);
	for (const [index, page] of pages.entries()) {
		const { reading, soql } = open[index] as Statement;
		if (page instanceof OrgError) reading.fail(page);
		else await reading.readPages(org, soql, page);
	}
}
