import type { IDataObject } from 'n8n-workflow';

import { asError } from '../../salesforce/asError';
import { bulkObstacle, bulkPages, isCheaperInBulk } from '../../salesforce/bulkQuery';
import type { Org } from '../../salesforce/org';
import { followingPages } from '../../salesforce/query';
import type { QueriedRecord, Query, QueryPage } from '../../salesforce/query';
import type { SoqlOutline } from '../../salesforce/soqlOutline';
import type { Outcome, OutcomeRecord } from '../shared/action';
import { RecordShaper } from '../shared/recordShape';
import type { QuerySettings } from './parameters';

/** One item's query, its values in place. */
export interface QueryPlan extends QuerySettings {
	/** The statements whose records together are the query's; see `bindQuery`. */
	statements: string[];
	outline: SoqlOutline;
	/** How many empty members were left out of lists, by the names of these. */
	dropped: ReadonlyMap<string, number>;
}

/** What one item's query has given so far. */
export class QueryReading {
	private readonly records: OutcomeRecord[] = [];
	private readonly shaper: RecordShaper;
	private error?: Error;

	constructor(readonly plan: QueryPlan) {
		this.shaper = new RecordShaper(plan.shape, plan.outline.selection);
	}

	/** How many records are still to come at most; none once the query has failed. */
	get wanted(): number {
		return this.error === undefined ? (this.plan.limit ?? Infinity) - this.records.length : 0;
	}

	/** One of the plan's statements, for the records that are still to come. */
	query(soql: string): Query {
		return { soql, includeDeleted: this.plan.includeDeleted, wanted: this.wanted };
	}

	add(json: IDataObject): void {
		this.records.push({ json });
	}

	fail(error: Error): void {
		this.error ??= error;
	}

	/** Takes a statement's records from its first page and those after it, or from a Bulk job where that is cheaper. */
	async readPages(org: Org, soql: string, first: QueryPage): Promise<void> {
		if (this.plan.outline.countsOnly) {
			this.add({ count: first.totalSize });
			return;
		}
		if (this.prefersJob(first)) {
			const before = this.records.length;
			try {
				await this.take(bulkPages(org, this.query(soql)));
				return;
			} catch {
				// What jobs refuse, such as the parts of an address, the pages give.
				this.records.length = before;
			}
		}
		await this.takeOrFail(recordsOf(followingPages(org, first)));
	}

	/** Takes a statement's records from a Bulk job. */
	async readJob(org: Org, soql: string): Promise<void> {
		if (this.wanted > 0) await this.takeOrFail(bulkPages(org, this.query(soql)));
	}

	/** What the item gets. */
	outcome(): Outcome {
		if (this.error !== undefined) return { ok: false, error: this.error };
		const dropped = [...this.plan.dropped].map(([name, count]) => `${count} of :${name}`);
		const hint = dropped.length > 0 ? `Empty list members were left out: ${dropped.join(', ')}.` : undefined;
		return { ok: true, records: this.records, hint };
	}

	private prefersJob({ totalSize, records }: QueryPage): boolean {
		const { api, outline, shape } = this.plan;
		if (
			api !== 'automatic' ||
			bulkObstacle(outline) !== undefined ||
			outline.orderedBy !== undefined ||
			shape.attributes
		)
			return false;
		return isCheaperInBulk(Math.min(totalSize, this.wanted), records.length);
	}

	private async takeOrFail(runs: AsyncIterable<QueriedRecord[]>): Promise<void> {
		try {
			await this.take(runs);
		} catch (error) {
			this.fail(asError(error));
		}
	}

	private async take(runs: AsyncIterable<QueriedRecord[]>): Promise<void> {
		for await (const records of runs) {
			for (const record of records.slice(0, this.wanted)) this.add(this.shaper.item(record));
			if (this.wanted === 0) return;
		}
	}
}

async function* recordsOf(pages: AsyncIterable<QueryPage>): AsyncGenerator<QueriedRecord[]> {
	for await (const page of pages) yield page.records;
}
