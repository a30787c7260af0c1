import type { WriteContext } from '../records/context';
import type { ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import { fieldsOfRecord, fieldsOfUpdate } from './changeFields';
import type { ChangedFields } from './changeFields';
import type { ChangeType } from './pending';

const NO_FIELDS: ChangedFields = { fields: {}, names: [] };

/** A record that was just written. */
interface Written {
	object: ObjectSchema;
	id: string;
	/** What was written of it. */
	row: Row;
	/** The record as it was. */
	before?: Row;
	context: WriteContext;
}

/** Notes a change for its event, where Change Data Capture is on for the object. */
export function captureChange(changeType: ChangeType, { object, id, row, before, context }: Written): void {
	const { org, userId, seeding } = context;
	if (seeding || !org.settings.changeEvents.includes(object.name)) return;
	const stored = org.catalog.stored(object.name);
	const changed = (): ChangedFields => {
		if (changeType === 'DELETE') return NO_FIELDS;
		if (changeType === 'UPDATE' && before) return fieldsOfUpdate(row, before, stored);
		return fieldsOfRecord(org.storage.find(object.name, id) ?? row, stored);
	};
	const { fields, names } = changed();
	const origin = context.origin ?? '';
	org.pending.note({ object: object.name, changeType, id, userId, origin, fields, changedFields: names });
}
