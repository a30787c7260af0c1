import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { DATES, PAGE, datesIn, madeAnew } from './localOrgPage';

/** Brings docs/local-org.md up to date; the argument names a list of the recordings that were compared today. */
function write(list: string | undefined): void {
	const read = new Set(list && existsSync(list) ? readFileSync(list, 'utf8').split('\n') : []);
	const today = new Date().toISOString().slice(0, 10);
	const dates = datesIn(readFileSync(DATES, 'utf8'));
	for (const [file, entry] of Object.entries(dates)) if (read.has(file)) entry.agreed = today;
	writeFileSync(DATES, `${JSON.stringify(dates, null, '\t')}\n`);
	writeFileSync(PAGE, madeAnew(readFileSync(PAGE, 'utf8'), dates));
}

write(process.argv[2]);
