import { InputError } from '../../salesforce/inputError';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import { queryEach, queryRecords } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { isRecordId } from '../../salesforce/recordId';
import { textLiteral } from '../../salesforce/soql';
import { lookedUp, quoted, resolveExclusions } from '../exclusions';
import type { Excludable, ExclusionKind, ExclusionLine } from '../exclusions';
import type { Protected } from '../reclaim';
import type { Profile } from '../userState';
import { seen } from './licenseQueries';
import { namesOf } from './readPermissionSetGroups';
import type { PermissionSetGroups } from './readPermissionSetGroups';

const RIGHT = 'View Setup and Configuration';

/** No name of a user is longer than this; a whole line of many names may be. */
const LONGEST_NAME = 255;

/** A condition may have 4,000 characters (SOQL limits). */
const LONGEST_LIST = 3_800;

const PERMISSION_SETS = 'SELECT Id, Name, Label, NamespacePrefix FROM PermissionSet WHERE IsOwnedByProfile = false';

/** What a person wrote about whom nothing may happen to. */
export type Exclusions = Record<ExclusionKind, readonly ExclusionLine[]>;

/** How an entry that names nothing is told. */
const UNKNOWN: Record<ExclusionKind, { label: string; what: string; remedy: string }> = {
	users: {
		label: 'Excluded Users',
		what: 'no user',
		remedy: 'Write the username, e-mail address, full name or ID as the org has it.',
	},
	profiles: {
		label: 'Excluded Profiles',
		what: 'no profile',
		remedy:
			"Choose it from the list or write its ID: Salesforce gives the names of profiles in the API user's language.",
	},
	permissionSets: {
		label: 'Excluded Permission Sets',
		what: 'no permission set or permission set group',
		remedy: 'Choose it from the list, or write its API name, label or ID; a label that holds a comma in quotes.',
	},
};

/**
 * Looks up in the org whom exclusions name.
 *
 * @param profiles of the org
 * @param groups of the org
 * @throws InputError that names each entry which names nothing of the org
 */
export async function findExcluded(
	org: Org,
	exclusions: Exclusions,
	{ profiles, groups, node }: { profiles: readonly Profile[]; groups: PermissionSetGroups; node: string },
): Promise<Protected> {
	const [users, sets] = await Promise.all([
		exclusions.users.length === 0 ? [] : findUsers(org, lookedUp(exclusions.users), node),
		exclusions.permissionSets.length === 0 ? [] : permissionSets(org, groups),
	]);
	const resolve = (kind: ExclusionKind, candidates: Iterable<Excludable>): ReadonlyMap<string, string> => {
		const { excluded, unknown } = resolveExclusions(exclusions[kind], candidates);
		const { label, what, remedy } = UNKNOWN[kind];
		if (unknown.length > 0) {
			throw new InputError(`${label}: the org has ${what} ${listed(unknown.map(quoted))}`, remedy);
		}
		return excluded;
	};
	return {
		users: resolve('users', users),
		profiles: resolve(
			'profiles',
			profiles.map(({ id, name }) => ({ id, names: [name] })),
		),
		permissionSets: resolve('permissionSets', sets),
	};
}

async function permissionSets(org: Org, groups: PermissionSetGroups): Promise<Excludable[]> {
	const sets = await queryRecords(org, PERMISSION_SETS);
	return [
		...sets.map((record) => ({ id: String(record.Id), names: namesOf(record, record.Name, record.Label) })),
		...groups.all(),
	];
}

/** The users whom texts may name; a user may be found more than once. */
async function findUsers(org: Org, texts: readonly string[], node: string): Promise<Excludable[]> {
	const names = texts.filter(({ length }) => length <= LONGEST_NAME);
	const lists = [
		...['Username', 'Email', 'Name'].map((field) => ({ field, values: names })),
		{ field: 'Id', values: texts.filter(isRecordId) },
	];
	const queries = lists.flatMap(({ field, values }) =>
		listLiterals(values).map((list) => `SELECT Id, Username, Email, Name FROM User WHERE ${field} IN ${list}`),
	);
	const outcomes = await queryEach(org, queries);
	return outcomes.flatMap((outcome: QueryOutcome) =>
		seen(outcome, 'User', RIGHT, node).map((record: QueriedRecord) => ({
			id: String(record.Id),
			names: [record.Username, record.Email, record.Name].filter((name) => typeof name === 'string'),
		})),
	);
}

/** Texts as SOQL's IN wants them, in lists that a condition has room for. */
function listLiterals(texts: readonly string[]): string[] {
	const lists: string[][] = [];
	let length = Infinity;
	for (const literal of texts.map(textLiteral)) {
		if (length + literal.length + 1 > LONGEST_LIST) {
			lists.push([]);
			length = 0;
		}
		lists.at(-1)?.push(literal);
		length += literal.length + 1;
	}
	return lists.map((list) => `(${list.join(',')})`);
}
