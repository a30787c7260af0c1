import type { Work } from './work';
import { LICENSES } from './works/licenses';
import { MOVES } from './works/moves';
import { ORG } from './works/org';
import { RECORDS } from './works/records';

/** Everything that a run can ask for, by name. */
export const WORKS: Record<string, Work> = { ...MOVES, ...RECORDS, ...LICENSES, ...ORG };
