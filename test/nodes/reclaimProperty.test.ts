import type { INodeParameters } from 'n8n-workflow';

import { startLocalOrg } from '../../local-org';
import type { LocalOrg, Seed } from '../../local-org';
import { Engine } from '../support/engine';
import { credentialFor } from '../support/stage';
import { added, found, reclaim, userId, userItem, writes } from './support/licenseDesk';
import { fc } from '../support/properties';

/** Names that people give: with separators, quotes, brackets, other scripts, and parts of one another. */
const LABELS = [
	'Sales',
	'EMEA',
	'Sales, EMEA',
	'Break "Glass"',
	'Ops; Night',
	"O'Brien Team",
	'Zoë',
	'[All]',
	'営業、東京',
	'Sales  Ops',
];
const PEOPLE = ['Abbot', "O'Neil", 'Brandt, Jr.', 'Müller-Lüdenscheidt', 'Sales', '李', 'de la Cruz', 'Abbot'];

/** A person of a random org: which profile and which permission sets, by themselves or in groups. */
const person = fc.record({
	last: fc.constantFrom(...PEOPLE),
	first: fc.constantFrom('Ada', 'Ben', 'Cleo'),
	mail: fc.constantFrom('own', 'shared@mail.example'),
	profile: fc.constantFrom('Standard User', 'Standard Platform User'),
	sets: fc.subarray(
		LABELS.map((_label, index) => index),
		{ maxLength: 2 },
	),
	groups: fc.subarray([0, 1, 2], { maxLength: 1 }),
});

const orgs = fc.record({
	people: fc.array(person, { minLength: 3, maxLength: 8 }),
	/** Which sets each group has. */
	groups: fc.tuple(...[0, 1, 2].map(() => fc.subarray([0, 3, 5, 7], { maxLength: 3 }))),
});

/** How a name is written: its case, blanks around it, quotes. */
const spelling = fc.record({
	form: fc.constantFrom('plain', 'upper', 'lower', 'quoted', 'singleQuoted', 'typographic'),
	blanks: fc.constantFrom('', ' ', '\t '),
});

/** What is excluded, by the places of what is named, and how it is written. */
const draws = fc.array(
	fc.record({
		kind: fc.constantFrom('users' as const, 'profiles' as const, 'permissionSets' as const),
		picks: fc.array(fc.tuple(fc.nat(30), fc.nat(3), spelling), { minLength: 1, maxLength: 3 }),
		how: fc.constantFrom('lines', 'commas', 'semicolons', 'expression', 'json'),
		mistake: fc.constantFrom('', '', '', 'typo', 'undefined'),
	}),
	{ minLength: 1, maxLength: 2 },
);

type OrgModel = typeof orgs extends fc.Arbitrary<infer T> ? T : never;
type Draw = (typeof draws extends fc.Arbitrary<infer T> ? T : never)[number];

const username = (index: number): string => `person${index}@staff.example`;
const setName = (index: number): string => `Set_${index}`;
const groupLabel = (index: number): string => `Group, no. ${index}`;

function seedOf({ people, groups }: OrgModel): { first: Seed; then(org: LocalOrg): Seed } {
	return {
		first: {
			User: people.map(({ first, last, mail, profile }, index) => ({
				Username: username(index),
				FirstName: first,
				LastName: last,
				Email: mail === 'own' ? `mail${index}@mail.example` : mail,
				Profile: { Name: profile },
				CreatedDate: '2020-01-01T00:00:00.000Z',
			})),
			PermissionSet: LABELS.map((Label, index) => ({ Name: setName(index), Label })),
			PermissionSetGroup: groups.map((_sets, index) => ({
				DeveloperName: `Group_${index}`,
				MasterLabel: groupLabel(index),
			})),
		},
		then: (org) => {
			const set = (index: number) => found(org, 'PermissionSet', 'Name', setName(index)).Id;
			const group = (index: number) => found(org, 'PermissionSetGroup', 'DeveloperName', `Group_${index}`).Id;
			const user = (index: number) => found(org, 'User', 'Username', username(index)).Id;
			return {
				PermissionSetGroupComponent: groups.flatMap((sets, index) =>
					sets.map((one) => ({ PermissionSetGroupId: group(index), PermissionSetId: set(one) })),
				),
				PermissionSetAssignment: people.flatMap((one, index) => [
					...one.sets.map((held) => ({ AssigneeId: user(index), PermissionSetId: set(held) })),
					...one.groups.map((held) => ({ AssigneeId: user(index), PermissionSetGroupId: group(held) })),
				]),
			};
		},
	};
}

/** What a pick names, in the words of the model, and whom a person would say that it spares. */
interface Named {
	text: string;
	spares(index: number): boolean;
	/** Whom it may spare as well: a line such as `Sales, EMEA` is one label, and two others. */
	maySpare?(index: number): boolean;
}

