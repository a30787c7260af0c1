import { RecordShaper } from '../../nodes/shared/recordShape';

const columns = { attributes: false, columns: true, isoDates: false };

describe('RecordShaper', () => {
	it.each([
		[['Owner.Name', 'Account.Owner.Alias'], { Owner: null }, { 'Owner.Name': null }],
		[['owner.name'], { Owner: null }, { 'owner.name': null }],
		[['owner.name'], { Owner: { Name: 'Ada', Alias: null } }, { 'owner.name': 'Ada', 'Owner.Alias': null }],
		[['Account.Owner.Alias'], { Account: { Owner: null } }, { 'Account.Owner.Alias': null }],
		[['Account.Name', 'Account.Owner.Alias'], { Account: null }, { 'Account.Name': null, 'Account.Owner.Alias': null }],
		[['Owner.Name'], { Name: null }, { Name: null }],
	])('with %j selected makes columns of %j', (parentFields, record, item) => {
		expect(new RecordShaper(columns, parentFields).item(record)).toEqual(item);
	});

	it('gives children the same shape as their parent', () => {
		const children = {
			totalSize: 1,
			done: true,
			records: [{ attributes: {}, Owner: { attributes: {}, Name: 'Ada' }, At: '2026-05-01T07:25:37.000+0000' }],
		};
		expect(new RecordShaper({ ...columns, isoDates: true }).item({ Cases: children })).toEqual({
			Cases: [{ 'Owner.Name': 'Ada', At: '2026-05-01T07:25:37.000Z' }],
		});
	});

	it('keeps attributes of parents and children on request', () => {
		const attributes = { type: 'User', url: '/u' };
		const record = { attributes, Owner: { attributes, Name: 'Ada' } };
		expect(new RecordShaper({ attributes: true, columns: false, isoDates: false }).item(record)).toEqual(record);
	});
});
