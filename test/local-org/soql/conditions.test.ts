import { UnsupportedSoql } from '../../../local-org/soql';
import { object, smallOrg } from './support/org';
import { caseOrg } from './support/cases';
import { fc } from '../../support/properties';

const org = caseOrg();
const numbers = (where: string) =>
	org.values(`SELECT CaseNumber FROM Case WHERE ${where} ORDER BY CaseNumber`).map((number) => Number(number) - 1000);

describe('WHERE', () => {
	test.each([
		// Text without regard to case, in any alphabet; an empty string is an empty value.
		["Subject = 'MOVE a'", [1]],
		["Subject != 'move A'", [2, 3]],
		["Subject <> 'move A'", [2, 3]],
		["NOT Subject = 'move A'", [2, 3]],
		['Subject = null', [3]],
		["Subject = ''", [3]],
		['Subject != null', [1, 2]],
		["Subject > 'move a'", [2]],
		["Account.Name = 'ZÜRICH AG'", [2]],
		["Account.Name != 'ZÜRICH AG'", [1, 3]],
		["Account.Name LIKE 'ZÜR%'", [2]],
		['Account.Name = null', [3]],
		["Account.Owner.Profile.Name = 'Standard User'", [1]],
		// Wildcards and their escapes.
		["Subject LIKE 'MOVE%'", [1, 2]],
		["Subject LIKE 'move _'", [1, 2]],
		["ExternalID__c LIKE 'p_1'", [1, 2, 3]],
		["ExternalID__c LIKE 'p\\_1'", [2]],
		["ExternalID__c LIKE 'p\\%1'", [3]],
		["ExternalID__c LIKE 'p\\%%'", [3]],
		["(NOT Subject LIKE 'move a')", [2, 3]],
		// Lists.
		["Status IN ('new', 'CLOSED')", [1, 2]],
		["Status NOT IN ('new', 'closed')", [3]],
		["Subject IN (null, 'move a')", [1, 3]],
		["Subject NOT IN ('move a')", [2, 3]],
		["Subject NOT IN (null, 'move a')", [2]],
		["Account.Name IN ('zürich ag')", [2]],
		['Amount__c IN (5, 10.5)', [1, 2]],
		// Numbers and booleans.
		['Amount__c > 5', [1]],
		['Amount__c >= 5.0', [1, 2]],
		['Amount__c != 5', [1, 3]],
		['Amount__c = null', [3]],
		['IsClosed = TRUE', [1]],
		['IsClosed != true', [2, 3]],
		// IDs of either length.
		["Id = '500000000000002'", [2]],
		["Id IN ('500000000000002AAA', '500000000000001')", [1, 2]],
		["OwnerId = '005000000000001'", [1]],
		// Several values in one field.
		["Tags__c = 'green'", [2]],
		["Tags__c INCLUDES ('RED')", [1]],
		["Tags__c INCLUDES ('red;blue')", [1]],
		["Tags__c INCLUDES ('red;green')", []],
		["Tags__c INCLUDES ('red;green', 'green')", [2]],
		["Tags__c EXCLUDES ('red')", [2, 3]],
		// Joined.
		["(Status = 'New' OR Status = 'Closed') AND Priority = 'High'", [1]],
		["NOT (Status = 'New' OR Amount__c > 6)", [3]],
		// Semi-joins and anti-joins.
		["AccountId IN (SELECT Id FROM Account WHERE Name = 'acme')", [1]],
		['AccountId IN (SELECT AccountId FROM Contact)', [1]],
		['AccountId NOT IN (SELECT AccountId FROM Contact) AND AccountId != null', [2]],
		["AccountId IN (SELECT Id FROM Account WHERE Owner.Name = 'ada')", [1]],
		// Polymorphic owners.
		["Owner.Name = 'moves'", [2]],
		["Owner.Type = 'Queue'", [2]],
		["Owner.Type = 'User'", [1, 3]],
		["Owner.Profile.Name = 'standard user'", [1]],
		// Labels and distances.
		["toLabel(Status) = 'in arbeit'", [3]],
	])('%s finds %j', (where, expected) => {
		expect(numbers(where)).toEqual(expected);
	});

	test('finds places by their distance', () => {
		const near = (distance: string) =>
			org.values(`SELECT Name FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(48.137, 11.575), ${distance}`);
		expect(near("'km') < 505")).toEqual(['Acme']);
		expect(near("'km') < 503")).toEqual([]);
		expect(near("'mi') < 314")).toEqual(['Acme']);
	});

	test('finds rows of the recycle bin for queryAll alone', () => {
		expect(org.query('SELECT COUNT() FROM Case').totalSize).toBe(3);
		expect(org.query('SELECT COUNT() FROM Case', { includeDeleted: true }).totalSize).toBe(4);
	});

	test('keeps the case of a unique field that is case-sensitive', () => {
		const key = { name: 'Key__c', label: 'Key', type: 'string' as const, unique: true, caseSensitive: true };
		const thing = smallOrg([object('Thing__c', [key])], {
			Thing__c: [
				{ Id: 'a01000000000001AAA', Key__c: 'a' },
				{ Id: 'a01000000000002AAA', Key__c: 'A' },
			],
		});
		expect(thing.values("SELECT Id FROM Thing__c WHERE Key__c = 'A'")).toEqual(['a01000000000002AAA']);
	});

	test('takes thousands of values and of conditions', () => {
		const ids = Array.from({ length: 3_000 }, (_, index) => `'5000000000${String(index).padStart(5, '0')}'`);
		expect(org.query(`SELECT Id FROM Case WHERE Id IN (${ids.join(',')})`).totalSize).toBe(3);
		expect(org.query(`SELECT Id FROM Case WHERE ${ids.map((id) => `Id = ${id}`).join(' OR ')}`).totalSize).toBe(3);
	});

	test('does not guess what it cannot run', () => {
		expect(() => org.query('SELECT Id FROM Case WHERE Amount__c + Amount__c > 1')).toThrow(UnsupportedSoql);
		expect(() => org.query('SELECT Id FROM Case USING LOOKUP AccountId')).toThrow(UnsupportedSoql);
		expect(() => org.query('SELECT Id FROM Case BIND a = 1')).toThrow(UnsupportedSoql);
		expect(() => org.query('SELECT TYPEOF Owner WHEN User THEN Profile.Name END FROM Case')).toThrow(UnsupportedSoql);
		expect(() => org.query('SELECT Id FROM Case WITH Something')).toThrow(UnsupportedSoql);
	});
});

