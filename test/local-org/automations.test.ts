import type { Automation } from '../../local-org';
import { useOrg } from './support/client';

const at = useOrg();
const automate = (...automations: Automation[]) => void (at.org.settings.automations = automations);
const cases = () => at.org.rows('Case');

describe('automations', () => {
	it('change what was just saved, once', async () => {
		automate({
			sObject: 'Case',
			run: ({ on, record, before, change }) =>
				change({ Reason: `${on} of ${String(record.Subject)}, was ${String(before?.Subject)}` }),
		});
		const id = await at.create('Case', { Subject: 'a' });
		expect(cases()).toMatchObject([{ Reason: 'create of a, was undefined' }]);
		await at.call('PATCH', `sobjects/Case/${id}`, { Subject: 'b' });
		expect(cases()).toMatchObject([{ Reason: 'update of b, was a' }]);
	});

	it('refuse a record, and undo what they did for it', async () => {
		automate({
			sObject: 'Case',
			run({ record, create, refuse }) {
				create('CaseComment', { ParentId: record.Id, CommentBody: 'seen' });
				if (record.Subject === 'no') refuse('Not this one', { fields: ['Subject'] });
				if (record.Subject === 'flow') refuse('The flow failed', { errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' });
			},
		});
		const record = (Subject: string) => ({ attributes: { type: 'Case' }, Subject });
		const { body } = await at.call('POST', 'composite/sobjects', { records: ['yes', 'no', 'flow'].map(record) });
		expect(body).toMatchObject([
			{ success: true },
			{
				success: false,
				errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Not this one', fields: ['Subject'] }],
			},
			{ success: false, errors: [{ statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER', message: 'The flow failed' }] },
		]);
		expect(cases()).toHaveLength(1);
		expect(at.org.rows('CaseComment')).toHaveLength(1);
	});

	it('lock, as one that waits for a record of another call', async () => {
		automate({ sObject: 'Case', run: ({ lock }) => lock() });
		const { body } = await at.call('POST', 'sobjects/Case', {});
		expect(body).toMatchObject([{ errorCode: 'UNABLE_TO_LOCK_ROW' }]);
	});

	it('run after a deletion when they are told to, and write other records', async () => {
		const parent = await at.create('Case', { Subject: 'parent' });
		const child = await at.create('Case', { Subject: 'child' });
		automate({
			sObject: 'Case',
			on: ['delete'],
			run: ({ record, update }) => update('Case', parent, { Subject: `without ${String(record.Subject)}` }),
		});
		expect((await at.call('DELETE', `sobjects/Case/${child}`)).status).toBe(204);
		expect(cases()).toMatchObject([{ Subject: 'without child' }]);
	});

	it('see no seed', () => {
		automate({ sObject: 'Case', run: ({ refuse }) => refuse('no') });
		at.org.seed({ Case: [{ Subject: 'a' }] });
		expect(cases()).toHaveLength(1);
	});
});
