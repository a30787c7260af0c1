import type { INodeProperties } from 'n8n-workflow';

import type { WhenChanged } from '../../changes/decideUndo';
import { InputError } from '../../salesforce/inputError';
import { readRecord } from '../../salesforce/signature';
import { readJson } from '../../salesforce/values/json';
import { choices } from '../shared/choices';
import { dryRunField } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { optionsCollection } from '../shared/optionsCollection';

/** What becomes of what somebody changed since, as the panel shows it. */
const WHEN_CHANGED: Record<WhenChanged, { name: string; description: string }> = {
	leave: {
		name: 'Leave Alone',
		description: 'Such fields and records stay as they are, and the item says who changed them',
	},
	restore: { name: 'Restore All the Same', description: 'They become what they were before the write' },
};

const changeField: INodeProperties = {
	displayName: 'Change',
	name: 'change',
	type: 'json',
	default: '={{ $json.undo }}',
	required: true,
	placeholder: 'e.g. {{ $json.undo }}',
	description: 'What a write put into its item as <i>undo</i>: an object, a list of them, or the text of either',
};

const writeNothingField: INodeProperties = {
	...dryRunField,
	default: true,
	description: 'Whether to show only what would be undone. Nothing is written while this is on.',
};

const acceptOtherSecretField: INodeProperties = {
	displayName: 'Accept Changes of an Earlier Secret',
	name: 'acceptOtherSecret',
	type: 'boolean',
	default: false,
	description:
		'Whether to undo also changes that were signed with another secret of the credential. Switch it on only after a secret was changed, and only for changes that nobody else could write: their signature proves nothing.',
};

const whenChangedField: INodeProperties = {
	displayName: 'When Changed Since',
	name: 'whenChanged',
	type: 'options',
	options: choices(WHEN_CHANGED),
	default: 'leave',
	description: 'What to do with records and fields that somebody changed after the write',
};

/** The options of Salesforce Undo Changes. */
const optionsField = optionsCollection([acceptOtherSecretField, whenChangedField], 'How far undoing goes');

/** The parameters of Salesforce Undo Changes. */
export const properties: INodeProperties[] = [changeField, writeNothingField, optionsField];

/** What is asked for one item. */
export interface UndoChangesPlan {
	/** Whatever came back as changes. */
	records: Array<Record<string, unknown>>;
	dryRun: boolean;
	acceptOtherSecret: boolean;
	whenChanged: WhenChanged;
	/** ISO 8601. */
	now: string;
}

/**
 * Reads what an item asks for.
 * @throws InputError when it holds no change
 */
export function readPlan(input: ItemInput): UndoChangesPlan {
	const options = input.collection(optionsField);
	return {
		records: readRecords(input.value(changeField)),
		dryRun: input.flag(writeNothingField),
		acceptOtherSecret: options.flag(acceptOtherSecretField),
		whenChanged: options.oneOf(whenChangedField, WHEN_CHANGED),
		now: input.now.toUTC().toISO() ?? '',
	};
}

function readRecords(value: unknown): Array<Record<string, unknown>> {
	const given = listIn(value);
	const records = (Array.isArray(given) ? given : [given]).map(readRecord);
	if (records.length > 0 && records.every((record) => record !== undefined)) return records;
	throw new InputError(
		'Change is not what a write puts into its item',
		'Give it {{ $json.undo }} of the item, or the column of the table in which it was kept.',
	);
}

/** What text holds, also as text within text. */
function listIn(value: unknown): unknown {
	const read = typeof value === 'string' ? readJson(value) : {};
	return 'value' in read ? listIn(read.value) : value;
}
