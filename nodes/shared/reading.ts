import { DateTime } from 'luxon';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { InputError } from '../../salesforce/inputError';
import { readJson } from '../../salesforce/values/json';
import { readText } from '../../salesforce/values/text';
import { notACollection } from './optionsCollection';

/** What of a parameter's declaration its reading needs: what n8n calls it, what the panel does, and its limits. */
export type Declared = Pick<INodeProperties, 'name' | 'displayName' | 'default' | 'options' | 'typeOptions'>;

/** Reads parameters by their declarations, so that no name or label is written twice. */
export abstract class Reading {
	/** A parameter as it is; undefined or null where it has no value. */
	abstract value(field: Pick<Declared, 'name'>): unknown;

	/** Whether the parameter is there at all; an option may not have been added. */
	abstract has(field: Pick<Declared, 'name'>): boolean;

	/** A parameter as it was typed, expressions not resolved; undefined where nobody can tell. */
	abstract typed(field: Pick<Declared, 'name'>): unknown;

	/** Whether an expression gives a parameter its value, so that it is no choice of a person's when that is nothing. */
	isComputed(field: Pick<Declared, 'name'>): boolean {
		const typed = this.typed(field);
		const own = isPlainObject(typed) && '__rl' in typed ? typed.value : typed;
		return typeof own !== 'string' || own.startsWith('=');
	}

	/**
	 * A text that a person may leave empty, and that no expression may; empty where it was not added.
	 * @returns without blanks around it
	 * @throws InputError when an expression gives nothing
	 */
	chosenText(field: Declared): string {
		return this.chosen(field, this.text(field).trim());
	}

	/** As `chosenText`, of what a resource locator holds. */
	chosenLocator(field: Declared): string {
		return this.chosen(field, this.locator(field));
	}

	private chosen(field: Declared, text: string): string {
		if (text !== '' || !this.has(field) || !this.isComputed(field)) return text;
		throw new InputError(
			`${field.displayName} is an expression that gives no value`,
			'Correct the expression. If the field is to be empty, clear it.',
		);
	}

	/**
	 * A parameter as text: nothing becomes empty, numbers and booleans their text, lists their members with commas.
	 * @throws InputError for an object
	 */
	text(field: Declared): string {
		return asText(this.value(field), field.displayName);
	}

	/**
	 * A parameter as text that may not be empty.
	 * @throws InputError when it is empty or only blanks
	 */
	requiredText(field: Declared): string {
		const text = this.text(field);
		if (text.trim() !== '') return text;
		throw new InputError(`${field.displayName} is empty`, 'Give it a value, or check the expression that fills it.');
	}

	/**
	 * A switch; one that was not added is as its declaration says.
	 * @throws InputError when it is neither on nor off, such as an expression that came to nothing
	 */
	flag(field: Declared): boolean {
		const value = this.given(field);
		if (value === true || value === 'true') return true;
		if (value === false || value === 'false') return false;
		throw new InputError(
			`${field.displayName} is neither on nor off`,
			'Set it, or let its expression give true or false.',
		);
	}

	/**
	 * One of a parameter's listed options; one that was not added is as its declaration says. A workflow that did not
	 * come from the editor may hold anything.
	 *
	 * @param options by the options' values
	 * @throws InputError when it is not one of them
	 */
	oneOf<T extends string>(field: Declared, options: Readonly<Record<T, unknown>>): T {
		const value = this.given(field);
		if (typeof value === 'string' && Object.hasOwn(options, value)) return value as T;
		throw notAnOption(field, Object.keys(options));
	}

	/**
	 * The chosen ones of a parameter's listed options, each once; undefined when none is chosen.
	 *
	 * @param options by the options' values
	 * @throws InputError when one is not among them
	 */
	someOf<T extends string>(field: Declared, options: Readonly<Record<T, unknown>>): T[] | undefined {
		if (!this.has(field)) return undefined;
		const value = this.value(field);
		const chosen: unknown[] = Array.isArray(value) ? value : [value];
		if (chosen.length === 0) return undefined;
		if (chosen.every((one) => typeof one === 'string' && Object.hasOwn(options, one))) {
			return [...new Set(chosen as T[])];
		}
		throw notAnOption(field, Object.keys(options));
	}

