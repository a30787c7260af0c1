import type { IDataObject } from 'n8n-workflow';

import { batches } from '../../salesforce/batches';
import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { explainQueries, firstPages, followingPages, QUERIES_PER_CALL } from '../../salesforce/query';
import type { QueryPage } from '../../salesforce/query';
import { soqlOutline } from '../../salesforce/soqlOutline';
import type { SoqlOutline } from '../../salesforce/soqlOutline';
import { soqlTokens } from '../../salesforce/soqlTokens';
import type { Action, Outcome, OutcomeRecord } from '../shared/action';
import type { ItemInput } from '../shared/input';
import { asError } from '../shared/nodeError';
import { bindQuery } from './bindQuery';
import { readSettings } from './parameters';
import type { QuerySettings } from './parameters';
import { readBindings } from './queryParameters';
import { RecordShaper } from './recordShape';

/** One item's query, its values in place. */
export interface QueryPlan extends QuerySettings {
	/** The statements whose records together are the query's; see `bindQuery`. */
	statements: string[];
	outline: SoqlOutline;
}

/** Runs each item's query and gives one item for each record. */
export const soqlQuery: Action<QueryPlan> = {
	outputs: 1,
	extendsItem: false,
	done: 'returned',

	plan(input: ItemInput): QueryPlan {
		const soql = input.requiredText('query', 'Query');
		return {
			...readSettings(input),
			statements: bindQuery(soql, readBindings(input)),
			outline: soqlOutline(soqlTokens(soql)),
		};
	},

	async run(org, plans) {
		const readings = plans.map((plan) => new Reading(plan));
		const statements = readings.flatMap((reading) => reading.plan.statements.map((soql) => ({ reading, soql })));
		const explained = statements.filter(({ reading }) => reading.plan.explain);
		const queried = statements.filter(({ reading }) => !reading.plan.explain);
		for (const batch of batches(explained, QUERIES_PER_CALL)) await explain(org, batch);
		for (const batch of batches(queried, QUERIES_PER_CALL)) await query(org, batch);
		return readings.map((reading) => reading.outcome());
	},
};

/** A statement on behalf of one item. */
interface Statement {
	reading: Reading;
	soql: string;
}

async function explain(org: Org, statements: Statement[]): Promise<void> {
	const explanations = await explainQueries(org, statements.map(({ soql }) => soql));
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
		open.map(({ reading, soql }) => ({ soql, includeDeleted: reading.plan.includeDeleted, wanted: reading.wanted })),
	);
	for (const [index, page] of pages.entries()) {
		const { reading } = open[index] as Statement;
		if (page instanceof OrgError) reading.fail(page);
		else await reading.readFrom(org, page);
	}
}

/** What one item's query has given so far. */
class Reading {
	private readonly records: OutcomeRecord[] = [];
	private readonly shaper: RecordShaper;
	private error?: Error;

	constructor(readonly plan: QueryPlan) {
		this.shaper = new RecordShaper(plan.shape, plan.outline.parentFields);
	}

	/** How many records are still to come at most; none once the query has failed. */
	get wanted(): number {
		return this.error === undefined ? (this.plan.limit ?? Infinity) - this.records.length : 0;
	}

	add(json: IDataObject): void {
		this.records.push({ json });
	}

	fail(error: Error): void {
		this.error ??= error;
	}

	/** Takes the records of a page and of those after it. */
	async readFrom(org: Org, first: QueryPage): Promise<void> {
		if (this.plan.outline.countsOnly) {
			this.add({ count: first.totalSize });
			return;
		}
		try {
			for await (const page of followingPages(org, first)) {
				for (const record of page.records.slice(0, this.wanted)) this.add(this.shaper.item(record));
				if (this.wanted === 0) return;
			}
		} catch (error) {
			this.fail(asError(error));
		}
	}

	outcome(): Outcome {
		return this.error === undefined ? { ok: true, records: this.records } : { ok: false, error: this.error };
	}
}
