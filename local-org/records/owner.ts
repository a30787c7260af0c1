import { dataError } from '../errors';
import type { Change } from './rules/types';

const USER_PREFIX = '005';
const QUEUE_PREFIX = '00G';

/**
 * What an inactive user owns already may be changed (assumed).
 * @throws when a record is given to a user who is not active (INACTIVE_OWNER_OR_USER, seen in many orgs' logs), or to a
 *   queue that does not take its object (INVALID_OPERATION, likewise)
 */
export function checkOwner({ object, row, before, context }: Change): void {
	const { org, userId } = context;
	const id = row.OwnerId;
	if (typeof id !== 'string' || id === userId || id === before?.OwnerId) return;
	if (id.startsWith(USER_PREFIX) && org.storage.value('User', id, 'IsActive') !== 1) {
		throw dataError(
			'INACTIVE_OWNER_OR_USER',
			`operation performed with inactive user [${id.slice(0, 15)}] as owner of ${object.label.toLowerCase()}`,
		);
	}
	if (!id.startsWith(QUEUE_PREFIX)) return;
	const takes = org.storage.findBy('QueueSobject', 'QueueId', id).some((one) => one.SobjectType === object.name);
	if (!takes) throw dataError('INVALID_OPERATION', 'Queue not associated with this SObject type', ['OwnerId']);
}
