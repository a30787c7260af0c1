import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { idKey } from '../../salesforce/recordId';
import { parentValue } from '../users';
import { seen } from './licenseQueries';

const RIGHT = 'View Setup and Configuration';

const GROUPS = 'SELECT Id, DeveloperName, MasterLabel, NamespacePrefix FROM PermissionSetGroup';

const COMPONENTS =
	'SELECT PermissionSetGroupId, PermissionSetId, PermissionSet.LicenseId FROM PermissionSetGroupComponent';

/** Permission sets that are given together. */
export interface PermissionSetGroup {
	id: string;
	/** Its names in the API, with and without a namespace, and its label. */
	names: string[];
	label: string;
	/** With the permission-set license that each needs; empty for none. */
	sets: Array<{ id: string; licenseId: string }>;
}

/** The permission set groups of an org. */
export class PermissionSetGroups {
	private readonly byId: Map<string, PermissionSetGroup>;

	/** @param refused why they could not be read, which matters only where a user has one */
	constructor(
		groups: readonly PermissionSetGroup[],
		private readonly refused?: Error,
	) {
		this.byId = new Map(groups.map((group) => [idKey(group.id), group]));
	}

	/** @throws OrgError when the groups may not be seen: whom an exclusion of a permission set spares is not known then */
	group(id: string): PermissionSetGroup {
		if (this.refused !== undefined) throw this.refused;
		return this.byId.get(idKey(id)) ?? { id, names: [], label: id, sets: [] };
	}

	all(): PermissionSetGroup[] {
		return [...this.byId.values()];
	}
}

/**
 * Reads the org's permission set groups with what is in them, in one call.
 * @throws OrgError
 */
export async function readPermissionSetGroups(org: Org, node: string): Promise<PermissionSetGroups> {
	const [groups, components] = (await queryEach(org, [GROUPS, COMPONENTS])) as [QueryOutcome, QueryOutcome];
	try {
		const sets = new Map<string, PermissionSetGroup['sets']>();
		for (const record of seen(components, 'PermissionSetGroupComponent', RIGHT, node)) {
			const key = idKey(String(record.PermissionSetGroupId));
			const own = sets.get(key) ?? [];
			own.push({
				id: String(record.PermissionSetId),
				licenseId: parentValue(record, 'PermissionSet', 'LicenseId') ?? '',
			});
			sets.set(key, own);
		}
		return new PermissionSetGroups(
			seen(groups, 'PermissionSetGroup', RIGHT, node).map((record) => ({
				id: String(record.Id),
				names: namesOf(record, record.DeveloperName, record.MasterLabel),
				label: String(record.MasterLabel),
				sets: sets.get(idKey(String(record.Id))) ?? [],
			})),
		);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		return new PermissionSetGroups([], error);
	}
}

/** What people may call a permission set or a group: its API name, with its namespace as well, and its label. */
export function namesOf({ NamespacePrefix }: QueriedRecord, apiName: unknown, label: unknown): string[] {
	const namespaced = typeof NamespacePrefix === 'string' ? [`${NamespacePrefix}__${String(apiName)}`] : [];
	return [String(apiName), String(label), ...namespaced];
}
