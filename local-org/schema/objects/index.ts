import type { ObjectSchema } from '../types';
import { ACCOUNT } from './account';
import { EVENT, TASK } from './activity';
import { ASSET } from './asset';
import { SETUP_AUDIT_TRAIL } from './auditTrail';
import * as automation from './automation';
import { CASE, CASE_COMMENT, CASE_HISTORY, CASE_STATUS, CASE_SHARE } from './case';
import { CONTACT } from './contact';
import * as files from './files';
import { LEAD } from './lead';
import { OPPORTUNITY } from './opportunity';
import * as licenseMetrics from './licenseMetrics';
import * as licenses from './licenses';
import * as permissions from './permissions';
import * as permissionSetGroups from './permissionSetGroups';
import * as setup from './setup';
import * as teams from './teams';
import * as tooling from './tooling';
import { USER } from './user';

const OBJECTS: ObjectSchema[] = [
	ACCOUNT,
	CASE,
	CASE_COMMENT,
	CASE_HISTORY,
	CASE_SHARE,
	CASE_STATUS,
	CONTACT,
	USER,
	LEAD,
	OPPORTUNITY,
	TASK,
	EVENT,
	ASSET,
	...Object.values(setup),
	...Object.values(licenses),
	...Object.values(licenseMetrics),
	...Object.values(permissions),
	...Object.values(permissionSetGroups),
	...Object.values(teams),
	...Object.values(tooling),
	...Object.values(automation),
	SETUP_AUDIT_TRAIL,
	files.ATTACHMENT,
	files.CONTENT_DOCUMENT,
	files.CONTENT_DOCUMENT_LINK,
	files.CONTENT_VERSION,
];

/** Every object that a new local org has, with the relationships to its files. */
export const STANDARD_OBJECTS: ObjectSchema[] = OBJECTS.map((object) => {
	const own = files.FILES_OF_RECORDS.filter(({ parent }) => parent === object.name);
	const links = own.map(({ link }) => link);
	return { ...object, childRelationships: [...(object.childRelationships ?? []), ...links] };
});
