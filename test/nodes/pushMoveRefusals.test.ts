import type { LocalOrg } from '../../local-org';
import { caseValues, moves } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };
const pushWith = (options: object) => ({ ...push, parameters: { options: { ...options } } });
const goingOn = (options: object = {}) => ({ ...pushWith(options), onError: 'continueRegularOutput' as const });
const writes = (org: LocalOrg) => org.calls.filter(({ path }) => path.includes('/composite/sobjects'));

describe('a bad move', () => {
	const mixed = () => [
		...moves(1),
		{ ...moves(1)[0], moveId: ' ' },
		{ ...moves(1)[0], moveId: 'm-2', effectiveDate: 'soon' },
		{ moveId: 'later', effectiveDate: '2999-01-01' },
		{ ...moves(1)[0], moveId: 'm-4' },
	];
	const empty = {
		error: 'Item 1: Move ID is empty',
		details: { remedy: 'Give it a value, or check the expression that fills it.' },
	};
	const unreadable = { moveId: 'm-2', effectiveDate: 'soon', error: 'Item 2: Effective Date is not a date' };

	it('stops the run before anything is sent', async () => {
		const { org, run } = await stage();
		const { error } = await run(mixed(), push);
		expect(error).toMatchObject({
			message: 'Item 1: Move ID is empty',
			description: 'Give it a value, or check the expression that fills it. Nothing was pushed.',
			context: { itemIndex: 1 },
		});
		expect(org.calls).toEqual([]);
	});

	it('fails alone where the node goes on, and keeps what it came with', async () => {
		const { org, run } = await stage();
		const { outputs, items, error } = await run(mixed(), goingOn());
		expect(error).toBeUndefined();
		expect(outputs).toMatchObject([
			[
				{ moveId: 'm-0', case: { result: 'created' } },
				empty,
				unreadable,
				{ moveId: 'm-4', case: { result: 'created' } },
			],
			[{ moveId: 'later' }],
		]);
		expect(items[0]?.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 4].map((item) => ({ item })));
		expect(org.rows('Case')).toHaveLength(2);
	});

	it('leaves by the error output, where there is one, with what it came with', async () => {
		const { org, run } = await stage();
		const { outputs } = await run(mixed(), { ...push, onError: 'continueErrorOutput' });
		expect(outputs).toMatchObject([
			[
				{ moveId: 'm-0', case: { result: 'created' } },
				{ moveId: 'm-4', case: { result: 'created' } },
			],
			[{ moveId: 'later' }],
			[{ moveId: ' ', employeeName: 'Employee 0', ...empty }, unreadable],
		]);
		expect(org.rows('Case')).toHaveLength(2);
	});

	it('is told by the parameter that has to be mended', async () => {
		const { run } = await stage();
		const message = async (parameters: object, item = {}) =>
			(await run([{ ...moves(1)[0], ...item }], { ...push, parameters: { ...parameters } })).error?.message;
		expect(await message({ moveId: '={{ "" }}' })).toBe('Item 0: Move ID is empty');
		expect(await message({}, { moveId: null })).toBe('Item 0: Move ID is empty');
		expect(await message({}, { department: { name: 'R&D' } })).toBe(
			'Item 0: Department is an object where text is wanted',
		);
		expect(await message({ options: { caseFields: '[1]' } })).toBe('Item 0: Further Case Fields is not a JSON object');
		expect(await message({ options: { caseFields: '{ "ExternalID__c": "x" }' } })).toBe(
			'Item 0: ExternalID__c is among the further Case fields',
		);
		expect(await message({ subject: 'For {name}' })).toBe(
			'Item 0: The Case template names {name}, which a move does not have',
		);
		expect(await message({}, { moveId: 'm'.repeat(250) })).toMatch(
			/^Item 0: Move ID and Move Plan ID together make an external ID of 257/,
		);
	});

	it('is a move that an earlier item already has', async () => {
		const { org, run } = await stage();
		const { outputs } = await run([...moves(2), ...moves(1, { newSeat: 'C' })], goingOn());
		expect(outputs[0]).toMatchObject([
			{ case: { result: 'created' } },
			{ case: { result: 'created' } },
			{ error: 'Item 2: An earlier item of this run has the same Move ID and Move Plan ID' },
		]);
		expect(org.rows('Case')).toHaveLength(2);
	});

	it('fails alone where a rule of the org refuses its Case', async () => {
		const { org, run } = await stage({
			settings: {
				validationRules: [
					{
						sObject: 'Case',
						broken: ({ NewSeat__c: seat }) => seat === 'B-1',
						message: 'Seat taken',
						field: 'NewSeat__c',
					},
				],
			},
		});
		const { outputs } = await run(moves(3), goingOn());
		expect(outputs[0]).toMatchObject([
			{ case: { result: 'created' } },
			{
				moveId: 'm-1',
				error: 'Item 1: Seat taken (FIELD_CUSTOM_VALIDATION_EXCEPTION)',
				details: {
					code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
					fields: ['NewSeat__c'],
					remedy: expect.stringContaining('validation rule') as string,
				},
			},
			{ case: { result: 'created' } },
		]);
		const { error } = await run(moves(3, { movePlanId: 'plan-2' }), push);
		expect(error?.message).toBe('Item 1: Seat taken (FIELD_CUSTOM_VALIDATION_EXCEPTION)');
		expect(error?.description).toMatch(/ 2 of 3 items were pushed\.$/);
		expect(org.rows('Case')).toHaveLength(4);
		const later = { moveId: 'later', effectiveDate: '2999-01-01' };
		const again = await run([...moves(3, { movePlanId: 'plan-2' }), later], push);
		expect(again.error?.description).toMatch(/ Nothing was pushed\.$/);
	});
});

