import { requestError, resourceNotFound } from '../errors';
import { ok } from '../http';
import type { ApiResponse } from '../http';

/** The oldest version that a real org of spring 2026 lists. */
const OLDEST = 31;
/** The newest version that a real org of spring 2026 lists. */
const NEWEST = 66;
/** The oldest that Salesforce answers with 410 GONE rather than 404. */
const OLDEST_RETIRED = 21;

/** Three releases a year, named by season; version 31 was Summer '14. */
function labelOf(version: number): string {
	const releases = version - OLDEST;
	const season = ['Summer', 'Winter', 'Spring'][releases % 3];
	const year = 14 + Math.floor((releases + 2) / 3);
	// One label has a typographic apostrophe in real answers.
	return `${season} ${version === 42 ? '’' : "'"}${year}`;
}

const LIST = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => {
	const version = OLDEST + index;
	return { label: labelOf(version), url: `/services/data/v${version}.0`, version: `${version}.0` };
});

/** GET /services/data: the API versions. It needs no session. */
export const versions = (): ApiResponse => ok(LIST);

/**
 * @throws 410 for a version that is over, and 404 for one that never was or is still to come
 */
export function checkVersion(version: number): void {
	if (version >= OLDEST && version <= NEWEST) return;
	if (version >= OLDEST_RETIRED && version < OLDEST) {
		throw requestError('UNSUPPORTED_API_VERSION', 'The requested resource has been retired or removed', 410);
	}
	throw resourceNotFound();
}
