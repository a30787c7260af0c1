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
	['.lightning.crmforce.mil', '.my.salesforce.mil'],
	['.my.salesforce-setup.mil', '.my.salesforce.mil'],
	['.lightning.sfcrmapps.cn', '.my.sfcrmproducts.cn'],
];

/** The parts that Salesforce puts between the name and `.my.salesforce.com`, by kind of org. */
const PARTITIONS = ['sandbox', 'develop', 'scratch', 'trailblaze', 'demo', 'free', 'patch', 'bt'];

const LOGIN_HOSTS = ['login.salesforce.com', 'test.salesforce.com'];
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];
const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** An instance such as `na44` or `cs101`, which is a host of its own and no My Domain name. */
const INSTANCE = /^[a-z]{2,4}\d+s?$/;

/** Whether a host is one of the two log-in hosts, which serve the password and JWT methods only. */
export function isLoginHost(host: string): boolean {
	return LOGIN_HOSTS.includes(host);
}

/** The log-in host that serves an org: that of sandboxes or that of all others. */
export function loginUrl(orgAddress: string): string {
	return `https://${orgAddress.includes('.sandbox.') ? 'test' : 'login'}.salesforce.com`;
}

/**
 * The address of an org's API from what a person typed or pasted as its domain.
 *
 * Understood: a My Domain name (`mycompany`, `mycompany--uat`), a name with its partition (`mycompany.develop.my`),
 * a host, an address with or without a path, and the Lightning and Setup addresses of the browser.
 *
 * @param text what stands in the credential
 * @param allowLoopback whether `http://127.0.0.1:port` and its like are accepted, for an org on this machine
 * @returns an origin without a final slash, `https://mycompany.my.salesforce.com`
 * @throws OrgError `INVALID_DOMAIN` when it is not a Salesforce host over https
 */
export function orgUrl(text: string, allowLoopback: boolean): string {
	const typed = text.trim().toLowerCase();
	if (typed === '') {
		throw invalidDomain('The domain is empty.', 'Enter your My Domain, such as mycompany.my.salesforce.com');
	}
	const url = parse(typed.includes('://') ? typed : `https://${typed}`);
	if (isLoopback(url.hostname)) return loopbackUrl(url, allowLoopback);
	if (url.protocol !== 'https:') {
		throw invalidDomain('The domain does not begin with https.', 'Salesforce is only reached over https');
	}
	return `https://${apiHost(url.hostname)}`;
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

function apiHost(host: string): string {
	const full = completed(host);
	for (const [page, api] of PAGE_SUFFIXES) {
		if (full.endsWith(page)) return full.slice(0, -page.length) + api;
	}
	const name = full.slice(0, -'.salesforce.com'.length);
	if (full.endsWith('.salesforce.com') && NAME.test(name)) {
		// `mycompany.salesforce.com` is the My Domain address of the years before `.my.`.
		return isLoginHost(full) || INSTANCE.test(name) ? full : `${name}.my.salesforce.com`;
	}
	if (isApiHost(full)) return full;
	throw invalidDomain(
		'The domain is not a Salesforce address.',
		'Copy it from Setup > My Domain; it looks like mycompany.my.salesforce.com',
	);
}

/** A host from a bare name: the rest of the address is Salesforce's own and need not be typed. */
function completed(host: string): string {
	if (NAME.test(host)) {
		return `${host}${host.includes('--') ? '.sandbox' : ''}.my.salesforce.com`;
	}
	if (host.endsWith('.my')) return `${host}.salesforce.com`;
	if (PARTITIONS.some((partition) => host.endsWith(`.${partition}`))) return `${host}.my.salesforce.com`;
	return host;
}

function invalidDomain(what: string, remedy: string): OrgError {
	return new OrgError('INVALID_DOMAIN', what, `${remedy}.`);
}
