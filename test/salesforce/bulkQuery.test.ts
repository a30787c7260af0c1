import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { bulkPages } from '../../salesforce/bulkQuery';
import { recordMaker } from '../../salesforce/bulkRecords';
import { soqlOutline } from '../../salesforce/soqlOutline';
import { soqlTokens } from '../../salesforce/soqlTokens';
import { connectDirectly } from '../support/orgAccess';

describe('a row of Bulk results', () => {
	it('becomes the record that REST would give', () => {
		const types = new Map([
			['amount', 'double'],
			['closed', 'boolean'],
			['at', 'datetime'],
			['day', 'date'],
			['account.employees', 'int'],
			['account.owner.name', 'string'],
		]);
		const header = [
			'Amount',
			'Closed',
			'At',
			'Day',
			'Account.Employees',
			'Account.Owner.Name',
			'Account.Id',
			'Account.Owner.Id',
		];
		const make = recordMaker(header, types, ['Account.Id', 'account.OWNER.id']);
		expect(
			make(['1.6147805824397E13', 'true', '2026-05-01T07:25:37.000Z', '2026-05-01', '5', '', '001', '005']),
		).toEqual({
			Amount: 16147805824397,
			Closed: true,
			At: '2026-05-01T07:25:37.000+0000',
			Day: '2026-05-01',
			Account: { Employees: 5, Owner: { Name: null } },
		});
		expect(make(['', 'false', '', '', '', '', '001', ''])).toEqual({
			Amount: null,
			Closed: false,
			At: null,
			Day: null,
			Account: { Employees: null, Owner: null },
		});
		expect(make(['0', 'false', '', '', '', '', '', ''])).toMatchObject({ Amount: 0, Account: null });
	});
});

describe('a Bulk job that waits', () => {
	let local: LocalOrg;
	afterEach(async () => await local.close());

	const read = async (patience?: number) => {
		const { org, waits } = await connectDirectly(local);
		const soql = 'SELECT Subject FROM Case';
		const records: unknown[] = [];
		const pages = bulkPages(org, { soql }, soqlOutline(soqlTokens(soql)), (record) => record, patience);
		for await (const page of pages) records.push(...page);
		return { records, waited: waits.reduce((sum, wait) => sum + wait, 0) };
	};

	it('is given up after a limit, and ended in the org', async () => {
		local = await startLocalOrg({ settings: { bulkQueueMs: 3_600_000 }, seed: { Case: [{ Subject: 'a' }] } });
		await expect(read(120_000)).rejects.toMatchObject({ code: 'BULK_JOB_ENDED' });
		expect(local.calls.at(-1)).toMatchObject({ method: 'PATCH', path: expect.stringContaining('/jobs/query/') });
	});

	it('is waited for without a limit', async () => {
		local = await startLocalOrg({ settings: { bulkQueueMs: 50 }, seed: { Case: [{ Subject: 'a' }] } });
		expect((await read()).records).toEqual([{ Subject: 'a' }]);
	});
});
