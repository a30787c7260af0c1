import { peopledOrg, smallOrg } from '../../demo/people';
import { planPrefix } from '../../moves/externalId';
import { startLocalOrg } from '../../local-org';

it('the org of npm start has something for every node', async () => {
	const org = await startLocalOrg({ seed: peopledOrg() });
	try {
		const staff = org.rows('User').filter(({ Username }) => String(Username).endsWith('@staff.example'));
		expect(staff).toHaveLength(40);
		expect(staff.filter(({ LastLoginDate }) => LastLoginDate === null)).not.toHaveLength(0);
		expect(org.rows('Account')).toHaveLength(6);
		expect(org.rows('Contact').every(({ AccountId }) => typeof AccountId === 'string')).toBe(true);
		const ofPlan = org.rows('Case').filter((one) => String(one.ExternalID__c).startsWith(planPrefix('BERLIN-2023-Q4')));
		expect(new Set(ofPlan.map(({ Status }) => Status))).toEqual(new Set(['Closed', 'Working', 'New']));
	} finally {
		await org.close();
	}
});

it('the second org is smaller', async () => {
	const org = await startLocalOrg({ seed: smallOrg() });
	try {
		expect(org.rows('UserPackageLicense')).toHaveLength(12);
	} finally {
		await org.close();
	}
});
