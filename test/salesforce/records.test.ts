import { startLocalOrg } from '../../local-org';
import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import { createRecords, deleteRecords, updateRecords } from '../../salesforce/records';
import { connectDirectly } from '../support/orgAccess';
import type { DirectOrg } from '../support/orgAccess';

let local: LocalOrg;

async function started(options?: LocalOrgOptions): Promise<DirectOrg> {
	local = await startLocalOrg(options);
	return await connectDirectly(local);
}

afterEach(async () => await local.close());

const cases = (count: number, more: object = {}) =>
	Array.from({ length: count }, (_none, index) => ({ Subject: `${index}`, ...more }));
const subjects = () => local.rows('Case').map(({ Subject }) => Subject);

it('writes 200 records a call and keeps their order, however long each call takes', async () => {
	const { org, sent } = await started();
	// The first call takes longest.
	local.addFault({ path: '/composite/sobjects', delayMs: 60 });
	const created = await createRecords(org, 'Case', cases(450), { parallel: 3 });
	const subjectOf = new Map(local.rows('Case').map(({ Id, Subject }) => [Id, Subject]));
	expect(created.map((one) => one.ok && subjectOf.get(one.id))).toEqual(cases(450).map(({ Subject }) => Subject));
	expect(local.calls.flatMap(({ records }) => records ?? []).sort()).toEqual([200, 200, 50]);
	const ids = created.flatMap((one) => (one.ok ? one.id : []));
	await updateRecords(
		org,
		'Case',
		ids.map((id, index) => ({ id, Subject: `new ${index}` })),
		{ parallel: 3 },
	);
	expect(new Set(subjects())).toEqual(new Set(ids.map((_id, index) => `new ${index}`)));
	expect(await deleteRecords(org, ids, { parallel: 3 })).toMatchObject(ids.map((id) => ({ ok: true, id })));
	expect(sent).toHaveLength(9);
});

it('makes no call for no records', async () => {
	const { org, sent } = await started();
	expect(await createRecords(org, 'Case', [], { parallel: 5 })).toEqual([]);
	expect(sent).toEqual([]);
});

it('keeps no more calls in flight than it may', async () => {
	const { org, inFlight } = await started({ settings: { delayPerCallMs: 10 } });
	await createRecords(org, 'Case', cases(1_400), { parallel: 3 });
	expect(Math.max(...inFlight)).toBe(3);
});

it('goes on with one call at a time once a row was locked, and saves what was locked when all else is done', async () => {
	const { org, inFlight, waits } = await started({ settings: { delayPerCallMs: 10 } });
	local.addFault({ path: '/composite/sobjects', lockRows: 3 });
	const created = await createRecords(org, 'Case', cases(1_400), { parallel: 3 });
	expect(created.every(({ ok }) => ok)).toBe(true);
	expect(subjects()).toHaveLength(1_400);
	expect(local.calls.at(-1)).toMatchObject({ records: 3 });
	// Three to begin with, perhaps one beside those two that were under way, then one after another.
	expect(inFlight.slice(-4)).toEqual([1, 1, 1, 1]);
	expect(waits).toEqual([500]);
});

it('gives up on a row that stays locked, and only on that', async () => {
	const { org, waits } = await started();
	local.addFault({ path: '/composite/sobjects', lockRows: 1, times: 9 });
	const created = await createRecords(org, 'Case', cases(3), { parallel: 1 });
	expect(created.map((one) => (one.ok ? 'saved' : one.error.code))).toEqual(['UNABLE_TO_LOCK_ROW', 'saved', 'saved']);
	expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
	expect(subjects()).toEqual(['1', '2']);
});

it.each([
	['create', async ({ org }: DirectOrg) => await createRecords(org, 'Case', cases(1), { parallel: 1 })],
	[
		'update',
		async ({ org }: DirectOrg) =>
			await updateRecords(org, 'Case', [{ id: '500000000000001AAA', Subject: 'x' }], { parallel: 1 }),
	],
	['delete', async ({ org }: DirectOrg) => await deleteRecords(org, ['500000000000001AAA'], { parallel: 1 })],
])('does not repeat a %s whose answer was lost', async (_what, write) => {
	const direct = await started({ seed: { Case: [{ Id: '500000000000001AAA' }] } });
	local.addFault({ path: '/composite/sobjects', cut: 'after' });
	expect(await write(direct)).toMatchObject([
		{ ok: false, error: { code: 'NO_ANSWER', inDoubt: true, repeatSafe: false } },
	]);
	expect(direct.sent).toHaveLength(1);
	expect(direct.waits).toEqual([]);
});

it('sends no more after a refusal that the next call would meet too', async () => {
	const { org, sent } = await started({ settings: { dailyApiRequests: 1 } });
	const created = await createRecords(org, 'Case', cases(600), { parallel: 1 });
	expect(sent).toHaveLength(2);
	expect([0, 200, 400].map((index) => created[index])).toMatchObject([
		{ ok: true },
		{ ok: false, error: { code: 'REQUEST_LIMIT_EXCEEDED' } },
		{
			ok: false,
			error: {
				code: 'NOT_SENT',
				message:
					'Not sent, because an earlier call of this run failed: The org has no API calls left for today (REQUEST_LIMIT_EXCEEDED)',
			},
		},
	]);
});

it('says of a refused record what is wrong with it, and saves the others', async () => {
	const { org } = await started();
	const created = await createRecords(org, 'Case', [{ Subject: 'a' }, { Subject: 'x'.repeat(256) }, { Subject: 'c' }], {
		parallel: 1,
	});
	expect(created).toMatchObject([
		{ ok: true },
		{
			ok: false,
			error: {
				code: 'STRING_TOO_LONG',
				message: 'The text is too long: Subject (at most 255 characters) (STRING_TOO_LONG)',
				fields: ['Subject'],
			},
		},
		{ ok: true },
	]);
	expect(subjects()).toEqual(['a', 'c']);
});

it.each([
	[true, 'TRUE'],
	[false, 'FALSE'],
	[undefined, undefined],
])('tells Salesforce of assignment rules: %s', async (assignmentRules, header) => {
	const { org, sent } = await started();
	await createRecords(org, 'Case', cases(1), { parallel: 1, assignmentRules });
	expect(sent[0]?.headers['Sforce-Auto-Assign']).toBe(header);
});