function named(model: OrgModel, org: LocalOrg, { kind }: Draw, [place, way]: [number, number, unknown]): Named {
	const { people, groups } = model;
	if (kind === 'users') {
		const at = place % people.length;
		const one = people[at] as OrgModel['people'][number];
		const mail = one.mail === 'own' ? `mail${at}@mail.example` : one.mail;
		const full = `${one.first} ${one.last}`;
		const texts = [username(at), mail, full, String(found(org, 'User', 'Username', username(at)).Id)];
		const text = texts[way] as string;
		return {
			text,
			spares: (index) => {
				const other = people[index] as OrgModel['people'][number];
				if (way === 1) return other.mail === 'own' ? index === at : mail === other.mail;
				return way === 2 ? `${other.first} ${other.last}` === full : index === at;
			},
		};
	}
	if (kind === 'profiles') {
		const name = place % 2 === 0 ? 'Standard User' : 'Standard Platform User';
		const text = way === 3 ? String(found(org, 'Profile', 'Name', name).Id) : name;
		return { text, spares: (index) => people[index]?.profile === name };
	}
	if (way < 2) {
		const at = place % LABELS.length;
		const holds = (set: number, index: number): boolean => {
			const one = people[index] as OrgModel['people'][number];
			return one.sets.includes(set) || one.groups.some((group) => groups[group]?.includes(set));
		};
		const label = LABELS[at] as string;
		const parts = label.split(/[,;，；、]/).map((part) => LABELS.indexOf(part.trim()));
		return {
			text: way === 0 ? setName(at) : label,
			spares: (index) => holds(at, index),
			...(way === 1 ? { maySpare: (index: number) => parts.some((set) => set >= 0 && holds(set, index)) } : {}),
		};
	}
	const at = place % 3;
	return {
		text: way === 2 ? `Group_${at}` : groupLabel(at),
		spares: (index) => people[index]?.groups.includes(at) === true,
	};
}

const isId = (text: string): boolean => /^00[5e]\w{15}$/.test(text);

/** A name as somebody would write it in a list; in quotes where it holds what separates, if it is not a line of its own. */
function written(text: string, { form, blanks }: { form: string; blanks: string }, isAlone: boolean): string {
	const cased = isId(text)
		? text
		: form === 'upper'
			? text.toUpperCase()
			: form === 'lower'
				? text.toLowerCase()
				: text;
	const needsQuotes = /[,;，；、]/.test(text) && !isAlone;
	const quoted = (): string => `"${cased.replaceAll('"', '""')}"`;
	if (needsQuotes || (form === 'quoted' && !cased.includes("'"))) return blanks + quoted() + blanks;
	if (form === 'singleQuoted' && !/['"]/.test(cased)) return `${blanks}'${cased}'${blanks}`;
	if (form === 'typographic' && !/["“”„]/.test(cased)) return `${blanks}“${cased}”${blanks}`;
	return blanks + cased + blanks;
}

const FIELD = { users: 'excludedUsers', profiles: 'excludedProfiles', permissionSets: 'excludedPermissionSets' };

function parameter(names: Named[], draw: Draw): unknown {
	const texts = names.map(({ text }) => text);
	if (draw.mistake === 'typo') texts.push('Nobody at all');
	const spelled = (isAlone: boolean): string[] =>
		texts.map((text, index) => written(text, draw.picks[index]?.[2] ?? { form: 'plain', blanks: '' }, isAlone));
	const lost = draw.mistake === 'undefined';
	switch (draw.how) {
		case 'lines':
			return lost ? `=${spelled(true).join('\n')}\n{{ $json.nothing }}` : spelled(true).join('\n');
		case 'commas':
			return lost ? `=${spelled(false).join(',')},{{ $json.nothing }}` : spelled(false).join(', ');
		case 'semicolons':
			return lost ? `={{ $json.nothing }};${spelled(false).join(';')}` : spelled(false).join(';');
		case 'json':
			return lost ? '={{ JSON.stringify([$json.nothing ?? null]) }}' : JSON.stringify(texts);
		case 'expression':
			return `={{ [${texts.map((text) => JSON.stringify(text)).join(', ')}${lost ? ', $json.nothing' : ''}] }}`;
	}
}

it('acts on nobody whom a person would say was spared, and on everybody else', async () => {
	const engine = await Engine.start();
	let actedOn = 0;
	let stopped = 0;
	await fc.assert(
		fc.asyncProperty(orgs, draws, async (model, drawn) => {
			const { first, then } = seedOf(model);
			const org = await startLocalOrg({ seed: first });
			engine.useCredential(credentialFor(org));
			org.seed(then(org));
			const options: Record<string, unknown> = {};
			const spares: Array<(index: number) => boolean> = [];
			const maySpare: Array<(index: number) => boolean> = [];
			let isWrong = false;
			for (const draw of drawn) {
				const names = draw.picks.map((pick) => named(model, org, draw, pick));
				// Of two lists of one kind the later one counts.
				options[FIELD[draw.kind]] = parameter(names, draw);
			}
			const counted = drawn.filter((draw, index) => drawn.findLastIndex(({ kind }) => kind === draw.kind) === index);
			for (const draw of counted) {
				const names = draw.picks.map((pick) => named(model, org, draw, pick));
				spares.push(...names.map((name) => name.spares));
				maySpare.push(...names.flatMap((name) => name.maySpare ?? []));
				if (draw.mistake !== '') isWrong = true;
			}
			const items = model.people.map((_one, index) => userItem(org, username(index)));
			const { error, outputs } = await engine.run(items, reclaim('freeze', options as INodeParameters));
			const frozen = model.people.map(
				(_one, index) => found(org, 'UserLogin', 'UserId', userId(org, username(index))).IsFrozen,
			);
			await org.close();
			expect(org.refused).toEqual([]);
			if (isWrong) {
				stopped++;
				expect(error?.message).toMatch(/has no value|the org has no/);
				expect(writes(org)).toBe(0);
				return;
			}
			expect(error).toBeUndefined();
			model.people.forEach((_one, index) => {
				const isUnsure = maySpare.some((spared) => spared(index)) && frozen[index] === false;
				if (!isUnsure) expect([index, frozen[index]]).toEqual([index, !spares.some((spared) => spared(index))]);
			});
			actedOn += added(outputs[0]).length;
		}),
		{ numRuns: 120 },
	);
	// Neither is empty.
	expect(actedOn).toBeGreaterThan(50);
	expect(stopped).toBeGreaterThan(10);
}, 240_000);
