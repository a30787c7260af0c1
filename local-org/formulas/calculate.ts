import { UnsupportedFormula } from './parse';
import type { Formula } from './parse';

/** A value on its way through a formula; dates are texts, as the API shows them. */
export type FormulaValue = string | number | boolean | null;

type Calculate = () => FormulaValue;

const isBlank = (value: FormulaValue) => value === null || value === '';
const numberOf = (value: FormulaValue) => (isBlank(value) ? 0 : Number(value));
const textOf = (value: FormulaValue) => (value === null ? '' : String(value));
const isTrue = (value: FormulaValue) => value === true;

/** Whether the first is behind the second, before it, or the same: 1, -1 or 0. */
function order(a: FormulaValue, b: FormulaValue): number {
	const [left, right] =
		typeof a === 'number' || typeof b === 'number' ? [numberOf(a), numberOf(b)] : [textOf(a), textOf(b)];
	return left === right ? 0 : left > right ? 1 : -1;
}

const isSame = (a: FormulaValue, b: FormulaValue) =>
	typeof a === 'boolean' || typeof b === 'boolean' ? a === b : order(a, b) === 0;

function quotient(a: number, b: number): FormulaValue {
	// Salesforce shows #Error! in the page and nothing by the API (assumed).
	return b === 0 ? null : a / b;
}

/** The functions and operators that this org knows; arguments are calculated when they are asked for. */
const FUNCTIONS: Record<string, (...args: Calculate[]) => FormulaValue> = {
	'+': (a, b) => numberOf(a()) + numberOf(b()),
	'-': (a, b) => numberOf(a()) - numberOf(b()),
	'*': (a, b) => numberOf(a()) * numberOf(b()),
	'/': (a, b) => quotient(numberOf(a()), numberOf(b())),
	'^': (a, b) => numberOf(a()) ** numberOf(b()),
	'&': (a, b) => textOf(a()) + textOf(b()),
	'=': (a, b) => isSame(a(), b()),
	'<>': (a, b) => !isSame(a(), b()),
	'<': (a, b) => order(a(), b()) < 0,
	'>': (a, b) => order(a(), b()) > 0,
	'<=': (a, b) => order(a(), b()) <= 0,
	'>=': (a, b) => order(a(), b()) >= 0,
	AND: (...all) => all.every((one) => isTrue(one())),
	OR: (...all) => all.some((one) => isTrue(one())),
	NOT: (a) => !isTrue(a()),
	IF: (a, b, c) => (isTrue(a()) ? b() : c()),
	ISBLANK: (a) => isBlank(a()),
	ISNULL: (a) => isBlank(a()),
	BLANKVALUE: (a, b) => (isBlank(a()) ? b() : a()),
	NULLVALUE: (a, b) => (isBlank(a()) ? b() : a()),
	ISPICKVAL: (a, b) => textOf(a()) === textOf(b()),
	CASE: (a, ...rest) => chosen(a(), rest),
	TEXT: (a) => textOf(a()),
	VALUE: (a) => numberOf(a()),
	UPPER: (a) => textOf(a()).toUpperCase(),
	LOWER: (a) => textOf(a()).toLowerCase(),
	TRIM: (a) => textOf(a()).trim(),
	LEN: (a) => textOf(a()).length,
	LEFT: (a, b) => textOf(a()).slice(0, numberOf(b())),
	RIGHT: (a, b) => (numberOf(b()) === 0 ? '' : textOf(a()).slice(-numberOf(b()))),
	MID: (a, b, c) => textOf(a()).slice(numberOf(b()) - 1, numberOf(b()) - 1 + numberOf(c())),
	CONTAINS: (a, b) => textOf(a()).includes(textOf(b())),
	BEGINS: (a, b) => textOf(a()).startsWith(textOf(b())),
	SUBSTITUTE: (a, b, c) => textOf(a()).replaceAll(textOf(b()), textOf(c())),
	ABS: (a) => Math.abs(numberOf(a())),
	ROUND: (a, b) => Math.round(numberOf(a()) * 10 ** numberOf(b())) / 10 ** numberOf(b()),
	FLOOR: (a) => Math.floor(numberOf(a())),
	CEILING: (a) => Math.ceil(numberOf(a())),
	MIN: (...all) => Math.min(...all.map((one) => numberOf(one()))),
	MAX: (...all) => Math.max(...all.map((one) => numberOf(one()))),
	YEAR: (a) => (isBlank(a()) ? null : Number(textOf(a()).slice(0, 4))),
	MONTH: (a) => (isBlank(a()) ? null : Number(textOf(a()).slice(5, 7))),
	DAY: (a) => (isBlank(a()) ? null : Number(textOf(a()).slice(8, 10))),
};

/** CASE: pairs of a value and its result, and the result of all others at the end. */
function chosen(value: FormulaValue, rest: Calculate[]): FormulaValue {
	for (let at = 0; at + 1 < rest.length; at += 2)
		if (isSame(value, rest[at]?.() ?? null)) return rest[at + 1]?.() ?? null;
	return rest.at(-1)?.() ?? null;
}

/**
 * What changes by itself, such as TODAY(), is among them: values are kept when a record is saved.
 * @throws UnsupportedFormula for a function that this org does not know, or that it gives too few arguments
 */
export function checkFormula(formula: Formula): void {
	if (formula.kind !== 'call') return;
	const { name, arguments: args } = formula;
	const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
	if (!known || args.length < known.length) throw new UnsupportedFormula(`${name} in a formula`);
	args.forEach(checkFormula);
}

/** The value of a formula for a record, given what each field holds. */
export function calculate(formula: Formula, fieldValue: (name: string) => FormulaValue): FormulaValue {
	switch (formula.kind) {
		case 'value':
			return formula.value;
		case 'field':
			return fieldValue(formula.name);
		case 'call': {
			const args = formula.arguments.map((one) => () => calculate(one, fieldValue));
			return FUNCTIONS[formula.name]?.(...args) ?? null;
		}
	}
}
