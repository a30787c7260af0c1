import type { IDataObject } from 'n8n-workflow';

import { asError } from '../../salesforce/asError';
import { bulkObstacle, bulkPages, isCheaperInBulk } from '../../salesforce/bulkQuery';
import { OrgError } from '../../salesforce/errors';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import { followingPages } from '../../salesforce/query';
import type { QueriedRecord, Query, QueryPage } from '../../salesforce/query';
import { isWorthRanges, readRanges } from '../../salesforce/queryRanges';
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

/** How long a job may keep waiting where the query's pages are at hand, in milliseconds. */
const PATIENCE = 120_000;

/** So many calls are not worth a word. */
const FEW_CALLS = 10;

/** What one item's query has given so far. */
export class QueryReading {
	private readonly records: OutcomeRecord[] = [];
	private readonly shaper: RecordShaper;
	private calls = 0;
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

	/**
	 * Takes a statement's records from its first page and those after it, from a Bulk job where that is fewer calls, or
	 * from parts that are read side by side where there are many.
	 */
	async readPages(org: Org, soql: string, first: QueryPage): Promise<void> {
		if (this.plan.outline.countsOnly) this.add({ count: first.totalSize });
		// The page itself was a call too.
		else await this.counted(org, 1, async () => await this.readAll(org, this.query(soql), first));
	}

	/** Takes a statement's records from a Bulk job. */
	async readJob(org: Org, soql: string): Promise<void> {
		if (this.wanted > 0) await this.counted(org, 0, async () => await this.take(this.job(org, this.query(soql))));
	}

	/** What the item gets. */
	outcome(): Outcome {
		if (this.error !== undefined) return { ok: false, error: this.error };
		const dropped = [...this.plan.dropped].map(([name, count]) => `${count} of :${name}`);
		const hints = [
			...(dropped.length > 0 ? [`Empty list members were left out: ${dropped.join(', ')}.`] : []),
			...(this.calls > FEW_CALLS ? [`${this.records.length} records were read by ${this.calls} API calls.`] : []),
		];
		return { ok: true, records: this.records, ...(hints.length > 0 ? { hint: hints.join(' ') } : {}) };
	}

	/** Reads, counts the calls that it took beside those made before, and notes what went wrong. */
	private async counted(org: Org, callsBefore: number, read: () => Promise<void>): Promise<void> {
		const before = org.calls;
		try {
			await read();
		} catch (error) {
			this.fail(asError(error));
		}
		this.calls += callsBefore + org.calls - before;
	}

	private async readAll(org: Org, query: Query, first: QueryPage): Promise<void> {
		const { outline } = this.plan;
		if (this.prefersJob(first)) {
			const isRead = await this.tried(async () => {
				await this.take(this.job(org, query, PATIENCE));
				return true;
			});
			if (isRead) return;
		}
		if (isWorthRanges(first, this.wanted)) {
			const parts: OutcomeRecord[][] = [];
			const isRead = await this.tried(
				async () =>
					await readRanges(org, query, outline, first, (part, records) => {
						const taken = (parts[part] ??= []);
						for (const record of records) taken.push({ json: this.shaper.item(record) });
					}),
			);
			if (isRead) {
				for (const part of parts) for (const record of part) this.records.push(record);
				return;
			}
		}
		await this.take(this.pages(org, first));
	}

	/**
	 * Tries a way to which there is another. What it gave before it was refused is forgotten.
	 * @returns whether nothing is left to do: all is read, or nothing more can be
	 */
	private async tried(read: () => Promise<boolean>): Promise<boolean> {
		const before = this.records.length;
		try {
			return await read();
		} catch (error) {
			this.records.length = before;
			const isRefusal = error instanceof InputError || (error instanceof OrgError && !error.endsTheRun);
			if (!isRefusal) this.fail(asError(error));
			return !isRefusal;
		}
	}

	private prefersJob({ totalSize, records }: QueryPage): boolean {
		const { api, outline, shape } = this.plan;
		if (api !== 'automatic' || bulkObstacle(outline) !== undefined) return false;
		if (outline.orderedBy !== undefined || shape.attributes) return false;
		return isCheaperInBulk(Math.min(totalSize, this.wanted), records.length);
	}

	private job(org: Org, query: Query, patience?: number): AsyncIterable<IDataObject[]> {
		return bulkPages(org, query, this.plan.outline, (record: QueriedRecord) => this.shaper.item(record), patience);
	}

	private async *pages(org: Org, first: QueryPage): AsyncIterable<IDataObject[]> {
		for await (const { records } of followingPages(org, first)) {
			yield records.slice(0, this.wanted).map((record) => this.shaper.item(record));
		}
	}

	private async take(runs: AsyncIterable<IDataObject[]>): Promise<void> {
		for await (const items of runs) {
			for (const json of items.slice(0, this.wanted)) this.add(json);
			if (this.wanted === 0) return;
		}
	}
}
