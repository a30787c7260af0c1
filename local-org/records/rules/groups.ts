import { dataError } from '../../errors';
import { refusePair } from './licenses';
import type { Change, ObjectRules } from './types';

/** Throws for a record that is about an object which the org does not have. */
export function checkSobjectType({ object, row, context: { org, seeding } }: Change): void {
	const name = row.SobjectType;
	if (seeding || typeof name !== 'string' || org.catalog.known(name).length > 0) return;
	const label = object.fields.find((field) => field.name === 'SobjectType')?.label;
	throw dataError(
		'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
		`${label}: bad value for restricted picklist field: ${name}`,
		['SobjectType'],
	);
}

/** GroupMember: once in a group, which is not in itself (code and wording of the latter are assumed). */
export const groupMemberRules: ObjectRules = {
	beforeSave(change) {
		const { GroupId, UserOrGroupId } = change.row;
		refusePair(change, 'GroupMember', 'GroupId', 'UserOrGroupId');
		if (GroupId === UserOrGroupId)
			throw dataError('CIRCULAR_DEPENDENCY', 'A group can not be a member of itself', ['UserOrGroupId']);
	},
};

/** QueueSobject: an object once in a queue. */
export const queueSobjectRules: ObjectRules = {
	beforeSave(change) {
		checkSobjectType(change);
		refusePair(change, 'QueueSobject', 'QueueId', 'SobjectType');
	},
};
