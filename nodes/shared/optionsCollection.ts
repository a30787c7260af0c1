import type { INodeProperties } from 'n8n-workflow';

import { apiCallsToKeepFreeField } from './apiCallsToKeepFree';

/**
 * Catches an *Options* that is an expression as a whole. n8n takes such a collection apart into the options that it
 * declares before a node sees it (n8n-workflow, `getNodeParameters`), so an expression's text becomes a collection
 * without any option, and a guard among them would be lost without a word. A text has a length, and so this one option.
 */
export const notACollection: INodeProperties = {
	displayName: 'Expression',
	name: 'length',
	type: 'hidden',
	default: '',
};

/**
 * The *Options* of a node that makes calls.
 *
 * @param options each by itself, without the one that all such nodes have; the panel lists them by their names
 * @param description what the options are about; none where their names say enough
 */
export function optionsCollection(options: readonly INodeProperties[], description?: string): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		...(description === undefined ? {} : { description }),
		default: {},
		options: [...options, apiCallsToKeepFreeField]
			.sort((a, b) => a.displayName.localeCompare(b.displayName))
			.concat(notACollection),
	};
}
