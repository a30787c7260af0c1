import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PATHS } from '../../local-org/routes';
import { STANDARD_OBJECTS } from '../../local-org/schema/objects';
import type { ObjectSchema } from '../../local-org/schema/types';

const root = join(__dirname, '../..');

/** The page of what the local org does, and the dates of its recordings. */
export const PAGE = join(root, 'docs/local-org.md');
export const DATES = join(root, 'test/local-org/recordings.json');

/** When each recording was made, and when the local org last agreed with it; no date where no test compares them. */
export type RecordingDates = Record<string, { recorded: string; agreed: string | null }>;

const table = (head: string[], rows: string[][]): string =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const code = (text: string): string => `\`${text}\``;

/** The oldest API version that the local org serves. */
const OLDEST = 31;

function resources(): string {
	const rows = Object.entries(PATHS).map(([path, { actions, since = OLDEST }]) => [
		code(`/${path}`),
		Object.keys(actions).join(', '),
		`${since}.0`,
	]);
	return table(['Path under `/services/data/vNN.0`', 'Methods', 'Since'], rows);
}

/** What may be done with an object's records, as one word for each. */
function calls({ createable = true, updateable = true, deletable = true }: ObjectSchema): string {
	const words = [createable && 'create', updateable && 'update', deletable && 'delete'].filter(
		(word) => word !== false,
	);
	return ['query', ...words].join(', ');
}

function objects(): string {
	const sorted = [...STANDARD_OBJECTS].sort((a, b) => (a.name < b.name ? -1 : 1));
	const rows = sorted.map((object) => {
		const named = (object.childRelationships ?? []).flatMap(({ relationshipName }) => relationshipName ?? []);
		return [
			code(object.name) + (object.toolingOnly ? ' (Tooling)' : ''),
			calls(object),
			String(object.fields.length),
			[...new Set(named)].join(', '),
		];
	});
	return table(['Object', 'Calls', 'Fields', 'Child relationships'], rows);
}

/** A member of an interface with its comment, as `options.ts` has them. */
const MEMBER = /\t\/\*\*\s((?:(?!\*\/).)*?)\s*\*\/\n((?:\t\w+\??: [^\n]+;\n)+)/gs;

/** The members of an interface of `options.ts`, each with what its comment says. */
function membersOf(name: string, head: string): string {
	const source = readFileSync(join(root, 'local-org/options.ts'), 'utf8');
	const [, body = ''] = new RegExp(`export interface ${name} \\{\\n(.*?)\\n\\}`, 's').exec(source) ?? [];
	const rows = [...`${body}\n`.matchAll(MEMBER)].map(([, comment = '', members = '']) => {
		const names = [...members.matchAll(/^\t(\w+)\??:/gm)].map(([, name = '']) => code(name));
		const text = comment
			.replace(/\s*\n?\t ?\* ?/g, ' ')
			.trim()
			.replaceAll('|', '\\|');
		return [names.join(', '), text];
	});
	return table([head, 'What it says'], rows);
}

function recordings(dates: RecordingDates): string {
	const rows = Object.entries(dates).map(([file, { recorded, agreed }]) => [code(file), recorded, agreed ?? '']);
	return table(['Recording', 'Recorded', 'Last agreed'], rows);
}

/**
 * The page with the parts that follow from the code made anew; what people wrote stays as it is.
 *
 * @throws Error when the page has no place for a part
 */
export function madeAnew(page: string, dates: RecordingDates): string {
	const parts = {
		resources: resources(),
		objects: objects(),
		options: membersOf('LocalOrgOptions', 'Option'),
		settings: membersOf('OrgSettings', 'Setting'),
		recordings: recordings(dates),
	};
	return Object.entries(parts).reduce((text, [name, made]) => {
		const [begin, end] = [`<!-- made: ${name} -->`, '<!-- end -->'];
		const from = text.indexOf(begin);
		const to = text.indexOf(end, from);
		if (from < 0 || to < 0) throw new Error(`The page has no place for ${name}.`);
		return `${text.slice(0, from + begin.length)}\n\n${made}\n\n${text.slice(to)}`;
	}, page);
}

/** A JSON file of the project, parsed. */
export const datesIn = (text: string): RecordingDates => JSON.parse(text) as RecordingDates;
