import type { INodeProperties } from 'n8n-workflow';

import { exclusionsNothing, readExclusions } from '../../licenses/exclusions';
import type { ExclusionKind, ExclusionLine } from '../../licenses/exclusions';
import type { Exclusions } from '../../licenses/org/readExclusions';
import type { Options } from '../shared/reading';

/** The two options for each kind of exclusion: one to write or compute them, one to choose them. */
interface ExclusionFields {
	written: INodeProperties;
	chosen: INodeProperties;
	/** The one column of a row of `chosen`. */
	entry: INodeProperties;
}

const HOW =
	'one per line, or separated by commas or semicolons. Put an entry that contains one of these into quotes. An expression may give a list. The run stops if an entry names nothing in the org.';

function fields(
	kind: ExclusionKind,
	{ plural, singular, method }: { plural: string; singular: string; method: string },
	{ description, placeholder }: { description: string; placeholder: string },
): ExclusionFields {
	const name = `excluded${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
	const entry: INodeProperties = {
		displayName: singular,
		name: 'entry',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Choose a ${singular.toLowerCase()}`,
				typeOptions: { searchListMethod: method, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string' },
		],
	};
	return {
		written: {
			displayName: `Excluded ${plural}`,
			name,
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder,
			description: `${description}, ${HOW}`,
		},
		chosen: {
			displayName: `Excluded ${plural} From List`,
			name: `${name}FromList`,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: `Add ${singular.toLowerCase()}`,
			default: {},
			description: 'The same, chosen from a list',
			options: [{ name: 'rows', displayName: singular, values: [entry] }],
		},
		entry,
	};
}

const FIELDS: Record<ExclusionKind, ExclusionFields> = {
	users: fields(
		'users',
		{ plural: 'Users', singular: 'User', method: 'searchUsers' },
		{
			description: 'Users who are left alone: by username, e-mail address, full name or ID',
			placeholder: 'e.g. ceo@example.com',
		},
	),
	profiles: fields(
		'profiles',
		{ plural: 'Profiles', singular: 'Profile', method: 'searchProfiles' },
		{
			description: "Profiles whose users are left alone: by ID, or by name in the API user's language",
			placeholder: 'e.g. System Administrator',
		},
	),
	permissionSets: fields(
		'permissionSets',
		{ plural: 'Permission Sets', singular: 'Permission Set', method: 'searchPermissionSets' },
		{
			description:
				'Permission sets and permission set groups whose users are left alone, also users who have a set through a group: by API name, label or ID',
			placeholder: 'e.g. Break_Glass',
		},
	),
};

const KINDS = Object.keys(FIELDS) as ExclusionKind[];

/** The options by which people say whom nothing may happen to. */
export const exclusionFields: INodeProperties[] = KINDS.flatMap((kind) => [FIELDS[kind].written, FIELDS[kind].chosen]);

/**
 * Reads `exclusionFields` from the node's options.
 *
 * @throws InputError where something of them came to nothing
 */
export function readExclusionOptions(options: Options): Exclusions {
	const read = (kind: ExclusionKind): ExclusionLine[] => [
		...written(FIELDS[kind].written, options),
		...chosen(FIELDS[kind], options),
	];
	return { users: read('users'), profiles: read('profiles'), permissionSets: read('permissionSets') };
}

function written(field: INodeProperties, options: Options): ExclusionLine[] {
	if (!options.has(field)) return [];
	return readExclusions(options.value(field), field.displayName, () => options.isComputed(field));
}

function chosen({ chosen: field, entry }: ExclusionFields, options: Options): ExclusionLine[] {
	if (!options.has(field)) return [];
	const ids = options.rows(field).map((row) => row.locator(entry));
	if (ids.length === 0 || ids.includes('')) throw exclusionsNothing(field.displayName);
	return ids.map((id) => ({ whole: id, parts: [id] }));
}
