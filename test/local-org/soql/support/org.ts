import type { SQLInputValue } from 'node:sqlite';
import type { FieldSchema, ObjectSchema } from '../../../../local-org/schema/types';
import { executeSoql } from '../../../../local-org/soql';
import type { SoqlContext, SoqlResult } from '../../../../local-org/soql';
import { Storage } from '../../../../local-org/storage';

/** An object for these tests: fields written as `Name string`, more of a field behind it. */
export function object(
	name: string,
	fields: Array<FieldSchema | string>,
	more: Partial<ObjectSchema> = {},
): ObjectSchema {
	const own = fields.map((field): FieldSchema => {
		if (typeof field !== 'string') return field;
		const [fieldName = '', type = 'string'] = field.split(' ');
		return { name: fieldName, label: fieldName, type: type as FieldSchema['type'] };
	});
	const system = ['Id id', 'IsDeleted boolean'].map((field): FieldSchema => {
		const [fieldName = '', type = ''] = field.split(' ');
		return { name: fieldName, label: fieldName, type: type as FieldSchema['type'] };
	});
	return { name, label: name, labelPlural: `${name}s`, keyPrefix: null, fields: [...system, ...own], ...more };
}

/** A reference field. */
export function lookup(name: string, to: string | string[], relationshipName = name.slice(0, -2)): FieldSchema {
	return { name, label: name, type: 'reference', referenceTo: Array.isArray(to) ? to : [to], relationshipName };
}

export type Rows = Record<string, Array<Record<string, SQLInputValue>>>;

/** A small org: its tables as the local org keeps them, its rows, and a way to ask it. */
export function smallOrg(objects: ObjectSchema[], rows: Rows, settings: Partial<SoqlContext> = {}) {
	const storage = new Storage(':memory:', objects);
	storage.transaction(() => {
		for (const [name, records] of Object.entries(rows)) {
			for (const record of records) storage.insert(name, { IsDeleted: 0, ...record });
		}
	});
	const { database } = storage;
	const context: SoqlContext = {
		database,
		schema: { object: (name) => objects.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase()) },
		now: new Date('2026-05-13T15:00:00Z'),
		timeZone: 'UTC',
		userId: '005000000000001AAA',
		includeDeleted: false,
		apiVersion: 66,
		recordUrl: (type, id) => `/services/data/v66.0/sobjects/${type}/${id}`,
		...settings,
	};
	const query = (soql: string, more: Partial<SoqlContext> = {}): SoqlResult =>
		executeSoql(soql, { ...context, ...more });
	/** The records without their attributes, at every level. */
	const plain = (soql: string, more: Partial<SoqlContext> = {}) => query(soql, more).records.map(withoutAttributes);
	/** One field of each record. */
	const values = (soql: string, more: Partial<SoqlContext> = {}) =>
		plain(soql, more).map((record) => Object.values(record as object)[0]);
	return { database, context, query, plain, values };
}

/** A copy without `attributes`, also in what it holds. */
export function withoutAttributes(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutAttributes);
	if (value === null || typeof value !== 'object') return value;
	const members = Object.entries(value).filter(([key]) => key !== 'attributes');
	return Object.fromEntries(members.map(([key, inner]) => [key, withoutAttributes(inner)]));
}
