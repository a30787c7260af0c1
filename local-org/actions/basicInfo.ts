import { ok } from '../http';
import { showWithAttributes } from '../records/show';
import { describeBriefly } from '../schema/describe';
import { objectOf } from './action';
import type { Action } from './action';

const RECENT_ITEMS = 5;

/** GET sobjects/:sObject: the object, briefly, and the records last changed. */
export const basicInfo: Action = (org, { version }, { sObject }) => {
	const object = objectOf(org, sObject);
	const shown = object.fields.filter((field) => field.type === 'id' || field.nameField);
	const bin = object.fields.some(({ name }) => name === 'IsDeleted') ? 'WHERE "IsDeleted" = 0' : '';
	const rows = org.storage
		.all(`SELECT * FROM "${object.name}" ${bin} ORDER BY "Id" DESC LIMIT ${RECENT_ITEMS}`)
		.filter((row) => org.catalog.sees(object, String(row.Id)));
	return ok({
		objectDescribe: describeBriefly(object, version),
		recentItems: rows.map((row) => showWithAttributes(row, object, version, shown)),
	});
};