describe('text that is too long', () => {
	// The last emoji stands across the end of the field.
	const long = { team: 'x'.repeat(256), employeeNotes: `x${'🪑'.repeat(512)}` };

	it('fails before anything is sent', async () => {
		const { org, run } = await stage();
		expect((await run(moves(1, { team: long.team }), push)).error?.message).toBe(
			'Item 0: The text for Team__c has 256 characters, and the field holds 255',
		);
		expect((await run(moves(1, { employeeNotes: long.employeeNotes }), push)).error?.message).toBe(
			'Item 0: The text for EmployeeNotes__c has 1025 characters, and the field holds 1024',
		);
		expect(org.calls).toEqual([]);
	});

	it('is cut where that is chosen, and the item says so', async () => {
		const { org, run } = await stage();
		const { outputs } = await run(moves(1, long), pushWith({ overLongText: 'cut' }));
		expect(outputs[0]).toMatchObject([
			{ team: long.team, case: { result: 'created', cut: ['Team__c', 'EmployeeNotes__c'] } },
		]);
		expect(org.rows('Case')).toMatchObject([{ Team__c: 'x'.repeat(255), EmployeeNotes__c: `x${'🪑'.repeat(511)}` }]);
	});

	it('leaves text of the very length alone', async () => {
		const { run } = await stage();
		const { outputs } = await run(moves(1, { team: 'x'.repeat(255), employeeNotes: 'y'.repeat(1024) }), push);
		expect(outputs[0]).toMatchObject([{ case: { result: 'created' } }]);
		expect(caseValues(outputs[0], 'cut')).toEqual([undefined]);
	});
});

describe('an org that is not set up', () => {
	it.each([
		['missing', { missingFields: ['Case.ExternalID__c'] }, 'ExternalID__c'],
		['hidden from the user', { hiddenFields: ['Case.Team__c'] }, 'Team__c'],
	])('with a field that is %s is told by the field and the set-up guide', async (_what, settings, field) => {
		const { org, run } = await stage({ settings });
		const { error } = await run(moves(2), push);
		expect(error?.message).toBe(`Case has no field ${field} that the API user can see`);
		expect(error?.description).toMatch(/Prepare Org make the seven Case fields.*set-up guide.*Nothing was pushed\.$/);
		expect(org.rows('Case')).toEqual([]);
	});

	it('names a further field that it does not have', async () => {
		const { run } = await stage();
		const { outputs } = await run(moves(2), goingOn({ caseFields: '{ "Building__c": "North" }' }));
		expect(outputs[0]?.map(({ error }) => error)).toEqual([
			'Item 0: Case has no field Building__c that the API user can see',
			'Item 1: Case has no field Building__c that the API user can see',
		]);
	});
});

