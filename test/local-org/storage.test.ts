import { mintedNumber } from '../../local-org/ids';
import { Storage } from '../../local-org/storage';
import { lookup, object } from './soql/support/org';

const OBJECTS = [object('Thing', ['Name string', 'Number int', lookup('OwnerId', 'User')])];

let storage: Storage;
beforeEach(() => {
	storage = new Storage(':memory:', OBJECTS);
});
afterEach(() => storage.close());

/** Writes so many things in one transaction, which fails after them when told to. */
function write(count: number, fails = false): void {
	const work = () => {
		for (let index = 0; index < count; index++) {
			storage.insert('Thing', { Id: storage.nextId('Thing', 'a00'), Name: `N${index}` });
		}
		if (fails) throw new Error('undone');
	};
	if (fails) expect(() => storage.transaction(work)).toThrow('undone');
	else storage.transaction(work);
}

const names = () => storage.all('SELECT "Name" FROM "Thing" ORDER BY "Id"').map(({ Name }) => Name);
const indexes = () =>
	storage.database
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'Thing' AND sql > ''")
		.all();

describe.each([
	['a few rows', 3],
	['the rows of an indexed table', 200],
])('%s', (_what, count) => {
	it('leave nothing in the storage that is opened next', () => {
		write(count);
		storage.mark = 7;
		storage.close();
		storage = new Storage(':memory:', OBJECTS);
		expect([names(), storage.mark, indexes()]).toEqual([[], 0, []]);
		write(1);
		expect(names()).toEqual(['N0']);
	});

	it('that are undone leave the others, and their IDs are not given again', () => {
		write(2);
		write(count, true);
		expect(names()).toEqual(['N0', 'N1']);
		write(1);
		expect(names()).toEqual(['N0', 'N1', 'N0']);
		const [, , last] = storage.all('SELECT "Id" FROM "Thing" ORDER BY "Id"').map(({ Id }) => String(Id));
		expect(mintedNumber(last ?? '')).toBe(count + 3);
	});
});

/** SQLite begins a transaction only where none is under way. */
const begin = () => storage.database.exec('BEGIN; COMMIT');

it('an indexed table waits in no transaction: after each undone row SQLite would read all definitions again', () => {
	expect(begin).toThrow(/within a transaction/);
	write(200);
	expect(indexes()).not.toEqual([]);
	expect(begin).not.toThrow();
	write(5, true);
	expect(begin).not.toThrow();
	expect(names()).toHaveLength(200);
});

it('indexes that were undone come with the next row', () => {
	write(200, true);
	expect(indexes()).toEqual([]);
	write(1);
	expect(indexes()).not.toEqual([]);
});

it('a further field is there for rows that were written before, and not in the next storage', () => {
	write(1);
	storage.addColumn('Thing', { name: 'Color__c', label: 'Color', type: 'string' });
	expect(storage.all('SELECT "Color__c" FROM "Thing"')).toEqual([{ Color__c: null }]);
	storage.close();
	storage = new Storage(':memory:', OBJECTS);
	expect(() => storage.all('SELECT "Color__c" FROM "Thing"')).toThrow(/no such column/);
});
