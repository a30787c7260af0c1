import type { QueriedRecord } from '../salesforce/query';
import type { License, LicenseKind } from './license';
import { productFamily } from './productFamily';

/** The kinds that have an object of their own, which lists them. */
export type ListedKind = Exclude<LicenseKind, 'feature'>;

/** What a license is called in the object that lists its kind. */
const NAMES: Record<ListedKind, { apiName: string; name: string }> = {
	user: { apiName: 'LicenseDefinitionKey', name: 'Name' },
	permissionSet: { apiName: 'DeveloperName', name: 'MasterLabel' },
	package: { apiName: 'NamespacePrefix', name: 'NamespacePrefix' },
};

/** A license from its record of UserLicense, PermissionSetLicense or PackageLicense. */
export function licenseOf<Kind extends ListedKind>(kind: Kind, record: QueriedRecord): License & { kind: Kind } {
	const apiName = String(record[NAMES[kind].apiName]);
	const name = String(record[NAMES[kind].name]);
	return { kind, id: String(record.Id), apiName, name, family: productFamily(kind, apiName, name) };
}

/** A feature license: a checkbox of User. */
export interface Feature {
	/** API name of the field, `UserPermissionsSupportUser`. */
	field: string;
	label: string;
}

/** The feature licenses among User's fields; the call centre's automatic log-in looks like one and is a setting. */
export function featuresOf(userFields: ReadonlyArray<{ name: string; label: string }>): Feature[] {
	return userFields
		.filter(({ name }) => name.startsWith('UserPermissions') && name !== 'UserPermissionsCallCenterAutoLogin')
		.map(({ name, label }) => ({ field: name, label }));
}

/** A feature license as a license. */
export function featureLicense({ field, label }: Feature): License {
	return { kind: 'feature', id: '', apiName: field, name: label, family: productFamily('feature', field, label) };
}
