import type { ReadValue } from './readValue';

/**
 * What a JSON text stands for.
 *
 * @returns what is wanted at the place where it is no JSON, by line and column; the engine's own message may hold the text
 */
export function readJson(text: string): ReadValue<unknown> {
	try {
		// Files and copied texts begin with a mark that nobody sees.
		return { value: JSON.parse(text.replace(/^\ufeff/, '')) as unknown };
	} catch {
		const { offset, wanted } = new JsonReader(text).fault();
		const lines = text.slice(0, offset).split('\n');
		const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
		return { wants: `JSON: at ${place} it lacks ${wanted}` };
	}
}

/** Where a text is no JSON, and what should stand there. */
interface Fault {
	offset: number;
	wanted: string;
}

/** A value that is neither an object, a list nor a text. */
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;
/** A text, whose line breaks must be escaped. */
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;

/** Levels of lists and objects in which somebody still looks for a fault; the engine's own reader knows no limit. */
const DEEPEST = 500;

/** Goes through a text as JSON has it (RFC 8259) up to the first place where it is none. */
class JsonReader {
	private at = 0;
	private depth = 0;

	constructor(private readonly text: string) {}

	fault(): Fault {
		return this.value() ?? (this.next() === '' ? this.lacking('a value') : this.lacking('its end'));
	}

	private value(): Fault | undefined {
		const next = this.next();
		if (next === '{') return this.members('}', () => this.member());
		if (next === '[') return this.members(']', () => this.value());
		if (next === '"')
			return this.take(TEXT) ? undefined : this.lacking('a closing quote, or a backslash before what needs one');
		return this.take(SCALAR) ? undefined : this.lacking('a value; text belongs in double quotes');
	}

	private members(end: string, member: () => Fault | undefined): Fault | undefined {
		if (this.depth === DEEPEST) return this.lacking('an end of so many nested lists and objects');
		this.depth++;
		const fault = this.membersTo(end, member);
		this.depth--;
		return fault;
	}

	private membersTo(end: string, member: () => Fault | undefined): Fault | undefined {
		this.at++;
		if (this.next() === end) {
			this.at++;
			return undefined;
		}
		for (;;) {
			const fault = member();
			if (fault !== undefined) return fault;
			const next = this.next();
			if (next === end) {
				this.at++;
				return undefined;
			}
			if (next !== ',') return this.lacking(`a comma or ${end}`);
			this.at++;
		}
	}

	private member(): Fault | undefined {
		if (this.next() !== '"' || !this.take(TEXT)) return this.lacking('a name in double quotes');
		if (this.next() !== ':') return this.lacking('a colon');
		this.at++;
		return this.value();
	}

	/** The next character that is not a blank. */
	private next(): string {
		while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
		return this.text.charAt(this.at);
	}

	private take(form: RegExp): boolean {
		form.lastIndex = this.at;
		const found = form.exec(this.text);
		if (found !== null) this.at = form.lastIndex;
		return found !== null;
	}

	private lacking(wanted: string): Fault {
		return { offset: this.at, wanted };
	}
}
