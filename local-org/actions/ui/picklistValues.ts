import { resourceNotFound } from '../../errors';
import { ok } from '../../http';
import { MASTER_RECORD_TYPE } from '../../records/rules/recordType';
import { valuesFor } from '../../records/recordTypePicklists';
import type { PicklistValue } from '../../schema/types';
import { objectOf } from '../action';
import type { Action } from '../action';
import { idOf } from '../recordOf';

const shown = ({ value, label }: PicklistValue) => ({ attributes: null, label: label ?? value, validFor: [], value });

/**
 * GET ui-api/object-info/:sObject/picklist-values/:recordTypeId: every picklist with the values that records of a record
 * type may take (docs:uiapi, picklist values collection). Picklists that depend on others are not there.
 */
export const picklistValues: Action = (org, { version }, { sObject, recordTypeId }) => {
	const object = objectOf(org, sObject);
	const id = idOf(recordTypeId, org.catalog.stored('RecordType'));
	const type = org.storage.find('RecordType', id);
	if (id !== MASTER_RECORD_TYPE && type?.SobjectType !== object.name) throw resourceNotFound();
	const picklists = object.fields.filter((field) => field.picklistValues && field.type.endsWith('picklist'));
	const base = `/services/data/v${version}.0/ui-api/object-info/${object.name}/picklist-values/${id}`;
	const fields = picklists.map((field) => {
		const values = valuesFor(org, object, id, field);
		const chosen = values.find(({ defaultValue }) => defaultValue);
		const url = `${base}/${field.name}`;
		return [
			field.name,
			{ controllerValues: {}, defaultValue: chosen ? shown(chosen) : null, url, values: values.map(shown) },
		];
	});
	return ok({ picklistFieldValues: Object.fromEntries(fields) });
};
