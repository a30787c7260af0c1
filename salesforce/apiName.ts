/** What nobody sees in a name: byte order marks, zero-width and soft characters, and blanks that are not the usual one. */
const INVISIBLE = /[\p{Cf}\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu;

const PLAIN = /^[\w.]*$/;

/**
 * An API name without what nobody sees, which spreadsheets and copied text bring along, and without blanks around it.
 *
 * @param name as a person wrote it, also of a parent's field: `Account.ExternalKey__c`
 */
export function apiName(name: string): string {
	// Almost every name is plain, and there may be millions.
	if (PLAIN.test(name)) return name;
	return name
		.replace(INVISIBLE, '')
		.split('.')
		.map((part) => part.trim())
		.join('.');
}

/** What two spellings of one name have in common: Salesforce's names know no case. */
export function nameKey(name: string): string {
	return apiName(name).toLowerCase();
}