describe('any text', () => {
	const notes = smallOrg([object('Note__c', ['Text__c string'])], {});
	const insert = notes.database.prepare(
		'INSERT OR REPLACE INTO "Note__c" ("Id", "IsDeleted", "Text__c") VALUES (?, 0, ?)',
	);
	const id = 'a01000000000001AAA';
	/** As a client writes a value into a query: backslashes, quotes, line ends and other control characters escaped. */
	const escaped = (text: string) =>
		[...text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')]
			.map((letter) => (letter < ' ' ? `\\u00${letter.charCodeAt(0).toString(16).padStart(2, '0')}` : letter))
			.join('');
	const special = fc.constantFrom("'", '\\', '%', '_', '\n', '\r', '\t', 'é', 'É', '😀', '"', ' ');
	const ascii = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }).filter((letter) => letter !== '\0');
	const text = fc.string({ unit: fc.oneof(special, ascii), minLength: 1, maxLength: 20 });

	test('that is stored is found by its escaped form', () => {
		fc.assert(
			fc.property(text, (value) => {
				insert.run(id, value);
				expect(notes.values(`SELECT Text__c FROM Note__c WHERE Text__c = '${escaped(value)}'`)).toEqual([value]);
				expect(notes.values(`SELECT Text__c FROM Note__c WHERE Text__c IN ('${escaped(value)}', 'x')`)).toEqual([
					value,
				]);
			}),
		);
	});

	test('that is stored is found by LIKE, its wildcards escaped too', () => {
		const pattern = (value: string) => escaped(value).replaceAll('%', '\\%').replaceAll('_', '\\_');
		fc.assert(
			fc.property(text, text, (value, rest) => {
				insert.run(id, value + rest);
				expect(notes.values(`SELECT Text__c FROM Note__c WHERE Text__c LIKE '${pattern(value)}%'`)).toEqual([
					value + rest,
				]);
			}),
		);
	});

	test('that is escaped finds nothing else', () => {
		const pattern = (value: string) => escaped(value).replaceAll('%', '\\%').replaceAll('_', '\\_');
		fc.assert(
			fc.property(text, text, (value, other) => {
				fc.pre(value.toLowerCase() !== other.toLowerCase());
				insert.run(id, other);
				expect(notes.values(`SELECT Id FROM Note__c WHERE Text__c = '${escaped(value)}'`)).toEqual([]);
				expect(notes.values(`SELECT Id FROM Note__c WHERE Text__c LIKE '${pattern(value)}'`)).toEqual([]);
			}),
		);
	});
});
