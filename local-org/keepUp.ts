import { advanceJobs } from './bulk/advance';
import { toSecond } from './clock';
import type { Org } from './org';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Does what has come due by the org's clock: jobs go on, and what lay in the recycle bin, or was kept for replay, for its time is removed. */
export function keepUp(org: Org): void {
	advanceJobs(org);
	org.events.purge(org.clock().getTime() - org.settings.eventHours * HOUR);
	org.bin.purge(toSecond(new Date(org.clock().getTime() - org.settings.recycleBinDays * DAY)));
}
