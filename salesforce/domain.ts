import { OrgError } from './errors';

/**
 * Hosts that Salesforce serves an org's API from. The access token goes to these and to no other.
 * Source: sfdx-core's allow-list, less the hosts that serve only pages, plus `.salesforce.mil`, which it lacks.
 */
const API_SUFFIXES = ['.salesforce.com', '.salesforce.mil', '.sfcrmproducts.cn', '.cloudforce.com'];

/** What people copy from the browser's address bar, and the API host behind each. */
const PAGE_SUFFIXES: ReadonlyArray<readonly [page: string, api: string]> = [
	['.lightning.force.com', '.my.salesforce.com'],
	['.my.salesforce-setup.com', '.my.salesforce.com'],
	['.file.force.com', '.my.salesforce.com'],
	['.vf.force.com', '.my.salesforce.com'],
	['.lightning.crmforce.mil', '.my.salesforce.mil'],
	['.my.salesforce-setup.mil', '.my.salesforce.mil'],
	['.lightning.sfcrmapps.cn', '.my.sfcrmproducts.cn'],
];

/** The suffixes below which an org has its name. */
const MY_DOMAIN_SUFFIXES = ['.my.salesforce.com', '.my.salesforce.mil', '.my.sfcrmproducts.cn'];

/** The parts that Salesforce puts between the name and `.my.salesforce.com`, by kind of org. */
const PARTITIONS = ['sandbox', 'develop', 'scratch', 'trailblaze', 'demo', 'free', 'patch', 'bt'];

/** The log-in hosts of production and of sandboxes, in this order, by the end of an org's address. */
const LOGIN_HOSTS: ReadonlyArray<readonly [suffix: string, production: string, sandbox: string]> = [
	['.cn', 'login.sfcrmproducts.cn', 'test.sfcrmproducts.cn'],
	['', 'login.salesforce.com', 'test.salesforce.com'],
];

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];
const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** An instance such as `na44` or `cs101`, which is a host of its own and not a My Domain name. */
const INSTANCE = /^(?:na|eu|ap|cs|gs|um)\d+$/;

/** An instance of Salesforce's newer infrastructure, such as `usa574` or, of sandboxes, `deu8s`. */
const NEW_INSTANCE = /^[a-z]{3}\d+s?$/;

/** Words of Salesforce's addresses: none is the name of an org. */
const NO_NAMES = new Set('http https www my salesforce sfcrmproducts sandbox develop scratch trailblaze'.split(' '));

/** Salesforce's own sites beside the orgs: `help.salesforce.com`. */
const SITES = new Set('admin api appexchange developer help status trailhead trust welcome'.split(' '));

/** An org's ID, which people take for its name. */
const ORG_ID = /^00d[a-z0-9]{12}(?:[a-z0-9]{3})?$/;