describe('trouble on the way', () => {
	it.each([
		['whose answer was lost', { cut: 'after' as const }],
		['that a gateway answered with a page', { status: 504, body: '<html>Time-out</html>', late: true }],
		['that a gateway answered with a status', { status: 502, body: '', late: true }],
		[
			'that Salesforce answered with an error of its own',
			{ status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'No' }], late: true },
		],
		['that was not answered in the form of Salesforce', { status: 200, body: '<html>Welcome</html>', late: true }],
	])('says of a creation %s that it was created, and does not repeat it', async (_what, fault) => {
		const { org, run } = await stage();
		org.addFault({ method: 'POST', path: '/composite/sobjects', ...fault });
		const { outputs, error } = await run(moves(3), push);
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['created', 'created', 'created']);
		expect(caseValues(outputs[0], 'number')).toEqual(['00001001', '00001002', '00001003']);
		expect(org.rows('Case')).toHaveLength(3);
		expect(writes(org)).toHaveLength(1);
	});

	it('says of a creation that never arrived that it failed, and makes up for it when run again', async () => {
		const { org, run } = await stage();
		org.addFault({ method: 'POST', path: '/composite/sobjects', cut: 'before' });
		const { outputs } = await run(moves(2), goingOn());
		expect(outputs[0]).toMatchObject([
			{ error: 'Item 0: The connection to Salesforce ended before its answer came.', details: { code: 'NO_ANSWER' } },
			{ error: 'Item 1: The connection to Salesforce ended before its answer came.' },
		]);
		expect(writes(org)).toHaveLength(1);
		const again = await run(moves(2), push);
		expect(caseValues(again.outputs[0], 'result')).toEqual(['created', 'created']);
		expect(org.rows('Case')).toHaveLength(2);
	});

	it.each([1, 2])(
		'leaves in doubt a creation whose answer was lost where reading it fails the %i. time',
		async (reading) => {
			const { org, run } = await stage();
			org.addFault({ method: 'POST', path: '/composite/sobjects', cut: 'after' });
			// The first reading of all is made before the write.
			org.addFault({ path: '/query?q=', skip: reading, times: 9, status: 502, body: '<html>Bad gateway</html>' });
			const { outputs } = await run(moves(2), goingOn());
			expect(outputs[0]).toMatchObject([
				{ details: { kind: 'inDoubt', retry: 'later' } },
				{ details: { kind: 'inDoubt', retry: 'later' } },
			]);
			org.clearFaults();
			const again = await run(moves(2), push);
			expect(caseValues(again.outputs[0], 'result')).toEqual(['unchanged', 'unchanged']);
		},
	);

	it('looks at a change whose answer was lost, and does not repeat it', async () => {
		const { org, run } = await stage();
		await run(moves(2), push);
		org.addFault({ method: 'PATCH', path: '/composite/sobjects', cut: 'after' });
		const { outputs } = await run(moves(2, { team: 'Engines' }), goingOn());
		expect(caseValues(outputs[0], 'result')).toEqual(['updated', 'updated']);
		expect(writes(org).filter(({ method }) => method === 'PATCH')).toHaveLength(1);
		const again = await run(moves(2, { team: 'Engines' }), push);
		expect(caseValues(again.outputs[0], 'result')).toEqual(['unchanged', 'unchanged']);
	});

	it('saves what was locked when it is free again, and nothing twice', async () => {
		const { org, run } = await stage();
		org.addFault({ method: 'POST', path: '/composite/sobjects', lockRows: 2 });
		const { outputs, error } = await run(moves(5), push);
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'externalId')).toEqual(
			org
				.rows('Case')
				.map((row) => row.ExternalID__c)
				.sort(),
		);
		expect(writes(org).map(({ records }) => records)).toEqual([5, 2]);
	});

	it("says how many were pushed when the day's calls run out on the way", async () => {
		const { org, run } = await stage({ settings: { dailyApiRequests: 2 } });
		const { error } = await run(moves(450), pushWith({ parallelCalls: 1, recordsPerCall: '200' }));
		expect(error?.message).toBe('Item 200: The org has no API calls left for today (REQUEST_LIMIT_EXCEEDED)');
		expect(error?.description).toMatch(
			/used up its API calls.* 200 of 450 items were pushed; items 201, 202, .* and 229 more failed as well\.$/,
		);
		// What cannot be sent any more is not tried.
		expect(writes(org)).toHaveLength(2);
		org.settings.dailyApiRequests = 100;
		const again = await run(moves(450), push);
		expect(caseValues(again.outputs[0], 'result').filter((result) => result === 'unchanged')).toHaveLength(200);
		expect(org.rows('Case')).toHaveLength(450);
	});
});
