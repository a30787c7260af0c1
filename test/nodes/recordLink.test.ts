import { readRecordLink } from '../../salesforce/recordLink';

const ID = '5005g00000AbCdEAAV';
const USER = '0055g00000AbCdEAAV';
const host = 'https://mycompany.lightning.force.com';

describe('a link', () => {
	it.each<[string, { id: string; object?: string }]>([
		[`${host}/lightning/r/Case/${ID}/view`, { id: ID, object: 'Case' }],
		[`${host}/lightning/r/${ID}/view`, { id: ID }],
		[`${host}/lightning/r/Case/5005g00000AbCdE/edit?count=1`, { id: ID, object: 'Case' }],
		[`${host}/lightning/r/Case/${ID}/related/CaseComments/view`, { id: ID, object: 'Case' }],
		[
			`${host}/lightning/r/Case/${ID}/view?ws=%2Flightning%2Fr%2FAccount%2F0015g00000AbCdEAAV%2Fview`,
			{ id: ID, object: 'Case' },
		],
		[`${host}/lightning/cmp/c__Move?c__recordId=${ID}`, { id: ID }],
		[`${host}/one/one.app#/sObject/${ID}/view`, { id: ID }],
		[
			`${host}/lightning/setup/ManageUsers/page?address=%2F${USER}%3Fnoredirect%3D1%26isUserEntityOverride%3D1`,
			{ id: USER },
		],
		[`https://mycompany.my.salesforce-setup.com/lightning/setup/ManageUsers/page?address=%252F${USER}`, { id: USER }],
		[`https://mycompany.my.salesforce.com/${ID}`, { id: ID }],
		[`https://mycompany.my.salesforce.com/${ID}/e?retURL=%2F${USER}`, { id: ID }],
		[`https://mycompany.my.salesforce.com/console#%2F${ID}`, { id: ID }],
		[`https://mycompany.my.site.com/support/s/case/${ID}/new-chair`, { id: ID }],
		[`https://mycompany.my.site.com/s/detail/${ID}`, { id: ID }],
		[`https://mycompany.my.site.com/s/contactsupport?recordId=${ID}&language=en`, { id: ID }],
		[` ${ID} `, { id: ID }],
		['5005g00000AbCdE', { id: ID }],
	])('%s leads to a record', (link, record) => {
		expect(readRecordLink(link)).toEqual(record);
	});

	it.each([
		'',
		'Case',
		`${host}/lightning/o/Case/list?filterName=Recent`,
		`${host}/lightning/page/home`,
		`${host}/lightning/r/Case/5005g00000AbCdEAAA/view`,
		`${host}/lightning/setup/SetupOneHome/home`,
		'https://mycompany.my.site.com/s/case/accountsettings/view',
		'accountsettings',
		`${host}/lightning/r/Case/%E0%A4%A/view`,
	])('%j leads to none', (link) => {
		expect(readRecordLink(link)).toBeUndefined();
	});
});
