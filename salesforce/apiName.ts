/** What nobody sees in a name: no-break and other blanks, byte order marks, zero-width and soft characters. */
const INVISIBLE = /[\s\p{Cf}]/gu;

const PLAIN = /^[\w.]*$/;

/**
 * An API name without what nobody sees, which spreadsheets and copied text bring along. No name holds a blank.
 *
 * @param name as a person wrote it, also of a parent's field: `Account.ExternalKey__c`
 */
export function apiName(name: string): string {
	// Almost every name is plain, and there may be millions.
	return PLAIN.test(name) ? name : name.replace(INVISIBLE, '');
}

/** What two spellings of one name have in common: Salesforce's names know no case. */
export function nameKey(name: string): string {
	return apiName(name).toLowerCase();
}
