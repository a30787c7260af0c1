import { isOfAnotherOrg, jwtAudiences, orgUrl, trustedOrigin } from '../../salesforce/domain';

describe('orgUrl', () => {
	it.each([
		['mycompany', 'https://mycompany.my.salesforce.com'],
		['mycompany--uat', 'https://mycompany--uat.sandbox.my.salesforce.com'],
		['mycompany.my.salesforce.com', 'https://mycompany.my.salesforce.com'],
		['  https://MyCompany.my.salesforce.com/  ', 'https://mycompany.my.salesforce.com'],
		['https://mycompany.salesforce.com/', 'https://mycompany.my.salesforce.com'],
		['mycompany.my', 'https://mycompany.my.salesforce.com'],
		['mycompany-dev-ed.develop.my', 'https://mycompany-dev-ed.develop.my.salesforce.com'],
		['mycompany-dev-ed.develop', 'https://mycompany-dev-ed.develop.my.salesforce.com'],
		['x.scratch.my.salesforce.com', 'https://x.scratch.my.salesforce.com'],
		['x.trailblaze.my.salesforce.com/home', 'https://x.trailblaze.my.salesforce.com'],
		['x--uat.sandbox.my.salesforce.com', 'https://x--uat.sandbox.my.salesforce.com'],
		['https://x.lightning.force.com/lightning/page/home', 'https://x.my.salesforce.com'],
		['https://x--uat.sandbox.lightning.force.com', 'https://x--uat.sandbox.my.salesforce.com'],
		['https://x.my.salesforce-setup.com/lightning/setup/SetupOneHome/home', 'https://x.my.salesforce.com'],
		['agency.my.salesforce.mil', 'https://agency.my.salesforce.mil'],
		['agency.lightning.crmforce.mil', 'https://agency.my.salesforce.mil'],
		['x.my.sfcrmproducts.cn', 'https://x.my.sfcrmproducts.cn'],
		['x.lightning.sfcrmapps.cn', 'https://x.my.sfcrmproducts.cn'],
		['login.salesforce.com', 'https://login.salesforce.com'],
		['https://test.salesforce.com', 'https://test.salesforce.com'],
		['na44.salesforce.com', 'https://na44.salesforce.com'],
		['login', 'https://login.salesforce.com'],
		['test', 'https://test.salesforce.com'],
		['na44', 'https://na44.salesforce.com'],
		['cs101', 'https://cs101.salesforce.com'],
		['acme1', 'https://acme1.my.salesforce.com'],
		['usa574.salesforce.com', 'https://usa574.salesforce.com'],
		['login.sfcrmproducts.cn', 'https://login.sfcrmproducts.cn'],
		['mycompany--uat.lightning.force.com', 'https://mycompany--uat.sandbox.my.salesforce.com'],
		['mycompany--uat.my.salesforce-setup.com', 'https://mycompany--uat.sandbox.my.salesforce.com'],
		['x--uat.lightning.sfcrmapps.cn', 'https://x--uat.sandbox.my.sfcrmproducts.cn'],
		['mycompany--c.vf.force.com/apex/Page', 'https://mycompany.my.salesforce.com'],
		['mycompany--uat--c.sandbox.vf.force.com', 'https://mycompany--uat.sandbox.my.salesforce.com'],
		['mycompany.file.force.com', 'https://mycompany.my.salesforce.com'],
		['mycompany--uat.my.salesforce.com', 'https://mycompany--uat.my.salesforce.com'],
		['https:/mycompany.my.salesforce.com', 'https://mycompany.my.salesforce.com'],
		['mycompany.my.salesforce.com.', 'https://mycompany.my.salesforce.com'],
		['"mycompany.my.salesforce.com",', 'https://mycompany.my.salesforce.com'],
		['<https://mycompany.my.salesforce.com>', 'https://mycompany.my.salesforce.com'],
		['\u200bmycompany.my.salesforce.com\ufeff', 'https://mycompany.my.salesforce.com'],
		['https://mycompany.my.salesforce.com:443/services/oauth2/token?x=1', 'https://mycompany.my.salesforce.com'],
		['https://login.salesforce.com/?locale=de', 'https://login.salesforce.com'],
	])('understands %j', (typed, url) => {
		expect(orgUrl(typed, false)).toBe(url);
	});

	it.each([
		['', 'The domain is empty.'],
		['   ', 'The domain is empty.'],
		['http://mycompany.my.salesforce.com', 'does not begin with https'],
		['ftp://mycompany.my.salesforce.com', 'does not begin with https'],
		['https://example.com', 'not a Salesforce address'],
		['salesforce.com.example.com', 'not a Salesforce address'],
		['mysalesforce.com', 'not a Salesforce address'],
		['x.my.salesforce.com.evil.test', 'not a Salesforce address'],
		['https://user:secret@x.my.salesforce.com', 'not an address'],
		['https://', 'not an address'],
		['my.salesforce.com', 'lacks the name of the org'],
		['https://my.salesforce.com/', 'lacks the name of the org'],
		['my', 'lacks the name of the org'],
		['salesforce.com', 'lacks the name of the org'],
		['www.salesforce.com', 'lacks the name of the org'],
		['sandbox.my.salesforce.com', 'lacks the name of the org'],
		['help.salesforce.com', 'lacks the name of the org'],
		['https//mycompany.my.salesforce.com', 'lacks the name of the org'],
		['00D5g000004HRaZEAW', 'lacks the name of the org'],
		['lightning.force.com', 'not a Salesforce address'],
		['mycompany.my.site.com', 'not a Salesforce address'],
		['mycompany.my.salesforce', 'not a Salesforce address'],
		['mycompany.com', 'not a Salesforce address'],
		['user@mycompany.com', 'not an address'],
		['my company', 'not an address'],
		['127.0.0.1:8080', 'address of this machine'],
		['http://localhost:8080', 'address of this machine'],
	])('refuses %j', (typed, message) => {
		expect(() => orgUrl(typed, false)).toThrow(message);
	});

	it('accepts this machine where that is switched on', () => {
		expect(orgUrl('http://127.0.0.1:8080/', true)).toBe('http://127.0.0.1:8080');
		expect(orgUrl('http://localhost:8080/x', true)).toBe('http://localhost:8080');
	});
});

