/** How many of a list a message names, so that it stays one. */
const SHOWN = 20;

/** The first few of many items or records, for a message. */
export function listed(members: ReadonlyArray<number | string>): string {
	const shown = members.slice(0, SHOWN).join(', ');
	return members.length > SHOWN ? `${shown} and ${members.length - SHOWN} more` : shown;
}
