import type { FieldSchema, ObjectSchema } from '../schema/types';
import type { FromItem, Name } from './grammar/ast';
import { comparisonOf } from './fieldTypes';
import { quoted } from './statement';
import type { Statement } from './statement';

/** A table of the statement, or for a polymorphic reference one table for each object it may point to. */
export interface Entity {
	/** As messages name it: the object, or `Name` for a polymorphic parent. */
	name: string;
	tables: Array<{ object: ObjectSchema; alias: string }>;
	polymorphic: boolean;
	parents: Map<string, Entity>;
	depth: number;
}

/** A field in its place: the SQL that reads it, and what the schema says of it. */
export interface Column {
	sql: string;
	field: FieldSchema;
}

/** Where one path of a query leads. */
export interface ResolvedPath {
	entity: Entity;
	column: Column;
	/** The parents passed, in the schema's spelling. */
	relationships: Array<{ key: string; entity: Entity }>;
}

/** Relationships up, per path (docs:soql-sosl, relationship query limits). */
const MAX_LEVELS = 5;
/** Different child-to-parent relationships in one query (docs:soql-sosl, relationship query limits). */
const MAX_PARENTS = 55;

/** The fields that a polymorphic parent has whatever it is (docs:object-reference/name). */
const NAME_FIELDS = new Set(
	(
		'Id Alias Email FirstName IsActive LastName LastReferencedDate LastViewedDate MiddleName Name NameOrAlias Phone ' +
		'ProfileId RecordTypeId Suffix Title Type Username UserRoleId'
	)
		.toLowerCase()
		.split(' '),
);

/** Objects that keep the history of another one's fields. */
const HISTORIES: Record<string, string> = { CaseHistory: 'Case' };

const TYPE_FIELD: FieldSchema = { name: 'Type', label: 'Type', type: 'picklist' };

/** The names that one SELECT understands, and the joins that its paths have asked for. */
export class Scope {
	readonly root: Entity;
	private readonly joins: string[] = [];
	/** Lower-case alias to the path it stands for; empty for the object itself. */
	private readonly aliases = new Map<string, string>();

	constructor(
		readonly statement: Statement,
		readonly object: ObjectSchema,
		from: FromItem[],
	) {
		const table = { object, alias: statement.alias() };
		this.root = { name: object.name, tables: [table], polymorphic: false, parents: new Map(), depth: 0 };
		const [first, ...others] = from;
		if (first?.alias) this.aliases.set(first.alias.text.toLowerCase(), '');
		for (const other of others) {
			const parts = this.stripped(other.path.text);
			this.walk(other.path, parts);
			if (other.alias) this.aliases.set(other.alias.text.toLowerCase(), parts.join('.'));
		}
	}

	/** The root table's alias in SQL. */
	get alias(): string {
		return this.root.tables[0]?.alias ?? '';
	}

	/** FROM with every join that paths have asked for so far. */
	fromSql(): string {
		return [`${quoted(this.object.name)} ${this.alias}`, ...this.joins].join(' ');
	}

	/** Rows in the recycle bin are left out unless the query asks for them; what the user may not see, always. */
	liveSql(): string | undefined {
		const hasBin = this.object.fields.some(({ name }) => name === 'IsDeleted');
		const living = hasBin && !this.statement.context.includeDeleted ? [`${this.alias}."IsDeleted" = 0`] : [];
		const all = [...living, ...this.historySql(), ...this.seenSql(this.object, this.alias)];
		return all.length > 0 ? all.join(' AND ') : undefined;
	}

	private seenSql(object: ObjectSchema, alias: string): string[] {
		const seen = this.statement.context.schema.seenSql?.(object, alias);
		return seen === undefined ? [] : [seen];
	}

	/** The history of a field is hidden with the field (docs:object-reference/casehistory). */
	private historySql(): string[] {
		const { statement, object } = this;
		const of = HISTORIES[object.name];
		if (of === undefined) return [];
		const { fields } = statement.context.schema.object(of) ?? { fields: [] };
		const names = fields.flatMap(({ name, relationshipName }) => [
			name,
			...(relationshipName ? [relationshipName] : []),
		]);
		const seen = statement.bind(JSON.stringify(['created', ...names]));
		return [`${this.alias}."Field" IN (SELECT value FROM json_each(${seen}))`];
	}

	/**
	 * Finds a field by its path.
	 * @throws SoqlError INVALID_FIELD
	 */
	resolve(name: Name): ResolvedPath {
		const parts = this.stripped(name.text);
		const fieldName = parts.at(-1) ?? '';
		const { entity, relationships } = this.walk(name, parts.slice(0, -1));
		return { entity, relationships, column: this.column(entity, fieldName, name) };
	}

	/**
	 * Finds a parent by the path of its relationship.
	 * @throws SoqlError INVALID_FIELD
	 */
	parent(name: Name): { entity: Entity; key: string } {
		return this.walk(name, this.stripped(name.text));
	}

