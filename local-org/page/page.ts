import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import type { ObjectSchema } from '../schema/types';
import { callPage, callRow, objectsOf } from './calls';
import { page } from './frame';
import { counted, html } from './html';
import type { Html } from './html';
import { count, objectLink, objectPage, recordPage } from './records';

/** The page of an address that a person opens in a browser; undefined for every other. */
export function pageFor(org: Org, { method, path, query }: ApiRequest): ApiResponse | undefined {
	if (method !== 'GET') return undefined;
	const address = path.split('?')[0] ?? '';
	if (address === '/') return home(org, query.get('object') ?? undefined);
	const [, call] = /^\/calls\/(\d+)$/.exec(address) ?? [];
	const found = call === undefined ? undefined : org.log.find(Number(call));
	if (found) return callPage(found);
	const [, listed] = /^\/objects\/(\w+)$/.exec(address) ?? [];
	const [, named, id] = /^\/lightning\/r\/(\w+)\/(\w{18})\/view$/.exec(address) ?? [];
	const object = org.catalog.object(listed ?? named ?? '');
	if (!object) return undefined;
	return id === undefined ? objectPage(org, object) : recordPage(org, object, id);
}

/** The objects that have records, and the newest calls: all, or those that name one object. */
function home(org: Org, only: string | undefined): ApiResponse {
	const calls = org.log.newest().map((call) => ({ call, objects: objectsOf(org, call) }));
	const names = [...new Set(calls.flatMap(({ objects }) => [...objects]))].sort();
	const shown = calls.filter(({ objects }) => only === undefined || objects.has(only));
	return page(
		'Salesforce org on this machine',
		html`<h1>Salesforce org on this machine</h1>
			<p id="counts" data-live>${counted(org.apiCalls, 'API call')}, ${counted(org.logIns, 'log-in')}.</p>
			<div class="columns">
				<section>
					<h2>Records</h2>
					<table id="objects" data-live>
						${objectRows(org)}
					</table>
				</section>
				<section>
					<h2>Calls, the newest first</h2>
					<nav id="filter" data-live>
						${filterLink('All', undefined, only)}${names.map((name) => filterLink(name, name, only))}
					</nav>
					<div id="calls" data-live>
						${shown.length > 0 ? shown.map(({ call }) => callRow(call)) : html`<p>None yet.</p>`}
					</div>
				</section>
			</div>`,
	);
}

function filterLink(text: string, object: string | undefined, only: string | undefined): Html {
	const address = object === undefined ? '/' : `/?object=${object}`;
	return object === only
		? html`<a href="${address}" aria-current="true">${text}</a>`
		: html`<a href="${address}">${text}</a>`;
}

/** What people keep comes before what an admin sets up. */
function objectRows(org: Org): Html[] {
	return org.catalog
		.objects()
		.map((object) => ({ object, records: count(org, object) }))
		.filter(({ records }) => records > 0)
		.sort((a, b) => Number(a.object.setup) - Number(b.object.setup) || byLabel(a.object, b.object))
		.map(
			({ object, records }) =>
				html`<tr>
					<td>${objectLink(object)}</td>
					<td class="number">${records}</td>
				</tr>`,
		);
}

const byLabel = (a: ObjectSchema, b: ObjectSchema): number => a.labelPlural.localeCompare(b.labelPlural);
