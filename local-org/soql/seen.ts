import type { Query } from './grammar/ast';
import { findField } from './scope';
import type { Scope } from './scope';
import { quoted } from './statement';

const FIELDS = { view: 'LastViewedDate', reference: 'LastReferencedDate' };

/**
 * FOR VIEW and FOR REFERENCE: notes the time in the records answered (docs:soql-sosl/for-view-for-reference).
 * Assumed: records that do not keep the time stay as they are, and the answer itself holds the time before.
 */
export function markSeen({ statement, object }: Scope, { seen }: Query, ids: string[]): void {
	const field = seen && findField(object, FIELDS[seen]);
	if (!field || ids.length === 0) return;
	const { database, now } = statement.context;
	database
		.prepare(
			`UPDATE ${quoted(object.name)} SET ${quoted(field.name)} = ? WHERE "Id" IN (SELECT value FROM json_each(?))`,
		)
		.run(now.toISOString(), JSON.stringify(ids));
}