/** Blanks that nobody sees, and what comes along when an address is copied out of a sentence. */
const AROUND = /^[\s"'<(`]+|[\s"'>)`,;.]+$|[\u200b-\u200d\u2060\ufeff]/g;

/** Whether a host is one of the log-in hosts, which serve the password and JWT methods only. */
export function isLoginHost(host: string): boolean {
	return LOGIN_HOSTS.some(([, production, sandbox]) => host === production || host === sandbox);
}

/**
 * Whom a JWT for an org may be meant for, the likeliest first: the org's own address, its log-in host, and the log-in
 * host of the other kind of org.
 *
 * Which one an org wants depends on its kind and its age, and cannot always be told by its address: sandboxes and
 * scratch orgs want test.salesforce.com, Trailhead and Government orgs were seen to refuse their own address
 * (sfdx-core's `getJwtAudienceUrl`; simple-salesforce#711, restforce#674, forcedotcom/cli#1640).
 *
 * @param origin an org's address as `orgUrl` gives it
 */
export function jwtAudiences(origin: string): string[] {
	const { hostname } = new URL(origin);
	const [, production = '', sandbox = ''] = LOGIN_HOSTS.find(([suffix]) => hostname.endsWith(suffix)) ?? [];
	const hosts = isTestOrg(hostname) ? [sandbox, production] : [production, sandbox];
	return [...new Set([origin, ...hosts.map((host) => `https://${host}`)])];
}

/** Whether an org's users log in at the test host, by its address: sandboxes, old and new, and scratch orgs. */
function isTestOrg(host: string): boolean {
	const [name = '', ...rest] = host.split('.');
	return (
		name === 'test' ||
		name.includes('--') ||
		rest.some((part) => part === 'sandbox' || part === 'scratch') ||
		[name, ...rest].some((part) => /^cs\d+$|^[a-z]{3}\d+s$/.test(part))
	);
}

/**
 * The address of an org's API from what a person typed or pasted as its domain.
 *
 * Understood: a My Domain name (`mycompany`, `mycompany--uat`), a name with its partition (`mycompany.develop.my`),
 * a log-in host or an instance without its end (`login`, `na44`), a host, an address with or without a path, and the
 * addresses of the browser in Lightning, Setup, Visualforce and files.
 *
 * @param text what stands in the credential
 * @param allowLoopback whether `http://127.0.0.1:port` and its like are accepted, for an org on this machine
 * @returns an origin without a final slash, `https://mycompany.my.salesforce.com`
 * @throws OrgError `INVALID_DOMAIN` when it is not a Salesforce host over https
 */
export function orgUrl(text: string, allowLoopback: boolean): string {
	const typed = text.replace(AROUND, '').toLowerCase();
	if (typed === '') {
		throw invalidDomain('The domain is empty.', 'Enter your My Domain, such as mycompany.my.salesforce.com');
	}
	const url = parse(/^[a-z]+:\//.test(typed) ? typed : `https://${typed}`);
	if (isLoopback(url.hostname)) return loopbackUrl(url, allowLoopback);
	if (url.protocol !== 'https:') {
		throw invalidDomain('The domain does not begin with https.', 'Salesforce is only reached over https');
	}
	return `https://${apiHost(url.hostname.replace(/\.$/, ''))}`;
}

/**
 * The one rule for every address that the access token may go to: an org's API host over https on the standard port,
 * or, where allowed, loopback.
 *
 * @param address an absolute address, such as a token answer's `instance_url`
 * @returns its origin
 * @throws OrgError `UNTRUSTED_HOST`
 */
export function trustedOrigin(address: string, allowLoopback: boolean): string {
	const url = URL.parse(address);
	const trusted =
		url !== null &&
		url.username === '' &&
		url.password === '' &&
		(isLoopback(url.hostname)
			? allowLoopback
			: url.protocol === 'https:' && url.port === '' && isApiHost(url.hostname));
	if (!trusted) {
		throw new OrgError(
			'UNTRUSTED_HOST',
			'Salesforce named an address that is not one of its own hosts, so nothing was sent there.',
			'Check the domain in the credential, and any proxy between n8n and Salesforce.',
		);
	}
	return url.origin;
}

/** Whether an address is of this machine, as that of a local org. */
export function isLoopbackAddress(address: string): boolean {
	return isLoopback(URL.parse(address)?.hostname ?? '');
}

/**
 * Whether the pages at an address are certainly those of another org: a sandbox's records have the IDs of its production
 * org's. Of a site under a domain of its own, or an old instance such as `na44`, nobody can tell.
 *
 * @param page origin of a page in the browser
 * @param own origin of the org's API
 */
export function isOfAnotherOrg(page: string, own: string): boolean {
	const [its, ours] = [orgName(page), orgName(own)];
	return its !== undefined && ours !== undefined && its !== ours;
}

/** What tells an org from others in its addresses: its My Domain name, or on this machine its port. */
function orgName(origin: string): string | undefined {
	const url = URL.parse(origin);
	if (url === null || isLoopback(url.hostname)) return url?.host;
	const host = withoutPage(url.hostname.replace(/\.my\.site\.com$/, '.my.salesforce.com'));
	return MY_DOMAIN_SUFFIXES.some((suffix) => host.endsWith(suffix)) ? host.split('.')[0] : undefined;
}

/** The hosts that the access token may go to, as n8n's HTTP helper takes them. */
export const ALLOWED_DOMAINS = [...API_SUFFIXES.map((suffix) => `*${suffix}`), ...LOOPBACK_HOSTS].join(',');

function isApiHost(host: string): boolean {
	return API_SUFFIXES.some((suffix) => host.endsWith(suffix));
}

function parse(address: string): URL {
	const url = URL.parse(address);
	if (url === null || url.username !== '' || url.password !== '') {
		throw invalidDomain('The domain is not an address.', 'Enter it like mycompany.my.salesforce.com');
	}
	return url;
}

function isLoopback(host: string): boolean {
	return LOOPBACK_HOSTS.includes(host);
}

function loopbackUrl(url: URL, allowed: boolean): string {
	if (allowed) return url.origin;
	throw invalidDomain(
		'The domain is an address of this machine.',
		'To use an org on this machine, switch on "Allow an Org on This Machine" in the credential',
	);
}

function apiHost(typed: string): string {
	const host = withoutPage(completed(typed));
	if (isLoginHost(host)) return host;
	const [name = '', ...rest] = host.split('.');
	const isBelowSalesforce = rest.join('.') === 'salesforce.com';
	if (host !== 'salesforce.com' && !isApiHost(host)) {
		throw invalidDomain(
			'The domain is not a Salesforce address.',
			'Copy it from Setup > My Domain; it looks like mycompany.my.salesforce.com',
		);
	}
	if (NO_NAMES.has(name) || ORG_ID.test(name) || (isBelowSalesforce && SITES.has(name))) {
		throw invalidDomain(
			'The domain lacks the name of the org.',
			'Copy it from Setup > My Domain; it looks like mycompany.my.salesforce.com',
		);
	}
	if (isBelowSalesforce && NAME.test(name)) {
		// `mycompany.salesforce.com` is the My Domain address of the years before `.my.`.
		return INSTANCE.test(name) || NEW_INSTANCE.test(name) ? host : `${name}.my.salesforce.com`;
	}
	return host;
}

/** A host from a bare name: the rest of the address is Salesforce's own and need not be typed. */
function completed(host: string): string {
	if (host === 'login' || host === 'test' || INSTANCE.test(host)) return `${host}.salesforce.com`;
	if (NAME.test(host)) return inSandbox(`${host}.my.salesforce.com`);
	if (host.endsWith('.my')) return `${host}.salesforce.com`;
	if (PARTITIONS.some((partition) => host.endsWith(`.${partition}`))) return `${host}.my.salesforce.com`;
	return host;
}

/** The API host of the org that a page of the browser is of; any other host as it is. */
function withoutPage(host: string): string {
	for (const [page, api] of PAGE_SUFFIXES) {
		// A Visualforce page's name ends in its package: `mycompany--c`, `mycompany--uat--c`.
		const org = page === '.vf.force.com' ? host.replace(/^(.+?)--[a-z0-9_]+(?=\.)/, '$1') : host;
		if (org.endsWith(page)) return inSandbox(org.slice(0, -page.length) + api);
	}
	return host;
}

/** A sandbox's host with the partition that all sandboxes have had since enhanced domains came, 2023. */
function inSandbox(host: string): string {
	const suffix = MY_DOMAIN_SUFFIXES.find((end) => host.endsWith(end)) ?? '';
	const name = host.slice(0, -suffix.length);
	return NAME.test(name) && name.includes('--') ? `${name}.sandbox${suffix}` : host;
}

function invalidDomain(what: string, remedy: string): OrgError {
	return new OrgError('INVALID_DOMAIN', what, `${remedy}.`);
}
