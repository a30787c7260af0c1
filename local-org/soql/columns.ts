import type { FieldSchema } from '../schema/types';
import { childRelationship } from './children';
import { compileSoql } from './compile';
import { comparisonOf } from './fieldTypes';
import type { Expression, Query, Selection } from './grammar/ast';
import { isAggregated, operandOf } from './operands';
import { Scope } from './scope';
import type { SoqlContext } from './types';

/** One column of a query's result, as `query?columns=true` tells it. */
export interface ColumnMetadata {
	/** A value of many rows, or child records. */
	aggregate: boolean;
	/** The field's type in Apex; null where there is none. */
	apexType: string | null;
	booleanType: boolean;
	columnName: string;
	custom: boolean;
	displayName: string;
	/** The reference that a relationship follows. */
	foreignKeyName: string | null;
	insertable: boolean;
	/** The fields read through a relationship. */
	joinColumns: ColumnMetadata[];
	numberType: boolean;
	textType: boolean;
	updatable: boolean;
}

/** The answer to `query?columns=true`. */
export interface QueryColumns {
	columnMetadata: ColumnMetadata[];
	entityName: string;
	groupBy: boolean;
	idSelected: boolean;
	keyPrefix: string | null;
}

/**
 * The columns of a query's result; nothing is read. Columns are as the tests of Salesforce's own command line hold them;
 * what stands around them, and the columns of TYPEOF, are assumed.
 * @throws what executeSoql throws
 */
export function queryColumns(soql: string, context: SoqlContext): QueryColumns {
	const { query, scope, grouped } = compileSoql(soql, context);
	const columnMetadata = columnsOf(scope, query);
	return {
		columnMetadata,
		entityName: scope.object.name,
		groupBy: grouped,
		idSelected: columnMetadata.some(({ columnName }) => columnName === 'Id'),
		keyPrefix: scope.object.keyPrefix,
	};
}

function columnsOf(scope: Scope, query: Query): ColumnMetadata[] {
	let unnamed = 0;
	const nextName = () => `expr${unnamed++}`;
	return query.selections.flatMap((selection) => selectionColumns(scope, selection, nextName));
}

function selectionColumns(scope: Scope, selection: Selection, nextName: () => string): ColumnMetadata[] {
	if (selection.kind === 'subquery') return [childColumn(scope, selection.query)];
	if (selection.kind === 'typeof') return [column(scope.parent(selection.relationship).key, {})];
	const { expression, alias } = selection;
	if (expression.kind === 'field') return [pathColumn(scope, expression)];
	if (expression.kind === 'call' && expression.function === 'fields') return scope.object.fields.map(fieldColumn);
	const { name, type, aggregate } = operandOf(scope, expression);
	const columnName = alias?.text ?? (isAggregated(expression) ? nextName() : name);
	return [
		column(columnName, { aggregate, displayName: written(expression), numberType: comparisonOf(type) === 'number' }),
	];
}

function childColumn(scope: Scope, query: Query): ColumnMetadata {
	const { relationship, object } = childRelationship(scope, query);
	const inner = new Scope(scope.statement, object, query.from);
	return column(relationship.relationshipName ?? '', { aggregate: true, joinColumns: columnsOf(inner, query) });
}

/** A field; behind a relationship it is a column of the relationship's column. */
function pathColumn(scope: Scope, { name }: Expression & { kind: 'field' }): ColumnMetadata {
	const { column: found, relationships } = scope.resolve(name);
	return relationships.reduceRight<ColumnMetadata>((inner, { key }, at) => {
		const holder = relationships[at - 1]?.entity ?? scope.root;
		const reference = holder.tables[0]?.object.fields.find(({ relationshipName }) => relationshipName === key);
		return column(key, { foreignKeyName: reference?.name ?? null, joinColumns: [inner] });
	}, fieldColumn(found.field));
}

function column(columnName: string, known: Partial<ColumnMetadata>): ColumnMetadata {
	return {
		aggregate: false,
		apexType: null,
		booleanType: false,
		columnName,
		custom: false,
		displayName: columnName,
		foreignKeyName: null,
		insertable: false,
		joinColumns: [],
		numberType: false,
		textType: false,
		updatable: false,
		...known,
	};
}

/** The Apex types of fields; all others are text. */
const APEX_TYPES: Partial<Record<FieldSchema['type'], string>> = {
	id: 'Id',
	reference: 'Id',
	boolean: 'Boolean',
	int: 'Integer',
	double: 'Double',
	currency: 'Double',
	percent: 'Double',
	date: 'Date',
	datetime: 'Datetime',
	time: 'Time',
	address: 'Address',
	base64: 'Blob',
};

function fieldColumn({ name, type, custom, createable, updateable }: FieldSchema): ColumnMetadata {
	const apexType = APEX_TYPES[type] ?? 'String';
	return column(name, {
		apexType,
		booleanType: type === 'boolean',
		custom: custom ?? false,
		insertable: createable ?? true,
		numberType: comparisonOf(type) === 'number',
		textType: apexType === 'String',
		updatable: updateable ?? true,
	});
}

/** An expression as it is shown: `avg(Amount)`. */
function written(expression: Expression): string {
	if (expression.kind === 'call') return `${expression.function}(${written(expression.argument)})`;
	return expression.kind === 'field' ? expression.name.text : `distance(${expression.field.text})`;
}
