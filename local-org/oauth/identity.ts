import { ok } from '../http';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import type { Row } from '../storage';
import { identityUrl } from './answer';

/** The user's offset from UTC without daylight saving, in milliseconds. */
function utcOffset(timeZone: string): number {
	const winter = new Date(Date.UTC(2026, 0, 1, 12));
	const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
		.formatToParts(winter)
		.find(({ type }) => type === 'timeZoneName')?.value;
	const [, sign, hours, minutes] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name ?? '') ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

function urlsOf(org: Org, userId: string): Record<string, string> {
	const data = `${org.url}/services/data/v{version}`;
	const soap = (letter: string) => `${org.url}/services/Soap/${letter}/{version}/${org.organizationId.slice(0, 15)}`;
	return {
		enterprise: soap('c'),
		metadata: soap('m'),
		partner: soap('u'),
		rest: `${data}/`,
		sobjects: `${data}/sobjects/`,
		search: `${data}/search/`,
		query: `${data}/query/`,
		recent: `${data}/recent/`,
		tooling_soap: soap('T'),
		tooling_rest: `${data}/tooling/`,
		profile: `${org.url}/${userId}`,
		feeds: `${data}/chatter/feeds`,
		groups: `${data}/chatter/groups`,
		users: `${data}/chatter/users`,
		feed_items: `${data}/chatter/feed-items`,
		feed_elements: `${data}/chatter/feed-elements`,
		custom_domain: org.url,
	};
}

const seconds = (stamp: unknown) => String(stamp).replace(/\.\d+Z$/, 'Z');
const photo = (org: Org, letter: string) => `${org.url}/profilephoto/005/${letter}`;
const userOf = (org: Org, id: string): Row => org.storage.find('User', id) ?? {};

/** GET /services/oauth2/userinfo: who the session belongs to, in OpenID's terms. */
export function userinfo(org: Org, { userId }: ApiRequest): ApiResponse {
	const user = userOf(org, userId);
	return ok({
		sub: identityUrl(org, userId),
		user_id: userId,
		organization_id: org.organizationId,
		preferred_username: user.Username,
		nickname: user.CommunityNickname,
		name: user.Name,
		email: user.Email,
		email_verified: true,
		given_name: user.FirstName,
		family_name: user.LastName,
		zoneinfo: user.TimeZoneSidKey,
		photos: { picture: photo(org, 'F'), thumbnail: photo(org, 'T') },
		profile: `${org.url}/${userId}`,
		picture: photo(org, 'F'),
		address: {},
		is_salesforce_integration_user: false,
		urls: urlsOf(org, userId),
		active: user.IsActive === 1,
		user_type: String(user.UserType).toUpperCase(),
		language: user.LanguageLocaleKey,
		locale: user.LocaleSidKey,
		utcOffset: utcOffset(String(user.TimeZoneSidKey)),
		updated_at: seconds(user.LastModifiedDate),
	});
}

/** GET /id/:organization/:user: who the session belongs to, in Salesforce's own terms. */
export function identity(org: Org, { userId }: ApiRequest): ApiResponse {
	const user = userOf(org, userId);
	return ok({
		id: identityUrl(org, userId),
		asserted_user: true,
		user_id: userId,
		organization_id: org.organizationId,
		username: user.Username,
		nick_name: user.CommunityNickname,
		display_name: user.Name,
		email: user.Email,
		email_verified: true,
		first_name: user.FirstName,
		last_name: user.LastName,
		timezone: user.TimeZoneSidKey,
		photos: { picture: photo(org, 'F'), thumbnail: photo(org, 'T') },
		addr_street: user.Street,
		addr_city: user.City,
		addr_state: user.State,
		addr_country: user.Country,
		addr_zip: user.PostalCode,
		mobile_phone: user.MobilePhone,
		mobile_phone_verified: false,
		is_lightning_login_user: false,
		status: { created_date: null, body: null },
		urls: urlsOf(org, userId),
		active: user.IsActive === 1,
		user_type: String(user.UserType).toUpperCase(),
		language: user.LanguageLocaleKey,
		locale: user.LocaleSidKey,
		utcOffset: utcOffset(String(user.TimeZoneSidKey)),
		last_modified_date: seconds(user.LastModifiedDate),
		is_app_installed: true,
	});
}
