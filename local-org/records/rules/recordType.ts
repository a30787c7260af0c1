import { dataError } from '../../errors';
import type { ObjectSchema } from '../../schema/types';
import type { Row } from '../../storage';
import type { WriteContext } from '../context';
import { checkSobjectType } from './groups';
import type { ObjectRules } from './types';

/** The master record type, which every org has without a record of it. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

/** With the first record type its object shows the field RecordTypeId. */
export const recordTypeRules: ObjectRules = {
	beforeSave: checkSobjectType,
	afterSave: ({ context }) => context.org.catalog.changed(),
};

/**
 * @throws when a record is given a record type of another object, or one that is not active
 */
export function checkRecordType({ RecordTypeId: id }: Row, object: ObjectSchema, { org }: WriteContext): void {
	if (typeof id !== 'string' || id === MASTER_RECORD_TYPE) return;
	const type = org.storage.find('RecordType', id);
	if (type?.SobjectType === object.name && type.IsActive === 1) return;
	throw dataError('INVALID_CROSS_REFERENCE_KEY', `Record Type ID: this ID value isn't valid for the user: ${id}`, [
		'RecordTypeId',
	]);
}
