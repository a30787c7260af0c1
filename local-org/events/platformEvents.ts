import { randomUUID } from 'node:crypto';
import type { WriteContext } from '../records/context';
import { showRecord } from '../records/show';
import type { ObjectSchema } from '../schema/types';
import type { Row } from '../storage';

/** The ID in the answer to an event that is published: events are no records (docs:platform-events, publish by REST). */
export const EVENT_ID = 'e00xx0000000001AAA';

/** Whether an object is a platform event. */
export const isPlatformEvent = ({ name }: ObjectSchema): boolean => name.endsWith('__e');

/** Publishes an event when its transaction ends; `row` is what was read of the request. Returns its UUID. */
export function publish(object: ObjectSchema, row: Row, { org, userId }: WriteContext): string {
	const uuid = randomUUID();
	const own = object.fields.filter(({ custom }) => custom);
	const payload = {
		CreatedDate: org.clock().toISOString(),
		CreatedById: userId,
		...showRecord(row, object, own),
	};
	org.pending.note({ event: object.name, payload });
	return uuid;
}
