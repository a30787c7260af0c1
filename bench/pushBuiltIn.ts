import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { moves } from '../test/support/moves';
import { BUILT_IN_NODE, startBuiltIn } from './builtIn';
import { runToEnd } from './engine';
import { measured } from './measure';
import type { OrgReport } from './org';
import type { PhaseSeconds } from './push';

const subject = 'Move {{ $json.employeeName }}: no seat → {{ $json.newSeat }}';
const customFieldsUi = {
	customFieldsValues: [
		'Department__c',
		'Team__c',
		'CurrentSeat__c',
		'NewSeat__c',
		'EmployeeAssets__c',
		'EmployeeNotes__c',
	].map((fieldId) => ({
		fieldId,
		value: '={{ $json.newSeat }}',
	})),
};

/** n8n's own Salesforce node on Cases of the same fields: create, update and delete, each a call per record. */
export async function phases({ access, records }: { access: OrgReport; records: number }): Promise<PhaseSeconds> {
	const engine = await startBuiltIn(access);
	const run = async (items: IDataObject[], parameters: INodeParameters) =>
		await measured(
			async () =>
				await runToEnd(engine, items, {
					...BUILT_IN_NODE,
					parameters: { authentication: 'jwt', resource: 'case', ...parameters },
				}),
		);
	const items = moves(records);
	const created = await run(items, {
		operation: 'create',
		type: 'Other',
		additionalFields: { subject: `=${subject}`, description: `=${subject}.`, customFieldsUi },
	});
	const saved = items.map((item, index) => ({ ...item, caseId: created.result[index]?.id }));
	const updated = await run(saved, {
		operation: 'update',
		caseId: '={{ $json.caseId }}',
		updateFields: { subject: `=${subject}`, description: `=${subject}.`, customFieldsUi },
	});
	const deleted = await run(saved, { operation: 'delete', caseId: '={{ $json.caseId }}' });
	return { new: created.seconds, repeated: updated.seconds, changed: updated.seconds, undone: deleted.seconds };
}
