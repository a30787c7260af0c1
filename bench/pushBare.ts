import { moves } from '../test/support/moves';
import { atOnce, bareOrg, queryBare, split } from './bareOrg';
import { measured } from './measure';
import type { OrgReport } from './org';
import type { PhaseSeconds } from './push';

/** The same records in as many Collections calls, and the search in as many Composite calls, with nothing around them. */
export async function phases({ access, records }: { access: OrgReport; records: number }): Promise<PhaseSeconds> {
	const call = await bareOrg(access);
	const cases = moves(records).map(({ moveId, movePlanId, newSeat, employeeName }) => ({
		attributes: { type: 'Case' },
		ExternalID__c: `${String(movePlanId)}:${String(moveId)}`,
		Subject: `Move ${String(employeeName)}: no seat → ${String(newSeat)}`,
		Description: `${String(employeeName)} moves from no seat to ${String(newSeat)}.`,
		NewSeat__c: newSeat,
	}));
	const created = await measured(async () => {
		const answers = await atOnce(
			split(cases),
			async (batch) =>
				await call<Array<{ id: string }>>('POST', '/composite/sobjects', { allOrNone: false, records: batch }),
		);
		return answers.flat().map(({ id }) => id);
	});
	const found = await measured(async () => {
		const queries = split(cases).map((batch) => {
			const ids = batch.map(({ ExternalID__c: id }) => `'${id}'`).join(',');
			return `SELECT Id, CaseNumber, Subject, Description, NewSeat__c FROM Case WHERE ExternalID__c IN (${ids})`;
		});
		await queryBare(call, queries);
	});
	const changed = await measured(async () => {
		const changes = cases.map((one, index) => ({ ...one, id: created.result[index], NewSeat__c: 'C-1' }));
		await atOnce(
			split(changes),
			async (batch) => await call('PATCH', '/composite/sobjects', { allOrNone: false, records: batch }),
		);
	});
	const undone = await measured(async () => {
		await atOnce(
			split(created.result),
			async (ids) => await call('DELETE', `/composite/sobjects?ids=${ids.join(',')}`),
		);
	});
	return { new: created.seconds, repeated: found.seconds, changed: changed.seconds, undone: undone.seconds };
}
