import { describeObject } from '../../salesforce/describe';
import { InputError } from '../../salesforce/inputError';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueryOutcome } from '../../salesforce/query';
import { isAbout } from '../activity';
import type { LicenseDays, NamedLicense } from '../activity';
import { quoted } from '../exclusions';
import { featureLicense, featuresOf, licenseOf } from '../orgLicenses';
import type { ListedKind } from '../orgLicenses';
import { isHidden, LICENSE_OBJECTS, seen } from './licenseQueries';

const RIGHT = 'View Setup and Configuration';

const KINDS = Object.keys(LICENSE_OBJECTS) as ListedKind[];

/**
 * The licenses of the org for which days without activity were given.
 *
 * @param node the node's name, for a message about a missing right
 * @throws InputError that names each row whose license the org does not have
 */
export async function readDaysLicenses(org: Org, days: readonly LicenseDays[], node: string): Promise<NamedLicense[]> {
	if (days.length === 0) return [];
	const outcomes = await queryEach(
		org,
		KINDS.map((kind) => `SELECT ${LICENSE_OBJECTS[kind].fields} FROM ${LICENSE_OBJECTS[kind].object}`),
	);
	const licenses: NamedLicense[] = KINDS.flatMap((kind, index) => {
		const outcome = outcomes[index] as QueryOutcome;
		// An org without packages has no such object.
		if (kind !== 'user' && isHidden(outcome)) return [];
		return seen(outcome, LICENSE_OBJECTS[kind].object, RIGHT, node).map((record) => licenseOf(kind, record));
	});
	const isUnknown = (row: LicenseDays): boolean => !licenses.some((license) => isAbout(row.license, license));
	if (days.some(isUnknown))
		licenses.push(...featuresOf((await describeObject(org, 'User')).fields).map(featureLicense));
	const unknown = [...new Set(days.filter(isUnknown).map(({ license }) => quoted(license)))];
	if (unknown.length === 0) return licenses.filter((license) => days.some((row) => isAbout(row.license, license)));
	throw new InputError(
		`Days by License: the org has no license ${listed(unknown)}`,
		'Write its name, API name or ID as Salesforce Download Consumption gives it.',
	);
}
