import { ok, type ApiResponse } from '../http';

/** The oldest version that a real org of spring 2026 lists. */
const OLDEST = 31;
/** The newest version that a real org of spring 2026 lists. */
export const NEWEST = 66;
/** The oldest that this org answers: from here on an upsert that updates answers 200 with a body. */
export const OLDEST_SERVED = 46;
/** The oldest that Salesforce answers with 410 GONE rather than 404. */
export const OLDEST_RETIRED = 21;

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
