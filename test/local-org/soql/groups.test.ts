import { caseOrg } from './support/cases';

const org = caseOrg();

describe('grouped queries', () => {
	test('name their values by alias, by field or by number', () => {
		const { records, totalSize } = org.query(
			'SELECT Status, COUNT(Id) n, SUM(Amount__c), AVG(Amount__c), MIN(CreatedDate) FROM Case GROUP BY Status ORDER BY Status',
		);
		expect(totalSize).toBe(3);
		expect(JSON.stringify(records[0])).toBe(
			'{"attributes":{"type":"AggregateResult"},"Status":"New","n":1,"expr0":5,"expr1":5,"expr2":"2026-05-12T23:30:00.000+0000"}',
		);
	});

	test('total all rows without GROUP BY', () => {
		expect(org.plain('SELECT COUNT(Id), COUNT(Subject) s, COUNT_DISTINCT(OwnerId), MAX(Subject) FROM Case')).toEqual([
			{ expr0: 3, s: 2, expr1: 3, expr2: 'move b' },
		]);
		expect(org.plain("SELECT SUM(Amount__c) FROM Case WHERE Subject = 'none'")).toEqual([{ expr0: null }]);
	});

	test('group text without regard to case, by parents and by polymorphic owners', () => {
		expect(
			org.plain('SELECT Account.Industry, COUNT(Id) FROM Case GROUP BY Account.Industry ORDER BY COUNT(Id) DESC'),
		).toEqual([
			{ Industry: null, expr0: 2 },
			{ Industry: 'Media', expr0: 1 },
		]);
		expect(org.values('SELECT Owner.Name FROM Case GROUP BY Owner.Name ORDER BY Owner.Name DESC')).toEqual([
			'Moves',
			'Bot',
			'Ada',
		]);
	});

	test('filter groups by HAVING', () => {
		const having = (condition: string) =>
			org.values(`SELECT AccountId FROM Contact GROUP BY AccountId HAVING ${condition}`);
		expect(having('COUNT(Id) > 1')).toEqual(['001000000000001AAA']);
		expect(having('AccountId = null')).toEqual([null]);
		expect(having("COUNT(Id) = 1 OR AccountId = '001000000000001'")).toHaveLength(2);
	});

	test('add subtotals by ROLLUP', () => {
		expect(
			org.plain(
				'SELECT IsClosed, Priority, GROUPING(IsClosed) c, GROUPING(Priority) p, COUNT(Id) n FROM Case GROUP BY ROLLUP(IsClosed, Priority) ORDER BY GROUPING(IsClosed), IsClosed, GROUPING(Priority), Priority',
			),
		).toEqual([
			{ IsClosed: false, Priority: null, c: 0, p: 0, n: 1 },
			{ IsClosed: false, Priority: 'Low', c: 0, p: 0, n: 1 },
			{ IsClosed: false, Priority: null, c: 0, p: 1, n: 2 },
			{ IsClosed: true, Priority: 'High', c: 0, p: 0, n: 1 },
			{ IsClosed: true, Priority: null, c: 0, p: 1, n: 1 },
			{ IsClosed: null, Priority: null, c: 1, p: 1, n: 3 },
		]);
	});

	test('add every subtotal by CUBE', () => {
		const rows = org.plain('SELECT Status, IsClosed, COUNT(Id) n FROM Case GROUP BY CUBE(Status, IsClosed)');
		expect(rows).toHaveLength(3 + 3 + 2 + 1);
		expect(rows).toContainEqual({ Status: null, IsClosed: false, n: 2 });
		expect(rows).toContainEqual({ Status: null, IsClosed: null, n: 3 });
	});

	test('take LIMIT and OFFSET', () => {
		expect(org.values('SELECT Status FROM Case GROUP BY Status ORDER BY Status LIMIT 1 OFFSET 1')).toEqual(['Working']);
	});

	test('format and label their values', () => {
		expect(org.plain('SELECT FORMAT(SUM(Amount__c)) total FROM Case')).toEqual([{ total: '$15.50' }]);
		expect(org.values('SELECT toLabel(Status) FROM Case GROUP BY toLabel(Status)').sort()).toEqual([
			'Closed',
			'In Arbeit',
			'Neu',
		]);
	});
});
