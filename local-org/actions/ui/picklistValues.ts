import { resourceNotFound } from '../../errors';
import { ok } from '../../http';
import { MASTER_RECORD_TYPE } from '../../records/rules/recordType';
import { valuesFor } from '../../records/recordTypePicklists';
import type { FieldSchema, ObjectSchema, PicklistValue } from '../../schema/types';
import { objectOf } from '../action';
import type { Action } from '../action';
import { idOf } from '../recordOf';

const shown = ({ value, label, validFor = [] }: PicklistValue) => ({
	attributes: null,
	label: label ?? value,
	validFor,
	value,
});

/** The places of the values of the picklist that controls another one. */
function controllerValues({ fields }: ObjectSchema, { controllerName }: FieldSchema): Record<string, number> {
	const controller = fields.find(({ name }) => name === controllerName);
	return Object.fromEntries((controller?.picklistValues ?? []).map(({ value }, index) => [value, index]));
}

/**
 * GET ui-api/object-info/:sObject/picklist-values/:recordTypeId: every picklist with the values that records of a record
 * type may take, with the places of the values of the picklist that controls it (docs:uiapi, picklist values collection).
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
			{
				controllerValues: controllerValues(object, field),
				defaultValue: chosen ? shown(chosen) : null,
				url,
				values: values.map(shown),
			},
		];
	});
	return ok({ picklistFieldValues: Object.fromEntries(fields) });
};
