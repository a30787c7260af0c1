import type { INodeProperties } from 'n8n-workflow';

import type { Job, JobChoice } from '../../readiness/job';
import type { PrepareRules } from '../../readiness/org/prepare';
import { InputError } from '../../salesforce/inputError';
import { caseFieldNameOptions, readCaseFieldNames } from '../shared/caseFieldNames';
import { choices } from '../shared/choices';
import { dryRunField as dryRun } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { optionsCollection } from '../shared/optionsCollection';
import type { Options } from '../shared/reading';
import { undoRecordField } from '../shared/undoRecord';

/** What the node does, as the panel shows it. */
const OPERATIONS = {
	check: {
		name: 'Check',
		description: 'List what the jobs need, what of it the org has, and what to do about the rest. Writes nothing.',
		action: 'Check an org',
	},
	prepare: {
		name: 'Prepare',
		description: 'Make what is missing. Needs the credential of an admin. Changes and removes nothing that exists.',
		action: 'Prepare an org',
	},
} as const;

/** The jobs, as the panel shows them. */
const JOBS: Readonly<Record<Job, { name: string; description: string }>> = {
	downloadConsumption: { name: 'Download Consumption', description: 'Salesforce Download Consumption' },
	downloadSubscriptions: { name: 'Download Subscriptions', description: 'Salesforce Download Subscriptions' },
	pushMoves: { name: 'Push Moves', description: 'Salesforce Push Move and Salesforce Reconcile Moves' },
	readRecords: {
		name: 'Read Records',
		description: 'Salesforce SOQL Query and Salesforce Get Record Fields, for the objects below',
	},
	receiveChanges: { name: 'Receive Changes', description: 'Change events of the objects below' },
	reclaimLicenses: {
		name: 'Reclaim Licenses',
		description: 'Salesforce Reclaim License and Salesforce Undo Reclaim; needs Manage Users',
	},
	undoMoves: {
		name: 'Undo Moves',
		description: 'Salesforce Undo Move, which deletes Cases unless the option Undo Status says otherwise',
	},
	writeRecords: {
		name: 'Write Records',
		description: 'Salesforce Create or Update Record, for the objects below',
	},
};

/** How to make the field for the external ID, as the panel shows it. */
const EXTERNAL_ID = {
	caseInsensitive: {
		name: 'Unique, Not Case-Sensitive',
		description: 'Two runs at the same moment cannot make two Cases of one move',
	},
	caseSensitive: { name: 'Unique, Case-Sensitive' },
	notUnique: {
		name: 'Not Unique',
		description: 'Two runs at the same moment may make two Cases for a while; the user must be able to delete Cases',
	},
} as const;

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: choices(OPERATIONS),
	default: 'check',
};

const jobsField: INodeProperties = {
	displayName: 'Jobs',
	name: 'jobs',
	type: 'multiOptions',
	options: choices(JOBS),
	default: ['pushMoves', 'undoMoves'],
	required: true,
	description: 'What n8n is to do in the org',
};

const OF_OBJECTS = { show: { jobs: ['readRecords', 'writeRecords', 'receiveChanges'] } };

const objectsField: INodeProperties = {
	displayName: 'Objects',
	name: 'objects',
	type: 'string',
	default: '',
	placeholder: 'e.g. Account, Invoice__c',
	displayOptions: OF_OBJECTS,
	description: 'API names of the objects whose records are read, written or received, separated by commas',
};

const fieldsField: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'string',
	default: '',
	placeholder: 'e.g. Account.Name, Invoice__c.Amount__c',
	displayOptions: OF_OBJECTS,
	description: 'Fields of these objects that are read or written, such as Account.Name, separated by commas',
};

const usernameField: INodeProperties = {
	displayName: 'API User',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. n8n@mycompany.com',
	description:
		"Username of the user that n8n's nodes sign in as; empty for the user of this node's own credential. An admin's credential sees all rights of another user.",
};

const dryRunField: INodeProperties = {
	...dryRun,
	default: true,
	displayOptions: { show: { operation: ['prepare'] } },
	description: 'Whether to show only what would be made. Nothing is written while this is on.',
};

const externalIdField: INodeProperties = {
	displayName: 'External ID Field',
	name: 'externalIdField',
	type: 'options',
	noDataExpression: true,
	options: choices(EXTERNAL_ID),
	default: 'caseInsensitive',
	description: 'How to make the field for the external ID',
};

