import type { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Reading } from './reading';
import type { Declared, Options } from './reading';

/**
 * How a parameter is read. One without expressions is the same for all items, and one that only names a field of the
 * item is that field. Everything else n8n reads for each item, which takes it a millisecond and more for the ten of a
 * move.
 */
type ReadingOfParameter = { value: unknown } | { field: string[] } | 'varies';

/** Texts of one kind of which it is kept what was made of them; a run may have many, and most have few. */
const MOST_KNOWN = 1_000;

/** What the items of a run share while their parameters are read. */
export class SharedReading {
	/** By the parameters' names. */
	readonly parameters = new Map<string, ReadingOfParameter>();
	private readonly ofTexts = new Map<string, Map<string, unknown>>();
	private readonly ofObjects = new Map<string, WeakMap<object, unknown>>();

	/** See `ItemInput.once`. */
	once<T>(what: string, from: object | string, make: () => T): T {
		if (typeof from === 'object') {
			const known = this.ofObjects.get(what) ?? new WeakMap<object, unknown>();
			this.ofObjects.set(what, known);
			if (!known.has(from)) known.set(from, make());
			return known.get(from) as T;
		}
		const known = this.ofTexts.get(what) ?? new Map<string, unknown>();
		this.ofTexts.set(what, known);
		if (known.has(from)) return known.get(from) as T;
		const made = make();
		if (known.size < MOST_KNOWN) known.set(from, made);
		return made;
	}
}

/** One item's parameters, with their expressions resolved for that item. */
export class ItemInput extends Reading {
	constructor(
		private readonly host: IExecuteFunctions,
		private readonly itemIndex: number,
		/** The moment that counts as now, the same for all items of a run, in the workflow's time zone. */
		readonly now: DateTime,
		/** Shared by the items of a run. */
		private readonly shared = new SharedReading(),
	) {
		super();
	}

	/** A parameter as it is; a dotted name reaches into collections. */
	override value({ name }: Pick<Declared, 'name'>): unknown {
		const reading = this.shared.parameters.get(name);
		if (typeof reading === 'object') return 'field' in reading ? this.field(reading.field) : reading.value;
		const value = this.host.getNodeParameter(name, this.itemIndex, null) as unknown;
		if (reading === undefined) this.shared.parameters.set(name, readingOf(this.typed({ name }), value));
		return value;
	}

	/** The same for all items where no expression stands in it. */
	override collection(field: Declared): Options {
		const value = this.value(field);
		const isObject = typeof value === 'object' && value !== null;
		return isObject ? this.once(field.name, value, () => super.collection(field)) : super.collection(field);
	}

	/**
	 * What `make` gives, made once for all items of the run that ask for it with the same text or object.
	 *
	 * @param what names it, so that several things can be made of one text or object
	 */
	once<T>(what: string, from: object | string, make: () => T): T {
		return this.shared.once(what, from, make);
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

	override typed({ name }: Pick<Declared, 'name'>): unknown {
		return this.host.getNodeParameter(name, this.itemIndex, null, { rawExpressions: true }) as unknown;
	}

	/** The value that an expression, `{{ … }}` with its braces, has for the item. */
	evaluate(expression: string): unknown {
		return this.host.evaluateExpression(expression, this.itemIndex);
	}
}

/** An expression that names a field of the item, or one within it, and does nothing else. */
const FIELD_OF_ITEM = /^=\{\{ *\$json\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*) *\}\}$/;

function readingOf(typed: unknown, value: unknown): ReadingOfParameter {
	const field = typeof typed === 'string' ? FIELD_OF_ITEM.exec(typed)?.[1] : undefined;
	if (field !== undefined) return { field: field.split('.') };
	return holdsExpression(typed) ? 'varies' : { value };
}

/** Whether a parameter, as it was typed, has an expression anywhere. */
function holdsExpression(typed: unknown): boolean {
	if (typeof typed === 'string') return typed.startsWith('=');
	return typeof typed === 'object' && typed !== null && Object.values(typed).some(holdsExpression);
}
