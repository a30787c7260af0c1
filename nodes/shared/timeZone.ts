import { IANAZone } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../salesforce/inputError';
import { asText } from './input';
import type { ItemInput } from './input';

/**
 * The time zone whose days a node counts by; one of its options.
 *
 * @param description what the zone decides
 */
export function timeZoneField(description: string): INodeProperties {
	return {
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		description,
	};
}

/**
 * Reads `timeZoneField` from the node's options.
 *
 * @returns an IANA name; the workflow's zone where none is chosen
 * @throws InputError when there is no such zone
 */
export function timeZone(input: ItemInput): string {
	const chosen = asText(input.collection('options').timeZone, 'Time Zone').trim();
	if (chosen === '') return input.now.zoneName ?? 'UTC';
	if (IANAZone.isValidZone(chosen)) return chosen;
	throw new InputError('Time Zone is not the name of a time zone', 'Write it like Europe/Berlin.');
}
