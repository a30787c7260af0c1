import type { INodeProperties } from 'n8n-workflow';

import type { Options } from './reading';

/** Whether a node that writes says in its items what takes the writes back. */
export const undoRecordField: INodeProperties = {
	displayName: 'Undo Record',
	name: 'undoRecord',
	type: 'boolean',
	noDataExpression: true,
	default: true,
	description:
		'Whether each item gets <i>undo</i>, by which Salesforce Undo Changes takes the write back. It costs a call for every 2,000 records that are changed.',
};

/** Reads `undoRecordField` from the node's options. */
export function keepsUndo(options: Options): boolean {
	return options.flag(undoRecordField);
}