	/**
	 * A field of a table or of a polymorphic parent.
	 * @throws SoqlError INVALID_FIELD
	 */
	column(entity: Entity, fieldName: string, place: Name): Column {
		const column = entity.polymorphic ? nameColumn(entity, fieldName) : tableColumn(entity, fieldName);
		if (column) return column;
		for (const { object } of entity.tables) this.lacks(object, fieldName);
		throw this.statement.error(
			place.at,
			'INVALID_FIELD',
			`No such column '${fieldName}' on entity '${entity.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
		);
	}

	/** The parts of a path, without the alias or the object's own name that it may begin with. */
	private stripped(path: string): string[] {
		const parts = path.split('.');
		const first = parts[0]?.toLowerCase() ?? '';
		const aliased = this.aliases.get(first);
		if (aliased !== undefined && parts.length > 1) {
			return aliased === '' ? parts.slice(1) : [...aliased.split('.'), ...parts.slice(1)];
		}
		const isOwnName = first === this.object.name.toLowerCase() && !this.relationship(this.root, first);
		return isOwnName && parts.length > 1 ? parts.slice(1) : parts;
	}

	private walk(place: Name, parts: string[]) {
		const relationships: ResolvedPath['relationships'] = [];
		let entity = this.root;
		let key = parts[0] ?? '';
		if (parts.length > MAX_LEVELS) {
			// The wording is assumed.
			throw this.statement.error(
				place.at,
				'MALFORMED_QUERY',
				`A relationship path can have at most ${MAX_LEVELS} levels`,
			);
		}
		for (const part of parts) {
			const next = this.step(entity, part);
			if (!next) {
				for (const { object } of entity.tables) this.lacksParent(object, `${part}Id`);
				throw this.unknownRelationship(place, part);
			}
			({ entity, key } = next);
			relationships.push({ key, entity });
		}
		return { entity, key, relationships };
	}

	private lacks(object: ObjectSchema, fieldName: string): void {
		this.statement.context.schema.lacksField?.(object, fieldName);
	}

	/** A relationship that is not there: its field is not, or the objects to which that points are not. */
	private lacksParent(object: ObjectSchema, fieldName: string): void {
		this.lacks(object, fieldName);
		// Asking for what real orgs have is noted by the schema.
		for (const name of findField(object, fieldName)?.referenceTo ?? []) this.statement.context.schema.object(name);
	}

	private unknownRelationship(place: Name, part: string) {
		return this.statement.error(
			place.at,
			'INVALID_FIELD',
			`Didn't understand relationship '${part}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
		);
	}

	private relationship(entity: Entity, name: string): FieldSchema | undefined {
		const lower = name.toLowerCase();
		for (const { object } of entity.tables) {
			const field = object.fields.find((candidate) => candidate.relationshipName?.toLowerCase() === lower);
			if (field && (!entity.polymorphic || NAME_FIELDS.has(field.name.toLowerCase()))) return field;
		}
		return undefined;
	}

	private step(entity: Entity, part: string): { key: string; entity: Entity } | undefined {
		const field = this.relationship(entity, part);
		if (!field?.relationshipName) return undefined;
		const key = field.relationshipName;
		const known = entity.parents.get(key);
		if (known) return { key, entity: known };
		const objects = (field.referenceTo ?? []).flatMap((name) => this.statement.context.schema.object(name) ?? []);
		if (objects.length === 0) return undefined;
		const reference = this.column(entity, field.name, { text: field.name, at: 0 }).sql;
		const tables = objects.map((object) => ({ object, alias: this.join(object, reference) }));
		const polymorphic = (field.referenceTo?.length ?? 0) > 1;
		const name = polymorphic ? 'Name' : (objects[0]?.name ?? '');
		const parent: Entity = { name, tables, polymorphic, parents: new Map(), depth: entity.depth + 1 };
		entity.parents.set(key, parent);
		return { key, entity: parent };
	}

	private join(object: ObjectSchema, reference: string): string {
		if (this.joins.length >= MAX_PARENTS) {
			// The wording is assumed.
			throw this.statement.error(0, 'MALFORMED_QUERY', `A query can reach at most ${MAX_PARENTS} parents`);
		}
		const alias = this.statement.alias();
		// A parent that the user may not see is as one that is not there.
		const conditions = [`${alias}."Id" = ${reference}`, ...this.seenSql(object, alias)];
		this.joins.push(`LEFT JOIN ${quoted(object.name)} ${alias} ON ${conditions.join(' AND ')}`);
		return alias;
	}
}

function tableColumn(entity: Entity, fieldName: string): Column | undefined {
	const table = entity.tables[0];
	const field = table && findField(table.object, fieldName);
	return field && { sql: `${table.alias}.${quoted(field.name)}`, field };
}

/** A field of an object by its name in any case. */
export function findField(object: ObjectSchema, name: string): FieldSchema | undefined {
	const lower = name.toLowerCase();
	return object.fields.find((field) => field.name.toLowerCase() === lower);
}

/** A field of a polymorphic parent: from whichever table the reference leads to. */
function nameColumn(entity: Entity, fieldName: string): Column | undefined {
	const lower = fieldName.toLowerCase();
	if (!NAME_FIELDS.has(lower)) return undefined;
	if (lower === 'type') return { sql: `${typeSql(entity, true)} COLLATE NOCASE`, field: TYPE_FIELD };
	const columns = entity.tables.flatMap(({ object, alias }) => {
		const field =
			findField(object, fieldName) ?? (lower === 'name' ? object.fields.find((f) => f.nameField) : undefined);
		return field ? [{ sql: `${alias}.${quoted(field.name)}`, field }] : [];
	});
	const [first] = columns;
	if (!first) return undefined;
	const sql = columns.length > 1 ? `COALESCE(${columns.map((column) => column.sql).join(', ')})` : first.sql;
	const named = lower === 'name' ? { ...first.field, name: 'Name' } : first.field;
	return { sql: comparisonOf(named.type) === 'text' ? `${sql} COLLATE NOCASE` : sql, field: named };
}

/**
 * The type of the record that a polymorphic reference leads to.
 *
 * @param queues whether a Group that is a queue is called `Queue`, as `Owner.Type` does (assumed)
 */
export function typeSql(entity: Entity, queues = false): string {
	const branches = entity.tables.map(({ object, alias }) => {
		const isGroup = queues && object.name === 'Group' && findField(object, 'Type');
		return `WHEN ${alias}."Id" IS NOT NULL THEN ${isGroup ? `${alias}."Type"` : `'${object.name}'`}`;
	});
	return `CASE ${branches.join(' ')} END`;
}
