import type { ApiResponse } from '../http';
import type { Org } from '../org';
import { showRecord } from '../records/show';
import type { RecordJson } from '../records/show';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import { page } from './frame';
import { counted, html } from './html';
import type { Html } from './html';

/** Records that a list shows; the newest ones. */
const SHOWN = 200;

/** What every record has and nobody looks for in a list. */
const NOT_LISTED = ['Id', 'OwnerId', 'CreatedById', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];

const living = ({ fields }: ObjectSchema): string =>
	fields.some(({ name }) => name === 'IsDeleted') ? 'WHERE "IsDeleted" = 0' : '';

/** How many records an object has, those in the recycle bin not counted. */
export function count(org: Org, object: ObjectSchema): number {
	return Number(org.storage.all(`SELECT count(*) AS n FROM "${object.name}" ${living(object)}`)[0]?.n);
}

/** A list's columns: the name, what the org has added, the rest, and dates of the system last. */
function rank({ nameField, custom, name }: FieldSchema): number {
	if (nameField || name === 'Subject') return 0;
	if (custom) return 1;
	return name === 'CreatedDate' ? 3 : 2;
}

/** The newest records of an object, without the columns that are empty in all of them. */
export function objectPage(org: Org, object: ObjectSchema): ApiResponse {
	const records: RecordJson[] = org.storage
		.all(`SELECT * FROM "${object.name}" ${living(object)} ORDER BY "Id" DESC LIMIT ${SHOWN}`)
		.map((row) => showRecord(row, object));
	const columns = object.fields
		.filter(
			({ name }) =>
				!NOT_LISTED.includes(name) && records.some((record) => record[name] !== null && record[name] !== false),
		)
		.sort((a, b) => rank(a) - rank(b));
	const all = count(org, object);
	return page(
		object.labelPlural,
		html`<h1>${object.labelPlural}</h1>
			<p><a href="/">All objects</a> · <a href="/?object=${object.name}">calls</a></p>
			<section id="records" data-live>
				<p>${all > SHOWN ? `The newest ${SHOWN} of ${all}.` : `${counted(all, 'record')}.`}</p>
				<div class="scroll">
					<table class="records">
						<thead>
							<tr>
								<th>ID</th>
								${columns.map(({ name, label }) => html`<th title="${name}">${label}</th>`)}
							</tr>
						</thead>
						<tbody>
							${records.map(
								(record) =>
									html`<tr>
										<td>${recordLink(object, record.Id)}</td>
										${columns.map((field) => html`<td>${shown(org, field, record[field.name])}</td>`)}
									</tr>`,
							)}
						</tbody>
					</table>
				</div>
			</section>`,
	);
}

/** One record, field by field; undefined when there is none of this ID. */
export function recordPage(org: Org, object: ObjectSchema, id: string): ApiResponse | undefined {
	const row = org.storage.find(object.name, id);
	if (!row) return undefined;
	const record = showRecord(row, object);
	return page(
		`${object.label} ${id}`,
		html`<h1>${object.label} ${String(record[nameFieldOf(object)] ?? '')}</h1>
			<p>${objectLink(object)}</p>
			<section id="record" data-live>
				<table class="record">
					${object.fields.map(
						(field) =>
							html`<tr>
								<th title="${field.label}">${field.name}</th>
								<td>${shown(org, field, record[field.name])}</td>
							</tr>`,
					)}
				</table>
			</section>`,
	);
}

/** A link to the list of an object's records. */
export function objectLink({ name, labelPlural }: ObjectSchema): Html {
	return html`<a href="/objects/${name}">${labelPlural}</a>`;
}

function recordLink(object: ObjectSchema, id: unknown, text = id): Html {
	return html`<a href="/lightning/r/${object.name}/${id}/view">${text}</a>`;
}

function nameFieldOf({ fields }: ObjectSchema): string {
	return fields.find(({ nameField }) => nameField)?.name ?? 'Id';
}

/** A value as people read it: a reference by its name, a time without its zone (it is UTC), an address in a line. */
function shown(org: Org, { type }: FieldSchema, value: unknown): unknown {
	if (value === null || value === undefined) return '';
	if (type === 'reference') return reference(org, String(value));
	if (type === 'datetime') return String(value).replace('T', ' ').slice(0, 16);
	return typeof value === 'object' ? Object.values(value).filter(Boolean).join(', ') : value;
}

function reference(org: Org, id: string): unknown {
	const object = org.catalog.ofId(id);
	const row = object && org.storage.find(object.name, id);
	if (!object || !row) return id;
	return recordLink(object, id, row[nameFieldOf(object)] ?? id);
}
