/** A formula taken apart. */
export type Formula =
	| { kind: 'value'; value: string | number | boolean | null }
	| { kind: 'field'; name: string }
	| { kind: 'call'; name: string; arguments: Formula[] };

/** The names of the fields that a formula is made of; none without one. */
export function fieldsIn(formula: Formula | undefined): string[] {
	if (formula?.kind === 'field') return [formula.name];
	return formula?.kind === 'call' ? formula.arguments.flatMap(fieldsIn) : [];
}

/** A formula that this org cannot calculate: a gap here, never an answer of Salesforce's. */
export class UnsupportedFormula extends Error {
	override readonly name = 'UnsupportedFormula';
}

const TOKENS =
	/\s+|\/\*.*?\*\/|"(?:\\.|[^"\\])*"|\d+(?:\.\d+)?|[A-Za-z_$][\w.$]*|&&|\|\||==|<>|!=|<=|>=|[-+*/^&=<>!(),]/gsy;

/** Operators of two sides, those that bind loosest first. */
const LEVELS = [['||'], ['&&'], ['=', '==', '<>', '!='], ['<', '>', '<=', '>='], ['&'], ['+', '-'], ['*', '/'], ['^']];

/** Different spellings of one operator. */
const SAME: Record<string, string> = { '==': '=', '!=': '<>', '&&': 'AND', '||': 'OR' };

function tokensOf(text: string): string[] {
	const tokens: string[] = [];
	TOKENS.lastIndex = 0;
	while (TOKENS.lastIndex < text.length) {
		const at = TOKENS.lastIndex;
		const [token] = TOKENS.exec(text) ?? [];
		if (token === undefined) throw new UnsupportedFormula(`a formula with ${text.slice(at, at + 10)}`);
		if (!/^(\s|\/\*)/.test(token)) tokens.push(token);
	}
	return tokens;
}

/**
 * Reads a formula of fields, texts, numbers, operators and functions (docs:help, formula operators and functions).
 *
 * @throws UnsupportedFormula for what is none, and for fields of parents, whose changes would have to be followed
 */
export function parseFormula(text: string): Formula {
	const tokens = tokensOf(text);
	const unexpected = () => new UnsupportedFormula(`${tokens[0] ?? 'the end'} in the formula ${text}`);
	const take = (token: string) => (tokens[0] === token ? tokens.shift() : undefined) !== undefined;
	const expect = (token: string) => {
		if (!take(token)) throw unexpected();
	};
	const formula = level(0);
	if (tokens.length > 0) throw unexpected();
	return formula;

	function level(depth: number): Formula {
		const operators = LEVELS[depth];
		if (!operators) return unary();
		let left = level(depth + 1);
		while (tokens[0] !== undefined && operators.includes(tokens[0])) {
			const operator = tokens.shift() ?? '';
			left = { kind: 'call', name: SAME[operator] ?? operator, arguments: [left, level(depth + 1)] };
		}
		return left;
	}

	function unary(): Formula {
		if (take('-')) return { kind: 'call', name: '-', arguments: [{ kind: 'value', value: 0 }, unary()] };
		if (take('!')) return { kind: 'call', name: 'NOT', arguments: [unary()] };
		if (take('(')) {
			const inner = level(0);
			expect(')');
			return inner;
		}
		return operand(tokens.shift());
	}

	function operand(token: string | undefined): Formula {
		if (token === undefined) throw unexpected();
		if (token.startsWith('"')) return { kind: 'value', value: token.slice(1, -1).replace(/\\(.)/gs, '$1') };
		if (/^\d/.test(token)) return { kind: 'value', value: Number(token) };
		if (!/^[A-Za-z_$]/.test(token)) throw new UnsupportedFormula(`${token} in the formula ${text}`);
		if (take('(')) return { kind: 'call', name: token.toUpperCase(), arguments: argumentsOf() };
		const word = token.toLowerCase();
		if (word === 'true' || word === 'false') return { kind: 'value', value: word === 'true' };
		if (word === 'null') return { kind: 'value', value: null };
		if (/[.$]/.test(token)) throw new UnsupportedFormula(`${token} in a formula`);
		return { kind: 'field', name: token };
	}

	function argumentsOf(): Formula[] {
		if (take(')')) return [];
		const list = [level(0)];
		while (take(',')) list.push(level(0));
		expect(')');
		return list;
	}
}
