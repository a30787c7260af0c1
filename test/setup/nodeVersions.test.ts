import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { engines } from '../../package.json';

const read = (path: string): string => readFileSync(join(__dirname, '..', '..', path), 'utf8');
const majors = (text: string): number[] => [...text.matchAll(/\d+/g)].map(([number]) => Number(number));

const [least = NaN] = majors(engines.node);
const [ofN8n = NaN] = majors(read('.nvmrc'));

// Plain JavaScript, whose types are checked where it stands.
const { isAtLeast } = jest.requireActual<{ isAtLeast(version: string, least: string): boolean }>(
	'../../setup/install.cjs',
);

it.each([
	['22.13.0', '22.13', true],
	['22.13.1', '22.13', true],
	['22.9.0', '22.13', false],
	['20.19.5', '22.13', false],
	['24.0.0', '24', true],
	['23.11.0', '24', false],
	['100.0.0', '24', true],
])('Node.js %s is at least %s: %s', (version, least, expected) => {
	expect(isAtLeast(version, least)).toBe(expected);
});

describe('the Node.js that is asked for', () => {
	it('is that of .nvmrc where npm brings one', () => {
		const { optionalDependencies } = JSON.parse(read('setup/node/package.json')) as {
			optionalDependencies: Record<string, string>;
		};
		expect(Object.values(optionalDependencies).map((version) => majors(version)[0])).toEqual([ofN8n, ofN8n, ofN8n]);
	});

	it('is in CI the oldest that the package accepts, and that of .nvmrc', () => {
		expect(majors(/node: (\[.*\])/.exec(read('.github/workflows/ci.yml'))?.[1] ?? '')).toEqual([least, ofN8n]);
	});

	it.each(['README.md', 'CONTRIBUTING.md', 'docs/prove.md'])('is no other in %s', (page) => {
		const named = [...read(page).matchAll(/Node\.js (\d+)/g)].map(([, major]) => Number(major));
		expect(named).not.toEqual([]);
		expect(named.filter((major) => major !== least && major !== ofN8n)).toEqual([]);
	});
});
