/**
 * Prints what the changelog says of a release. Ends with 1 when the tag is not package.json's version, or when the
 * changelog has no dated section of it. `node setup/releaseNotes.cjs v1.2.3`
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * @param {string} tag `v` and the version
 * @param {string} version of package.json
 * @param {string} changelog in the form of Keep a Changelog
 * @returns {string} the section of that version, without its heading
 * @throws {Error} that says what is wrong with them
 */
function releaseNotes(tag, version, changelog) {
	if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json has version ${version}.`);
	const sections = changelog.split(/^## /m).slice(1);
	const section = sections.find((one) => one.startsWith(`[${version}]`));
	if (section === undefined) throw new Error(`CHANGELOG.md has no section [${version}].`);
	const [heading = '', ...lines] = section.split('\n');
	if (!/^\[[^\]]+\] - \d{4}-\d\d-\d\d$/.test(heading)) throw new Error(`CHANGELOG.md gives no date for ${version}.`);
	const notes = lines.join('\n').trim();
	if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}.`);
	return notes;
}

module.exports = { releaseNotes };

if (require.main === module) {
	const root = join(__dirname, '..');
	try {
		const { version } = require('../package.json');
		console.log(releaseNotes(process.argv[2] ?? '', version, readFileSync(join(root, 'CHANGELOG.md'), 'utf8')));
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
