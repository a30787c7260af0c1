import { fieldFromMetadata } from '../tooling/customField';
import type { CustomObject } from '../options';
import { AUDIT, READ_ONLY, recordId, text } from './fields';
import type { ObjectSchema } from './types';

/** A platform event as an object: it can be created, which publishes it, and nothing else. */
export function platformEvent(name: string, { label, pluralLabel = label, fields = {} }: CustomObject): ObjectSchema {
	return {
		name,
		label,
		labelPlural: pluralLabel,
		keyPrefix: null,
		custom: true,
		updateable: false,
		deletable: false,
		queryable: false,
		searchable: false,
		fields: [
			recordId('Record ID'),
			text('ReplayId', 'Replay ID', 1000, READ_ONLY),
			text('EventUuid', 'Event UUID', 36, READ_ONLY),
			...AUDIT.filter(({ name: field }) => field === 'CreatedDate' || field === 'CreatedById'),
			...Object.entries(fields).map(([field, metadata]) => ({
				...fieldFromMetadata(field, metadata),
				needsPermission: false,
			})),
		],
	};
}
