import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const folder = join(root, 'docs', 'pictures');
const pictures = readdirSync(folder);

/** Bytes that a picture may have: whoever clones the project gets them all. */
const MOST_BYTES = 200_000;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Everything that people read, in one text. */
const pages = [
	'README.md',
	...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
]
	.filter((name) => name.endsWith('.md'))
	.map((name) => readFileSync(join(root, name), 'utf8'))
	.join('\n');

const workflows = readdirSync(join(root, 'workflows')).filter((name) => name.endsWith('.json'));

it.each(workflows)('there is a picture of %s; `npm run pictures` takes it', (name) => {
	expect(pictures).toContain(name.replace('.json', '.png'));
});

describe.each(pictures)('the picture %s', (name) => {
	it('is a small PNG', () => {
		const picture = readFileSync(join(folder, name));
		expect(picture.subarray(0, PNG.length)).toEqual(PNG);
		expect(picture.length).toBeLessThanOrEqual(MOST_BYTES);
	});

	it('is shown on a page', () => {
		expect(pages).toContain(`pictures/${name})`);
	});
});
