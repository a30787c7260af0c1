import type { OrgSettings } from '../local-org/options';

/** How an org of a benchmark answers, and how much is asked of it. */
export interface BenchOptions {
	/** Settings of the local org: how long its calls take. */
	delays: Pick<OrgSettings, 'delayPerCallMs' | 'delayPerRecordMs' | 'delayPerRecordReadMs'>;
	/** Numbers of records instead of the benchmark's own. */
	records?: number[];
	/** Says what is under way, for people. */
	say(line: string): void;
}