describe('a JWT', () => {
	const LOGIN = 'https://login.salesforce.com';
	const TEST = 'https://test.salesforce.com';

	it.each([
		['https://x.my.salesforce.com', [LOGIN, TEST]],
		['https://x-dev-ed.develop.my.salesforce.com', [LOGIN, TEST]],
		['https://x-dev-ed.trailblaze.my.salesforce.com', [LOGIN, TEST]],
		['https://agency.my.salesforce.mil', [LOGIN, TEST]],
		['https://na44.salesforce.com', [LOGIN, TEST]],
		['https://x--uat.sandbox.my.salesforce.com', [TEST, LOGIN]],
		['https://x.scratch.my.salesforce.com', [TEST, LOGIN]],
		['https://x--uat.my.salesforce.com', [TEST, LOGIN]],
		['https://x--uat.cs101.my.salesforce.com', [TEST, LOGIN]],
		['https://cs101.salesforce.com', [TEST, LOGIN]],
		['https://cs101.my.salesforce.com', [TEST, LOGIN]],
		['https://x.my.sfcrmproducts.cn', ['https://login.sfcrmproducts.cn', 'https://test.sfcrmproducts.cn']],
		['https://x--uat.sandbox.my.sfcrmproducts.cn', ['https://test.sfcrmproducts.cn', 'https://login.sfcrmproducts.cn']],
	])('for %s may be meant for it, then for %j', (origin, hosts) => {
		expect(jwtAudiences(origin)).toEqual([origin, ...hosts]);
	});

	it.each([
		[LOGIN, [LOGIN, TEST]],
		[TEST, [TEST, LOGIN]],
	])('for %s is meant for %j', (origin, audiences) => {
		expect(jwtAudiences(origin)).toEqual(audiences);
	});
});

describe('trustedOrigin', () => {
	it('gives the origin of a Salesforce address', () => {
		expect(trustedOrigin('https://x.my.salesforce.com/services', false)).toBe('https://x.my.salesforce.com');
	});

	it.each([
		'http://x.my.salesforce.com',
		'https://x.my.salesforce.com:8443',
		'https://x.my.salesforce.com@evil.test',
		'https://salesforce.com.evil.test',
		'https://evilsalesforce.com',
		'http://127.0.0.1:80',
		'//evil.test',
		'nonsense',
	])('sends nothing to %s', (address) => {
		expect(() => trustedOrigin(address, false)).toThrow('nothing was sent there');
	});
});

describe('a page of the browser', () => {
	const acme = 'https://acme.my.salesforce.com';
	const uat = 'https://acme--uat.sandbox.my.salesforce.com';

	it.each([
		['https://acme.lightning.force.com', acme],
		['https://ACME.my.salesforce-setup.com', acme],
		['https://acme--c.vf.force.com', acme],
		['https://acme.my.site.com', acme],
		['https://acme--uat.sandbox.lightning.force.com', uat],
		['https://acme--uat.lightning.force.com', 'https://acme--uat.cs101.my.salesforce.com'],
		['https://acme--uat.sandbox.my.site.com', 'https://acme--uat.my.salesforce.com'],
		['https://support.acme.example', acme],
		['https://na44.salesforce.com', acme],
		['https://acme.lightning.force.com', 'https://na44.salesforce.com'],
		['http://localhost:5678', 'http://localhost:5678'],
	])('%s may be of the org at %s', (page, own) => {
		expect(isOfAnotherOrg(page, own)).toBe(false);
	});

	it.each([
		['https://acme--uat.sandbox.lightning.force.com', acme],
		['https://acme.lightning.force.com', uat],
		['https://acme--uat.sandbox.my.site.com', acme],
		['https://umbrella.lightning.force.com', acme],
		['https://acme.lightning.force.com', 'http://127.0.0.1:5678'],
		['http://127.0.0.1:1', 'http://127.0.0.1:2'],
	])('%s is of another org than %s', (page, own) => {
		expect(isOfAnotherOrg(page, own)).toBe(true);
	});
});
