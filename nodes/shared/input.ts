import type { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Reading } from './reading';
import type { Declared } from './reading';

/**
 * How the parameters of a run are read, by name. Those without expressions are the same for all items, and those that
 * only name a field of the item are that field. Everything else n8n reads for each item, which takes it a millisecond
 * and more for the ten of a move.
 */
export type ReadingOfParameters = Map<string, { value: unknown } | { field: string[] } | 'varies'>;

/** One item's parameters, with their expressions resolved for that item. */
export class ItemInput extends Reading {
	constructor(
		private readonly host: IExecuteFunctions,
		private readonly itemIndex: number,
		/** The moment that counts as now, the same for all items of a run, in the workflow's time zone. */
		readonly now: DateTime,
		/** Shared by the items of a run. */
		private readonly readings: ReadingOfParameters = new Map(),
	) {
		super();
	}

	/** A parameter as it is; a dotted name reaches into collections. */
	override value({ name }: Pick<Declared, 'name'>): unknown {
		const reading = this.readings.get(name);
		if (typeof reading === 'object') return 'field' in reading ? this.field(reading.field) : reading.value;
		const value = this.host.getNodeParameter(name, this.itemIndex, null) as unknown;
		if (reading === undefined) this.readings.set(name, readingOf(this.typed({ name }), value));
		return value;
	}

	/** Every parameter of the description is there: n8n puts the default where none was saved. */
	override has(): boolean {
		return true;
	}

	private field(path: readonly string[]): unknown {
		let value: unknown = this.item();
		for (const name of path) {
			if (value === undefined || value === null || !Object.hasOwn(value, name)) return undefined;
			value = (value as IDataObject)[name];
		}
		return value;
	}

	/** The whole item. */
	item(): IDataObject {
		return this.host.getInputData()[this.itemIndex]?.json ?? {};
	}

	/** A parameter as it was typed, expressions not resolved. */
	typed({ name }: Pick<Declared, 'name'>): unknown {
		return this.host.getNodeParameter(name, this.itemIndex, null, { rawExpressions: true }) as unknown;
	}

	/** The value that an expression, `{{ … }}` with its braces, has for the item. */
	evaluate(expression: string): unknown {
		return this.host.evaluateExpression(expression, this.itemIndex);
	}
}

/** An expression that names a field of the item, or one within it, and does nothing else. */
const FIELD_OF_ITEM = /^=\{\{ *\$json\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*) *\}\}$/;

function readingOf(typed: unknown, value: unknown): { value: unknown } | { field: string[] } | 'varies' {
	const field = typeof typed === 'string' ? FIELD_OF_ITEM.exec(typed)?.[1] : undefined;
	if (field !== undefined) return { field: field.split('.') };
	return holdsExpression(typed) ? 'varies' : { value };
}

/** Whether a parameter, as it was typed, has an expression anywhere. */
function holdsExpression(typed: unknown): boolean {
	if (typeof typed === 'string') return typed.startsWith('=');
	return typeof typed === 'object' && typed !== null && Object.values(typed).some(holdsExpression);
}
