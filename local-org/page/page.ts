import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import { showRecord, type RecordJson } from '../records/show';
import type { ObjectSchema } from '../schema/types';
import { escapeHtml } from './html';

/** Calls that the log shows, and records that a list shows; the newest first. */
const CALLS_SHOWN = 100;
const RECORDS_SHOWN = 200;

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#181818}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}a{color:#0b5cab}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}
th{background:#f3f3f3}.list td,.list th{white-space:nowrap;max-width:18rem;overflow:hidden;text-overflow:ellipsis}.bad{color:#b00020}.scroll{overflow-x:auto}code{font-size:.9em}`;

/** A page that loads itself again, so that what happens in the org is seen as it happens. */
function page(title: string, content: string, seconds = 2): ApiResponse {
	return {
		status: 200,
		contentType: 'text/html; charset=UTF-8',
		text: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="${seconds}">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1>${content}</body></html>`,
	};
}

const cells = (tag: 'td' | 'th', values: string[]) =>
	`<tr>${values.map((value) => `<${tag}>${value}</${tag}>`).join('')}</tr>`;
const table = (head: string[], rows: string[][], kind = '') =>
	`<div class="scroll"><table class="${kind}">${cells('th', head)}${rows.map((row) => cells('td', row)).join('')}</table></div>`;

function objectLink({ name, labelPlural }: ObjectSchema): string {
	return `<a href="/objects/${name}">${escapeHtml(labelPlural)}</a>`;
}

const recordPath = (object: string, id: unknown) => `/lightning/r/${object}/${String(id)}/view`;

/** The objects that have records, and the log of calls. */
function home(org: Org): ApiResponse {
	const counted = org.catalog
		.objects()
		.map((object) => ({ object, count: count(org, object) }))
		.filter((one) => one.count > 0)
		.sort((a, b) => Number(a.object.setup) - Number(b.object.setup) || a.object.name.localeCompare(b.object.name));
	const calls = org.calls
		.slice(-CALLS_SHOWN)
		.reverse()
		.map(({ method, path, status, records }) => [
			escapeHtml(method),
			`<code>${escapeHtml(readable(path))}</code>`,
			`<span${status >= 400 || status === 0 ? ' class="bad"' : ''}>${status === 0 ? 'cut' : status}</span>`,
			String(records ?? ''),
		]);
	return page(
		'Salesforce org on this machine',
		`<p>${org.apiCalls} API calls, ${org.logIns} log-ins.</p>
<h2>Records</h2>${table(
			['Object', 'Records'],
			counted.map(({ object, count: n }) => [objectLink(object), String(n)]),
		)}
<h2>Calls</h2>${table(['Method', 'Address', 'Status', 'Records'], calls)}`,
	);
}

/** An address as people read it; one that cannot be decoded stays as it is. */
function readable(path: string): string {
	try {
		return decodeURIComponent(path.replaceAll('+', ' '));
	} catch {
		return path;
	}
}

const living = ({ fields }: ObjectSchema) =>
	fields.some(({ name }) => name === 'IsDeleted') ? 'WHERE "IsDeleted" = 0' : '';

function count(org: Org, object: ObjectSchema): number {
	return Number(org.storage.all(`SELECT count(*) AS n FROM "${object.name}" ${living(object)}`)[0]?.n);
}

/** What every record has and nobody looks for in a list. */
const NOT_LISTED = ['Id', 'OwnerId', 'CreatedById', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];

/** A value as people read it. */
const show = (value: unknown) =>
	typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

/** The newest records of an object, without the columns that are empty in all of them. */
function objectPage(org: Org, object: ObjectSchema): ApiResponse {
	const records: RecordJson[] = org.storage
		.all(`SELECT * FROM "${object.name}" ${living(object)} ORDER BY "Id" DESC LIMIT ${RECORDS_SHOWN}`)
		.map((row) => showRecord(row, object));
	const columns = object.fields
		.map(({ name }) => name)
		.filter(
			(name) => !NOT_LISTED.includes(name) && records.some((record) => record[name] !== null && record[name] !== false),
		);
	const rows = records.map((record) => [
		`<a href="${recordPath(object.name, record.Id)}">${escapeHtml(record.Id)}</a>`,
		...columns.map((name) => escapeHtml(show(record[name]))),
	]);
	return page(
		`${object.labelPlural} (${count(org, object)})`,
		`<p><a href="/">All objects</a></p>${table(['Id', ...columns], rows, 'list')}`,
	);
}

/** One record, field by field. */
function recordPage(org: Org, object: ObjectSchema, id: string): ApiResponse | undefined {
	const row = org.storage.find(object.name, id);
	if (!row) return undefined;
	const fields = Object.entries(showRecord(row, object)).map(([name, value]) => [
		escapeHtml(name),
		escapeHtml(show(value)),
	]);
	return page(`${object.label} ${id}`, `<p>${objectLink(object)}</p>${table(['Field', 'Value'], fields)}`);
}

/** The page of an address that a person opens in a browser; undefined for every other. */
export function pageFor(org: Org, { method, path }: ApiRequest): ApiResponse | undefined {
	if (method !== 'GET') return undefined;
	const address = path.split('?')[0] ?? '';
	if (address === '/') return home(org);
	const [, listed] = /^\/objects\/(\w+)$/.exec(address) ?? [];
	const [, named, id] = /^\/lightning\/r\/(\w+)\/(\w{18})\/view$/.exec(address) ?? [];
	const object = org.catalog.object(listed ?? named ?? '');
	if (!object) return undefined;
	return id === undefined ? objectPage(org, object) : recordPage(org, object, id);
}
