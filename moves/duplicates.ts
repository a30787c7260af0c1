/** Characters of an ID that tell records apart; the last three of eighteen only repeat which letters are capitals. */
const TELLING = 15;

/**
 * Whether a Case counts as older than another: by its ID, which is the same to every run that looks, whatever order
 * their calls came in. Salesforce gives IDs in rising order, though not strictly so.
 */
export function isOlder(id: string, other: string): boolean {
	return id.slice(0, TELLING) < other.slice(0, TELLING);
}

/** Cases of one move, the oldest first. */
export function byAge<T extends { Id: string }>(cases: readonly T[]): T[] {
	return [...cases].sort((a, b) => (isOlder(a.Id, b.Id) ? -1 : 1));
}
