import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { engines } from '../../package.json';

const read = (path: string): string => readFileSync(join(__dirname, '..', '..', path), 'utf8');
const majors = (text: string): number[] => [...text.matchAll(/\d+/g)].map(([number]) => Number(number));

const [least = NaN] = majors(engines.node);
const [ofN8n = NaN] = majors(read('.nvmrc'));

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

	it.each(['README.md', 'CONTRIBUTING.md'])('is no other in %s', (page) => {
		const named = [...read(page).matchAll(/Node\.js (\d+)/g)].map(([, major]) => Number(major));
		expect(named).not.toEqual([]);
		expect(named.filter((major) => major !== least && major !== ofN8n)).toEqual([]);
	});
});
