/** How many of a list a message names, so that it stays one. */
const SHOWN = 20;

/**
 * The first few of many items or records, for a message.
 *
 * @param more how many there are beside these
 */
export function listed(members: ReadonlyArray<number | string>, more = 0): string {
	const shown = members.slice(0, SHOWN);
	const left = members.length - shown.length + more;
	return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
}