	/**
	 * A whole number within the limits of its declaration; one that was not added is as `absent` says.
	 * @throws InputError when it is not one, or outside the limits
	 */
	wholeNumber(field: Declared, absent?: number): number {
		const given = this.has(field) ? this.value(field) : absent;
		const { minValue: least = -Infinity, maxValue: most = Infinity } = field.typeOptions ?? {};
		const value = typeof given === 'number' || isDigits(given) ? Number(given) : NaN;
		if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
		const limits = [
			...(least === -Infinity ? [] : [`of at least ${least}`]),
			...(most === Infinity ? [] : [`of at most ${most}`]),
		];
		throw new InputError(
			`${field.displayName} is not a whole number${limits.length === 0 ? '' : ` ${limits.join(' and ')}`}`,
			'Correct it, or the expression that fills it.',
		);
	}

	/**
	 * A JSON object, given as one or as text; empty text is an empty object.
	 * @throws InputError when it is not one
	 */
	json(field: Declared): IDataObject {
		const value = this.value(field) ?? {};
		const read = typeof value === 'string' ? readJson(value.trim() === '' ? '{}' : value) : { value };
		if ('wants' in read) {
			throw new InputError(
				`${field.displayName} is not ${read.wants}`,
				'Correct it there, or let an expression give an object.',
			);
		}
		if (isPlainObject(read.value)) return read.value;
		throw new InputError(`${field.displayName} is not a JSON object`, 'Write it like { "Subject": "New chair" }.');
	}

	/**
	 * What a resource locator holds, whether chosen from its list or typed.
	 * @throws InputError when it is empty
	 */
	requiredLocator(field: Declared): string {
		const text = this.locator(field);
		if (text !== '') return text;
		throw new InputError(`${field.displayName} is empty`, 'Choose one from the list, or type its API name.');
	}

	/** As `requiredLocator`, but it may be empty. */
	locator(field: Declared): string {
		const value = this.value(field);
		const held = isPlainObject(value) && 'value' in value ? value.value : value;
		return asText(held, field.displayName).trim();
	}

	/**
	 * A collection of options, to be read one by one; those not added are absent.
	 * @throws InputError when the collection as a whole came to nothing, so that no option is lost over it
	 */
	collection(field: Declared): Options {
		const value = this.value(field);
		if (isPlainObject(value) && !Object.hasOwn(value, notACollection.name)) {
			return new Options(value, () => this.typed(field));
		}
		throw new InputError(
			`${field.displayName} is not a collection of options`,
			'Add the options one by one; each of them may be an expression.',
		);
	}

	/**
	 * The rows of a fixed collection with one kind of row.
	 * @throws InputError when it came to nothing, or a row is not an object
	 */
	rows(field: Declared): Options[] {
		const group = field.options?.[0]?.name ?? '';
		const rows = this.collection(field).value({ name: group }) ?? [];
		if (Array.isArray(rows) && rows.every(isPlainObject)) return rows.map((row) => new Options(row));
		throw new InputError(`${field.displayName} is not a list of rows`, 'Correct the expression that fills it.');
	}

	/** As given, or as the declaration says where it was not added. */
	private given(field: Declared): unknown {
		return this.has(field) ? this.value(field) : field.default;
	}
}

/** Options that were added to a collection, or the values of one row. */
export class Options extends Reading {
	/** @param allTyped all of them as they were typed; of a row's values nobody can tell */
	constructor(
		private readonly values: IDataObject,
		private readonly allTyped: () => unknown = () => undefined,
	) {
		super();
	}

	override typed({ name }: Pick<Declared, 'name'>): unknown {
		const all = this.allTyped();
		return isPlainObject(all) ? all[name] : undefined;
	}

	override value({ name }: Pick<Declared, 'name'>): unknown {
		return Object.hasOwn(this.values, name) ? this.values[name] : undefined;
	}

	override has({ name }: Pick<Declared, 'name'>): boolean {
		return Object.hasOwn(this.values, name);
	}
}

function isPlainObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDigits(value: unknown): value is string {
	return typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value);
}

function notAnOption({ displayName }: Declared, options: readonly string[]): InputError {
	return new InputError(
		`${displayName} is not one of its options`,
		`Choose it from the list, or let the expression give one of: ${options.join(', ')}.`,
	);
}

/**
 * A value as text; see `Reading.text`.
 *
 * @param label what messages call it
 * @throws InputError for an object
 */
export function asText(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (Array.isArray(value)) return value.map((member) => asText(member, label)).join(', ');
	const read = readText(value);
	if ('value' in read) return read.value;
	throw typeof value === 'object' && !(value instanceof Date) && !DateTime.isDateTime(value)
		? new InputError(`${label} is an object where text is wanted`, 'Use one of its values instead.')
		: new InputError(`${label} is not ${read.wants}`, read.remedy ?? 'Check the expression that gives it.');
}
