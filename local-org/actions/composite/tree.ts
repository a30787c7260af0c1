import { ApiError, elementErrors, requestError, tooManyRecords, unknownType } from '../../errors';
import { isObject, objectBody } from '../../http';
import type { ApiResponse } from '../../http';
import type { Org } from '../../org';
import { writeContext } from '../../records/context';
import type { WriteContext } from '../../records/context';
import { createRecord } from '../../records/save';
import type { ObjectSchema } from '../../schema/types';
import { objectOf } from '../action';
import type { Action } from '../action';

const MAX_RECORDS = 200;
const MAX_DEPTH = 5;
const MAX_TYPES = 5;

/** A record of a tree, with the field that points to the record above it. */
interface Node {
	object: ObjectSchema;
	referenceId: string;
	fields: Record<string, unknown>;
	parentField?: string;
	children: Node[];
}

/** POST composite/tree/:sObject: creates up to 200 records with those below them, all or none; 201 or 400. */
export const tree: Action = (org, request, { sObject }): ApiResponse => {
	const object = objectOf(org, sObject);
	const { records } = objectBody(request);
	const roots = nodesOf(org, object, records, 1);
	const all = flatten(roots);
	if (all.length > MAX_RECORDS) throw tooManyRecords();
	if (new Set(all.map((node) => node.object.name)).size > MAX_TYPES) {
		throw requestError('INVALID_INPUT', `The number of record types exceeds the maximum of ${MAX_TYPES}`);
	}
	const unique = new Set(all.map((node) => node.referenceId));
	// Documented; code and wording are assumed.
	if (unique.size < all.length)
		throw requestError('INVALID_INPUT', 'Each record in the request needs a reference ID of its own.');
	const context = writeContext(org, request);
	const ids = new Map<Node, string>();
	const wrong: { referenceId: string; errors: ReturnType<typeof elementErrors> }[] = [];
	const undo = new Error('a record of the tree is not valid');
	try {
		org.storage.transaction(() => {
			for (const root of roots) plantNode(root, undefined, context, ids, wrong);
			if (wrong.length > 0) throw undo;
		});
	} catch (error) {
		if (error !== undo) throw error;
		return { status: 400, body: { hasErrors: true, results: wrong } };
	}
	const results = all.map((node) => ({ referenceId: node.referenceId, id: ids.get(node) }));
	return { status: 201, body: { hasErrors: false, results }, records: all.length };
};

const flatten = (nodes: Node[]): Node[] => nodes.flatMap((node) => [node, ...flatten(node.children)]);

function nodesOf(org: Org, object: ObjectSchema, records: unknown, depth: number): Node[] {
	if (!Array.isArray(records) || !records.every(isObject)) {
		throw requestError('JSON_PARSER_ERROR', "The 'records' element is required and must be a list of records");
	}
	if (depth > MAX_DEPTH) throw requestError('INVALID_INPUT', `The tree is deeper than ${MAX_DEPTH} levels`);
	return records.map((record) => nodeOf(org, object, record, depth));
}

function nodeOf(org: Org, object: ObjectSchema, record: Record<string, unknown>, depth: number): Node {
	const { attributes, ...rest } = record;
	const { referenceId, type } = isObject(attributes) ? attributes : {};
	if (typeof referenceId !== 'string')
		throw requestError('INVALID_INPUT', 'Include a reference ID for each record in the request.');
	// Both are documented as required; the refusal of a type that does not fit its place is assumed.
	if (String(type).toLowerCase() !== object.name.toLowerCase()) {
		throw requestError('INVALID_INPUT', `The type of the record ${referenceId} is to be ${object.name}.`);
	}
	const node: Node = { object, referenceId, fields: {}, children: [] };
	for (const [name, value] of Object.entries(rest)) {
		const link = object.childRelationships?.find((one) => one.relationshipName?.toLowerCase() === name.toLowerCase());
		if (!link || !isObject(value)) {
			node.fields[name] = value;
			continue;
		}
		const childObject = org.catalog.object(link.childSObject);
		if (!childObject) throw unknownType(link.childSObject);
		const children = nodesOf(org, childObject, value.records, depth + 1);
		node.children.push(...children.map((child) => ({ ...child, parentField: link.field })));
	}
	return node;
}

function plantNode(
	node: Node,
	parentId: string | undefined,
	context: WriteContext,
	ids: Map<Node, string>,
	wrong: { referenceId: string; errors: ReturnType<typeof elementErrors> }[],
): void {
	try {
		const link = node.parentField && parentId ? { [node.parentField]: parentId } : {};
		ids.set(node, createRecord({ ...node.fields, ...link }, node.object, context));
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		wrong.push({ referenceId: node.referenceId, errors: elementErrors(error) });
		return;
	}
	for (const child of node.children) plantNode(child, ids.get(node), context, ids, wrong);
}
