import type { INodeProperties } from 'n8n-workflow';

import { readRecordId } from '../../salesforce/described';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import { linkOrigin, readRecordLink } from '../../salesforce/recordLink';
import { choices } from './choices';
import type { ItemInput } from './input';
import { keyField } from './pickers';

/** How an item names its record; by a link, with the origin of its address where it has one. */
export type RecordName = { id: string; origin?: string } | { externalIdField: string; value: unknown };

/** What may name a record: name in the panel, and what it says. */
const FIND_BY = {
	externalId: ['External ID', 'A field marked as External ID, or another that identifies records'],
	link: ['Link', "The record's address in the browser"],
	id: ['Record ID', "Salesforce's own ID of 15 or 18 characters"],
} as const;

const findByField: INodeProperties = {
	displayName: 'Find By',
	name: 'findBy',
	type: 'options',
	noDataExpression: true,
	options: choices(FIND_BY),
	default: 'id',
	description: 'How the record is identified',
};

const recordIdField: INodeProperties = {
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	default: '',
	required: true,
	displayOptions: { show: { findBy: ['id'] } },
	placeholder: 'e.g. 5005g00000AbCdEAAV',
	description: 'ID of the record, 15 or 18 characters',
};

const externalIdFieldField: INodeProperties = {
	...keyField('External ID Field', 'externalIdField', 'searchExternalIdFields', 'The field that identifies the record'),
	required: true,
	displayOptions: { show: { findBy: ['externalId'] } },
};

const externalIdField: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	required: true,
	displayOptions: { show: { findBy: ['externalId'] } },
	placeholder: 'e.g. A-1001',
	description: 'The value of that field',
};

const linkField: INodeProperties = {
	displayName: 'Link',
	name: 'link',
	type: 'string',
	default: '',
	required: true,
	displayOptions: { show: { findBy: ['link'] } },
	placeholder: 'e.g. https://mycompany.lightning.force.com/lightning/r/Case/5005g00000AbCdEAAV/view',
	description: "The record's address, as copied from the browser",
};

/**
 * The parameters by which an item names a record of a chosen object.
 * @param byDefault what the Record ID is unless told otherwise, such as the ID of a queried record
 */
export function recordNameFields(byDefault: string): INodeProperties[] {
	return [findByField, { ...recordIdField, default: byDefault }, externalIdFieldField, externalIdField, linkField];
}

/**
 * Reads which record an item names.
 *
 * @throws InputError when that is nothing that can name one
 */
export function readRecordName(input: ItemInput, object: string): RecordName {
	const findBy = input.oneOf(findByField, FIND_BY);
	if (findBy === 'externalId') {
		input.requiredText(externalIdField);
		return {
			externalIdField: input.requiredLocator(externalIdFieldField),
			value: input.value(externalIdField),
		};
	}
	if (findBy === 'id') return { id: readRecordId(input.requiredText(recordIdField)) };
	const text = input.requiredText(linkField);
	const link = readRecordLink(text);
	if (link === undefined) {
		throw new InputError(
			'Link is not the address of a record',
			'Open the record in Salesforce and copy the address from the browser.',
		);
	}
	if (link.object !== undefined && link.object.toLowerCase() !== object.toLowerCase()) {
		throw new InputError(
			`Link is of an object other than ${object}`,
			'Choose its object, or use the link of another record.',
		);
	}
	const origin = linkOrigin(text);
	return { id: link.id, ...(origin === undefined ? {} : { origin }) };
}

/**
 * What is wrong with links by where they lead.
 *
 * @param errors what is wrong with each plan already
 * @returns the same, with an error for each link to another org
 */
export async function checkLinks(
	org: Org,
	plans: ReadonlyArray<{ record: RecordName }>,
	errors: ReadonlyArray<Error | undefined>,
): Promise<Array<Error | undefined>> {
	const checked = [...errors];
	for (const [index, { record }] of plans.entries()) {
		if (!('origin' in record) || record.origin === undefined || !(await org.isElsewhere(record.origin))) continue;
		checked[index] ??= new InputError(
			'Link is of another org than the one that the credential opens',
			'Use the credential of that org, or the link of a record of this one. A sandbox has the IDs of its production org, and is another org.',
		);
	}
	return checked;
}
