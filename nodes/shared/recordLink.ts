import { isRecordId, longRecordId } from '../../salesforce/recordId';

/** Lightning's address of a record; the object's name may be missing. */
const LIGHTNING = /\/lightning\/(?:r|cmp)\/(?:(\w+)\/)?(\w{15}(?:\w{3})?)(?:[/?#]|$)/;
/** Classic's, which Salesforce still turns into Lightning's. */
const CLASSIC = /^https:\/\/[^/]+\/(\w{15}(?:\w{3})?)(?:[/?#]|$)/;

/**
 * What a link copied from the browser's address bar points to.
 *
 * @returns the 18-character ID and, where the link names it, the object; undefined when it is no link to a record
 */
export function readRecordLink(link: string): { id: string; object?: string } | undefined {
	const [, object, lightningId] = LIGHTNING.exec(link.trim()) ?? [];
	const id = lightningId ?? CLASSIC.exec(link.trim())?.[1];
	if (id === undefined || !isRecordId(id)) return undefined;
	return { id: longRecordId(id.slice(0, 15)), ...(object === undefined ? {} : { object }) };
}
