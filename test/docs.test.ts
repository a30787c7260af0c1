import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { SalesforceOpsApi } from '../credentials/SalesforceOpsApi.credentials';
import { n8n } from '../package.json';

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name));
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...inDocs].filter((path) =>
	path.endsWith('.md'),
);

/** What the rows of the guide's tables are about: their first cells. */
const rows = [...read('docs/salesforce-setup.md').matchAll(/^\| (.*?) \|/gm)].map(([, cell = '']) => cell);

/** What stands outside code, where alone a link is one. */
const prose = (markdown: string): string => markdown.replace(/```.*?```/gs, '').replace(/`[^`\n]*`/g, '');

/** The addresses of a page's links and pictures. */
const linksOf = (markdown: string): string[] =>
	[...prose(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, address = '']) => address);

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (markdown: string): string[] =>
	[...markdown.replace(/```.*?```/gs, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);

/** A message's text in the source: that of a row, or the first text of what makes an error of sign-in or network. */
const MESSAGE =
	/(?:message: |withoutToken:\s*|(?:refused|notNow)\(\s*|invalidDomain\(\s*|'(?:UNREACHABLE|NO_ANSWER|UNTRUSTED_HOST)',\s*)(['"`])((?:\\.|(?!\1).)+)\1/g;

describe.each(pages)('%s', (page) => {
	it('links to files and headings that exist', () => {
		const broken = linksOf(read(page)).filter((address) => {
			if (/^[a-z]+:/.test(address)) return false;
			const [file = '', anchor] = address.split('#');
			const target = file === '' ? resolve(root, page) : resolve(root, dirname(page), file);
			if (!existsSync(target)) return true;
			return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
		});
		expect(broken).toEqual([]);
	});
});

it('the figures of the README are those of the page that says how they were measured', () => {
	const figuresOf = (page: string): string[] => read(page).match(/^\|.* \| [\d,]+ \|$/gm) ?? [];
	expect(figuresOf('README.md')).not.toEqual([]);
	expect(figuresOf('docs/benchmark.md')).toEqual(expect.arrayContaining(figuresOf('README.md')));
});

describe('the set-up guide', () => {
	it.each(new SalesforceOpsApi().properties.map(({ displayName }) => displayName))(
		"says where to find the credential's %s",
		(name) => {
			expect(rows).toContain(`**${name}**`);
		},
	);

	it.each(n8n.nodes.map(displayNameOf))('gives the rights of %s', (name) => {
		expect(rows).toContainEqual(expect.stringContaining(`**${name}**`));
	});

	it.each(testMessages())('says what to do about %j', (message) => {
		expect(rows.filter((row) => row.startsWith(message))).not.toEqual([]);
	});
});

/** The name in n8n's panel of a node of package.json's list, from its source. */
function displayNameOf(built: string): string {
	const source = join(root, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	const className = /(\w+)\.node\.js$/.exec(built)?.[1] ?? '';
	// Which nodes there are is known from package.json alone, so they cannot be imported by name.
	const classes = jest.requireActual<Record<string, new () => INodeType>>(source);
	const Node = classes[className];
	if (Node === undefined) throw new Error(`${built} has no class ${className}`);
	return new Node().description.displayName;
}

/** Whatever the credential's test can say, each up to its first full stop or its first changing part. */
function testMessages(): string[] {
	const literals = ['signIn', 'signInAnswer', 'signInRefusals', 'privateKey', 'domain', 'errors'].flatMap((name) =>
		[...read(`salesforce/${name}.ts`).matchAll(MESSAGE)].map(([, , text = '']) => text.replaceAll("\\'", "'")),
	);
	const rules = (new SalesforceOpsApi().test.rules ?? []).map(({ properties }) =>
		'message' in properties ? properties.message : '',
	);
	const messages = [...literals, ...rules].map((text) => /^.*?(?=\.(?= |$)| \(| \$\{)/.exec(text)?.[0] ?? text);
	return [...new Set(messages)];
}
