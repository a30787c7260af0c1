import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../../salesforce/inputError';

/**
 * How the parameters of a run are read, by name. Those without expressions are the same for all items, and those that
 * only name a field of the item are that field. Everything else n8n reads for each item, which takes it a millisecond
 * and more for the ten of a move.
 */
export type ReadingOfParameters = Map<string, { value: unknown } | { field: string } | 'varies'>;

/** One item's parameters, with their expressions resolved for that item. */
export class ItemInput {
	constructor(
		private readonly host: IExecuteFunctions,
		private readonly itemIndex: number,
		/** The moment that counts as now, the same for all items of a run, in the workflow's time zone. */
		readonly now: DateTime,
		/** Shared by the items of a run. */
		private readonly readings: ReadingOfParameters = new Map(),
	) {}

	/** A parameter as it is; a dotted path reaches into collections. */
	value(name: string): unknown {
		const reading = this.readings.get(name);
		if (typeof reading === 'object') return 'field' in reading ? this.field(reading.field) : reading.value;
		const value = this.host.getNodeParameter(name, this.itemIndex, null) as unknown;
		if (reading === undefined) this.readings.set(name, readingOf(this.typed(name), value));
		return value;
	}

	private field(name: string): unknown {
		const item = this.item();
		return Object.hasOwn(item, name) ? item[name] : undefined;
	}

	/** The whole item. */
	item(): IDataObject {
		return this.host.getInputData()[this.itemIndex]?.json ?? {};
	}

	/** A parameter as it was typed, expressions not resolved. */
	typed(name: string): unknown {
		return this.host.getNodeParameter(name, this.itemIndex, null, { rawExpressions: true }) as unknown;
	}

	/** The value that an expression, `{{ … }}` with its braces, has for the item. */
	evaluate(expression: string): unknown {
		return this.host.evaluateExpression(expression, this.itemIndex);
	}

	/**
	 * What a resource locator holds, whether chosen from its list or typed.
	 * @throws InputError when it is empty
	 */
	requiredLocator(name: string, label: string): string {
		const text = this.locator(name, label);
		if (text !== '') return text;
		throw new InputError(`${label} is empty`, 'Choose one from the list, or type its API name.');
	}

	/** As `requiredLocator`, but it may be empty. */
	locator(name: string, label: string): string {
		const value = this.value(name);
		const held = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
		return asText(held, label).trim();
	}

	/**
	 * A parameter as text: nothing becomes empty, numbers and booleans their text, lists their members with commas.
	 *
	 * @param label the parameter's name in the panel
	 * @throws InputError for an object
	 */
	text(name: string, label: string): string {
		return asText(this.value(name), label);
	}

	/**
	 * A parameter as text that may not be empty.
	 * @throws InputError when it is empty or only blanks
	 */
	requiredText(name: string, label: string): string {
		const text = this.text(name, label);
		if (text.trim() === '') {
			throw new InputError(`${label} is empty`, 'Give it a value, or check the expression that fills it.');
		}
		return text;
	}

	/** A switch. */
	flag(name: string): boolean {
		return this.value(name) === true;
	}

	/**
	 * One of a parameter's listed options. A workflow that did not come from the editor may hold anything.
	 *
	 * @param options by the options' values
	 * @throws InputError when it is none of them
	 */
	oneOf<T extends string>(name: string, label: string, options: Readonly<Record<T, unknown>>): T {
		const value = this.value(name);
		if (typeof value === 'string' && Object.hasOwn(options, value)) return value as T;
		throw new InputError(
			`${label} is none of its options`,
			`Choose it from the list, or let the expression give ${Object.keys(options).join(', ')}.`,
		);
	}

	/**
	 * A whole number.
	 * @throws InputError when it is none, or smaller than `least`
	 */
	wholeNumber(name: string, label: string, least: number): number {
		const given = this.value(name);
		const value = typeof given === 'string' || typeof given === 'number' ? Number(given) : NaN;
		if (Number.isInteger(value) && value >= least) return value;
		throw new InputError(`${label} is not a whole number of at least ${least}`, 'Correct it.');
	}

	/** A collection of options as an object; those not added are absent. */
	collection(name: string): IDataObject {
		return (this.value(name) ?? {}) as IDataObject;
	}
}

/** An expression that names a field of the item and does nothing else. */
const FIELD_OF_ITEM = /^=\{\{ *\$json\.([A-Za-z_]\w*) *\}\}$/;

function readingOf(typed: unknown, value: unknown): { value: unknown } | { field: string } | 'varies' {
	const field = typeof typed === 'string' ? FIELD_OF_ITEM.exec(typed)?.[1] : undefined;
	if (field !== undefined) return { field };
	return holdsExpression(typed) ? 'varies' : { value };
}

/** Whether a parameter, as it was typed, has an expression anywhere. */
function holdsExpression(typed: unknown): boolean {
	if (typeof typed === 'string') return typed.startsWith('=');
	return typeof typed === 'object' && typed !== null && Object.values(typed).some(holdsExpression);
}

/** See `ItemInput.text`. */
export function asText(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (Array.isArray(value)) return value.map((member) => asText(member, label)).join(', ');
	if (DateTime.isDateTime(value)) return value.toISO() ?? '';
	if (value instanceof Date) return value.toISOString();
	throw new InputError(`${label} is an object where text is wanted`, 'Name the one of its values that is meant.');
}
