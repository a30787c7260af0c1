/** What two spellings of one name have in common: case, blanks and what nobody sees do not count. */
export function nameKey(name: string): string {
	return name
		.normalize('NFC')
		.replace(/[\u200b-\u200d\ufeff\u00ad]/g, '')
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase();
}
