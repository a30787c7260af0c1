import { readFileSync } from 'node:fs';

import { DEFAULT_SETTINGS } from '../../local-org/options';
import { DATES, PAGE, datesIn, madeAnew } from '../support/localOrgPage';
import { describeRecorded, recordingFiles } from './support/recordings';

const page = readFileSync(PAGE, 'utf8');
const dates = datesIn(readFileSync(DATES, 'utf8'));

describe('docs/local-org.md', () => {
	it('tells of every resource, object, setting and recording; `npm run docs` brings it up to date', () => {
		expect(madeAnew(page, dates)).toBe(page);
	});

	it('tells of every setting', () => {
		for (const name of Object.keys(DEFAULT_SETTINGS)) expect(page).toContain(`\`${name}\``);
	});

	it('dates every recording', () => {
		for (const [file, { recorded, agreed }] of Object.entries(dates)) {
			expect([file, recorded]).toEqual([
				file,
				expect.stringMatching(/^(before )?\d{4}-\d\d-\d\d$|^from documentation$|^of many dates$/),
			]);
			expect(agreed ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
		}
	});
});

describeRecorded('the recordings', () => {
	it('are those of the page', () => {
		expect(recordingFiles().sort()).toEqual(Object.keys(dates).sort());
	});
});
