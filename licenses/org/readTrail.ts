import { batches } from '../../salesforce/batches';
import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { idKey } from '../../salesforce/recordId';
import { listLiteral, textLiteral } from '../../salesforce/soql';
import { isoMoment } from '../activity';
import { givenId, Trail, trailActions } from '../trail';
import type { Taken, TrailEntry } from '../trail';
import { idList, IDS_PER_QUERY, seen } from './licenseQueries';
import type { PermissionSetGroups } from './readPermissionSetGroups';

const RIGHT = 'View Setup and Configuration';

/** What is named in the trail, and has names to be read. */
const NAMED = [
	{ object: 'PermissionSetLicense', fields: 'Id, DeveloperName, MasterLabel', prefix: '0PL' },
	{ object: 'PermissionSet', fields: 'Id, Name, Label', prefix: '0PS' },
];

/**
 * Reads what the setup audit trail says of what acts took since the first of them: one call, and one for each further
 * page of 2,000 entries of such acts in the org.
 *
 * @param node the node's name, for a message about a missing right
 * @throws OrgError that names the missing right
 */
export async function readTrail(
	org: Org,
	taken: readonly Taken[],
	{ groups, node }: { groups: PermissionSetGroups; node: string },
): Promise<Trail> {
	if (taken.length === 0) return new Trail([], new Map());
	const since = new Date(Math.min(...taken.map(({ at }) => Date.parse(at))));
	since.setUTCMilliseconds(0);
	const actions = trailActions(taken.map(({ change }) => change)).map(textLiteral);
	const ids = [...new Set(taken.map(({ change }) => givenId(change)))];
	const readings = NAMED.flatMap(({ object, fields, prefix }) =>
		batches(
			ids.filter((id) => id.startsWith(prefix)),
			IDS_PER_QUERY,
		).map((some) => ({ object, soql: `SELECT ${fields} FROM ${object} WHERE Id IN ${idList(some)}` })),
	);
	const [trail, ...named] = (await queryEach(org, [
		`SELECT Action, Display, CreatedDate, CreatedById FROM SetupAuditTrail WHERE CreatedDate >= ${since.toISOString()} AND Action IN ${listLiteral(actions)}`,
		...readings.map(({ soql }) => soql),
	])) as [QueryOutcome, ...QueryOutcome[]];
	const names = new Map(groups.all().map((group) => [idKey(group.id), group.names]));
	named.forEach((outcome, index) => {
		for (const { Id, ...record } of seen(outcome, readings[index]?.object ?? '', RIGHT, node)) {
			names.set(
				idKey(String(Id)),
				Object.values(record).filter((value) => typeof value === 'string'),
			);
		}
	});
	return new Trail(seen(trail, 'SetupAuditTrail', RIGHT, node).map(entry), names);
}

function entry({ Action, Display, CreatedDate, CreatedById }: QueriedRecord): TrailEntry {
	return {
		action: String(Action),
		display: String(Display),
		stamp: { at: isoMoment(CreatedDate) ?? '', by: String(CreatedById) },
	};
}
