import { isRecordId, longRecordId } from './recordId';

/** Where a record's ID stands in an address, and perhaps its object before it; the first that fits counts. */
const PLACES = [
	// Lightning, with its console: what else is open there stands behind `?ws=`.
	/\/lightning\/(?:r|cmp)\/(?:(?<object>\w+)\/)?(?<id>\w{15}(?:\w{3})?)(?:[/?#]|$)/,
	// Lightning before 2018: `/one/one.app#/sObject/500…/view`.
	/#\/?sObject\/(?<id>\w{15}(?:\w{3})?)(?:[/?#]|$)/i,
	// Setup, which shows Classic's page of a user or another setup object: `?address=%2F005…`.
	/[?&]address=\/(?<id>\w{15}(?:\w{3})?)(?:[/?#&]|$)/,
	// A page of an Experience site: `/s/case/500…/subject`, `/s/detail/500…`, `/s/contactsupport?recordId=500…`.
	/\/s\/(?:[\w-]+\/)+(?<id>\w{15}(?:\w{3})?)(?:[/?#]|$)/,
	/[?&#](?:recordId|id|c__recordId)=(?<id>\w{15}(?:\w{3})?)(?:[&#]|$)/i,
	// Classic and its console, which Salesforce still turns into Lightning's: `/500…`, `/console#/500…`.
	/^https:\/\/[^/]+\/(?:console[^#]*#\/?)?(?<id>\w{15}(?:\w{3})?)(?:[/?#]|$)/,
	// The ID by itself.
	/^(?<id>\w{15}(?:\w{3})?)$/,
];

/** How often an address may be written inside another. */
const DEEPEST = 3;

/**
 * What a link copied from the browser's address bar points to: a record's page in Lightning, its console, Setup, an
 * Experience site or Classic. The ID alone does too.
 *
 * @returns the 18-character ID and, where the link names it, the object; undefined when it is no link to a record
 */
export function readRecordLink(link: string): { id: string; object?: string } | undefined {
	const address = decoded(link.trim());
	for (const place of PLACES) {
		const { object, id } = place.exec(address)?.groups ?? {};
		// A word of 15 letters has the form of an ID, but none is made of letters alone.
		if (id !== undefined && isRecordId(id) && /\d/.test(id)) {
			return { id: longRecordId(id.slice(0, 15)), ...(object === undefined ? {} : { object }) };
		}
	}
	return undefined;
}

/**
 * The beginning of the address in a link, `https://mycompany.lightning.force.com`.
 * @returns undefined where there is none, as of an ID by itself
 */
export function linkOrigin(link: string): string | undefined {
	return /https?:\/\/[^/?#\s]+/i.exec(decoded(link))?.[0];
}

function decoded(link: string): string {
	let address = link;
	for (let depth = 0; depth < DEEPEST && address.includes('%'); depth++) {
		try {
			address = decodeURIComponent(address);
		} catch {
			break;
		}
	}
	return address;
}
