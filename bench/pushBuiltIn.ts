import type { INodeParameters } from 'n8n-workflow';

import { BUILT_IN_NODE, startBuiltIn } from './builtIn';
import type { Contender, Entry } from './contender';
import { runToEnd } from './engine';
import { itemsOf } from './push';
import type { MovesTask } from './push';

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
const fields = { subject: `=${subject}`, description: `=${subject}.`, customFieldsUi };

const UPDATE: INodeParameters = { operation: 'update', caseId: '={{ $json.caseId }}', updateFields: fields };

const PARAMETERS: Record<MovesTask['phase'], INodeParameters> = {
	new: { operation: 'create', type: 'Other', additionalFields: fields },
	repeated: UPDATE,
	changed: UPDATE,
	undone: { operation: 'delete', caseId: '={{ $json.caseId }}' },
};

/** Cases of the same fields: create, update and delete, each a call per record. */
const contender: Contender<MovesTask> = async (access) => {
	const engine = await startBuiltIn(access);
	return async ({ phase, ids }, items) =>
		await runToEnd(
			engine,
			items.map((item, index) => ({ ...item, caseId: ids[index] })),
			{ ...BUILT_IN_NODE, parameters: { authentication: 'jwt', resource: 'case', ...PARAMETERS[phase] } },
		);
};

/** n8n's own Salesforce node. */
export const entry: Entry<MovesTask> = { contender, itemsOf };
