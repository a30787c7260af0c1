import { STANDARD_OBJECTS } from '../../local-org/schema/objects';
import { isFieldGap } from '../../local-org/schema/fieldGaps';
import { isStandardObject } from '../../local-org/schema/standardNames';
import { ingestJobs } from './support/bulk';
import { useOrg } from './support/client';

const at = useOrg();
const refused = () => at.org.refused.splice(0);
const ask = (soql: string, api = 'query') => at.call('GET', `${api}?q=${encodeURIComponent(soql)}`);

describe('what real orgs have and this one has not', () => {
	it.each([
		['GET', 'sobjects/Campaign/describe', 'object Campaign'],
		['POST', 'sobjects/Order', 'object Order'],
		['GET', 'sobjects/campaign', 'object campaign'],
		['GET', 'sobjects/relevantItems', 'GET /services/data/v66.0/sobjects/relevantItems'],
		['POST', 'sobjects/Moved__e', 'object Moved__e'],
		['GET', 'sobjects/Region__mdt/describe', 'object Region__mdt'],
		['GET', 'tooling/sobjects/ValidationRuleX/describe', undefined],
		['GET', 'tooling/sobjects/TraceFlag/describe', 'object TraceFlag'],
		['GET', 'sobjects/TraceFlag/describe', undefined],
		['GET', 'limits/recordCount?sObjects=Product2', 'object Product2'],
		['GET', 'sobjects/Account/001Lo0000000001IAA?fields=Jigsaw', 'field Account.Jigsaw'],
		['PATCH', 'sobjects/Account/DunsNumber/1', 'field Account.DunsNumber'],
	])('is written down: %s %s', async (method, path, what) => {
		if (path.includes('001Lo')) at.org.seed({ Account: [{ Id: '001Lo0000000001IAA', Name: 'x' }] });
		expect((await at.call(method, path, method === 'GET' ? undefined : {})).status).toBeGreaterThanOrEqual(
			path.startsWith('limits') ? 200 : 400,
		);
		expect(refused()).toEqual(what === undefined ? [] : [what]);
	});

	it.each([
		['SELECT Id FROM Campaign', 'object Campaign'],
		['SELECT Id FROM Case WHERE AccountId IN (SELECT AccountId FROM Contract)', 'object Contract'],
		['SELECT Jigsaw FROM Account', 'field Account.Jigsaw'],
		['SELECT Account.YearStarted FROM Contact', 'field Account.YearStarted'],
		['SELECT BusinessHours.Name FROM Case', 'field Case.BusinessHoursId'],
		['SELECT Pricebook2.Name FROM Opportunity', 'object Pricebook2'],
		['SELECT MiddleName FROM Lead', 'field Lead.MiddleName'],
		['SELECT Contract.Status FROM Opportunity', 'field Opportunity.ContractId'],
		['SELECT TextPreview FROM ContentVersion', 'field ContentVersion.TextPreview'],
		['SELECT ParentId FROM ContentDocument', 'field ContentDocument.ParentId'],
		['SELECT IsEncrypted FROM Attachment', 'field Attachment.IsEncrypted'],
		['SELECT EventWhoIds FROM Event', 'field Event.EventWhoIds'],
		['SELECT TaskWhoIds FROM Task', 'field Task.TaskWhoIds'],
		['SELECT (SELECT Id FROM UserPreferences) FROM User', 'child relationship User.userpreferences'],
		['SELECT (SELECT Id FROM Orders) FROM Account', 'child relationship Account.orders'],
		['SELECT PermissionsMassInlineEdit FROM PermissionSet', 'field PermissionSet.PermissionsMassInlineEdit'],
	])('is written down: %s', async (soql, what) => {
		expect((await ask(soql)).status).toBe(400);
		expect(refused()).toEqual([what]);
	});

	it.each([
		[{ type: 'Html', length: 300, visibleLines: 3 }, 'Case.Html__c: a custom field of type Html'],
		[{ type: 'Text', formula: 'VLOOKUP(1, 2, 3)' }, 'Case.Html__c: VLOOKUP in a formula'],
		[{ type: 'Text', formula: 'Account.Name' }, 'Case.Html__c: Account.Name in a formula'],
	])('is written down: a custom field as %j', async (metadata, what) => {
		const { status, body } = await at.call('POST', 'tooling/sobjects/CustomField', {
			FullName: 'Case.Html__c',
			Metadata: { label: 'Html', ...metadata },
		});
		expect(status).toBe(400);
		expect(body).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
		expect(refused()).toEqual([what]);
	});

	it('is written down: an answer in XML', async () => {
		const ask = async (accept: string) => (await at.call('GET', 'limits', undefined, { accept })).status;
		for (const accept of ['application/json', '*/*', 'text/html, application/xml;q=0.9, */*;q=0.8'])
			expect(await ask(accept)).toBe(200);
		expect(await ask('application/xml')).toBe(406);
		expect(refused()).toEqual(['application/xml wanted: GET /services/data/v66.0/limits']);
	});

	it('is written down: a compressed body', async () => {
		const post = async (encoding: string) =>
			(await at.call('POST', 'sobjects/Case', {}, { 'content-encoding': encoding })).status;
		expect([await post('identity'), await post('gzip')]).toEqual([201, 415]);
		expect(refused()).toEqual(['gzip body: POST /services/data/v66.0/sobjects/Case']);
	});

	it('is written down once, wherever it is named', async () => {
		await at.call('POST', 'sobjects/Case', { BusinessHoursId: '01mLo0000000001AAA' });
		await at.call('POST', 'composite/sobjects', {
			records: [
				{ attributes: { type: 'Case' }, BusinessHoursId: 'x' },
				{ attributes: { type: 'Case' }, BusinessHoursId: 'y' },
				{ attributes: { type: 'Campaign' }, Name: 'x' },
			],
		});
		await ingestJobs(at).run({}, 'Subject,SlaExitDate\nx,\n');
		await ingestJobs(at).open({ object: 'Product2' });
		await ask('SELECT Id FROM ApexCodeCoverage', 'tooling/query');
		await at.call('GET', `search?q=${encodeURIComponent('FIND {chair} RETURNING Solution')}`);
		expect(refused()).toEqual([
			'field Case.BusinessHoursId',
			'object Campaign',
			'field Case.SlaExitDate',
			'object Product2',
			'object ApexCodeCoverage',
			'object Solution',
		]);
	});

	it('is not what a caller has misspelt, nor what is hidden', async () => {
		for (const soql of [
			'SELECT Id FROM Kampaign',
			'SELECT Subjekt FROM Case',
			'SELECT Nothing__c FROM Case',
			'SELECT Id FROM Nothing__c',
			'SELECT (SELECT Id FROM Chairs) FROM Account',
		])
			expect((await ask(soql)).status).toBe(400);
		at.org.settings.hiddenObjects = ['Contact'];
		at.org.settings.hiddenFields = ['Case.Subject'];
		expect((await ask('SELECT Id FROM Contact')).status).toBe(400);
		expect((await ask('SELECT Subject FROM Case')).status).toBe(400);
		expect(refused()).toEqual([]);
	});

	it('is not what this one has', () => {
		for (const object of STANDARD_OBJECTS)
			for (const { name } of object.fields) expect([object.name, name, isFieldGap(object, name)]).toContain(false);
		for (const name of ['Case', 'caseFeed', 'AccountHistory', 'ContactChangeEvent'])
			expect(isStandardObject(name)).toBe(true);
		for (const name of ['Whizbang', 'Whizbang__c', 'Caze', 'HistoryX']) expect(isStandardObject(name)).toBe(false);
	});
});
