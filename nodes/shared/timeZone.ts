import { IANAZone } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../salesforce/inputError';
import type { ItemInput } from './input';
import type { Options } from './reading';

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
 * @throws InputError when there is no such zone, or an expression gives none
 */
export function timeZone({ now }: Pick<ItemInput, 'now'>, options: Options): string {
	const chosen = options.chosenText(timeZoneField(''));
	if (chosen === '') return now.zoneName ?? 'UTC';
	if (IANAZone.isValidZone(chosen)) return chosen;
	throw new InputError('Time Zone is not the name of a time zone', 'Write it like Europe/Berlin.');
}
