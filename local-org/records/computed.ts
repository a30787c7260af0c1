import type { SQLInputValue } from 'node:sqlite';
import { calculate } from '../formulas/calculate';
import type { FormulaValue } from '../formulas/calculate';
import { parseFormula } from '../formulas/parse';
import type { Formula } from '../formulas/parse';
import type { Org } from '../org';
import { amountSql } from './currency';
import type { FieldSchema, ObjectSchema, Summary } from '../schema/types';
import type { Row } from '../storage';
import { fieldNamed, indexOf } from './fieldIndex';
import type { Change } from './rules/types';
import { showValue } from './values';

const parsed = new Map<string, Formula>();

function formulaOf(text: string): Formula {
	const known = parsed.get(text);
	if (known) return known;
	const formula = parseFormula(text);
	parsed.set(text, formula);
	return formula;
}

/** A formula's value as its field keeps it: nothing instead of an empty text. */
function kept(value: FormulaValue, { type, scale }: FieldSchema): SQLInputValue {
	if (type === 'boolean') return Number(value === true);
	if (value === null || value === '') return null;
	if (typeof value !== 'number') return String(value);
	return scale === undefined ? value : Number(value.toFixed(scale));
}

/** What the formula fields of a record hold, given all else that it holds. One may use another that stands before it. */
function formulaValues(record: Row, object: ObjectSchema): Row {
	const values: Row = {};
	const { formulas } = indexOf(object);
	const valueOf = (name: string): FormulaValue => {
		const field = fieldNamed(object, name);
		return field ? (showValue({ ...record, ...values }[field.name], field) as FormulaValue) : null;
	};
	for (const field of formulas) values[field.name] = kept(calculate(formulaOf(field.formula ?? ''), valueOf), field);
	return values;
}

/** The next automatic number of a field, in its format: `A-{0000}`. None is given twice. */
function nextNumber(
	org: Org,
	object: ObjectSchema,
	{ name, autoNumberFormat = '{0}', startingNumber = 1 }: FieldSchema,
) {
	const key = `${object.name}.${name}`;
	const given = () => org.storage.all(`SELECT count(*) AS n FROM "${object.name}" WHERE "${name}" IS NOT NULL`);
	const number = org.autoNumbers.get(key) ?? startingNumber + Number(given()[0]?.n ?? 0);
	org.autoNumbers.set(key, number + 1);
	return autoNumberFormat.replace(/\{(0+)\}/, (_all, zeros: string) => String(number).padStart(zeros.length, '0'));
}

/** Whether no details add up to 0; there is no least or greatest of none. */
const isTotal = (summary: Summary | undefined) => summary?.operation === 'count' || summary?.operation === 'sum';

/** Gives a record on its way into the org its automatic numbers and the values of its formulas. */
export function applyComputed({ object, row, before, context: { org } }: Change): void {
	const stored = org.catalog.stored(object.name);
	const { formulas, autoNumbers, summaries } = indexOf(stored);
	if (!before) {
		for (const field of autoNumbers) row[field.name] ??= nextNumber(org, stored, field);
		for (const { name, summary } of summaries) row[name] ??= isTotal(summary) ? 0 : null;
	}
	if (formulas.length > 0) Object.assign(row, formulaValues({ ...before, ...row }, stored));
}

/** Adds up anew what the parents of a record say of their children: those that it has, and those that it had. */
export function rollUp(org: Org, child: string, ...rows: (Row | undefined)[]): void {
	for (const { parent, field, summary } of org.catalog.summariesOf(child)) {
		const ids = new Set(rows.map((row) => row?.[summary.by]).filter((id) => typeof id === 'string'));
		for (const id of ids) sumUp(org, parent, field, summary, id);
	}
}

/** Adds up anew what a record says of its children, whose amounts its own currency tells. */
export function rollUpAnew(org: Org, object: string, id: string): void {
	for (const { name, summary } of indexOf(org.catalog.stored(object)).summaries)
		if (summary) sumUp(org, object, name, summary, id);
}

/** A parent's roll-up summary field, and the formulas that use it. */
function sumUp(org: Org, parent: string, field: string, summary: Summary, id: string): void {
	const { storage, catalog } = org;
	const value = amountSql(org, parent, summary);
	const total = `${summary.operation}(${value})`;
	const [row] = storage.all(
		`SELECT ${summary.operation === 'sum' ? `coalesce(${total}, 0)` : total} AS value FROM "${summary.child}" child
		 WHERE "${summary.by}" = ? AND "IsDeleted" = 0`,
		id,
	);
	storage.update(parent, id, { [field]: row?.value ?? null });
	const stored = catalog.stored(parent);
	const whole = storage.find(parent, id);
	if (whole && indexOf(stored).formulas.length > 0) storage.update(parent, id, formulaValues(whole, stored));
}

/** Computes a field that is new for all records that are there. */
export function computeAll(org: Org, objectName: string, { formula, summary, name }: FieldSchema): void {
	if (formula === undefined && summary === undefined) return;
	const object = org.catalog.stored(objectName);
	for (const row of org.storage.all(`SELECT * FROM "${object.name}"`)) {
		const id = String(row.Id);
		if (summary) sumUp(org, object.name, name, summary, id);
		else org.storage.update(object.name, id, formulaValues(row, object));
	}
}
