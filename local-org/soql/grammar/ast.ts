/** What a query says, as the parser hands it to the compiler. `at` is always an offset in the query. */

/** A name as written, dots included: `Id`, `c.Account.Name`. */
export interface Name {
	text: string;
	at: number;
}

/** A field, or a function of one: `Name`, `COUNT(Id)`, `FORMAT(MIN(CloseDate))`. */
export type Expression =
	| { kind: 'field'; name: Name; at: number }
	| { kind: 'call'; function: string; argument: Expression; at: number }
	| { kind: 'distance'; field: Name; latitude: number; longitude: number; unit: string; at: number };

export interface StringLiteral {
	kind: 'string';
	/** The text meant, escapes resolved. */
	value: string;
	/** For LIKE: a pattern for SQLite's LIKE with backslash as its escape character. */
	pattern: string;
	at: number;
}

export type Literal =
	| StringLiteral
	| { kind: 'number'; value: number; at: number }
	| { kind: 'boolean'; value: boolean; at: number }
	| { kind: 'null'; at: number }
	| { kind: 'date' | 'datetime' | 'time'; text: string; at: number }
	| { kind: 'dateLiteral'; name: string; count: number | undefined; at: number }
	| { kind: 'currency'; text: string; at: number };

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like';

export type Condition =
	| { kind: 'and' | 'or'; parts: Condition[]; at: number }
	| { kind: 'not'; part: Condition; at: number }
	| { kind: 'compare'; left: Expression; operator: ComparisonOperator; value: Literal; at: number }
	| { kind: 'calculated'; at: number }
	| { kind: 'in'; left: Expression; negated: boolean; values: Literal[]; at: number }
	| { kind: 'includes'; left: Expression; negated: boolean; values: Literal[]; at: number }
	| { kind: 'semiJoin'; left: Expression; negated: boolean; query: SemiJoin; at: number };

export interface SemiJoin {
	field: Expression;
	from: FromItem[];
	where: Condition | undefined;
	with: With[];
	at: number;
}

export interface FromItem {
	/** An object, or a child relationship, or for all but the first item a path from an alias: `c.Owner o`. */
	path: Name;
	alias: Name | undefined;
	using: Array<{ kind: 'scope' | 'lookup'; name: Name }>;
}

export type Selection =
	| { kind: 'expression'; expression: Expression; alias: Name | undefined; at: number }
	| { kind: 'subquery'; query: Query; alias: Name | undefined; at: number }
	| {
			kind: 'typeof';
			relationship: Name;
			whens: Array<{ object: Name; fields: Name[] }>;
			otherwise: Name[];
			alias: Name | undefined;
			at: number;
	  };

/** `plain` is a single word such as SECURITY_ENFORCED, `assignment` is `UserId = '…'`, `settings` are in parentheses. */
export interface With {
	kind: 'plain' | 'category' | 'assignment' | 'settings';
	name: Name;
}

export interface GroupBy {
	kind: 'plain' | 'rollup' | 'cube';
	expressions: Expression[];
	having: Condition | undefined;
	at: number;
}

export interface OrderItem {
	expression: Expression;
	descending: boolean;
	nullsLast: boolean;
}

export interface Query {
	/** `SELECT COUNT()`: a number of rows and no records. */
	countsRows: boolean;
	selections: Selection[];
	from: FromItem[];
	where: Condition | undefined;
	with: With[];
	groupBy: GroupBy | undefined;
	orderBy: OrderItem[];
	limit: { value: number; at: number } | undefined;
	offset: { value: number; at: number } | undefined;
	/** FOR VIEW, FOR REFERENCE. */
	seen: 'view' | 'reference' | undefined;
	/** The word BIND, which is not documented. */
	bind: Name | undefined;
	/** What UPDATE names: TRACKING or VIEWSTAT. */
	update: Name | undefined;
	at: number;
}
