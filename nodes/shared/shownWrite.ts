import type { IDataObject } from 'n8n-workflow';

import type { PlannedRecord } from '../../licenses/org/planWrites';

const WOULD = { update: 'restore', create: 'recreate', delete: 'delete' } as const;

/** What a dry run says of a record that would be written. */
export function shownWrite({ kind, object, id, values, call }: PlannedRecord): IDataObject {
	return {
		would: WOULD[kind],
		object,
		...(id === undefined ? {} : { id }),
		...(values === undefined ? {} : { values: { ...values } as IDataObject }),
		call: { ...call },
	};
}
