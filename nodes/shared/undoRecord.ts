import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { SignedChange } from '../../changes/change';
import type { Withheld } from '../../changes/withhold';
import { nameKey } from '../../salesforce/apiName';
import { InputError } from '../../salesforce/inputError';
import type { ItemInput } from './input';
import type { Options } from './reading';

/** Whether a node that writes says in its items what takes the writes back. */
export const undoRecordField: INodeProperties = {
	displayName: 'Undo Record',
	name: 'undoRecord',
	type: 'boolean',
	noDataExpression: true,
	default: true,
	description:
		'Whether each item gets <i>undo</i>, with which Salesforce Undo Changes can take the write back. It costs a call for every 2,000 records that the node would not read otherwise. Through Bulk API, at most 20,000 records are read.',
};

const undoWithoutField: INodeProperties = {
	displayName: 'Undo Record Without Fields',
	name: 'undoWithout',
	type: 'string',
	default: '',
	placeholder: 'e.g. SuppliedEmail, Salary__c',
	description:
		'API names of fields whose values must not be kept, separated by commas. Undo Changes cannot put them back.',
};

const undoWithoutEncryptedField: INodeProperties = {
	displayName: 'Undo Record Without Encrypted Fields',
	name: 'undoWithoutEncrypted',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description: 'Whether to leave out the values of fields that Salesforce encrypts. Undo Changes cannot put them back.',
};

/** The options by which a node that writes says in its items what takes the writes back. */
export const undoRecordFields = [undoRecordField, undoWithoutField, undoWithoutEncryptedField];

/**
 * Reads `undoRecordFields` from the node's options, once for all items where no expression stands in them.
 *
 * @returns which fields are not kept; undefined where nothing is kept
 * @throws InputError
 */
export function readUndoRecord(input: ItemInput, options: Options): Withheld | undefined {
	return input.once('undoRecord', options, () => undoRecordIn(options));
}

function undoRecordIn(options: Options): Withheld | undefined {
	if (!options.flag(undoRecordField)) return undefined;
	const names = options
		.chosenText(undoWithoutField)
		.split(/[,;\n]/)
		.map(nameKey)
		.filter((name) => name !== '');
	if (!names.every((name) => /^[a-z]\w*$/.test(name))) {
		throw new InputError(
			`${undoWithoutField.displayName} has what is not the API name of a field`,
			'Write names like SuppliedEmail, without their object, separated by commas.',
		);
	}
	return {
		fields: new Set(names),
		encrypted: options.flag(undoWithoutEncryptedField),
	};
}

/** What an item, or its error, gets of a change, or of another signed record that undoes a write: `undo`, where there is one. */
export function undoOf(change: object | undefined): { undo?: IDataObject } {
	return change === undefined ? {} : { undo: { ...change } as unknown as IDataObject };
}

/** As `undoOf`, of an item of which several records were written. */
export function undoOfAll(changes: readonly SignedChange[]): { undo?: IDataObject | IDataObject[] } {
	if (changes.length < 2) return undoOf(changes[0]);
	return { undo: changes.map((change) => ({ ...change }) as unknown as IDataObject) };
}
