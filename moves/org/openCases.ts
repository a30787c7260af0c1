import { batches } from '../../salesforce/batches';
import type { Org } from '../../salesforce/org';
import { RECORDS_PER_CALL } from '../../salesforce/records';
import { listLiteral, textLiteral } from '../../salesforce/soql';
import { asSpoken } from '../asSeen';
import type { OpenCase } from '../seatConflicts';
import { externalIdOf, queryCases } from './moveCases';
import type { CaseSearch } from './moveCases';

/**
 * The open Cases of moves into seats; 200 seats a query, five queries a call.
 *
 * @param seats as moves have them; those that are empty are not looked for
 * @throws OrgError
 */
export async function findOpenCases(
	org: Org,
	seats: readonly string[],
	search: Pick<CaseSearch, 'names' | 'parallel'>,
): Promise<OpenCase[]> {
	const { names } = search;
	// SOQL compares text without regard to case.
	const wanted = [...new Set(seats.map(asSpoken))].filter((seat) => seat !== '');
	const conditions = batches(wanted, RECORDS_PER_CALL).map(
		(some) =>
			`IsClosed = false AND ${names.externalId} != null AND ${names.newSeat} IN ${listLiteral(some.map(textLiteral))}`,
	);
	const found = await queryCases(org, { ...search, fields: [names.newSeat] }, conditions);
	return found.map((one) => ({
		id: one.Id,
		externalId: externalIdOf(one, names),
		newSeat: String(one[names.newSeat]),
	}));
}
