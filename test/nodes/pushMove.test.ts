import { stages } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };

describe('Salesforce Push Move', () => {
	it('makes one Case of each move that is due and passes on the others', async () => {
		const { org, run } = await stage();
		const { outputs, error } = await run(
			[
				{ moveId: 'm-1', movePlanId: 'plan-1', effectiveDate: '2020-01-01', employeeName: 'Ada', newSeat: 'B-2', team: 'Engines' },
				{ moveId: 'm-2', movePlanId: 'plan-1', effectiveDate: '2999-01-01', employeeName: 'Bob' },
				{ moveId: 'm-3', movePlanId: 'plan-1', employeeName: 'Cy', currentSeat: 'A-1' },
			],
			push,
		);
		expect(error).toBeUndefined();
		expect(outputs).toMatchObject([
			[
				{ moveId: 'm-1', case: { result: 'created', externalId: 'plan-1:m-1', number: '00001001' } },
				{ moveId: 'm-3', case: { result: 'created', externalId: 'plan-1:m-3', number: '00001002' } },
			],
			[{ moveId: 'm-2', case: { result: 'notDue' } }],
		]);
		expect(org.rows('Case')).toMatchObject([
			{ ExternalID__c: 'plan-1:m-1', Subject: 'Move Ada: no seat → B-2', Team__c: 'Engines', NewSeat__c: 'B-2', CurrentSeat__c: null },
			{ ExternalID__c: 'plan-1:m-3', Subject: 'Move Cy: A-1 → no seat' },
		]);
	});
});
