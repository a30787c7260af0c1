import { advanceJobs } from './bulk/advance';
import { toSecond } from './clock';
import type { Org } from './org';

const DAY = 24 * 60 * 60 * 1000;

/** Does what has come due by the org's clock: jobs go on, and what lay in the recycle bin for its time is removed. */
export function keepUp(org: Org): void {
	advanceJobs(org);
	org.bin.purge(toSecond(new Date(org.clock().getTime() - org.settings.recycleBinDays * DAY)));
}