const caseFieldField: INodeProperties = {
	displayName: 'Case Field',
	name: 'field',
	type: 'string',
	default: 'Status',
	placeholder: 'e.g. Origin',
	description: 'API name of the field; RecordTypeId for a record type',
};

const caseValueField: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
	placeholder: 'e.g. Web',
	description: 'The value as the workflow writes it; for a record type, its ID',
};

const caseValuesField: INodeProperties = {
	displayName: 'Case Values',
	name: 'caseValues',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Value',
	default: {},
	description: 'Picklist values that Push Move writes to Cases. The node looks whether the org has them.',
	options: [{ displayName: 'Value', name: 'values', values: [caseFieldField, caseValueField] }],
};

const undoStatusField: INodeProperties = {
	displayName: 'Undo Status',
	name: 'undoStatus',
	type: 'string',
	default: '',
	placeholder: 'e.g. Closed',
	description:
		'The closed status that Undo Move gives Cases when its Method is Close Cases; the user then needs no right to delete. Empty when Undo Move deletes Cases.',
};

const keepUndoField: INodeProperties = {
	...undoRecordField,
	description:
		'Whether each item of something that was made gets <i>undo</i>, with which Salesforce Undo Changes can take it back',
};

const optionsField = optionsCollection([
	...caseFieldNameOptions,
	caseValuesField,
	externalIdField,
	keepUndoField,
	undoStatusField,
]);

/** The parameters of Salesforce Prepare Org. */
export const properties: INodeProperties[] = [
	operationField,
	jobsField,
	objectsField,
	fieldsField,
	usernameField,
	dryRunField,
	optionsField,
];

/** What an item says. */
export interface PreparePlan {
	operation: keyof typeof OPERATIONS;
	choice: JobChoice;
	rules: PrepareRules;
	/** Whether items say what takes back what was made. */
	undo: boolean;
}

/**
 * Reads what an item says.
 * @throws InputError
 */
export function readPlan(input: ItemInput): PreparePlan {
	const options = input.collection(optionsField);
	const externalId = options.oneOf(externalIdField, EXTERNAL_ID);
	const jobs = input.someOf(jobsField, JOBS) ?? [];
	if (jobs.length === 0) throw new InputError('Jobs is empty', 'Choose what n8n is to do in the org.');
	const operation = input.oneOf(operationField, OPERATIONS);
	const ofObjects = jobs.some((job) => OF_OBJECTS.show.jobs.includes(job));
	const objects = ofObjects ? readObjects(input) : [];
	return {
		operation,
		choice: {
			jobs,
			objects,
			fields: ofObjects ? readFields(input, objects) : [],
			names: readCaseFieldNames(input, options),
			caseValues: readCaseValues(options),
			// Where it came to nothing, the user would get the right to delete Cases.
			undoStatus: options.chosenText(undoStatusField),
			isUnique: externalId !== 'notUnique',
		},
		rules: {
			// Where it came to nothing, whoever prepares the org would get the rights.
			username: input.chosenText(usernameField),
			dryRun: operation === 'check' || input.flag(dryRunField),
			externalId: { unique: externalId !== 'notUnique', caseSensitive: externalId === 'caseSensitive' },
		},
		undo: options.flag(keepUndoField),
	};
}

const NAME = /^[A-Za-z]\w*$/;

function readObjects(input: ItemInput): string[] {
	const names = parts(input.requiredText(objectsField));
	if (names.every((name) => NAME.test(name))) return names;
	throw new InputError('Objects is not a list of API names', 'Write them like Account, Invoice__c.');
}

function readCaseValues(options: Options): Array<{ field: string; value: string }> {
	const rows = options.has(caseValuesField) ? options.rows(caseValuesField) : [];
	return rows.map((row) => {
		const field = row.requiredText(caseFieldField).trim();
		if (NAME.test(field)) return { field, value: row.requiredText(caseValueField).trim() };
		throw new InputError(
			'Case Values has no API name of a field in Case Field',
			'Write it like Origin or Building__c.',
		);
	});
}

function readFields(input: ItemInput, objects: readonly string[]): Array<{ object: string; field: string }> {
	return parts(input.text(fieldsField)).map((path) => {
		const [object = '', field = '', ...more] = path.split('.');
		const known = objects.find((name) => name.toLowerCase() === object.toLowerCase());
		if (known !== undefined && NAME.test(field) && more.length === 0) return { object: known, field };
		throw new InputError(
			'Fields is not a list of fields of those objects',
			'Write each with an object that Objects names, like Account.Name.',
		);
	});
}

function parts(text: string): string[] {
	return text
		.split(/[,\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}
